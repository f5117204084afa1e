/* ettrack subscriber: the tracking log of one recipient. */
#include "common/program.h"
#include "ettrack/cli/choose.h"
#include "ettrack/cli/command.h"
#include "ettrack/output/output.h"
#include "ettrack/recipients/history.h"
#include "ettrack/recipients/profile.h"
#include "ettrack/run/work.h"

#include <stdio.h>

static const struct shown table[] = {{"EventDate", 1},
                                     {"EventType", 2},
                                     {HISTORY_EMAIL_NAME, 3},
                                     {HISTORY_SEND_ID, 5},
                                     {"URL", 4},
                                     {"BounceCategory", 6},
                                     {HISTORY_SUBJECT, COLUMN_WHEN_WIDE},
                                     {"SMTPReason", COLUMN_WHEN_WIDE + 1},
                                     {"BatchID", COLUMN_WHEN_WIDE + 2},
                                     {NULL, 0}};

static const char *const below[] = {"URL", "BounceCategory", NULL};

#define NAME(name, kind, rank) name,
static const char *const all[] = {"EventDate",
                                  "EventType",
                                  HISTORY_SEND_ID,
                                  HISTORY_EMAIL_NAME,
                                  HISTORY_SUBJECT,
#define ETS_EVENT(id, name, object_type)
#define ETS_EVENT_PROPERTY NAME
#define ETS_EVENT_END(id)
#include <etsoap/events.def>
                                  ETS_EVENT_COMMON(NAME) NULL};
#undef NAME

struct plan {
  const char *key;
  struct columns columns;
  struct buffer head;
};

/* "sent 3, open 2" */
static void write_totals(struct buffer *head, size_t width, const struct history *history) {
  struct buffer totals = {0};
  for (int type = 0; type < ETS_EVENT_TYPE_COUNT; type++) {
    if (history->counts[type] == 0)
      continue;
    buffer_printf(&totals, "%s%s %zu", totals.size > 0 ? ", " : "",
                  ets_event_name((ets_event_type)type), history->counts[type]);
  }
  profile_line(head, width, "Events", totals.size > 0 ? buffer_text(&totals) : "none");
  buffer_add_char(head, '\n');
  buffer_free(&totals);
}

static ets_status fetch(const struct work *work, size_t index, ets_session *session,
                        const struct taker *taker) {
  struct plan *plan = work->data;
  struct history history;
  (void)index;
  history_init(&history, &plan->columns);
  ets_status status = profile_write(&plan->head, work->service, session, plan->key);
  bool known = status == ETS_OK;
  if (status == ETS_OK || status == ETS_E_NOT_FOUND)
    status = history_fetch(&history, work->service, session, plan->key, &plan->columns);
  if (known)
    write_totals(&plan->head, output_columns(work->service->options->output), &history);
  bool more = true;
  for (size_t i = 0; more && i < history.events.rows; i++)
    more = taker->row(taker->context, history.events.types[i], copies_row(&history.events, i));
  bool nobody = status == ETS_OK && !known && history.events.rows == 0;
  history_free(&history);
  return nobody ? ETS_E_NOT_FOUND : status;
}

/* What the order and the names of the sends need, whatever is shown. */
static bool make_columns(struct plan *plan, struct work *work, struct order *newest_first,
                         const struct options *options) {
  size_t index;
  if (!columns_choose(&plan->columns, options, all, table) ||
      !order_by(work, newest_first, &plan->columns, "EventDate"))
    return false;
  work->below = options->properties.count == 0 ? below : NULL;
  if (columns_find(&plan->columns, HISTORY_SEND_ID, &index))
    return true;
  work->hidden++;
  return columns_add(&plan->columns, HISTORY_SEND_ID, 0);
}

static int run(const struct invocation *invocation, struct service *service) {
  const struct options *options = &invocation->options;
  struct plan plan = {.key = invocation->operands.items[0]};
  char nothing[300];
  struct order newest_first = {.descending = true, .utc_offset = options->utc_offset};
  struct work work = {.service = service,
                      .data = &plan,
                      .count = 1,
                      .writer = options->writer,
                      .columns = &plan.columns,
                      .head = &plan.head,
                      .nothing = nothing,
                      .run = fetch};
  int code = EXIT_FAILED;
  if (!*plan.key) {
    complain("KEY is empty: expected a subscriber key");
    return EXIT_USAGE;
  }
  snprintf(nothing, sizeof nothing,
           "no subscriber %.200s in this account, and no events of one in that time", plan.key);
  if (make_columns(&plan, &work, &newest_first, options))
    code = work_perform(&work);
  else
    complain("out of memory");
  columns_free(&plan.columns);
  buffer_free(&plan.head);
  return code;
}

const struct command command_subscriber = {
    .name = "subscriber",
    .section = SECTION_RECIPIENTS,
    .operands = "KEY",
    .least = 1,
    .most = 1,
    .summary = "one recipient: every event, newest first",
    .text =
        "KEY is the subscriber key. A table begins with the address, the status, the lists that\n"
        "the recipient is on, and how many events of each type there are; all formats have the\n"
        "events with the name and the subject of their send. In large accounts the service may\n"
        "give up without --since.\n",
    .examples = "  ettrack subscriber 00001930\n"
                "  ettrack subscriber ann@example.com --since 90d --format csv\n",
    .takes = OPTIONS_RETRIEVAL | OPTIONS_WINDOW | OPTIONS_LIMIT,
    .run = run};
