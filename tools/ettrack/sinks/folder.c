/* A folder of files that DuckDB, Spark, Trino and Athena read as partitioned tables.
 *
 *     _etsoap.json                                    version and format, folder_format.c
 *     event=Open/account=10001/date=2026-11-20/
 *       part-0000-2400.csv.gz                         D, the rows of a window
 *       _part-0000-2400.json                          R, its record
 *       .lock                                         while somebody replaces something of the day
 *       .part-0000-2400.csv.gz.tmp...                 what will be D, and R likewise
 *     sends/account=10001/date=2026-11-20/...
 *     subscribers/account=10001/part.csv.gz           a table without windows
 *
 * Readers leave out names that begin with `_` or `.`. A window without rows has R and no D.
 *
 * The one thing that readers see is D, so what happens to D, a rename or an unlink, is the instant
 * at which a window is replaced, and R has to be right before and after it. So R holds two records:
 * that of the new D, and that of the D before. Which of them counts is found out by looking at D:
 * its size and time of change, or, in a copied folder, its SHA-256. commit() goes:
 *
 *   1. D' and R' are written beside, and are on the disk.   A kill leaves two hidden files.
 *   2. R' is renamed to R, the folder is synced.            D is the old one: R's second record
 *                                                           speaks of it. The old window stands.
 *   3. D' is renamed to D, or D is removed when the         R's first record speaks of it. The
 *      window has no rows any more.                         window is the new one.
 *   4. The folder is synced.                                The same after a loss of power.
 *
 * The sync of 2 keeps 3 from getting to the disk before 2. A D without any R that speaks of it (one
 * that somebody changed, or the first of a window after a kill in 2, which is no D) has no record,
 * so that its window is due and is replaced like any other. Should the sync of 4 fail, commit()
 * fails although the new window is there, whole and with its record: nobody can tell any more what
 * the disk holds, and reading it again is harmless.
 *
 * begin() locks the seconds of the window in the day's `.lock`, so that nobody else is at this
 * window, or at one of another length that overlaps it. Hidden files of overlapping windows that
 * are there then were left by who was killed, and are removed. A D of another length that overlaps
 * is refused: its rows would be there twice. */
#include "ettrack/sinks/folder_audit.h"
#include "ettrack/sinks/folder_data.h"
#include "ettrack/sinks/folder_format.h"
#include "ettrack/sinks/folder_lock.h"
#include "ettrack/sinks/folder_place.h"
#include "ettrack/sinks/folder_record.h"
#include "ettrack/sinks/folder_survey.h"
#include "ettrack/sinks/sink.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct folder {
  struct folder_dir top;
  struct folder_format format;
  /* The window that is open. */
  bool open;
  ets_export_span span;
  struct folder_place place;
  struct folder_files files;
  struct folder_dir day;
  struct folder_lock lock;
  struct folder_data data;
};

/* --- begin ----------------------------------------------------------------------------------- */

/* A part of the same day with other edges that overlap: what it left when it was killed goes. */
static ets_status clear_other(struct folder *folder, const char *name, const char *part, size_t n,
                              ets_error *error) {
  struct folder_files files;
  char other[FOLDER_PART_MAX];
  json_t *root;
  snprintf(other, sizeof other, "%.*s", (int)n, part);
  folder_record_files(&files, folder->place.folder, other, folder->format.ending);
  ets_status status = folder_record_read(&root, &folder->day, &files, false, error);
  bool counts = root != NULL || folder_record_there(&folder->day, files.data);
  json_decref(root);
  if (status != ETS_OK)
    return status;
  if (counts)
    return ets_error_set(error, ETS_E_USAGE,
                         "%s holds %s, which overlaps %s: a window is replaced by one of its "
                         "length",
                         folder->day.name, other, folder->place.part);
  return strcmp(name, files.record) == 0 ? folder_io_remove(&folder->day, name, error) : ETS_OK;
}

