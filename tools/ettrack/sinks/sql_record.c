#include "ettrack/sinks/sql_record.h"

#include "ettrack/sinks/sql.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS                                                                                \
  "table_name, account, window_from, window_until, \"rows\", read_at, first_date, last_date, " \
  "pieces, batch_size, by_send, shares"

#define STRING(x) #x
#define QUOTED(x) STRING(x)

#define VERSION QUOTED(SQL_VERSION)

/* X(column, type, comment) */
#define COLUMN_MAP(X)                                                             \
  X("table_name", "text NOT NULL", "the table that the window is in")             \
  X("account", "bigint NOT NULL", "MID of the business unit")                     \
  X("window_from", "bigint NOT NULL", "its beginning, seconds since 1970")        \
  X("window_until", "bigint NOT NULL", "the first second that is not in it")      \
  X("rows", "bigint NOT NULL", "how many rows it has")                            \
  X("read_at", "bigint NOT NULL", "when its reading began, seconds since 1970")   \
  X("first_date", "text", "the earliest date in it, RFC 3339")                    \
  X("last_date", "text", "the latest date in it, RFC 3339")                       \
  X("pieces", "bigint NOT NULL", "in how many queries it was read")               \
  X("batch_size", "bigint NOT NULL", "rows a page in the end; 0: the service''s") \
  X("by_send", "boolean NOT NULL", "some of it was read send by send")            \
  X("shares", "text NOT NULL", "rows by JobID, a JSON object; 0: of no send")

#define CREATE(name, type, text) "\"" name "\" " type ", /* " text " */ "
#define CREATED COLUMN_MAP(CREATE)
#define COMMENT(name, type, text) ";COMMENT ON COLUMN export_window.\"" name "\" IS '" text "'"

const char sql_record_create[] =
    "CREATE TABLE IF NOT EXISTS export_meta (name text PRIMARY KEY, value text);"
    "INSERT INTO export_meta VALUES ('version', '" VERSION "') ON CONFLICT DO NOTHING;"
    "CREATE TABLE IF NOT EXISTS export_window ( /* a row for each window that is here */" CREATED
    "PRIMARY KEY (table_name, account, window_from))";
const char sql_record_comments[] =
    "COMMENT ON TABLE export_meta IS 'what is here: the version of the tables'"
    ";COMMENT ON TABLE export_window IS 'a row for each window that is here'" COLUMN_MAP(COMMENT);
#define LISTED(name, type, text) "'" name "',"
#define NAMES COLUMN_MAP(LISTED) "''"
const char sql_record_shape_sqlite[] =
    "SELECT count(*) FROM main.sqlite_master AS made, pragma_table_info(made.name) AS own"
    " WHERE made.type = 'table' AND ((made.name = 'export_window' AND own.name IN (" NAMES
    ")) OR (made.name = 'export_meta' AND own.name IN ('name', 'value')))";
const char sql_record_shape_postgres[] =
    "SELECT count(*) FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
    " WHERE relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped AND"
    " ((pg_class.oid = to_regclass('export_window') AND attname IN (" NAMES
    ")) OR (pg_class.oid = to_regclass('export_meta') AND attname IN ('name', 'value')))";
const char sql_record_version[] = "SELECT value FROM export_meta WHERE name = 'version'";
const char sql_record_insert[] = "INSERT INTO export_window (" COLUMNS
                                 ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const char sql_record_select[] = "SELECT " COLUMNS " FROM export_window";
const char sql_record_order[] = " ORDER BY table_name, account, window_from";

ets_status sql_record_check_shape(const char *count, const char *place, ets_error *error) {
  if (count && strtoll(count, NULL, 10) == RECORD_COLUMNS + 2)
    return ETS_OK;
  return ets_error_set(error, ETS_E_USAGE,
                       "%s has an export_window or export_meta that is no table of ettrack's "
                       "making (it is a view, or lacks columns): rename it, or name another place",
                       place);
}

ets_status sql_record_check_version(const char *version, const char *place, ets_error *error) {
  char *end = NULL;
  errno = 0;
  long long number = version ? strtoll(version, &end, 10) : 0;
  if (!version || number < 1 || *end || errno)
    return ets_error_set(error, ETS_E_IO,
                         "%s: export_meta does not say which version made it; it is damaged, or no "
                         "export: name another place",
                         place);
  if (number > SQL_VERSION)
    return ets_error_set(
        error, ETS_E_USAGE,
        "%s was made by a newer ettrack (its tables are version %lld, this ettrack "
        "knows %d): use that ettrack, or name another place",
        place, number, SQL_VERSION);
  return ETS_OK;
}

/* --- other records --------------------------------------------------------------------------- */

static void add_owner(struct buffer *sql, const ets_export_span *span) {
  buffer_add_text(sql, " FROM export_window WHERE table_name = ");
  sql_text(sql, span->table->name);
  buffer_printf(sql, " AND account = %" PRId32, span->account);
}

void sql_record_select_other(struct buffer *sql, const ets_export_span *span) {
  buffer_add_text(sql, "SELECT window_from, window_until");
  add_owner(sql, span);
  buffer_printf(sql,
                " AND window_from < %" PRId64 " AND window_until > %" PRId64
                " AND NOT (window_from = %" PRId64 " AND window_until = %" PRId64 ") LIMIT 1",
                span->until, span->from, span->from, span->until);
}

