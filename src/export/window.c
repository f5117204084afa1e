/* A window: read by one session, or by all that are there to help, and replaced. */
#include "export/parts.h"
#include "export/reading.h"

#include <stdlib.h>

enum { SECOND = 1000000 };

static void write_date(const struct ets_reading *reading, int64_t microseconds, char *text,
                       size_t size) {
  const ets_time time = {microseconds, (int16_t)reading->window->span.utc_offset, true};
  if (reading->whole.dated)
    ets_time_format(time, text, size);
}

static ets_export_record record_of(const struct ets_reading *reading, int64_t read_at) {
  const ets_export_span *span = &reading->window->span;
  ets_export_record record = {.from = span->from,
                              .until = span->until,
                              .rows = reading->whole.rows,
                              .read_at = read_at,
                              .pieces = reading->pieces,
                              .batch_size = reading->batch_size,
                              .by_send = reading->by_send,
                              .shares = reading->whole.shares.items,
                              .share_count = reading->whole.shares.count};
  write_date(reading, reading->whole.first, record.first, sizeof record.first);
  write_date(reading, reading->whole.last, record.last, sizeof record.last);
  return record;
}

/* Whether its time can be cut: links and lists go by their sends, which are few. */
static bool may_share(const struct ets_reading *reading) {
  return reading->source == ETS_SOURCE_EVENTS || reading->source == ETS_SOURCE_SENDS;
}

static ets_status read_window(struct ets_reading *reading, ets_export_record *record) {
  const ets_export_span *span = &reading->window->span;
  const ets_sink *sink = reading->sink;
  const struct ets_piece piece = {span->from, span->until, reading->plan->batch_size, 0};
  int64_t read_at = ets_time_now(0).microseconds / SECOND;
  ets_status status = sink->calls->begin(sink->context, span, reading->error);
  if (status != ETS_OK)
    return status;
  status = ets_reading_piece(reading, &piece);
  if (status == ETS_OK && reading->share)
    status = ets_parts_read(reading, &piece);
  if (status == ETS_OK) {
    *record = record_of(reading, read_at);
    status = sink->calls->commit(sink->context, record, reading->error);
  }
  if (status != ETS_OK)
    sink->calls->abandon(sink->context);
  return status;
}

ets_status ets_export_window(ets_session *session, const ets_export *plan, size_t index,
                             const ets_sink *sink, ets_export_record *record, ets_error *error) {
  const struct ets_export_window *window = &plan->windows[index];
  size_t table = (size_t)(window->span.table - plan->tables.items);
  ets_export_record made = {0};
  struct ets_reading reading = {
      .session = session,
      .plan = plan,
      .window = window,
      .sink = sink,
      .error = error,
      .source = plan->tables.sources[table],
      .type = plan->tables.types[table],
      .properties = plan->tables.properties[table],
      .send = plan->tables.sends[table],
      .account = plan->tables.accounts[table],
      .paths = ets_reading_paths(window->span.table),
      .values = calloc(window->span.table->column_count, sizeof *reading.values),
      .batch_size = plan->batch_size};
  reading.may_share = may_share(&reading);
  if (reading.may_share)
    reading.dates = calloc(ets_reading_page(plan), sizeof *reading.dates);
  bool ready = reading.paths && reading.values && (reading.dates || !reading.may_share);
  ets_crew_enter(plan);
  ets_status status =
      ready ? read_window(&reading, &made) : ets_error_set(error, ETS_E_NOMEM, "out of memory");
  ets_crew_leave(plan);
  made.shares = NULL;
  made.share_count = 0;
  if (record)
    *record = made;
  ets_shares_free(&reading.whole.shares);
  ets_shares_free(&reading.piece.shares);
  free(reading.dates);
  free(reading.paths);
  free(reading.values);
  return status;
}
