/* A window from the service into the sink. It is asked for as one query. Where the service gives
 * up on that, the rows of the query are taken back and its time is cut in halves; pieces that are
 * short already get smaller pages, and events are read send by send at last. */
#include "export/reading.h"

#include "call/session_private.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { SECOND = 1000000, SHORT = 900, SMALL_PAGE = 250, PAGE = 2500, FIRST_PAGES = 4 };

size_t ets_reading_page(const struct ets_export *plan) {
  return plan->batch_size > 0 ? (size_t)plan->batch_size : PAGE;
}

static ets_status no_memory(struct ets_reading *reading) {
  return ets_error_set(reading->error, ETS_E_NOMEM, "out of memory");
}

/* --- rows ------------------------------------------------------------------------------------ */

static int64_t date_of(const struct ets_reading *reading, int64_t seconds, char *text,
                       size_t size) {
  const ets_time time = {seconds * SECOND, (int16_t)reading->window->span.utc_offset, true};
  ets_time_format(time, text, size);
  return time.microseconds;
}

static ets_status outside(struct ets_reading *reading, const char *date) {
  const ets_export_span *span = &reading->window->span;
  char from[40], until[40];
  date_of(reading, reading->from, from, sizeof from);
  date_of(reading, reading->until, until, sizeof until);
  return ets_error_set(reading->error, ETS_E_PROTOCOL,
                       "asked for %s from %s until %s, the service answered with one of %.40s; if "
                       "its dates are in another zone, set server_utc_offset",
                       span->table->object_type, from, until, date);
}

static ets_status count_date(struct ets_reading *reading, const ets_value *date) {
  struct ets_tally *piece = &reading->piece;
  const ets_export_span *span = &reading->window->span;
  ets_time time;
  const char *text = date->presence == ETS_PRESENT && date->text ? date->text : "";
  if (ets_time_parse(&time, text, span->utc_offset) != ETS_OK)
    return ets_error_set(reading->error, ETS_E_PROTOCOL,
                         "the service answered with a %s whose %s is '%.40s', which is no date",
                         span->table->object_type, span->table->columns[span->table->date].property,
                         text);
  if (time.microseconds < reading->from * SECOND || time.microseconds >= reading->until * SECOND)
    return outside(reading, text);
  if (reading->dates && reading->date_count < ets_reading_page(reading->plan))
    reading->dates[reading->date_count++] = time.microseconds;
  if (!piece->dated || time.microseconds < piece->first)
    piece->first = time.microseconds;
  if (!piece->dated || time.microseconds > piece->last)
    piece->last = time.microseconds;
  piece->dated = true;
  return ETS_OK;
}

/* A service that does not heed which account it is asked for would fill each with all rows. */
static ets_status check_account(struct ets_reading *reading, const ets_value *account) {
  const ets_export_span *span = &reading->window->span;
  if (account->presence != ETS_PRESENT || account->kind != ETS_VALUE_INTEGER ||
      account->integer == span->account)
    return ETS_OK;
  return ets_error_set(reading->error, ETS_E_PROTOCOL,
                       "asked for %s of account %" PRId32 ", the service answered with one of "
                       "account %" PRId64,
                       span->table->object_type, span->account, account->integer);
}

ets_status ets_reading_row(struct ets_reading *reading, const ets_value *values) {
  const ets_export_table *table = reading->window->span.table;
  ets_status status = ETS_OK;
  if (table->date != ETS_EXPORT_NO_DATE)
    status = count_date(reading, &values[table->date]);
  if (status == ETS_OK && reading->account != ETS_EXPORT_NO_DATE)
    status = check_account(reading, &values[reading->account]);
  if (status != ETS_OK)
    return status;
  const ets_value *send = reading->send == ETS_EXPORT_NO_DATE ? NULL : &values[reading->send];
  bool named = send && send->presence == ETS_PRESENT && send->kind == ETS_VALUE_INTEGER;
  if (!table->whole && !ets_shares_add(&reading->piece.shares, named ? send->integer : 0, 1))
    return no_memory(reading);
  reading->piece.rows++;
  return reading->sink->calls->row(reading->sink->context, values, reading->error);
}

static ets_status take_row(struct ets_reading *reading, ets_object row) {
  const ets_export_table *table = reading->window->span.table;
  for (size_t i = 0; i < table->column_count; i++)
    reading->values[i] = ets_path_get(&reading->paths[i], row);
  return ets_reading_row(reading, reading->values);
}

/* Many sessions begin the window again. That pays within its first pages, and later where it at
 * least halves what is left: as the last record says, or else as much again as has come. */
static bool is_worth_it(const struct ets_reading *reading, uint64_t helpers) {
  const ets_export_record *last = reading->window->last;
  uint64_t rows = reading->piece.rows;
  uint64_t left = last && last->rows > rows ? last->rows - rows : rows;
  if (rows <= FIRST_PAGES * ets_reading_page(reading->plan))
    return helpers > 0;
  return left * (helpers + 1) >= 2 * (rows + left);
}

