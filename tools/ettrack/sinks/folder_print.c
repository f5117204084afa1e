/* A record as JSON, one line. */
#include "ettrack/sinks/folder_record.h"

#include <etsoap/time.h>

static json_t *second_of(int64_t second, int utc_offset) {
  char text[40];
  ets_time_format((ets_time){second * 1000000, (int16_t)utc_offset, true}, text, sizeof text);
  return json_string(text);
}

/* What lacks something for want of memory is nothing; json_pack() fails with it. */
static json_t *whole_or_none(json_t *made, bool whole) {
  if (whole)
    return made;
  json_decref(made);
  return NULL;
}

static json_t *columns_of(const ets_export_table *table) {
  json_t *names = json_array();
  bool made = names != NULL;
  for (size_t i = 0; made && i < table->column_count; i++)
    made = json_array_append_new(names, json_string(table->columns[i].name)) == 0;
  return whole_or_none(names, made);
}

static json_t *sends_of(const ets_export_record *record) {
  json_t *all = json_array();
  bool made = all != NULL;
  for (size_t i = 0; made && i < record->share_count; i++)
    made = json_array_append_new(all, json_pack("[I, I]", (json_int_t)record->shares[i].send,
                                                (json_int_t)record->shares[i].rows)) == 0;
  return whole_or_none(all, made);
}

/* What the window is, and of which file the record speaks. */
static json_t *print_window(const ets_export_span *span, const struct folder_files *files,
                            const struct folder_sum *sum) {
  const ets_export_table *table = span->table;
  bool whole = span->from == 0 && span->until == 0;
  json_t *root = json_pack("{s:i, s:s, s:s, s:i, s:s, s:o, s:o, s:i}", "version", 1, "table",
                           table->name, "object_type", table->object_type, "account",
                           (int)span->account, "window", files->window, "from",
                           whole ? json_null() : second_of(span->from, span->utc_offset), "until",
                           whole ? json_null() : second_of(span->until, span->utc_offset),
                           "utc_offset", span->utc_offset);
  json_t *file =
      sum ? json_pack("{s:s, s:I, s:I, s:s}", "file", files->data, "bytes", (json_int_t)sum->bytes,
                      "mtime_ns", (json_int_t)sum->mtime, "sha256", sum->sha256)
          : json_pack("{s:n}", "file");
  root = whole_or_none(root, json_object_update(root, file) == 0);
  json_decref(file);
  return root;
}

static json_t *print_record(const ets_export_span *span, const ets_export_record *record) {
  return json_pack(
      "{s:I, s:s, s:s, s:o, s:I, s:i, s:b, s:o, s:o}", "rows", (json_int_t)record->rows, "first",
      record->first, "last", record->last, "read_at", second_of(record->read_at, span->utc_offset),
      "pieces", (json_int_t)record->pieces, "batch_size", (int)record->batch_size, "by_send",
      (int)record->by_send, "columns", columns_of(span->table), "sends", sends_of(record));
}

char *folder_record_print(const ets_export_span *span, const ets_export_record *record,
                          const struct folder_files *files, const struct folder_sum *sum,
                          json_t *before) {
  json_t *root = print_window(span, files, sum), *rest = print_record(span, record);
  bool made = root && rest && json_object_update(root, rest) == 0;
  json_decref(rest);
  if (made && before)
    made = json_object_set(root, "before", before) == 0;
  char *text = made ? json_dumps(root, JSON_COMPACT) : NULL;
  json_decref(root);
  return text;
}
