/* One recipient's log: the events of all types, put in order, with the names of their sends. */
#include <etsoap/recipient.h>

#include "base/text.h"
#include "call/session_private.h"
#include "contract/operations.h"
#include "tracking/question.h"
#include "tracking/window.h"

#include <etsoap/pool.h>

#include <stdlib.h>
#include <string.h>

struct entry {
  ets_recipient_event event;
  int64_t time, send; /* the send's 0: it names none */
  size_t index;       /* as it came */
};

struct reading {
  ets_recipient_log *log;
  ets_session *session;
  const ets_recipient_query *query;
  const ets_scope *scope;
  struct entry *entries;
  size_t count, capacity;
};

/* What a caller's log lies in. */
struct owned {
  ets_recipient_log log;
  ets_pool *pool;
  ets_recipient_list *lists;
  ets_recipient_event *events;
};

static struct owned *owned(ets_recipient_log *log) {
  return (struct owned *)log;
}

static ets_status no_memory(ets_session *session) {
  return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
}

/* Copies a row into the log. An object without a type: out of memory. */
static ets_object keep(const struct reading *reading, ets_object row) {
  return ets_object_copy(owned(reading->log)->pool, row);
}

/* --- whose rows they are --------------------------------------------------------------------- */

/* The service compares keys without regard to case, and databases like its own without the blanks
 * behind them. Of letters that are not ASCII only the service knows which are the same. */
static bool is_same_key(const char *a, const char *b) {
  size_t n = ets_text_trim(&a), m = ets_text_trim(&b);
  for (size_t i = 0; i < n && i < m; i++) {
    if ((a[i] | b[i]) & 0x80)
      return true;
    if (ets_text_lower(a[i]) != ets_text_lower(b[i]))
      return false;
  }
  return n == m;
}

/* Whether the row is of the type and the subscriber that were asked for. What it does not say is
 * taken for right. */
static ets_status check_row(const struct reading *reading, ets_object row, const char *wanted) {
  const char *key = reading->query->subscriber_key, *type = ets_object_type(row);
  const char *answered = ets_get_text_or(row, "SubscriberKey", key);
  if (!ets_object_is(row, wanted) && strcmp(type, "APIObject") != 0)
    return ets_session_fail(reading->session, ETS_E_PROTOCOL,
                            "asked for a %s of subscriber %.200s, the service answered with a %s",
                            wanted, key, type);
  if (!is_same_key(answered, key))
    return ets_session_fail(reading->session, ETS_E_PROTOCOL,
                            "asked for a %s of subscriber %.200s, the service answered with one "
                            "of subscriber %.200s",
                            wanted, key, answered);
  return ETS_OK;
}

/* --- the subscriber, and the lists ----------------------------------------------------------- */