ets_status sql_record_busy(const ets_export_span *span, const char *from, const char *until,
                           const char *place, ets_error *error) {
  return ets_error_set(error, ETS_E_BUSY,
                       "%.200s: another export has windows of another length there (table %s, "
                       "account %" PRId32 ", window_from %s to %s): run it again",
                       place, span->table->name, span->account, from, until);
}

void sql_record_delete(struct buffer *sql, const ets_export_span *span) {
  buffer_add_text(sql, "DELETE");
  add_owner(sql, span);
  buffer_printf(sql, " AND window_from = %" PRId64 ";", span->from);
}

/* --- writing --------------------------------------------------------------------------------- */

static void write_shares(struct buffer *text, const ets_export_record *record) {
  buffer_add_char(text, '{');
  for (size_t i = 0; i < record->share_count; i++) {
    buffer_printf(text, "%s\"%" PRId64 "\":%" PRIu64, i > 0 ? "," : "", record->shares[i].send,
                  record->shares[i].rows);
  }
  buffer_add_char(text, '}');
}

bool sql_record_write(struct sql_record_texts *texts, const ets_export_span *span,
                      const ets_export_record *record) {
  const int64_t numbers[] = {span->account,         record->from,    record->until,
                             (int64_t)record->rows, record->read_at, record->pieces,
                             record->batch_size};
  static const size_t places[] = {1, 2, 3, 4, 5, 8, 9};
  *texts = (struct sql_record_texts){.columns = {span->table->name}};
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    snprintf(texts->numbers[i], sizeof texts->numbers[i], "%" PRId64, numbers[i]);
    texts->columns[places[i]] = texts->numbers[i];
  }
  texts->columns[6] = *record->first ? record->first : NULL;
  texts->columns[7] = *record->last ? record->last : NULL;
  texts->columns[10] = record->by_send ? "1" : "0";
  write_shares(&texts->shares, record);
  texts->columns[11] = buffer_text(&texts->shares);
  return !texts->shares.failed;
}

void sql_record_texts_free(struct sql_record_texts *texts) {
  buffer_free(&texts->shares);
}

/* --- reading --------------------------------------------------------------------------------- */

void sql_record_reader_free(struct sql_record_reader *reader) {
  free(reader->shares);
}

static bool read_number(const char **at, int64_t *number) {
  char *end;
  errno = 0;
  *number = strtoll(*at, &end, 10);
  bool right = end > *at && errno == 0;
  *at = end;
  return right;
}

static bool read_all(const char *text, int64_t *number) {
  return text && read_number(&text, number) && !*text;
}

static bool take(const char **at, char wanted) {
  bool there = **at == wanted;
  *at += there;
  return there;
}

static bool read_share(const char **at, ets_export_share *share) {
  int64_t rows;
  if (!take(at, '"') || !read_number(at, &share->send) || !take(at, '"') || !take(at, ':') ||
      !read_number(at, &rows) || rows < 0)
    return false;
  share->rows = (uint64_t)rows;
  return true;
}

/* {"12043295":100,"12043296":2} */
static bool read_shares(struct sql_record_reader *reader, const char *text,
                        ets_export_record *record) {
  size_t count = 0;
  if (!text || !take(&text, '{'))
    return false;
  while (*text == '"') {
    if (count == reader->capacity) {
      size_t capacity = count ? 2 * count : 64;
      ets_export_share *shares = realloc(reader->shares, capacity * sizeof *shares);
      if (!shares)
        return false;
      reader->shares = shares;
      reader->capacity = capacity;
    }
    if (!read_share(&text, &reader->shares[count++]) || (*text != '}' && !take(&text, ',')))
      return false;
  }
  record->shares = reader->shares;
  record->share_count = count;
  return take(&text, '}') && !*text;
}

static bool read_counts(ets_export_record *record, const char *const *columns) {
  int64_t rows, pieces, batch_size;
  if (!read_all(columns[2], &record->from) || !read_all(columns[3], &record->until) ||
      !read_all(columns[4], &rows) || rows < 0 || !read_all(columns[5], &record->read_at) ||
      !read_all(columns[8], &pieces) || pieces < 0 || pieces > UINT32_MAX ||
      !read_all(columns[9], &batch_size) || batch_size < 0 || batch_size > INT32_MAX)
    return false;
  record->rows = (uint64_t)rows;
  record->pieces = (uint32_t)pieces;
  record->batch_size = (int32_t)batch_size;
  return true;
}

ets_status sql_record_read(struct sql_record_reader *reader,
                           const char *const columns[RECORD_COLUMNS], const char *place,
                           ets_error *error) {
  ets_export_record record = {0};
  int64_t account;
  if (!columns[0] || !read_all(columns[1], &account) || account < INT32_MIN ||
      account > INT32_MAX || !read_counts(&record, columns) ||
      !read_shares(reader, columns[11], &record))
    return ets_error_set(
        error, ETS_E_IO,
        "%s: export_window has a row that ettrack did not write (table %s, account "
        "%s, window_from %s): delete it, and the window is read again",
        place, columns[0] ? columns[0] : "", columns[1] ? columns[1] : "",
        columns[2] ? columns[2] : "");
  snprintf(record.first, sizeof record.first, "%s", columns[6] ? columns[6] : "");
  snprintf(record.last, sizeof record.last, "%s", columns[7] ? columns[7] : "");
  record.by_send = columns[10] && (*columns[10] == 't' || *columns[10] == '1');
  return reader->visit(reader->context, columns[0], (int32_t)account, &record);
}