static ets_status clear_name(struct folder *folder, const char *name, ets_error *error) {
  int64_t start, end;
  const char *part = name + (name[0] == '.');
  part += *part == '_';
  size_t n = folder_place_part(part, &start, &end);
  if (n == 0 || end <= folder->place.start || start >= folder->place.end)
    return ETS_OK;
  if (name[0] == '.')
    return !strstr(name, ".tmp") ? ETS_OK : folder_io_remove(&folder->day, name, error);
  bool ours = strlen(folder->place.part) == n && strncmp(part, folder->place.part, n) == 0;
  return ours ? ETS_OK : clear_other(folder, name, part, n, error);
}

static ets_status clear(struct folder *folder, ets_error *error) {
  char **names;
  size_t count;
  ets_status status = folder_io_names(&names, &count, &folder->day, error);
  for (size_t i = 0; status == ETS_OK && i < count; i++)
    status = clear_name(folder, names[i], error);
  folder_io_free_names(names, count);
  return status;
}

static ets_status lock(struct folder *folder, ets_error *error) {
  const struct folder_place *place = &folder->place;
  int reason = folder_lock_take(&folder->lock, folder->day.file, place->start, place->end, false);
  if (reason == EAGAIN)
    return ets_error_set(error, ETS_E_BUSY, "somebody else replaces %s/%s just now",
                         folder->day.name, place->part);
  errno = reason;
  return reason == 0 ? ETS_OK : folder_io_error(error, "lock", &folder->day, place->part);
}

static void end(struct folder *folder) {
  folder_data_end(&folder->data);
  folder_lock_drop(&folder->lock);
  folder_io_close(&folder->day);
  folder->open = false;
}

static ets_status begin(void *sink, const ets_export_span *span, ets_error *error) {
  struct folder *folder = sink;
  if (folder->open)
    return ets_error_set(error, ETS_E_USAGE, "a window is open already");
  ets_status status = folder_place_of(&folder->place, span, error);
  if (status != ETS_OK)
    return status;
  folder->span = *span;
  folder_record_files(&folder->files, folder->place.folder, folder->place.part,
                      folder->format.ending);
  status = folder_io_make(&folder->day, &folder->top, folder->place.folder, error);
  if (status == ETS_OK)
    status = lock(folder, error);
  if (status == ETS_OK)
    status = clear(folder, error);
  folder_data_begin(&folder->data, &folder->format, &folder->day, folder->place.part, span->table);
  folder->open = status == ETS_OK;
  if (status != ETS_OK)
    end(folder);
  return status;
}

/* --- commit ---------------------------------------------------------------------------------- */

/* What is written of the new window: R', and what is known of D'. */
static ets_status write_record(struct folder *folder, const ets_export_record *record,
                               const struct folder_sum *sum, char temporary[FOLDER_NAME_MAX],
                               ets_error *error) {
  json_t *before;
  ets_status status = folder_record_read(&before, &folder->day, &folder->files, false, error);
  if (status != ETS_OK)
    return status;
  json_object_del(before, "before");
  char *text = folder_record_print(&folder->span, record, &folder->files, sum, before);
  json_decref(before);
  status = text ? folder_io_put(&folder->day, folder->files.record, text, temporary, error)
                : ets_error_set(error, ETS_E_NOMEM, "out of memory");
  free(text);
  return status;
}

/* Steps 3 and 4. */
static ets_status replace_data(struct folder *folder, bool rows, ets_error *error) {
  struct folder_data *data = &folder->data;
  ets_status status =
      rows ? folder_io_rename(&folder->day, data->temporary, folder->files.data, error)
           : folder_io_remove(&folder->day, folder->files.data, error);
  if (rows)
    data->temporary[0] = '\0'; /* renamed, or removed */
  return status == ETS_OK ? folder_io_sync(&folder->day, error) : status;
}

