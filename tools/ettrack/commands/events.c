/* ettrack events: the events of one or more types. */
#include "common/buffer.h"
#include "common/program.h"
#include "ettrack/cli/choose.h"
#include "ettrack/cli/command.h"
#include "ettrack/cli/types.h"
#include "ettrack/run/pump.h"
#include "ettrack/run/sweep.h"
#include "ettrack/sends/jobs.h"

#include <stdlib.h>
#include <string.h>

struct own {
  uint64_t send;
  const char *subscriber;
  uint64_t batch;
  const char *triggered_send;
  const char *by;
  bool since_last_batch, repeat_last_batch;
};

struct plan {
  const struct own *own;
  struct event_types types;
  struct columns columns;
  struct columns asked[ETS_EVENT_TYPE_COUNT]; /* of each type */
  ets_filter *where;
  bool told[ETS_EVENT_TYPE_COUNT]; /* of each type, the service may have moved its mark */
};

/* How much people look for a property in a table; the others are wanted in wide ones only. */
#define SHOWN(name, kind, rank) {name, (rank) ? (rank) : COLUMN_WHEN_WIDE},
static const struct shown importance[] = {
#define ETS_EVENT(id, name, object_type)
#define ETS_EVENT_PROPERTY SHOWN
#define ETS_EVENT_END(id)
#include <etsoap/events.def>
    ETS_EVENT_COMMON(SHOWN){NULL, 0}};

/* What an event of one type is about, where others have nothing. */
static const char *const details[] = {"URL",    "BounceCategory",     "SMTPReason", "Question",
                                      "Answer", "OptInSubscriberKey", NULL};
static const char *const reasons[] = {"SMTPReason", NULL};

/* --- columns --------------------------------------------------------------------------------- */

/* What all rows have in common goes first when there is not enough room. */
static int rank_of(const struct plan *plan, const struct options *options, const char *name) {
  bool same = (plan->own->send && strcmp(name, "SendID") == 0) ||
              (plan->own->subscriber && strcmp(name, "SubscriberKey") == 0) ||
              (plan->own->batch && strcmp(name, "BatchID") == 0) ||
              (plan->types.count == 1 && strcmp(name, "EventType") == 0);
  if (strcmp(name, "Client.ID") == 0 && several_accounts(options))
    return 0;
  for (const struct shown *shown = importance; shown->name; shown++)
    if (strcmp(shown->name, name) == 0)
      return same ? shown->rank + 20 : shown->rank;
  return COLUMN_WHEN_WIDE;
}

static bool make_columns(struct plan *plan, const struct options *options) {
  if (options->properties.count > 0)
    return columns_choose(&plan->columns, options, NULL, NULL);
  for (size_t i = 0; i < plan->types.count; i++) {
    const char *const *name = ets_event_properties(plan->types.items[i]);
    for (; *name; name++)
      if (!columns_add(&plan->columns, *name, rank_of(plan, options, *name)))
        return false;
  }
  return true;
}

/* Whether some chosen type has the property and this one has not; what no list knows is the
 * user's wish and asked of all. */
static bool is_of_others(const struct plan *plan, ets_event_type type, const char *name) {
  if (columns_among(ets_event_properties(type), name))
    return false;
  for (size_t i = 0; i < plan->types.count; i++)
    if (columns_among(ets_event_properties(plan->types.items[i]), name))
      return true;
  return false;
}

static bool share_columns(struct plan *plan) {
  for (size_t i = 0; i < plan->types.count; i++) {
    for (size_t j = 0; j < plan->columns.count; j++)
      if (!is_of_others(plan, plan->types.items[i], plan->columns.items[j]) &&
          !columns_add(&plan->asked[i], plan->columns.items[j], 0))
        return false;
    if (plan->asked[i].count == 0 && !columns_add(&plan->asked[i], "SendID", 0))
      return false;
  }
  return true;
}

/* --- the command ----------------------------------------------------------------------------- */

