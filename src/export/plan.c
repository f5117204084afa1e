/* Which windows there are, and which of them are due. */
#include "export/plan.h"

#include "call/session_private.h"
#include "export/accounts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { SECOND = 1000000, FIRST_WINDOWS = 64 };

/* The period of a plan, in windows of the length asked for. */
struct period {
  int64_t from, until; /* seconds, at edges of windows */
  int64_t window, again;
  int64_t now; /* by this machine's clock */
  int utc_offset;
};

static ets_status no_memory(ets_error *error) {
  return ets_error_set(error, ETS_E_NOMEM, "out of memory");
}

/* --- the query ------------------------------------------------------------------------------- */

static int64_t floor_to(int64_t seconds, int64_t length) {
  return seconds - ((seconds % length) + length) % length;
}

/* The edge of a window that is not after it. */
static int64_t edge_before(const struct period *period, int64_t seconds) {
  int64_t offset = (int64_t)period->utc_offset * 60;
  return floor_to(seconds + offset, period->window) - offset;
}

static ets_status check(const ets_export_query *query, ets_error *error) {
  if (query->version != ETS_EXPORT_QUERY_VERSION)
    return ets_error_set(error, ETS_E_USAGE, "export: start from ETS_EXPORT_QUERY_INIT");
  if (!query->since)
    return ets_error_set(error, ETS_E_USAGE, "export: since is missing, it says where to begin");
  if (query->window < 0 || (query->window > 0 && ETS_DAY % query->window != 0))
    return ets_error_set(error, ETS_E_USAGE,
                         "window of %" PRId32 " seconds: expected a length that divides a day, "
                         "such as 3600 or 86400",
                         query->window);
  if (query->again < 0)
    return ets_error_set(error, ETS_E_USAGE, "again %" PRId32 ": expected 0 seconds or more",
                         query->again);
  if (query->shards > 0 ? query->shard < 1 || query->shard > query->shards : query->shard != 0)
    return ets_error_set(error, ETS_E_USAGE,
                         "shard %" PRIu32 " of %" PRIu32 ": expected one from 1 to the number of "
                         "them",
                         query->shard, query->shards);
  return ETS_OK;
}

static ets_status make_period(struct period *period, const ets_export_query *query, int utc_offset,
                              ets_error *error) {
  const ets_time until = query->until ? *query->until : ets_time_now(utc_offset);
  period->window = query->window ? query->window : ETS_DAY;
  period->again = query->again;
  period->now = ets_time_now(0).microseconds / SECOND;
  period->utc_offset = utc_offset;
  period->from = edge_before(period, floor_to(query->since->microseconds, SECOND) / SECOND);
  period->until =
      edge_before(period, floor_to(until.microseconds - 1, SECOND) / SECOND) + period->window;
  if (ets_time_compare(*query->since, until) < 0)
    return ETS_OK;
  char low[40], high[40];
  ets_time_format(*query->since, low, sizeof low);
  ets_time_format(until, high, sizeof high);
  return ets_error_set(error, ETS_E_USAGE, "nothing lies between since %s and until %s", low, high);
}

/* --- what the sink knows ---------------------------------------------------------------------- */

struct records {
  struct ets_arena *arena;
  const ets_export_record **items;
  size_t count, capacity;
};

static ets_status keep_record(void *context, const ets_export_record *record) {
  struct records *records = context;
  if (records->count == records->capacity) {
    size_t capacity = records->capacity ? records->capacity * 2 : FIRST_WINDOWS;
    const ets_export_record **items =
        realloc((void *)records->items, capacity * sizeof *records->items);
    if (!items)
      return ETS_E_NOMEM;
    records->items = items;
    records->capacity = capacity;
  }
  ets_export_record *kept = ets_arena_alloc(records->arena, sizeof *kept);
  size_t size = record->share_count * sizeof *record->shares;
  ets_export_share *shares = size ? ets_arena_alloc(records->arena, size) : NULL;
  if (!kept || (size && !shares))
    return ETS_E_NOMEM;
  if (size)
    memcpy(shares, record->shares, size);
  *kept = *record;
  kept->shares = shares;
  records->items[records->count++] = kept;
  return ETS_OK;
}

bool ets_export_sound(const ets_export_record *record) {
  uint64_t rows = 0;
  for (size_t i = 0; i < record->share_count; i++)
    rows += record->shares[i].rows;
  return rows == record->rows || (record->from == 0 && record->until == 0);
}

