/* ettrack version: what the program was built from, as tools/ettrack/CMakeLists.txt says. */
#include "common/program.h"
#include "ettrack/cli/command.h"

#include <etsoap/version.h>

#include <stdio.h>

static int run(const struct invocation *invocation, struct service *service) {
  (void)invocation;
  (void)service;
  printf("ettrack " ETSOAP_VERSION_TEXT "\n"
         "gSOAP " ETTRACK_GSOAP "\n"
         "contract sha256:" ETTRACK_CONTRACT "\n");
  return EXIT_DONE;
}

const struct command command_version = {.name = "version",
                                        .section = SECTION_PROGRAM,
                                        .operands = "",
                                        .summary = "what this program was built from",
                                        .text = "",
                                        .examples = "  ettrack version\n",
                                        .run = run};
