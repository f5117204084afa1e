#include "ettrack/export/audit.h"

#include "common/program.h"
#include "ettrack/run/stop.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECOND = 1000000, DAY = 86400 };

/* The flaws that have a record. */
struct flaws {
  struct store_flaw *items;
  size_t count;
  struct audit_result *result;
  /* The record before. */
  char table[64];
  int32_t account;
  int64_t until;
};

static void flaws_free(struct flaws *flaws) {
  for (size_t i = 0; i < flaws->count; i++) {
    free((void *)flaws->items[i].place);
    free((void *)flaws->items[i].table);
  }
  free(flaws->items);
}

static ets_status keep(struct flaws *flaws, const struct store_flaw *flaw) {
  struct store_flaw *items = realloc(flaws->items, (flaws->count + 1) * sizeof *items);
  if (!items)
    return ETS_E_NOMEM;
  flaws->items = items;
  struct store_flaw *kept = &items[flaws->count++];
  *kept = *flaw;
  kept->place = strdup(flaw->place);
  kept->table = strdup(flaw->table);
  kept->text = NULL;
  return kept->place && kept->table ? ETS_OK : ETS_E_NOMEM;
}

static ets_status take(void *context, const struct store_flaw *flaw) {
  struct flaws *flaws = context;
  complain("%s: %s", flaw->place, flaw->text);
  flaws->result->wrong++;
  if (stop_asked())
    return ETS_E_ABORTED;
  return flaw->table ? keep(flaws, flaw) : ETS_OK;
}

/* Records that no plan takes for one, so that the next run reads their windows anyway, and those
 * that no plan gets past. They come in order. */
static ets_status take_record(void *context, const char *table, int32_t account,
                              const ets_export_record *record) {
  struct flaws *flaws = context;
  char from[40];
  const char *text = NULL;
  if (!ets_export_sound(record))
    text = "the record's rows are not the sum of its sends";
  else if (account == flaws->account && strcmp(table, flaws->table) == 0 &&
           record->from < flaws->until)
    text = "it overlaps the one before; one of them was not made by an export: delete its record";
  snprintf(flaws->table, sizeof flaws->table, "%s", table);
  flaws->account = account;
  flaws->until = record->until;
  if (!text)
    return ETS_OK;
  ets_time_format((ets_time){record->from * SECOND, 0, true}, from, sizeof from);
  complain("%s, account %" PRId32 ", window from %s: %s", table, account, from, text);
  flaws->result->wrong++;
  return ETS_OK;
}

static ets_status forget(struct flaws *flaws, const struct store *store, ets_error *error) {
  ets_status status = ETS_OK;
  for (size_t i = 0; status == ETS_OK && i < flaws->count; i++) {
    status = store->forget(store->sink.context, &flaws->items[i], error);
    flaws->result->dropped += status == ETS_OK;
  }
  return status;
}

/* The day that a time is in begins at or before it, as windows do. */
static int64_t day_of(ets_time time, int utc_offset) {
  int64_t seconds = time.microseconds / SECOND + (int64_t)utc_offset * 60;
  return seconds - ((seconds % DAY) + DAY) % DAY - (int64_t)utc_offset * 60;
}

ets_status audit_sink(struct audit_result *result, const struct export_job *job,
                      const struct store *store, ets_error *error) {
  const struct options *options = job->service->options;
  struct flaws flaws = {.result = result};
  struct store_audit audit = {.since = day_of(options->since, options->utc_offset),
                              .until = options->until_text ? options->until.microseconds / SECOND
                                                           : INT64_MAX,
                              .utc_offset = options->utc_offset,
                              .visit = take,
                              .context = &flaws};
  *result = (struct audit_result){0};
  ets_status status = store->survey(store->sink.context, take_record, &flaws, error);
  if (status == ETS_OK)
    status = store->audit(store->sink.context, &audit, error);
  if (status == ETS_OK && job->own->forget)
    status = forget(&flaws, store, error);
  if (status == ETS_E_NOMEM || (status == ETS_E_ABORTED && !*error->message))
    ets_error_set(error, status, status == ETS_E_NOMEM ? "out of memory" : "stopped by a signal");
  result->windows = audit.windows;
  flaws_free(&flaws);
  return status;
}
