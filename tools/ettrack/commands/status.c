/* ettrack status: whether the service is up. */
#include "common/exit_code.h"
#include "common/program.h"
#include "ettrack/cli/command.h"
#include "ettrack/run/work.h"

#include <string.h>

enum { COLUMNS = 3 };

static const char *names[COLUMNS] = {"SystemStatus", "StatusCode", "StatusMessage"};
static int ranks[COLUMNS] = {1, 3, 2};

/* From good to bad; what nobody knows is in between. */
enum state { UP, UNSAID, UNKNOWN, IN_MAINTENANCE, DOWN };

static enum state state_of(const ets_value *said) {
  if (said->presence != ETS_PRESENT)
    return UNSAID;
  if (strcmp(said->text, "OK") == 0)
    return UP;
  if (strcmp(said->text, "InMaintenance") == 0)
    return IN_MAINTENANCE;
  return strcmp(said->text, "UnplannedOutage") == 0 ? DOWN : UNKNOWN;
}

static ets_status ask(const struct work *work, size_t index, ets_session *session,
                      const struct taker *taker) {
  enum state *worst = work->data;
  ets_object response, result;
  ets_value values[COLUMNS];
  const char *said = "";
  (void)index;
  ets_status status = ets_system_status(&response, session);
  if (status != ETS_OK)
    return status;
  for (size_t i = 0; (result = ets_get_object(response, "Results.Result", i)).type; i++) {
    for (size_t k = 0; k < COLUMNS; k++)
      values[k] = ets_get(result, names[k]);
    enum state state = state_of(&values[0]);
    if (state > *worst) {
      *worst = state;
      said = values[0].text;
    }
    taker->row(taker->context, "SystemStatusResult", values);
  }
  if (*worst == UNSAID)
    complain("the service does not say whether it is up");
  else if (*worst != UP)
    complain("the service is not up: %s", said);
  return ETS_OK;
}

/* Exit code 0 means that the service is up. */
static int run(const struct invocation *invocation, struct service *service) {
  const struct columns columns = {names, ranks, COLUMNS};
  enum state worst = UP;
  struct work work = {.service = service,
                      .data = &worst,
                      .count = 1,
                      .writer = invocation->options.writer,
                      .columns = &columns,
                      .run = ask};
  int code = work_perform(&work);
  return code == EXIT_DONE && worst != UP ? EXIT_FAILED : code;
}

const struct command command_status = {
    .name = "status",
    .section = SECTION_OBJECTS,
    .operands = "",
    .summary = "whether the service is up",
    .text =
        "Exit code 0 when it is, 1 when it is in maintenance or down, or does not say. Ask after\n"
        "a failure, and not more than once a minute.\n",
    .examples = "  ettrack status\n",
    .takes = OPTIONS_CALL,
    .run = run};