/* At the end of a page, which is no end of all when another one comes. */
static bool goes_over(struct ets_reading *reading) {
  uint64_t rows = reading->piece.rows;
  reading->share = reading->may_share && rows > 0 && rows % ets_reading_page(reading->plan) == 0 &&
                   is_worth_it(reading, reading->plan->crew->idle);
  return reading->share;
}

/* Takes all rows of a cursor and closes it. What the session failed with becomes the error. */
static ets_status take_rows(struct ets_reading *reading, ets_cursor *cursor, ets_status status,
                            bool *ours) {
  ets_object row;
  while (status == ETS_OK && !goes_over(reading) &&
         (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    status = take_row(reading, row);
    *ours = status != ETS_OK;
  }
  if (status != ETS_END && status != ETS_OK && !*ours && reading->error)
    *reading->error = *ets_session_error(reading->session);
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

/* --- queries --------------------------------------------------------------------------------- */

static ets_scope scope_of(const struct ets_reading *reading, int32_t batch_size) {
  ets_scope scope = ETS_SCOPE_INIT;
  if (!reading->window->own) {
    scope.client_ids = &reading->window->span.account;
    scope.client_id_count = 1;
  }
  scope.batch_size = batch_size;
  return scope;
}

static ets_time time_of(const struct ets_reading *reading, int64_t seconds) {
  return (ets_time){seconds * SECOND, (int16_t)reading->window->span.utc_offset, false};
}

ets_status ets_reading_open(const struct ets_reading *reading, ets_session *session,
                            const struct ets_piece *piece, ets_cursor **cursor) {
  const ets_time since = time_of(reading, piece->from), until = time_of(reading, piece->until);
  const ets_scope scope = scope_of(reading, piece->batch_size);
  ets_event_query query = ETS_EVENT_QUERY_INIT;
  if (reading->source == ETS_SOURCE_SENDS)
    return ets_sends_open(cursor, session, &since, &until, &scope);
  query.type = reading->type;
  query.job_id = piece->job_id;
  query.since = &since;
  query.until = &until;
  return ets_events_open(cursor, session, &query, &scope);
}

static ets_status open_subscribers(struct ets_reading *reading, const ets_scope *scope,
                                   ets_cursor **cursor) {
  ets_retrieve request = ETS_RETRIEVE_INIT;
  request.object_type = reading->window->span.table->object_type;
  request.properties = reading->properties;
  request.property_count = reading->window->span.table->column_count;
  request.batch_size = scope->batch_size;
  request.client_ids = scope->client_ids;
  request.client_id_count = scope->client_id_count;
  return ets_cursor_open(cursor, reading->session, &request);
}

/* The JobIDs of the sends of a time; `from` NULL: of all before `until`. */
static ets_status find_sends(struct ets_reading *reading, struct ets_shares *sends,
                             const ets_time *from, const ets_time *until) {
  static const char *const id = "ID";
  ets_scope scope = scope_of(reading, 0);
  ets_cursor *cursor;
  ets_object row;
  scope.properties = &id;
  scope.property_count = 1;
  ets_status status = ets_sends_open(&cursor, reading->session, from, until, &scope);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK)
    if (!ets_shares_add(sends, ets_get_integer(row, id, 0), 1))
      status = no_memory(reading);
  if (status != ETS_END && status != ETS_E_NOMEM && reading->error)
    *reading->error = *ets_session_error(reading->session);
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

/* Links or lists of the sends of a piece, one after the other. */
static ets_status read_of_sends(struct ets_reading *reading, const struct ets_piece *piece,
                                bool *ours) {
  const ets_time since = time_of(reading, piece->from), until = time_of(reading, piece->until);
  const ets_scope scope = scope_of(reading, piece->batch_size);
  struct ets_shares sends = {0};
  ets_status status = find_sends(reading, &sends, &since, &until);
  for (size_t i = 0; status == ETS_OK && i < sends.count; i++) {
    ets_cursor *cursor;
    int32_t job_id = (int32_t)sends.items[i].send;
    status = reading->source == ETS_SOURCE_LINKS
                 ? ets_links_open(&cursor, reading->session, job_id, &scope)
                 : ets_lists_open(&cursor, reading->session, job_id, &scope);
    status = take_rows(reading, cursor, status, ours);
  }
  ets_shares_free(&sends);
  return status;
}

/* All rows of a piece into the sink. `ours`: what failed is not the query. */
static ets_status read_piece(struct ets_reading *reading, const struct ets_piece *piece,
                             bool *ours) {
  const ets_scope scope = scope_of(reading, piece->batch_size);
  ets_cursor *cursor = NULL;
  ets_status status = ETS_OK;
  switch (reading->source) {
  case ETS_SOURCE_EVENTS:
  case ETS_SOURCE_SENDS:
    status = ets_reading_open(reading, reading->session, piece, &cursor);
    break;
  case ETS_SOURCE_SUBSCRIBERS:
    status = open_subscribers(reading, &scope, &cursor);
    break;
  default:
    return read_of_sends(reading, piece, ours);
  }
  return take_rows(reading, cursor, status, ours);
}

/* --- pieces ---------------------------------------------------------------------------------- */

/* The service's own time-out, which it words in more than one way. */
static bool says_timeout(const char *text) {
  return strstr(text, "imeout") || strstr(text, "ime-out") || strstr(text, "imed out") ||
         strstr(text, "deadlock");
}

/* A service that is down or limits the rate of calls is not asked more often. What is refused
 * within a query is not the table: its RequestID has expired, say. */
bool ets_reading_may_be_less(ets_status status, const ets_error *error, bool begun) {
  switch (status) {
  case ETS_E_TIMEOUT:
  case ETS_E_CUT:
    return true;
  case ETS_E_HTTP:
    return error->http_status != 503;
  case ETS_E_FAULT:
    return error->code == 0 || says_timeout(error->message);
  case ETS_E_REFUSED:
    return begun || says_timeout(error->message);
  default:
    return false;
  }
}

ets_status ets_reading_keep(struct ets_reading *reading, const struct ets_piece *piece) {
  struct ets_tally *whole = &reading->whole, *part = &reading->piece;
  if (part->dated && (!whole->dated || part->first < whole->first))
    whole->first = part->first;
  if (part->dated && (!whole->dated || part->last > whole->last))
    whole->last = part->last;
  whole->dated = whole->dated || part->dated;
  whole->rows += part->rows;
  reading->pieces++;
  if (piece->batch_size != reading->plan->batch_size)
    reading->batch_size = piece->batch_size;
  return ets_shares_join(&whole->shares, &part->shares) ? ETS_OK : no_memory(reading);
}

/* Each send that may have an event in it: those that were made before its end. */
static ets_status read_by_send(struct ets_reading *reading, struct ets_piece piece) {
  const ets_time until = time_of(reading, piece.until);
  struct ets_shares sends = {0};
  ets_status status = find_sends(reading, &sends, NULL, &until);
  for (size_t i = 0; status == ETS_OK && i < sends.count; i++) {
    piece.job_id = (int32_t)sends.items[i].send;
    status = piece.job_id > 0 ? ets_reading_piece(reading, &piece) : ETS_OK;
  }
  reading->by_send = true;
  ets_shares_free(&sends);
  return status;
}

/* Less at once. Fails as the piece did when there is no less. */
static ets_status read_less(struct ets_reading *reading, struct ets_piece piece,
                            ets_status status) {
  reading->may_share = false;
  int64_t length = piece.until - piece.from;
  bool whole = reading->window->span.table->whole;
  if (!whole && length > SHORT) {
    struct ets_piece late = piece;
    late.from = piece.until = piece.from + length / 2;
    status = ets_reading_piece(reading, &piece);
    return status == ETS_OK ? ets_reading_piece(reading, &late) : status;
  }
  if (piece.batch_size == 0 || piece.batch_size > SMALL_PAGE) {
    piece.batch_size = SMALL_PAGE;
    return ets_reading_piece(reading, &piece);
  }
  return reading->source == ETS_SOURCE_EVENTS && piece.job_id == 0 ? read_by_send(reading, piece)
                                                                   : status;
}

void ets_reading_begin(struct ets_reading *reading, const struct ets_piece *piece) {
  reading->from = piece->from;
  reading->until = piece->until;
  reading->piece.rows = 0;
  reading->piece.dated = false;
  ets_shares_clear(&reading->piece.shares);
}

ets_status ets_reading_piece(struct ets_reading *reading, const struct ets_piece *piece) {
  ets_error error = {0}, *callers = reading->error;
  bool ours = false;
  ets_reading_begin(reading, piece);
  reading->error = &error;
  ets_status status = read_piece(reading, piece, &ours);
  reading->error = callers;
  if (callers && status != ETS_OK)
    *callers = error;
  if (status == ETS_OK && !reading->share) {
    status = ets_reading_keep(reading, piece);
    return status == ETS_OK ? reading->sink->calls->mark(reading->sink->context, reading->error)
                            : status;
  }
  if (reading->share)
    return reading->sink->calls->back(reading->sink->context, reading->error);
  bool one_query = reading->source == ETS_SOURCE_EVENTS || reading->source == ETS_SOURCE_SENDS;
  if (ours || !ets_reading_may_be_less(status, &error, one_query && reading->piece.rows > 0))
    return status;
  ets_status undone = reading->sink->calls->back(reading->sink->context, reading->error);
  return undone == ETS_OK ? read_less(reading, *piece, status) : undone;
}

ets_path *ets_reading_paths(const ets_export_table *table) {
  ets_path *paths = calloc(table->column_count, sizeof *paths);
  for (size_t i = 0; paths && i < table->column_count; i++)
    paths[i] = ets_path_of(table->columns[i].property);
  return paths;
}