static int by_time(const void *left, const void *right) {
  const ets_export_record *const *a = left, *const *b = right;
  return (*a)->from < (*b)->from ? -1 : (*a)->from > (*b)->from;
}

static ets_status read_records(struct records *records, const ets_sink *sink,
                               const ets_export_table *table, int32_t account, ets_error *error) {
  records->count = 0;
  ets_status status =
      sink->calls->records(sink->context, table, account, keep_record, records, error);
  if (status == ETS_E_NOMEM)
    return no_memory(error);
  if (status == ETS_OK && records->count > 0)
    qsort((void *)records->items, records->count, sizeof *records->items, by_time);
  for (size_t i = 1; status == ETS_OK && i < records->count; i++)
    if (records->items[i]->from < records->items[i - 1]->until)
      return ets_error_set(error, ETS_E_IO,
                           "the sink has two windows of table %s, account %" PRId32
                           ", that overlap, from %" PRId64 " and from %" PRId64
                           " (seconds since 1970): one of them was not made by an export, delete "
                           "its record",
                           table->name, account, records->items[i - 1]->from,
                           records->items[i]->from);
  return status;
}

/* --- windows --------------------------------------------------------------------------------- */

/* A day of a table and account is the same machine's, whatever its windows are. */
static bool is_ours(const ets_export_query *query, const ets_export_span *span) {
  int64_t day = floor_to(span->from + (int64_t)span->utc_offset * 60, ETS_DAY) / ETS_DAY;
  uint64_t hash = UINT64_C(0xCBF29CE484222325);
  if (query->shards < 2)
    return true;
  for (const char *c = span->table->name; *c; c++)
    hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001B3);
  for (int i = 0; i < 4; i++)
    hash = (hash ^ (((uint32_t)span->account >> (8 * i)) & 0xFF)) * UINT64_C(0x100000001B3);
  for (int i = 0; i < 4; i++)
    hash = (hash ^ (((uint64_t)day >> (8 * i)) & 0xFF)) * UINT64_C(0x100000001B3);
  return (hash >> 32) % query->shards == query->shard - 1;
}

static ets_status add(struct ets_export *plan, const struct ets_export_window *window,
                      ets_error *error) {
  if (plan->count == plan->capacity) {
    size_t capacity = plan->capacity ? plan->capacity * 2 : FIRST_WINDOWS;
    struct ets_export_window *windows = realloc(plan->windows, capacity * sizeof *windows);
    if (!windows)
      return no_memory(error);
    plan->windows = windows;
    plan->capacity = capacity;
  }
  plan->windows[plan->count++] = *window;
  return ETS_OK;
}

/* A record that is later than now was made by a clock that went wrong; one that was read send by
 * send may lack events of sends that the service does not list. */
static bool is_due(const struct period *period, const ets_export_record *last) {
  return !last || last->by_send || last->read_at > period->now ||
         last->read_at < last->until + period->again;
}

/* The windows of a table and account: those that the sink has, and new ones between them. */
static ets_status add_windows(struct ets_export *plan, const ets_export_query *query,
                              const struct period *period, const struct records *records,
                              struct ets_export_window window, ets_error *error) {
  size_t next = 0;
  ets_status status = ETS_OK;
  for (int64_t at = period->from; status == ETS_OK && at < period->until; at = window.span.until) {
    while (next < records->count && records->items[next]->until <= at)
      next++;
    const ets_export_record *record = next < records->count ? records->items[next] : NULL;
    bool there = record && record->from <= at;
    window.last = there && ets_export_sound(record) ? record : NULL;
    window.span.from = there ? record->from : at;
    window.span.until = edge_before(period, at) + period->window;
    if (there || (record && record->from < window.span.until))
      window.span.until = there ? record->until : record->from;
    window.due = is_due(period, window.last);
    if (is_ours(query, &window.span))
      status = add(plan, &window, error);
  }
  return status;
}

static ets_status add_whole(struct ets_export *plan, const ets_export_query *query,
                            const struct records *records, struct ets_export_window window,
                            ets_error *error) {
  window.last = records->count > 0 ? records->items[0] : NULL;
  window.due = true;
  return is_ours(query, &window.span) ? add(plan, &window, error) : ETS_OK;
}