static ets_status open(const struct work *work, size_t index, ets_cursor **cursor,
                       ets_session *session, const ets_time *since, const ets_time *until) {
  const struct plan *plan = work->data;
  const ets_scope scope = service_scope(work->service);
  ets_event_query query = ETS_EVENT_QUERY_INIT;
  query.type = plan->types.items[index];
  query.job_id = (int32_t)plan->own->send;
  query.subscriber_key = plan->own->subscriber;
  query.batch_id = (int32_t)plan->own->batch;
  query.since = since;
  query.until = until;
  query.where = plan->where;
  query.triggered_send = plan->own->triggered_send;
  query.since_last_batch = plan->own->since_last_batch;
  query.repeat_last_batch = plan->own->repeat_last_batch;
  if (work->service->options->properties.count > 0) { /* else what the contract has of the usual */
    query.properties = plan->asked[index].items;
    query.property_count = plan->asked[index].count;
  }
  return ets_events_open(cursor, session, &query, &scope);
}

static ets_status fetch(const struct work *work, size_t index, ets_session *session,
                        const struct taker *taker) {
  struct plan *plan = work->data;
  const struct options *options = work->service->options;
  const ets_scope scope = service_scope(work->service);
  const int32_t job_id = (int32_t)plan->own->send;
  ets_cursor *cursor = NULL;
  uint64_t rows = 0;
  ets_status status =
      open(work, index, &cursor, session, options_since(options), options_until(options));
  plan->told[index] = status == ETS_OK || ets_error_leaves_open(ets_session_error(session));
  status = pump(cursor, status, work->columns, taker, &rows);
  if (status == ETS_OK && rows == 0 && job_id) {
    status = job_confirm(session, job_id, &scope);
    if (status == ETS_E_NOT_FOUND) /* rows of no send cannot get lost */
      plan->told[index] = false;
  }
  return status;
}

/* --- one type by several jobs ---------------------------------------------------------------- */

static ets_status open_piece(const struct work *work, ets_cursor **cursor, ets_session *session,
                             const ets_time *since, const ets_time *until) {
  return open(work, 0, cursor, session, since, until);
}

/* Most of a send's events of a type are as many as its statistics say, and most messages go out
 * before the send was changed for the last time. */
static ets_status look_at_send(const struct work *work, ets_session *session, struct span *span) {
  const struct plan *plan = work->data;
  const struct options *options = work->service->options;
  const ets_scope scope = service_scope(work->service);
  ets_object send;
  ets_time from, until;
  ets_status status = ets_send_summary(&send, session, (int32_t)plan->own->send, &scope);
  if (status != ETS_OK || options->since_text || options->until_text || plan->where)
    return status;
  int64_t sent = ets_get_integer(send, "NumberSent", 0);
  int64_t opened = ets_get_integer(send, "UniqueOpens", 0);
  int64_t clicked = ets_get_integer(send, "UniqueClicks", 0);
  ets_event_type type = plan->types.items[0];
  int64_t events = type == ETS_EVENT_SENT    ? sent
                   : type == ETS_EVENT_OPEN  ? opened + opened / 2
                   : type == ETS_EVENT_CLICK ? clicked + clicked / 2
                                             : 0;
  span->events = events > 0 ? (uint64_t)events : 0;
  if (type == ETS_EVENT_SENT &&
      ets_time_parse(&from, ets_get_text_or(send, "SentDate", ""), options->utc_offset) == ETS_OK &&
      ets_time_parse(&until, ets_get_text_or(send, "ModifiedDate", ""), options->utc_offset) ==
          ETS_OK) {
    span->from = from.microseconds;
    span->until = until.microseconds;
  }
  return ETS_OK;
}

/* Not for a few rows, nor for what the service remembers as one query. */
static bool can_sweep(const struct plan *plan, const struct options *options) {
  return plan->types.count == 1 && options->jobs > 1 && options->limit == 0 &&
         !plan->own->since_last_batch && !plan->own->repeat_last_batch;
}

