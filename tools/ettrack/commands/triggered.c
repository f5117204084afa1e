/* ettrack triggered: the totals of triggered sends. */
#include "ettrack/cli/choose.h"
#include "ettrack/cli/command.h"
#include "ettrack/run/chosen.h"
#include "ettrack/run/pump.h"

static const struct shown table[] = {{"CustomerKey", 1},
                                     {"Sent", 2},
                                     {"Bounces", 5},
                                     {"UniqueOpens", 4},
                                     {"Opens", 8},
                                     {"UniqueClicks", 3},
                                     {"Clicks", 7},
                                     {"OptOuts", 6},
                                     {"Queued", 9},
                                     {"InProcess", 10},
                                     {"NotSentDueToOptOut", 11},
                                     {"NotSentDueToUndeliverable", 12},
                                     {"NotSentDueToError", 13},
                                     {"Conversions", COLUMN_WHEN_WIDE},
                                     {"UniqueConversions", COLUMN_WHEN_WIDE + 1},
                                     {"TriggeredSendDefinition.ObjectID", COLUMN_WHEN_WIDE + 2},
                                     {NULL, 0}};

struct plan {
  const struct option_list *keys;
  struct chosen chosen;
};

static ets_status fetch(const struct work *work, size_t index, ets_session *session,
                        const struct taker *taker) {
  struct plan *plan = work->data;
  const ets_scope scope = service_scope_of(work->service, &plan->chosen.asked);
  const char *key = plan->keys->count > 0 ? plan->keys->items[index] : NULL;
  ets_cursor *cursor = NULL;
  uint64_t rows = 0;
  ets_status status = ets_triggered_open(&cursor, session, key, &scope);
  status = pump(cursor, status, work->columns, taker, &rows);
  return status == ETS_OK && rows == 0 && key ? ETS_E_NOT_FOUND : status;
}

static const char *object_type(const struct work *work, size_t index) {
  (void)work;
  (void)index;
  return "TriggeredSendSummary";
}

static int run(const struct invocation *invocation, struct service *service) {
  const struct options *options = &invocation->options;
  struct plan plan = {.keys = &invocation->operands};
  struct work work = {.service = service,
                      .data = &plan,
                      .count = plan.keys->count > 0 ? plan.keys->count : 1,
                      .writer = options->writer,
                      .columns = &plan.chosen.columns,
                      .object_type = object_type,
                      .nothing = "no triggered send of that key in this account; ettrack triggered "
                                 "lists those there are",
                      .run = fetch};
  bool made =
      columns_choose(&plan.chosen.columns, options, ets_triggered_properties(), table) &&
      columns_asked(&plan.chosen.asked, &plan.chosen.columns, options, "TriggeredSendSummary");
  return chosen_perform(&plan.chosen, made, &work);
}

const struct command command_triggered = {
    .name = "triggered",
    .section = SECTION_SENDS,
    .operands = "[KEY...]",
    .summary = "the totals of triggered sends",
    .text = "KEY is the external key of a triggered send definition; without one there is a line\n"
            "for each definition of the account.\n",
    .examples = "  ettrack triggered\n"
                "  ettrack triggered order-confirmation --format json\n"
                "  ettrack events sent,click --triggered-send order-confirmation --since 7d\n",
    .takes = OPTIONS_RETRIEVAL | OPTIONS_LIMIT,
    .run = run};
