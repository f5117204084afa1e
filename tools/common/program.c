#include "common/program.h"

#include "common/escape.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct {
  const char *name;
  void (*before_talk)(void);
} program = {"", NULL};

/* open() gives the lowest number that is free, and those below are open by then. The direction is
 * the wrong one on purpose: who reads or writes what the caller has closed hears of it. */
static void open_standard(int file) {
  if (fcntl(file, F_GETFD) != -1 || errno != EBADF)
    return;
  if (open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY) != file)
    _exit(EXIT_FAILED);
}

void program_start(const char *name) {
  for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++)
    open_standard(file);
  program.name = name;
}

int program_end(int code) {
  bool earlier = ferror(stdout), now = fflush(stdout) != 0;
  if ((!earlier && !now) || code != EXIT_DONE)
    return code;
  complain("cannot write stdout: %s", now ? strerror(errno) : "not all of it went out");
  return EXIT_FAILED;
}

void program_before_talk(void (*before)(void)) {
  program.before_talk = before;
}

void complain(const char *format, ...) {
  struct buffer said = {0}, line = {0};
  va_list arguments;
  va_start(arguments, format);
  buffer_vprintf(&said, format, arguments);
  va_end(arguments);
  for (size_t i = 0; i < said.size; i++)
    if (said.data[i] == '\n' || said.data[i] == '\r' || said.data[i] == '\t')
      said.data[i] = ' ';
  buffer_printf(&line, "%s: ", program.name);
  escape_terminal(&line, buffer_text(&said), said.size);
  if (program.before_talk)
    program.before_talk();
  fprintf(stderr, "%s\n", said.failed || line.failed ? "out of memory" : line.data);
  buffer_free(&line);
  buffer_free(&said);
}