static const char *object_type(const struct work *work, size_t index) {
  const struct plan *plan = work->data;
  return ets_event_object_type(plan->types.items[index]);
}

static bool read_where(struct plan *plan, const struct options *options) {
  const char *text = options->where;
  ets_error error;
  if (!text)
    return true;
  ets_status status = ets_filter_parse(&plan->where, text, &error);
  if (status == ETS_OK)
    ets_filter_leave_unchecked(plan->where, options->unchecked);
  for (size_t i = 0; status == ETS_OK && i < plan->types.count; i++)
    status = ets_filter_check(plan->where, ets_event_object_type(plan->types.items[i]), &error);
  if (status != ETS_OK)
    complain("--where: %s", error.message);
  return status == ETS_OK;
}

/* "7d", "today": another time with each call. */
static bool moves(const char *time) {
  return time && !strchr(time, '-');
}

/* What the options mean together. The service keeps the mark for one query, so that has to be the
 * same each time, and nothing may end it before all of its rows came. */
static bool check_own(const struct own *own, const struct options *options) {
  bool mark = own->since_last_batch || own->repeat_last_batch;
  const char *moving = moves(options->since_text)   ? options->since_text
                       : moves(options->until_text) ? options->until_text
                                                    : NULL;
  if (own->by && strcmp(own->by, "time") != 0)
    complain("--by takes time, not '%s'", own->by);
  else if (own->since_last_batch && own->repeat_last_batch)
    complain(
        "--repeat-last-batch asks for the rows of the last --since-last-batch once more: leave "
        "one of them out");
  else if (mark && options->limit)
    complain("--limit would lose rows, which the service does not bring again after "
             "--since-last-batch: leave it out");
  else if (mark && moving)
    complain("the service remembers what was new for the very same conditions, and %s is another "
             "time with each call: write a date",
             moving);
  else
    return true;
  return false;
}

/* What the service has told once is not new any more, wherever it got lost. */
static bool say_how_to_repeat(const struct work *work, bool unwritten) {
  const struct plan *plan = work->data;
  struct buffer types = {0};
  size_t count = 0;
  (void)unwritten;
  for (size_t i = 0; i < plan->types.count; i++)
    if (plan->told[i])
      buffer_printf(&types, "%s%s", count++ > 0 ? "," : "", ets_event_name(plan->types.items[i]));
  if (count > 0)
    complain("the service has moved its mark: for these rows run the same command with %s%s%s"
             "--repeat-last-batch in place of --since-last-batch; --since-last-batch again would "
             "lose them",
             count < plan->types.count ? "the types " : "",
             count < plan->types.count ? buffer_text(&types) : "",
             count < plan->types.count ? " and " : "");
  buffer_free(&types);
  return count > 0;
}

static void warn(const struct own *own, const struct options *options) {
  if (own->since_last_batch && !options->quiet)
    complain("--since-last-batch moves a mark on the service: the next call with the same "
             "conditions and properties gets only what is new, whoever makes it. If rows get lost, "
             "--repeat-last-batch asks for them again");
  if (own->triggered_send && !options->since_text && !own->send && !options->quiet)
    complain("events of a triggered send may go back for years: the service wants --since with "
             "them, and gives up in large accounts");
}

static bool prepare(struct plan *plan, struct work *work, struct order *order, struct sweep *sweep,
                    const struct options *options) {
  *order = (struct order){.utc_offset = options->utc_offset};
  if (!make_columns(plan, options))
    return false;
  if (options->properties.count == 0)
    work->below = plan->types.count > 1                      ? details
                  : plan->types.items[0] == ETS_EVENT_BOUNCE ? reasons
                                                             : NULL;
  if ((plan->own->by || can_sweep(plan, options)) &&
      !order_by(work, order, &plan->columns, "EventDate"))
    return false;
  if (can_sweep(plan, options)) {
    *sweep = (struct sweep){.date = order->column,
                            .since = options_since(options),
                            .until = options_until(options),
                            .open = open_piece,
                            .look = plan->own->send ? look_at_send : NULL};
    work->sweep = sweep;
    work->order = NULL;
  }
  return options->properties.count == 0 || share_columns(plan);
}

