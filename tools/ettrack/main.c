/* ettrack: tracking data of email sends from the shell. */
#include "ettrack.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static int run(struct ettrack *ettrack) {
  const struct command *command = ettrack->options.command;
  if (ettrack->options.version)
    return run_version(ettrack);
  if (ettrack->options.help) {
    print_help(command);
    return EXIT_CODE_DONE;
  }
  if (command->bit & FOR_ANY_CALL) {
    int code = settings_read(ettrack);
    if (code != EXIT_CODE_DONE)
      return code;
  }
  return command->run(ettrack);
}

int main(int argc, char **argv) {
  struct ettrack ettrack = {.settings = NULL};
  int code = options_read(&ettrack.options, argc, argv);
  if (code == EXIT_CODE_DONE)
    code = run(&ettrack);
  if (fflush(stdout) != 0 && code == EXIT_CODE_DONE) {
    complain("cannot write stdout: %s", strerror(errno));
    code = EXIT_CODE_FAILED;
  }
  ets_settings_free(ettrack.settings);
  options_free(&ettrack.options);
  return code;
}