static ets_status read_subscriber(struct reading *reading) {
  static const char *const properties[] = {"SubscriberKey", "EmailAddress",     "Status",
                                           "CreatedDate",   "UnsubscribedDate", NULL};
  ets_cursor *cursor;
  ets_object row;
  ets_status status =
      ets_question_find(&cursor, reading->session, "Subscriber", properties, reading->scope,
                        ets_filter_equals("SubscriberKey", reading->query->subscriber_key));
  if (status == ETS_OK)
    status = ets_cursor_next(cursor, &row);
  if (status == ETS_OK)
    status = check_row(reading, row, "Subscriber");
  if (status == ETS_OK) {
    reading->log->subscriber = keep(reading, row);
    if (!reading->log->subscriber.type)
      status = no_memory(reading->session);
  }
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

static ets_status read_list_rows(struct reading *reading) {
  static const char *const properties[] = {"ListID", "Status", NULL};
  struct owned *all = owned(reading->log);
  ets_cursor *cursor;
  ets_object row;
  ets_status status =
      ets_question_find(&cursor, reading->session, "ListSubscriber", properties, reading->scope,
                        ets_filter_equals("SubscriberKey", reading->query->subscriber_key));
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    ets_object kept = keep(reading, row);
    ets_recipient_list *lists = realloc(all->lists, (all->log.list_count + 1) * sizeof *lists);
    if (lists)
      all->log.lists = all->lists = lists;
    if (!kept.type || !lists)
      status = no_memory(reading->session);
    else
      lists[all->log.list_count++] = (ets_recipient_list){.id = ets_get_integer(kept, "ListID", 0),
                                                          .status = ets_get_text(kept, "Status")};
  }
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

static ets_status name_lists(struct reading *reading, size_t from, size_t count) {
  static const char *const properties[] = {"ID", "ListName", NULL};
  struct owned *all = owned(reading->log);
  int64_t ids[ETS_QUESTION_IDS];
  ets_cursor *cursor;
  ets_object row;
  for (size_t i = 0; i < count; i++)
    ids[i] = all->lists[from + i].id;
  ets_status status = ets_question_find(&cursor, reading->session, "List", properties,
                                        reading->scope, ets_question_ids("ID", ids, count));
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    ets_object kept = keep(reading, row);
    if (!kept.type)
      status = no_memory(reading->session);
    for (size_t i = from; kept.type && i < from + count; i++)
      if (all->lists[i].id == ets_get_integer(kept, "ID", -1))
        all->lists[i].name = ets_get_text(kept, "ListName");
  }
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

static size_t at_once(size_t left) {
  return left < ETS_QUESTION_IDS ? left : ETS_QUESTION_IDS;
}

static ets_status read_lists(struct reading *reading) {
  ets_status status = read_list_rows(reading);
  size_t count = reading->log->list_count;
  for (size_t at = 0; status == ETS_OK && at < count; at += ETS_QUESTION_IDS)
    status = name_lists(reading, at, at_once(count - at));
  return status;
}

/* --- events ---------------------------------------------------------------------------------- */

/* Whether some type is asked for it anyway. */
static bool is_usual(const char *name) {
  for (int type = 0; type < ETS_EVENT_TYPE_COUNT; type++)
    if (ets_question_names(ets_event_properties((ets_event_type)type), name))
      return true;
  return false;
}

/* The type's own that the contract has, and what the caller wants besides. */
static const char **names_of(size_t *count, const ets_recipient_query *query, ets_event_type type) {
  const char *const *own = ets_event_properties(type);
  const char **names = calloc(ETS_QUESTION_NAMES + query->more_count, sizeof *names);
  *count = 0;
  for (; names && *own; own++)
    if (ets_tracking_has(ets_event_object_type(type), *own))
      names[(*count)++] = *own;
  for (size_t i = 0; names && i < query->more_count; i++)
    if (!is_usual(query->more[i]))
      names[(*count)++] = query->more[i];
  return names;
}

static bool make_room(struct reading *reading) {
  if (reading->count < reading->capacity)
    return true;
  size_t capacity = reading->capacity ? 2 * reading->capacity : 64;
  struct entry *entries = realloc(reading->entries, capacity * sizeof *entries);
  if (!entries)
    return false;
  reading->entries = entries;
  reading->capacity = capacity;
  return true;
}

static ets_status take_event(struct reading *reading, ets_event_type type, ets_object row) {
  ets_time time;
  ets_status status = check_row(reading, row, ets_event_object_type(type));
  if (status != ETS_OK)
    return status;
  ets_object kept = keep(reading, row);
  if (!kept.type || !make_room(reading))
    return no_memory(reading->session);
  const char *date = ets_get_text(kept, "EventDate");
  bool dated =
      date && ets_time_parse(&time, date, ets_session_utc_offset(reading->session)) == ETS_OK;
  reading->entries[reading->count] = (struct entry){.event = {.type = type, .event = kept},
                                                    .time = dated ? time.microseconds : INT64_MIN,
                                                    .send = ets_get_integer(kept, "SendID", 0),
                                                    .index = reading->count};
  reading->count++;
  reading->log->counts[type]++;
  return ETS_OK;
}

static ets_status read_type(struct reading *reading, ets_event_type type) {
  ets_event_query query = ETS_EVENT_QUERY_INIT;
  ets_cursor *cursor = NULL;
  ets_object row;
  const char **names = names_of(&query.property_count, reading->query, type);
  query.type = type;
  query.subscriber_key = reading->query->subscriber_key;
  query.since = reading->query->since;
  query.until = reading->query->until;
  query.properties = names;
  ets_status status = names ? ets_events_open(&cursor, reading->session, &query, reading->scope)
                            : no_memory(reading->session);
  free(names);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK)
    status = take_event(reading, type, row);
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

/* --- the sends ------------------------------------------------------------------------------- */

static int by_send(const void *left, const void *right) {
  const struct entry *a = left, *b = right;
  return a->send < b->send ? -1 : a->send > b->send;
}

/* Of entries that are sorted by their sends. A send without an ID is nobody's. */
static void name_events(struct reading *reading, ets_object send) {
  const struct entry wanted = {.send = ets_get_integer(send, "ID", 0)};
  struct entry *end = reading->entries + reading->count;
  struct entry *at =
      bsearch(&wanted, reading->entries, reading->count, sizeof *reading->entries, by_send);
  while (at && at > reading->entries && at[-1].send == wanted.send)
    at--;
  for (; wanted.send > 0 && at && at < end && at->send == wanted.send; at++) {
    at->event.email_name = ets_get_text(send, "EmailName");
    at->event.subject = ets_get_text(send, "Subject");
  }
}

static ets_status read_sends(struct reading *reading, const int64_t *ids, size_t count) {
  static const char *const properties[] = {"ID", "EmailName", "Subject", NULL};
  ets_cursor *cursor;
  ets_object row;
  ets_status status = ets_question_find(&cursor, reading->session, "Send", properties,
                                        reading->scope, ets_question_ids("ID", ids, count));
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    ets_object kept = keep(reading, row);
    if (kept.type)
      name_events(reading, kept);
    else
      status = no_memory(reading->session);
  }
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

static ets_status name_sends(struct reading *reading) {
  int64_t ids[ETS_QUESTION_IDS];
  size_t count = 0;
  ets_status status = ETS_OK;
  if (reading->count > 0)
    qsort(reading->entries, reading->count, sizeof *reading->entries, by_send);
  for (size_t i = 0; status == ETS_OK && i < reading->count; i++) {
    int64_t id = reading->entries[i].send;
    if (id > 0 && (i == 0 || reading->entries[i - 1].send != id))
      ids[count++] = id;
    if (count == ETS_QUESTION_IDS) {
      status = read_sends(reading, ids, count);
      count = 0;
    }
  }
  return status == ETS_OK && count > 0 ? read_sends(reading, ids, count) : status;
}

/* --- all of it ------------------------------------------------------------------------------- */

static int newest_first(const void *left, const void *right) {
  const struct entry *a = left, *b = right;
  if (a->time != b->time)
    return a->time > b->time ? -1 : 1;
  return a->index < b->index ? -1 : a->index > b->index;
}

/* The events as the caller gets them. */
static ets_status put_in_order(struct reading *reading) {
  struct owned *all = owned(reading->log);
  all->events = calloc(reading->count + 1, sizeof *all->events);
  if (!all->events)
    return no_memory(reading->session);
  if (reading->count > 0)
    qsort(reading->entries, reading->count, sizeof *reading->entries, newest_first);
  for (size_t i = 0; i < reading->count; i++)
    all->events[i] = reading->entries[i].event;
  all->log.events = all->events;
  all->log.event_count = reading->count;
  return ETS_OK;
}

static ets_status check(ets_session *session, const ets_recipient_query *query) {
  ets_session_start(session, ets_operations[ETS_OP_RETRIEVE].name);
  if (query->version != ETS_RECIPIENT_QUERY_VERSION)
    return ets_session_fail(session, ETS_E_USAGE, "recipient: start from ETS_RECIPIENT_QUERY_INIT");
  if (!query->subscriber_key || !*query->subscriber_key)
    return ets_session_fail(session, ETS_E_USAGE, "recipient: the subscriber key is missing");
  ets_filter *window;
  ets_error error;
  ets_status status = ets_window_filter(&window, "EventDate", query->since, query->until, &error);
  ets_filter_free(window);
  if (status != ETS_OK)
    return ets_session_fail(session, status, "%s", error.message);
  return ETS_OK;
}

/* What came before a failure is put in order as well. */
static ets_status read_all(struct reading *reading) {
  const ets_recipient_log *log = reading->log;
  ets_status status = read_subscriber(reading);
  if (status == ETS_OK && log->subscriber.type)
    status = read_lists(reading);
  for (int type = 0; status == ETS_OK && type < ETS_EVENT_TYPE_COUNT; type++)
    status = read_type(reading, (ets_event_type)type);
  if (status == ETS_OK)
    status = name_sends(reading);
  if (status == ETS_OK && !log->subscriber.type && reading->count == 0)
    status = ets_session_fail(reading->session, ETS_E_NOT_FOUND,
                              "no subscriber %.200s in this account, and no events of one in that "
                              "time",
                              reading->query->subscriber_key);
  ets_status ordered = put_in_order(reading);
  return status != ETS_OK ? status : ordered;
}

ets_status ets_recipient_log_read(ets_recipient_log **log, ets_session *session,
                                  const ets_recipient_query *query, const ets_scope *scope) {
  *log = NULL;
  ets_status status = check(session, query);
  if (status != ETS_OK)
    return status;
  struct owned *all = calloc(1, sizeof *all);
  if (all)
    all->pool = ets_pool_new();
  if (!all || !all->pool) {
    free(all);
    return no_memory(session);
  }
  ets_scope whole = scope ? *scope : (ets_scope)ETS_SCOPE_INIT;
  whole.properties = NULL;
  *log = &all->log;
  struct reading reading = {.log = *log, .session = session, .query = query, .scope = &whole};
  status = read_all(&reading);
  free(reading.entries);
  return status;
}

void ets_recipient_log_free(ets_recipient_log *log) {
  if (!log)
    return;
  ets_pool_free(owned(log)->pool);
  free(owned(log)->lists);
  free(owned(log)->events);
  free(log);
}
