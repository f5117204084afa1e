#include "etwsdl/sync/try.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* This program, for the step of the generation that runs it. */
static char *own_path(void) {
  char path[4096];
  const char *started = getenv("ETWSDL_STARTED_AS"); /* where the loader is what runs: launch.c */
  if (started && *started)
    return need_copy(started);
  ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
  if (n <= 0)
    return need_copy("etwsdl");
  path[n] = '\0';
  return need_copy(path);
}

static bool drain(int end, struct buffer *said) {
  char buffer[4096];
  ssize_t n;
  while ((n = read(end, buffer, sizeof buffer)) != 0) {
    if (n < 0 && errno != EINTR)
      return false;
    if (n > 0)
      buffer_add(said, buffer, (size_t)n);
  }
  return true;
}

static bool run(char *const *arguments, struct buffer *said) {
  posix_spawn_file_actions_t actions;
  int ends[2], status = -1;
  pid_t child;
  if (pipe(ends) != 0)
    return false;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  posix_spawn_file_actions_addclose(&actions, ends[1]);
  int failed = posix_spawnp(&child, arguments[0], &actions, NULL, arguments, environ);
  close(ends[1]);
  if (failed == 0) {
    drain(ends[0], said);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
      continue;
  } else {
    buffer_printf(said, "cannot run %s: %s\n", arguments[0], strerror(failed));
  }
  close(ends[0]);
  posix_spawn_file_actions_destroy(&actions);
  return failed == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool try_generation(const char *tree, const char *contract, const char *folder,
                    struct buffer *said) {
  char *self = own_path();
  char *defines[] = {need_format("-DTREE=%s", tree), need_format("-DWSDL=%s", contract),
                     need_format("-DOUT=%s", folder), need_format("-DETWSDL=%s", self)};
  char cmake[] = "cmake", p[] = "-P";
  char *script = need_format("%s/tools/etwsdl/sync/try_generate.cmake", tree);
  char *const arguments[] = {cmake,      defines[0], defines[1], defines[2],
                             defines[3], p,          script,     NULL};
  bool good = run(arguments, said);
  for (size_t i = 0; i < sizeof defines / sizeof *defines; i++)
    free(defines[i]);
  free(self);
  free(script);
  return good;
}
