#include "ettrack/sinks/folder_audit.h"

#include "ettrack/sinks/folder_record.h"
#include "ettrack/sinks/folder_survey.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { BLOCK = 64 * 1024 };

struct auditing {
  const struct folder_format *format;
  struct store_audit *audit;
};

/* --- one window ------------------------------------------------------------------------------ */

/* Line ends outside of quotes. */
static uint64_t lines_in(const char *bytes, size_t size, bool quotes, bool *quoted) {
  uint64_t count = 0;
  for (size_t i = 0; i < size; i++) {
    *quoted ^= quotes && bytes[i] == '"';
    count += bytes[i] == '\n' && !*quoted;
  }
  return count;
}

/* The rows of a data file, packed or plain. False when it cannot be read to its end. */
static bool count_rows(uint64_t *rows, const struct folder_dir *dir, const char *name,
                       const struct folder_format *format) {
  int file = openat(dir->file, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  gzFile packed = file >= 0 ? gzdopen(file, "rb") : NULL;
  char *block = malloc(BLOCK);
  bool quoted = false;
  int n = packed && block ? 1 : -1;
  *rows = 0;
  while (n > 0 && (n = gzread(packed, block, BLOCK)) > 0)
    *rows += lines_in(block, (size_t)n, !format->ndjson, &quoted);
  *rows -= !format->ndjson && *rows > 0; /* the names */
  free(block);
  if (packed)
    gzclose(packed);
  else if (file >= 0)
    close(file);
  return n == 0;
}

/* What is wrong with a window; "": nothing. */
static ets_status judge(const struct auditing *auditing, const struct folder_dir *dir,
                        const struct folder_files *files, char text[FOLDER_PATH_MAX],
                        ets_error *error) {
  ets_export_record record;
  ets_export_share *shares = NULL;
  uint64_t rows = 0;
  json_t *root;
  ets_status status = folder_record_read(&root, dir, files, true, error);
  text[0] = '\0';
  if (status == ETS_OK && !root)
    snprintf(text, FOLDER_PATH_MAX,
             "the file is not the one that the record speaks of: its "
             "SHA-256, its place, or whether there is one, differs");
  else if (status == ETS_OK && !folder_record_parse(&record, &shares, root))
    snprintf(text, FOLDER_PATH_MAX, "the record was not written by ettrack");
  else if (status == ETS_OK && record.rows > 0 &&
           !count_rows(&rows, dir, files->data, auditing->format))
    snprintf(text, FOLDER_PATH_MAX, "the file cannot be read to its end");
  else if (status == ETS_OK && rows != record.rows)
    snprintf(text, FOLDER_PATH_MAX, "%" PRIu64 " rows are there, the record says %" PRIu64, rows,
             record.rows);
  free(shares);
  json_decref(root);
  return status;
}

/* --- all of them ----------------------------------------------------------------------------- */

/* Whether the record may be of a window of the period; what cannot be read may be. */
static ets_status is_asked_for(bool *asked, const struct auditing *auditing,
                               const struct folder_dir *dir, const struct folder_files *files,
                               ets_error *error) {
  int64_t from;
  bool known;
  ets_status status = folder_record_begins(&from, &known, dir, files, error);
  *asked = !known || (from >= auditing->audit->since && from < auditing->audit->until);
  return status;
}

/* Somebody may replace the window between the looks at its record and its data: then once more. */
static ets_status look_at_window(const struct auditing *auditing, const struct folder_dir *dir,
                                 const struct folder_files *files, ets_error *error) {
  char text[FOLDER_PATH_MAX] = "";
  bool asked;
  ets_status status = is_asked_for(&asked, auditing, dir, files, error);
  if (status != ETS_OK || !asked)
    return status;
  auditing->audit->windows++;
  for (int i = 0; status == ETS_OK && i < 2 && (i == 0 || *text); i++)
    status = judge(auditing, dir, files, text, error);
  const struct store_flaw flaw = {.place = files->window, .table = files->window, .text = text};
  return status == ETS_OK && *text ? auditing->audit->visit(auditing->audit->context, &flaw)
                                   : status;
}

static ets_status look(void *context, const struct folder_dir *dir, const char *path,
                       const char *name, ets_error *error) {
  const struct auditing *auditing = context;
  bool record = name[0] == '_';
  struct folder_files files;
  char part[FOLDER_PART_MAX], place[2 * FOLDER_PATH_MAX];
  int64_t start, end;
  size_t n = folder_place_part(name + record, &start, &end);
  if (n == 0)
    return ETS_OK;
  snprintf(part, sizeof part, "%.*s", (int)n, name + record);
  folder_record_files(&files, path, part, auditing->format->ending);
  if (record)
    return strcmp(name, files.record) == 0 ? look_at_window(auditing, dir, &files, error) : ETS_OK;
  if (strcmp(name, files.data) == 0 && folder_record_there(dir, files.record))
    return ETS_OK;
  snprintf(place, sizeof place, "%s/%.96s", path, name);
  const struct store_flaw flaw = {.place = place, .text = "the file has no record"};
  return auditing->audit->visit(auditing->audit->context, &flaw);
}

ets_status folder_audit(const struct folder_dir *top, const struct folder_format *format,
                        struct store_audit *audit, ets_error *error) {
  struct auditing auditing = {format, audit};
  return folder_survey_names(top, look, &auditing, error);
}

ets_status folder_audit_forget(const struct folder_dir *top, const struct store_flaw *flaw,
                               ets_error *error) {
  const char *slash = strrchr(flaw->place, '/');
  struct folder_dir dir;
  struct folder_files files;
  char path[FOLDER_PATH_MAX];
  snprintf(path, sizeof path, "%.*s", slash ? (int)(slash - flaw->place) : 0, flaw->place);
  folder_record_files(&files, path, slash ? slash + 1 : "", "");
  ets_status status = folder_io_open(&dir, top, path, error);
  if (status != ETS_OK)
    return status;
  status = folder_io_remove(&dir, files.record, error);
  if (status == ETS_OK)
    status = folder_io_sync(&dir, error);
  folder_io_close(&dir);
  return status;
}