static int run(const struct invocation *invocation, struct service *service) {
  const struct options *options = &invocation->options;
  struct plan plan = {.own = invocation->own};
  struct order order = {0};
  struct sweep sweep = {0};
  struct work work = {.service = service,
                      .data = &plan,
                      .writer = options->writer,
                      .columns = &plan.columns,
                      .object_type = object_type,
                      .run = fetch};
  int code = EXIT_USAGE;
  if (!check_own(plan.own, options) ||
      !event_types_read(&plan.types, invocation->operands.items[0]) || !read_where(&plan, options))
    goto cleanup;
  code = EXIT_FAILED;
  if (!prepare(&plan, &work, &order, &sweep, options)) {
    complain("out of memory");
    goto cleanup;
  }
  if (plan.own->since_last_batch)
    work.effects = say_how_to_repeat;
  warn(plan.own, options);
  work.count = plan.types.count;
  code = work_perform(&work);

cleanup:
  for (size_t i = 0; i < plan.types.count; i++)
    columns_free(&plan.asked[i]);
  columns_free(&plan.columns);
  ets_filter_free(plan.where);
  return code;
}

static const struct option own[] = {
    OPTION_ROW_NUMBER("send", 0, "JOBID", struct own, send, 1, INT32_MAX, "events of this send"),
    OPTION_ROW_TEXT("subscriber", 0, "KEY", struct own, subscriber,
                    "events of this subscriber key"),
    OPTION_ROW_NUMBER("batch", 0, "ID", struct own, batch, 1, INT32_MAX,
                      "events of this batch of a send"),
    OPTION_ROW_TEXT("triggered-send", 0, "KEY", struct own, triggered_send,
                    "events of this triggered send definition"),
    OPTION_ROW_FLAG("since-last-batch", 0, struct own, since_last_batch,
                    "only what is new since the last such call"),
    OPTION_ROW_FLAG("repeat-last-batch", 0, struct own, repeat_last_batch,
                    "what that call returned, once more"),
    OPTION_ROW_TEXT("by", 0, "time", struct own, by,
                    "types mixed in the order of time, not one after the other"),
    OPTION_ROW_END};

const struct command command_events = {
    .name = "events",
    .section = SECTION_RECIPIENTS,
    .operands = "TYPE[,TYPE...]",
    .least = 1,
    .most = 1,
    .summary = "events of one or more types",
    .text =
        "TYPE is "
#define ETS_EVENT(id, name, object_type) #name ", "
#define ETS_EVENT_PROPERTY(name, kind, rank)
#define ETS_EVENT_END(id)
#include <etsoap/events.def>
        "or an object type such as SentEvent. All conditions have to hold. In large accounts the\n"
        "service gives up on a query without --send. --where takes conditions as\n"
        "etsoap-filters(7) describes them. --jobs with one type cuts the time into pieces that\n"
        "are fetched at once; rows come in the order of time then. --since-last-batch moves a\n"
        "mark on the service: the same command gets what is new the next time.\n",
    .examples = "  ettrack events sent --send 12043295 --format csv -o sent.csv\n"
                "  ettrack events open,click --send 12043295 --since 2026-11-01 --until now\n"
                "  ettrack events sent,open,click --send 12043295 --subscriber 00001930 --by time\n"
                "  ettrack events sent,click --triggered-send sign-up --since 7d --by time\n"
                "  ettrack events bounce --send 12043295 --where \"BounceType = 'immediate'\"\n",
    .takes = OPTIONS_RETRIEVAL | OPTIONS_WINDOW | OPTIONS_WHERE | OPTIONS_LIMIT | OPTIONS_JOBS,
    .own = own,
    .own_size = sizeof(struct own),
    .run = run};
