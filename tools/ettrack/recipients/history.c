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

/* A page is not made smaller by --limit, which is for the newest of all events. */
static ets_scope whole_pages(const struct service *service) {
  ets_scope scope = service_scope(service);
  scope.batch_size = (int)service->options->batch_size;
  return scope;
}

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
  const ets_scope scope = whole_pages(service);
  ets_event_query query = ETS_EVENT_QUERY_INIT;
  ets_cursor *cursor = NULL;
  ets_object row;
  query.type = type;
  query.subscriber_key = subscriber_key;
  query.since = options->since_text ? &options->since : NULL;
  query.until = options->until_text ? &options->until : NULL;
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

static const ets_value *send_of(struct history *history, int64_t job_id) {
  for (size_t i = 0; i < history->sends.rows; i++)
    if (copies_row(&history->sends, i)[0].integer == job_id)
      return copies_row(&history->sends, i);
  return NULL;
}

static int compare_ids(const void *left, const void *right) {
  const int64_t *a = left, *b = right;
  return *a < *b ? -1 : *a > *b;
}

/* The JobIDs of the events, each once. NULL when out of memory. */
static int64_t *job_ids_of(size_t *count, struct history *history, size_t column) {
  int64_t *ids = calloc(history->events.rows + 1, sizeof *ids);
  size_t all = 0;
  *count = 0;
  for (size_t i = 0; ids && i < history->events.rows; i++) {
    const ets_value *id = &copies_row(&history->events, i)[column];
    if (id->presence == ETS_PRESENT && id->kind == ETS_VALUE_INTEGER)
      ids[all++] = id->integer;
  }
  if (all > 0)
    qsort(ids, all, sizeof *ids, compare_ids);
  for (size_t i = 0; i < all; i++)
    if (*count == 0 || ids[*count - 1] != ids[i])
      ids[(*count)++] = ids[i];
  return ids;
}

static ets_status fetch_sends(struct history *history, const struct service *service,
                              ets_session *session, const int64_t *ids, size_t count) {
  const char *items[] = {"ID", HISTORY_EMAIL_NAME, HISTORY_SUBJECT};
  int ranks[] = {1, 2, 3};
  const struct columns columns = {items, ranks, 3};
  char texts[SENDS_AT_ONCE][24];
  const char *values[SENDS_AT_ONCE];
  for (size_t i = 0; i < count; i++) {
    snprintf(texts[i], sizeof texts[i], "%lld", (long long)ids[i]);
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
static void name_sends(struct history *history, size_t id, size_t name, size_t subject) {
  for (size_t i = 0; i < history->events.rows; i++) {
    ets_value *event = copies_row(&history->events, i);
    const ets_value *send = send_of(history, event[id].integer);
    if (send && name < history->events.columns)
      event[name] = send[1];
    if (send && subject < history->events.columns)
      event[subject] = send[2];
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
  int64_t *ids = job_ids_of(&count, history, id);
  status = ids ? ETS_OK : ETS_E_NOMEM;
  for (size_t at = 0; status == ETS_OK && at < count; at += SENDS_AT_ONCE)
    status = fetch_sends(history, service, session, ids + at,
                         count - at < SENDS_AT_ONCE ? count - at : SENDS_AT_ONCE);
  free(ids);
  name_sends(history, id, name, subject);
  return status;
}