/* Oldest first, so that what is complete grows without gaps; whole tables at the end. */
static int by_age(const void *left, const void *right) {
  const struct ets_export_window *a = left, *b = right;
  if (a->span.table->whole != b->span.table->whole)
    return a->span.table->whole ? 1 : -1;
  if (a->span.from != b->span.from)
    return a->span.from < b->span.from ? -1 : 1;
  if (a->span.account != b->span.account)
    return a->span.account < b->span.account ? -1 : 1;
  return a->span.table < b->span.table ? -1 : a->span.table > b->span.table;
}

static ets_status add_all(struct ets_export *plan, const ets_export_query *query,
                          const struct ets_accounts *accounts, const struct period *period,
                          const ets_sink *sink, ets_error *error) {
  struct records records = {.arena = &plan->arena};
  ets_status status = ETS_OK;
  for (size_t t = 0; status == ETS_OK && t < plan->tables.count; t++) {
    const ets_export_table *table = &plan->tables.items[t];
    status = sink->calls->prepare(sink->context, table, error);
    for (size_t a = 0; status == ETS_OK && a < accounts->count; a++) {
      const struct ets_export_window window = {
          .span = {.table = table, .account = accounts->items[a], .utc_offset = period->utc_offset},
          .own = accounts->items[a] == accounts->own};
      status = read_records(&records, sink, table, accounts->items[a], error);
      if (status == ETS_OK)
        status = table->whole ? add_whole(plan, query, &records, window, error)
                              : add_windows(plan, query, period, &records, window, error);
    }
  }
  free((void *)records.items);
  return status;
}

/* --- the plan -------------------------------------------------------------------------------- */

static ets_status fill(struct ets_export *plan, ets_session *session, const ets_export_query *query,
                       const ets_sink *sink, ets_error *error) {
  struct period period;
  struct ets_accounts accounts = {0};
  ets_status status = check(query, error);
  if (status == ETS_OK)
    status = make_period(&period, query, session->utc_offset, error);
  if (status == ETS_OK)
    status = ets_tables_make(&plan->tables, query->tables, query->table_count, error);
  if (status != ETS_OK)
    return status;
  plan->batch_size = query->batch_size;
  status = ets_accounts_find(&accounts, session, query);
  if (status != ETS_OK && error)
    *error = *ets_session_error(session);
  if (status == ETS_OK)
    status = add_all(plan, query, &accounts, &period, sink, error);
  if (status == ETS_OK && plan->count > 0)
    qsort(plan->windows, plan->count, sizeof *plan->windows, by_age);
  ets_accounts_free(&accounts);
  return status;
}

static struct ets_crew *make_crew(void) {
  struct ets_crew *crew = calloc(1, sizeof *crew);
  bool mutex = crew && pthread_mutex_init(&crew->mutex, NULL) == 0;
  if (mutex && pthread_cond_init(&crew->changed, NULL) == 0)
    return crew;
  if (mutex)
    pthread_mutex_destroy(&crew->mutex);
  free(crew);
  return NULL;
}

static void free_crew(struct ets_crew *crew) {
  pthread_cond_destroy(&crew->changed);
  pthread_mutex_destroy(&crew->mutex);
  free(crew);
}

ets_status ets_export_plan(ets_export **plan, ets_session *session, const ets_export_query *query,
                           const ets_sink *sink, ets_error *error) {
  *plan = calloc(1, sizeof **plan);
  if (!*plan || !((*plan)->crew = make_crew())) {
    free(*plan);
    *plan = NULL;
    return no_memory(error);
  }
  ets_status status = fill(*plan, session, query, sink, error);
  if (status != ETS_OK) {
    ets_export_free(*plan);
    *plan = NULL;
  }
  return status;
}

size_t ets_export_count(const ets_export *plan) {
  return plan->count;
}

const ets_export_span *ets_export_get(const ets_export *plan, size_t index) {
  return &plan->windows[index].span;
}

bool ets_export_due(const ets_export *plan, size_t index) {
  return plan->windows[index].due;
}

const ets_export_record *ets_export_last(const ets_export *plan, size_t index) {
  return plan->windows[index].last;
}

void ets_export_free(ets_export *plan) {
  if (!plan)
    return;
  ets_tables_free(&plan->tables);
  ets_arena_free(&plan->arena);
  free(plan->windows);
  free_crew(plan->crew);
  free(plan);
}
