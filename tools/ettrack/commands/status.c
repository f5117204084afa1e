/* ettrack status: whether the service is up. */
#include "common/exit_code.h"
#include "ettrack/cli/command.h"
#include "ettrack/run/work.h"

#include <string.h>

enum { COLUMNS = 3 };

static const char *names[COLUMNS] = {"SystemStatus", "StatusCode", "StatusMessage"};
static int ranks[COLUMNS] = {1, 3, 2};

static ets_status ask(const struct work *work, size_t index, ets_session *session,
                      const struct taker *taker) {
  bool *up = work->data;
  ets_object response;
  ets_value values[COLUMNS];
  (void)index;
  ets_status status = ets_system_status(&response, session);
  if (status != ETS_OK)
    return status;
  ets_value result = ets_get(response, "Results.Result[0]");
  for (size_t i = 0; i < COLUMNS; i++)
    values[i] = ets_get(result.object, names[i]);
  *up = values[0].presence == ETS_PRESENT && strcmp(values[0].text, "OK") == 0;
  taker->row(taker->context, "SystemStatusResult", values);
  return ETS_OK;
}

/* Exit code 0 means that the service is up. */
static int run(const struct invocation *invocation, struct service *service) {
  const struct columns columns = {names, ranks, COLUMNS};
  bool up = false;
  struct work work = {.service = service,
                      .data = &up,
                      .count = 1,
                      .writer = invocation->options.writer,
                      .columns = &columns,
                      .run = ask};
  int code = work_perform(&work);
  return code == EXIT_DONE && !up ? EXIT_FAILED : code;
}

const struct command command_status = {
    .name = "status",
    .section = SECTION_OBJECTS,
    .operands = "",
    .summary = "whether the service is up",
    .text =
        "Exit code 0 when it is, 1 when it is in maintenance or down. Ask after a failure, and\n"
        "not more than once a minute.\n",
    .examples = "  ettrack status\n",
    .takes = OPTIONS_CALL,
    .run = run};