static ets_status replace(struct folder *folder, const ets_export_record *record,
                          ets_error *error) {
  char temporary[FOLDER_NAME_MAX];
  struct folder_sum sum;
  bool rows = record->rows > 0;
  ets_status status = rows ? folder_data_finish(&folder->data, &sum, error) : ETS_OK;
  if (status == ETS_OK)
    status = write_record(folder, record, rows ? &sum : NULL, temporary, error);
  if (status == ETS_OK)
    status = folder_io_rename(&folder->day, temporary, folder->files.record, error);
  if (status == ETS_OK)
    status = folder_io_sync(&folder->day, error);
  if (status == ETS_OK)
    status = folder_io_sync_way(&folder->top, folder->place.folder, error);
  return status == ETS_OK ? replace_data(folder, rows, error) : status;
}

static ets_status commit(void *sink, const ets_export_record *record, ets_error *error) {
  struct folder *folder = sink;
  if (!folder->open)
    return ets_error_set(error, ETS_E_USAGE, "no window is open");
  ets_status status =
      record->rows == folder->data.count
          ? replace(folder, record, error)
          : ets_error_set(error, ETS_E_USAGE, "%llu rows came of %s, its record says %llu",
                          (unsigned long long)folder->data.count, folder->files.window,
                          (unsigned long long)record->rows);
  end(folder);
  return status;
}

/* --- the other calls ------------------------------------------------------------------------- */

/* A file has the columns that its table had when it was written. */
static ets_status prepare(void *sink, const ets_export_table *table, ets_error *error) {
  (void)sink;
  return table->column_count > 0
             ? ETS_OK
             : ets_error_set(error, ETS_E_USAGE, "table %s has no columns", table->name);
}

static ets_status records(void *sink, const ets_export_table *table, int32_t account,
                          ets_export_visitor *visit, void *context, ets_error *error) {
  struct folder *folder = sink;
  return folder_survey_table(&folder->top, &folder->format, table, account, visit, context, error);
}

static ets_status row(void *sink, const ets_value *values, ets_error *error) {
  return folder_data_row(&((struct folder *)sink)->data, values, error);
}

static ets_status mark(void *sink, ets_error *error) {
  return folder_data_mark(&((struct folder *)sink)->data, error);
}

static ets_status back(void *sink, ets_error *error) {
  return folder_data_back(&((struct folder *)sink)->data, error);
}

static void abandon(void *sink) {
  struct folder *folder = sink;
  if (folder->open)
    end(folder);
}

static ets_status survey(void *sink, store_visitor *visit, void *context, ets_error *error) {
  struct folder *folder = sink;
  return folder_survey_all(&folder->top, &folder->format, visit, context, error);
}

static ets_status audit(void *sink, struct store_audit *audit, ets_error *error) {
  struct folder *folder = sink;
  return folder_audit(&folder->top, &folder->format, audit, error);
}

static ets_status forget(void *sink, const struct store_flaw *flaw, ets_error *error) {
  return folder_audit_forget(&((struct folder *)sink)->top, flaw, error);
}

static void close_folder(void *sink) {
  struct folder *folder = sink;
  if (!folder)
    return;
  abandon(folder);
  folder_data_free(&folder->data);
  folder_io_close(&folder->top);
  free(folder);
}

ets_status folder_open(struct store *store, const char *where, const struct store_options *options,
                       bool create, ets_error *error) {
  static const ets_sink_calls calls = {ETS_SINK_VERSION, prepare, records, begin, row, mark, back,
                                       commit,           abandon};
  struct folder *folder = calloc(1, sizeof *folder);
  *store = (struct store){{&calls, NULL}, survey, audit, forget, close_folder};
  if (!folder)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  folder->day.file = folder->lock.file = -1;
  folder_data_init(&folder->data);
  ets_status status = create ? folder_io_make(&folder->top, NULL, where, error)
                             : folder_io_open(&folder->top, NULL, where, error);
  if (status == ETS_OK)
    status = folder_format_open(&folder->format, &folder->top, options, create, error);
  if (status == ETS_OK)
    store->sink.context = folder;
  else
    close_folder(folder);
  return status;
}
