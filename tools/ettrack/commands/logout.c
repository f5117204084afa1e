/* ettrack logout: forgets the tokens of a user. */
#include "common/program.h"
#include "ettrack/cli/command.h"
#include "ettrack/run/service.h"

#include <etsoap/login.h>

#include <stdio.h>

static int run(const struct invocation *invocation, struct service *service) {
  ets_session *session = NULL;
  ets_error error;
  (void)invocation;
  ets_status status = service_session(&session, service, 0, &error);
  if (status == ETS_OK) {
    status = ets_logout(session);
    error = *ets_session_error(session);
  }
  if (status != ETS_OK)
    complain("%s", error.message);
  else
    printf("signed out: the token cache has nothing of this client any more\n");
  service_session_close(service, session);
  return status == ETS_OK ? EXIT_DONE : status == ETS_E_USAGE ? EXIT_USAGE : EXIT_FAILED;
}

const struct command command_logout = {
    .name = "logout",
    .section = SECTION_PROGRAM,
    .operands = "",
    .summary = "forget the tokens of a user",
    .text = "Takes them out of the token cache. A token in use elsewhere stays good for its\n"
            "minutes.\n",
    .examples = "  ettrack logout --profile live\n",
    .takes = OPTIONS_SERVICE,
    .run = run};
