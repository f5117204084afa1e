/* ettrack subscriber: the tracking log of one recipient. */
#include "common/program.h"
#include "ettrack/cli/choose.h"
#include "ettrack/cli/command.h"
#include "ettrack/output/output.h"
#include "ettrack/output/value.h"
#include "ettrack/recipients/profile.h"
#include "ettrack/run/work.h"

#include <stdlib.h>
#include <string.h>

/* Of the send of an event. */
#define EMAIL_NAME "EmailName"
#define SUBJECT "Subject"

static const struct shown table[] = {{"EventDate", 1},
                                     {"EventType", 2},
                                     {EMAIL_NAME, 3},
                                     {"SendID", 5},
                                     {"URL", 4},
                                     {"BounceCategory", 6},
                                     {SUBJECT, COLUMN_WHEN_WIDE},
                                     {"SMTPReason", COLUMN_WHEN_WIDE + 1},
                                     {"BatchID", COLUMN_WHEN_WIDE + 2},
                                     {NULL, 0}};

static const char *const below[] = {"URL", "BounceCategory", NULL};

#define NAME(name, kind, rank) name,
static const char *const all[] = {"EventDate",
                                  "EventType",
                                  "SendID",
                                  EMAIL_NAME,
                                  SUBJECT,
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

static ets_value text_or_nothing(const char *text) {
  return text ? value_of_text(text) : (ets_value){.presence = ETS_ABSENT};
}

static ets_value value_in(const ets_recipient_event *event, const char *column) {
  if (strcmp(column, EMAIL_NAME) == 0)
    return text_or_nothing(event->email_name);
  if (strcmp(column, SUBJECT) == 0)
    return text_or_nothing(event->subject);
  return ets_get(event->event, column);
}

static bool give(const ets_recipient_log *log, const struct columns *columns,
                 const struct taker *taker) {
  ets_value *values = calloc(columns->count, sizeof *values);
  bool more = values != NULL;
  for (size_t i = 0; more && i < log->event_count; i++) {
    for (size_t k = 0; k < columns->count; k++)
      values[k] = value_in(&log->events[i], columns->items[k]);
    more = taker->row(taker->context, ets_event_object_type(log->events[i].type), values);
  }
  free(values);
  return values != NULL;
}

/* The names of the sends come anyway. */
static bool ask_besides(struct columns *more, const struct columns *shown) {
  for (size_t i = 0; i < shown->count; i++) {
    const char *name = shown->items[i];
    bool of_send = strcmp(name, EMAIL_NAME) == 0 || strcmp(name, SUBJECT) == 0;
    if (!of_send && !columns_add(more, name, 0))
      return false;
  }
  return true;
}

static ets_status fetch(const struct work *work, size_t index, ets_session *session,
                        const struct taker *taker) {
  struct plan *plan = work->data;
  const struct options *options = work->service->options;
  ets_scope scope = service_scope(work->service);
  ets_recipient_query query = ETS_RECIPIENT_QUERY_INIT;
  ets_recipient_log *log = NULL;
  struct columns more = {0};
  (void)index;
  /* --limit is for the newest of all events, not for pages. */
  scope.batch_size = (int)options->batch_size;
  query.subscriber_key = plan->key;
  query.since = options_since(options);
  query.until = options_until(options);
  bool good = ask_besides(&more, &plan->columns);
  query.more = more.items;
  query.more_count = more.count;
  ets_status status = good ? ets_recipient_log_read(&log, session, &query, &scope) : ETS_E_NOMEM;
  columns_free(&more);
  if (log && log->subscriber.type)
    profile_write(&plan->head, output_columns(options->output), log, plan->key);
  if (log && !give(log, &plan->columns, taker))
    status = ETS_E_NOMEM;
  ets_recipient_log_free(log);
  return status;
}

static int run(const struct invocation *invocation, struct service *service) {
  const struct options *options = &invocation->options;
  struct plan plan = {.key = invocation->operands.items[0]};
  struct work work = {.service = service,
                      .data = &plan,
                      .count = 1,
                      .writer = options->writer,
                      .columns = &plan.columns,
                      .head = &plan.head,
                      .below = options->properties.count == 0 ? below : NULL,
                      .run = fetch};
  int code = EXIT_FAILED;
  if (!*plan.key) {
    complain("KEY is empty: expected a subscriber key");
    return EXIT_USAGE;
  }
  if (columns_choose(&plan.columns, options, all, table))
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
                "  ettrack subscriber 00005589 --since 90d --format csv\n",
    .takes = OPTIONS_RETRIEVAL | OPTIONS_WINDOW | OPTIONS_LIMIT,
    .run = run};
