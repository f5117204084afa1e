/* ettrack: tracking data of email sends from the shell. */
#include "common/program.h"
#include "ettrack/cli/command.h"
#include "ettrack/run/service.h"

#include <stdio.h>

static int run(const struct invocation *invocation) {
  const struct command *command = invocation->command;
  struct service service;
  if (invocation->help) {
    help_print(command);
    return EXIT_DONE;
  }
  if (!(command->takes & OPTIONS_SERVICE))
    return command->run(invocation, NULL);
  int code = service_open(&service, &invocation->options);
  if (code == EXIT_DONE)
    code = command->run(invocation, &service);
  if (!service_close(&service) && code == EXIT_DONE)
    code = EXIT_INCOMPLETE;
  return code;
}

int main(int argc, char **argv) {
  struct invocation invocation;
  program_start("ettrack");
  int code = invocation_read(&invocation, argc, argv);
  if (code == EXIT_DONE)
    code = run(&invocation);
  code = program_end(code);
  invocation_free(&invocation);
  return code;
}
