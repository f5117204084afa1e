#include "ettrack/recipients/history.h"

#include "ettrack/run/stop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SENDS_AT_ONCE = 50 };

void history_init(struct history *history, const struct columns *columns) {
  *history = (struct history){.counts = {0}};
  copies_init(&history->events, columns->count);
  copies_init(&history->sends, 3);
}

void history_free(struct history *history) {
  copies_free(&history->events);
  copies_free(&history->sends);
}

/* --- events ---------------------------------------------------------------------------------- */

/* Whether a column is one that some type is asked for anyway, or is of the send. */
static bool is_usual(const char *name) {
  for (int type = 0; type < ETS_EVENT_TYPE_COUNT; type++)
    for (const char *const *usual = ets_event_properties((ets_event_type)type); *usual; usual++)
      if (strcmp(*usual, name) == 0)
        return true;
  return strcmp(name, HISTORY_EMAIL_NAME) == 0 || strcmp(name, HISTORY_SUBJECT) == 0;
}

/* The type's own, and what the user wants besides. */
static bool ask_for(struct columns *asked, ets_event_type type, const struct columns *shown) {
  bool good = columns_add_all(asked, ets_event_properties(type));
  for (size_t i = 0; good && i < shown->count; i++)
    good = is_usual(shown->items[i]) || columns_add(asked, shown->items[i], 0);
  return good;
}

static ets_status fetch_type(struct history *history, const struct service *service,
                             ets_session *session, const char *subscriber_key, ets_event_type type,
                             const struct columns *columns) {
  const struct options *options = service->options;
  const ets_scope scope = service_scope(service);
  ets_event_query query = ETS_EVENT_QUERY_INIT;
  ets_cursor *cursor = NULL;
  ets_object row;
  query.type = type;
  query.subscriber_key = subscriber_key;
  query.since = options_since(options);
  query.until = options_until(options);
  struct columns asked = {0};
  ets_status status = ask_for(&asked, type, columns) ? ETS_OK : ETS_E_NOMEM;
  query.properties = asked.items;
  query.property_count = asked.count;
  if (status == ETS_OK)
    status = ets_events_open(&cursor, session, &query, &scope);
  columns_free(&asked);
  ets_value *values = calloc(columns->count, sizeof *values);
  if (status == ETS_OK && !values)
    status = ETS_E_NOMEM;
  while (status == ETS_OK && !stop_asked() && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    for (size_t i = 0; i < columns->count; i++)
      values[i] = ets_get(row, columns->items[i]);
    history->counts[type]++;
    if (!copies_add(&history->events, ets_object_type(row), values))
      status = ETS_E_NOMEM;
  }
  free(values);
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

/* --- the sends ------------------------------------------------------------------------------- */

/* A send that events are of. */
struct job {
  int64_t id;
  const ets_value *send; /* its row; NULL: the account has none */
};

static int compare_jobs(const void *left, const void *right) {
  const struct job *a = left, *b = right;
  return a->id < b->id ? -1 : a->id > b->id;
}

static struct job *job_of(struct job *jobs, size_t count, const ets_value *id) {
  const struct job wanted = {.id = id->integer};
  bool named = count > 0 && id->presence == ETS_PRESENT && id->kind == ETS_VALUE_INTEGER;
  return named ? bsearch(&wanted, jobs, count, sizeof *jobs, compare_jobs) : NULL;
}

/* Those of the events, each once, by their JobID. NULL when out of memory. */
static struct job *jobs_of(size_t *count, struct history *history, size_t column) {
  struct job *jobs = calloc(history->events.rows + 1, sizeof *jobs);
  size_t all = 0;
  *count = 0;
  for (size_t i = 0; jobs && i < history->events.rows; i++) {
    const ets_value *id = &copies_row(&history->events, i)[column];
    if (id->presence == ETS_PRESENT && id->kind == ETS_VALUE_INTEGER)
      jobs[all++].id = id->integer;
  }
  if (all > 0)
    qsort(jobs, all, sizeof *jobs, compare_jobs);
  for (size_t i = 0; i < all; i++)
    if (*count == 0 || jobs[*count - 1].id != jobs[i].id)
      jobs[(*count)++] = jobs[i];
  return jobs;
}

static ets_status fetch_sends(struct history *history, const struct service *service,
                              ets_session *session, const struct job *jobs, size_t count) {
  const char *items[] = {"ID", HISTORY_EMAIL_NAME, HISTORY_SUBJECT};
  int ranks[] = {1, 2, 3};
  const struct columns columns = {items, ranks, 3};
  char texts[SENDS_AT_ONCE][24];
  const char *values[SENDS_AT_ONCE];
  for (size_t i = 0; i < count; i++) {
    snprintf(texts[i], sizeof texts[i], "%lld", (long long)jobs[i].id);
    values[i] = texts[i];
  }
  ets_cursor *cursor = NULL;
  ets_object row;
  ets_status status =
      service_find(&cursor, service, session, "Send", &columns, ets_filter_in("ID", values, count));
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    const ets_value send[] = {ets_get(row, items[0]), ets_get(row, items[1]),
                              ets_get(row, items[2])};
    if (!copies_add(&history->sends, "", send))
      status = ETS_E_NOMEM;
  }
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

/* A column that is not asked for is beyond the last one. */
static void name_sends(struct history *history, struct job *jobs, size_t count, size_t id,
                       size_t name, size_t subject) {
  for (size_t i = 0; i < history->sends.rows; i++) {
    const ets_value *send = copies_row(&history->sends, i);
    struct job *job = job_of(jobs, count, &send[0]);
    if (job && !job->send)
      job->send = send;
  }
  for (size_t i = 0; i < history->events.rows; i++) {
    ets_value *event = copies_row(&history->events, i);
    const struct job *job = job_of(jobs, count, &event[id]);
    if (job && job->send && name < history->events.columns)
      event[name] = job->send[1];
    if (job && job->send && subject < history->events.columns)
      event[subject] = job->send[2];
  }
}

/* --- both ------------------------------------------------------------------------------------ */

ets_status history_fetch(struct history *history, const struct service *service,
                         ets_session *session, const char *subscriber_key,
                         const struct columns *columns) {
  ets_status status = ETS_OK;
  for (int type = 0; type < ETS_EVENT_TYPE_COUNT && status == ETS_OK && !stop_asked(); type++)
    status = fetch_type(history, service, session, subscriber_key, (ets_event_type)type, columns);
  size_t id, name, subject;
  bool named = columns_find(columns, HISTORY_EMAIL_NAME, &name);
  named = columns_find(columns, HISTORY_SUBJECT, &subject) || named;
  if (status != ETS_OK || !named || !columns_find(columns, HISTORY_SEND_ID, &id))
    return status;
  size_t count;
  struct job *jobs = jobs_of(&count, history, id);
  status = jobs ? ETS_OK : ETS_E_NOMEM;
  for (size_t at = 0; status == ETS_OK && at < count; at += SENDS_AT_ONCE)
    status = fetch_sends(history, service, session, jobs + at,
                         count - at < SENDS_AT_ONCE ? count - at : SENDS_AT_ONCE);
  if (jobs)
    name_sends(history, jobs, count, id, name, subject);
  free(jobs);
  return status;
}
