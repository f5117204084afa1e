#include "ettrack/sinks/sql_audit.h"

#include "ettrack/sinks/sql_record.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TABLES(own)                                                          \
  "SELECT name, max(there) FROM (" own                                       \
  " UNION ALL SELECT table_name, 0 FROM export_window GROUP BY table_name) " \
  "AS found GROUP BY name ORDER BY name"

const char sql_audit_tables_sqlite[] =
    TABLES("SELECT name, 1 AS there FROM main.sqlite_master AS made WHERE type = 'table' AND"
           " EXISTS (SELECT 1 FROM pragma_table_info(made.name) WHERE name = 'window_from')");
const char sql_audit_tables_postgres[] =
    TABLES("SELECT relname::text AS name, 1 AS there FROM pg_class"
           " WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND"
           " EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = pg_class.oid"
           " AND attname = 'window_from' AND NOT attisdropped)");

bool sql_audit_is_ours(const char *table) {
  const char *name;
  return ets_export_table_find(&name, table) && strcmp(name, table) == 0;
}

static void add_period(struct buffer *sql, const struct store_audit *audit) {
  buffer_printf(sql,
                "(window_from = 0 OR (window_from >= %" PRId64 " AND window_from < %" PRId64 "))",
                audit->since, audit->until);
}

void sql_audit_select(struct buffer *sql, enum sql_dialect dialect, const char *table, bool there,
                      const struct store_audit *audit) {
  buffer_add_text(sql, "SELECT account, window_from, max(window_until), max(recorded), sum(counted)"
                       " FROM (SELECT account, window_from, window_until, \"rows\" AS recorded,"
                       " 0 AS counted FROM export_window WHERE table_name = ");
  sql_text(sql, table);
  buffer_add_text(sql, " AND ");
  add_period(sql, audit);
  if (there) {
    buffer_add_text(sql, " UNION ALL SELECT account, window_from, NULL, NULL, count(*) FROM ");
    sql_name(sql, dialect, table);
    buffer_add_text(sql, " WHERE ");
    add_period(sql, audit);
    buffer_add_text(sql, " GROUP BY account, window_from");
  }
  buffer_add_text(sql, ") AS found GROUP BY account, window_from ORDER BY account, window_from");
}

static int64_t number_of(const char *text) {
  return text ? strtoll(text, NULL, 10) : 0;
}

ets_status sql_audit_row(struct store_audit *audit, const char *table,
                         const char *const columns[SQL_AUDIT_COLUMNS]) {
  char place[160], text[120], from[40] = "";
  const char *recorded = columns[3], *counted = columns[4] ? columns[4] : "0";
  struct store_flaw flaw = {place,
                            recorded ? table : NULL,
                            (int32_t)number_of(columns[0]),
                            number_of(columns[1]),
                            number_of(columns[2]),
                            text};
  audit->windows++;
  if (recorded && strcmp(recorded, counted) == 0)
    return ETS_OK;
  if (flaw.from != 0 && flaw.from > INT64_MIN / 1000000 && flaw.from < INT64_MAX / 1000000)
    ets_time_format((ets_time){flaw.from * 1000000, (int16_t)audit->utc_offset, true}, from,
                    sizeof from);
  snprintf(place, sizeof place, "%s, account %" PRId32 "%s%.16s", table, flaw.account,
           *from ? ", window from " : "", from);
  if (recorded)
    snprintf(text, sizeof text, "%.24s rows are there, the record says %.24s", counted, recorded);
  else
    snprintf(text, sizeof text, "%.24s rows are there without a record", counted);
  return audit->visit(audit->context, &flaw);
}

void sql_audit_forget(struct buffer *sql, const struct store_flaw *flaw) {
  const ets_export_table table = {.name = flaw->table};
  const ets_export_span span = {.table = &table, .account = flaw->account, .from = flaw->from};
  sql_record_delete(sql, &span);
}
