#include "ettrack/sinks/folder_record.h"

#include "ettrack/sinks/folder_place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { VERSION = 1, RECORD_MAX = 256 * 1024 * 1024, BLOCK = 64 * 1024 };

static const char before_key[] = "before";

void folder_record_files(struct folder_files *files, const char *folder, const char *part,
                         const char *ending) {
  snprintf(files->window, sizeof files->window, "%s/%s", folder, part);
  snprintf(files->data, sizeof files->data, "%s.%s", part, ending);
  snprintf(files->record, sizeof files->record, "_%s.json", part);
}

bool folder_record_there(const struct folder_dir *dir, const char *name) {
  struct stat about;
  return fstatat(dir->file, name, &about, 0) == 0;
}

/* --- what a record says ---------------------------------------------------------------------- */

static const char *text_of(const json_t *root, const char *key) {
  return json_string_value(json_object_get(root, key));
}

static bool read_integer(int64_t *number, const json_t *root, const char *key, int64_t least,
                         int64_t most) {
  const json_t *value = json_object_get(root, key);
  *number = json_integer_value(value);
  return json_is_integer(value) && *number >= least && *number <= most;
}

/* Seconds of an RFC 3339 text. */
static bool read_second(int64_t *second, const json_t *root, const char *key) {
  const char *text = text_of(root, key);
  ets_time time;
  if (!text || ets_time_parse(&time, text, 0) != ETS_OK || !time.zoned ||
      time.microseconds % 1000000 != 0)
    return false;
  *second = time.microseconds / 1000000;
  return true;
}

static bool read_date(char date[40], const json_t *root, const char *key) {
  const char *text = text_of(root, key);
  return text && snprintf(date, 40, "%s", text) < 40;
}

/* What is whole has null. */
static bool read_edges(ets_export_record *record, const json_t *root) {
  record->from = record->until = 0;
  if (json_is_null(json_object_get(root, "from")) && json_is_null(json_object_get(root, "until")))
    return true;
  return read_second(&record->from, root, "from") && read_second(&record->until, root, "until");
}

static bool read_shares(ets_export_record *record, ets_export_share **shares, const json_t *root) {
  const json_t *all = json_object_get(root, "sends");
  size_t count = json_array_size(all);
  *shares = count > 0 ? calloc(count, sizeof **shares) : NULL;
  if (!json_is_array(all) || (count > 0 && !*shares))
    return false;
  for (size_t i = 0; i < count; i++) {
    const json_t *pair = json_array_get(all, i);
    const json_t *send = json_array_get(pair, 0), *rows = json_array_get(pair, 1);
    if (!json_is_integer(send) || !json_is_integer(rows) || json_integer_value(rows) < 0)
      return false;
    (*shares)[i] = (ets_export_share){json_integer_value(send), (uint64_t)json_integer_value(rows)};
  }
  record->shares = *shares;
  record->share_count = count;
  return true;
}

bool folder_record_parse(ets_export_record *record, ets_export_share **shares, const json_t *root) {
  int64_t rows = 0, pieces = 0, batch_size = 0;
  const json_t *by_send = json_object_get(root, "by_send");
  *record = (ets_export_record){0};
  *shares = NULL;
  bool good = read_edges(record, root) && read_integer(&rows, root, "rows", 0, INT64_MAX) &&
              read_second(&record->read_at, root, "read_at") &&
              read_date(record->first, root, "first") && read_date(record->last, root, "last") &&
              read_integer(&pieces, root, "pieces", 0, UINT32_MAX) &&
              read_integer(&batch_size, root, "batch_size", 0, INT32_MAX) &&
              json_is_boolean(by_send) && read_shares(record, shares, root) &&
              (rows == 0) == json_is_null(json_object_get(root, "file"));
  record->rows = (uint64_t)rows;
  record->pieces = (uint32_t)pieces;
  record->batch_size = (int32_t)batch_size;
  record->by_send = json_is_true(by_send);
  return good;
}

const char *folder_record_table(const json_t *root) {
  return text_of(root, "table");
}

int32_t folder_record_account(const json_t *root) {
  return (int32_t)json_integer_value(json_object_get(root, "account"));
}

/* --- whether it speaks of the file that is there ---------------------------------------------- */

/* The data file, looked at as far as was needed. */
struct seen {
  int file; /* -1: there is none */
  struct stat about;
  char sha256[65]; /* once it was reckoned */
};

static ets_status look(struct seen *seen, const struct folder_dir *dir, const char *name,
                       ets_error *error) {
  *seen = (struct seen){.file = openat(dir->file, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (seen->file < 0 && errno == ENOENT)
    return ETS_OK;
  if (seen->file >= 0 && fstat(seen->file, &seen->about) == 0)
    return ETS_OK;
  ets_status status = folder_io_error(error, "read", dir, name);
  if (seen->file >= 0)
    close(seen->file);
  seen->file = -1;
  return status;
}

static ets_status reckon(struct seen *seen, const struct folder_dir *dir, const char *name,
                         ets_error *error) {
  unsigned char hash[EVP_MAX_MD_SIZE];
  EVP_MD_CTX *digest = EVP_MD_CTX_new();
  char *block = malloc(BLOCK);
  bool good = digest && block && EVP_DigestInit_ex(digest, EVP_sha256(), NULL) == 1;
  ssize_t n = good ? 1 : 0;
  errno = ENOMEM;
  while (n > 0) {
    n = read(seen->file, block, BLOCK);
    if (n < 0 && errno == EINTR)
      n = 1;
    else if (n > 0)
      good = EVP_DigestUpdate(digest, block, (size_t)n) == 1;
  }
  good = good && n == 0 && EVP_DigestFinal_ex(digest, hash, NULL) == 1;
  ets_status status = good ? ETS_OK : folder_io_error(error, "read", dir, name);
  EVP_MD_CTX_free(digest);
  free(block);
  if (good)
    folder_data_hex(seen->sha256, hash);
  return status;
}

static int64_t mtime_of(const struct seen *seen) {
  return (int64_t)seen->about.st_mtim.tv_sec * 1000000000 + seen->about.st_mtim.tv_nsec;
}

/* Whether table, account and time of a record are those of its place. */
static bool is_of_its_place(const json_t *root, const struct folder_files *files) {
  const char *name = folder_record_table(root), *type = text_of(root, "object_type"), *known;
  struct folder_place place;
  ets_export_record edges;
  int64_t account, utc_offset;
  char window[sizeof files->window];
  if (!name || !type || !read_edges(&edges, root) ||
      !read_integer(&account, root, "account", INT32_MIN, INT32_MAX) ||
      !read_integer(&utc_offset, root, "utc_offset", INT16_MIN, INT16_MAX) ||
      (ets_export_table_find(&known, type) && strcmp(known, name) != 0))
    return false;
  const ets_export_table table = {
      .name = name, .object_type = type, .events = strncmp(files->window, "event=", 6) == 0};
  const ets_export_span span = {.table = &table,
                                .account = (int32_t)account,
                                .from = edges.from,
                                .until = edges.until,
                                .utc_offset = (int)utc_offset};
  if (folder_place_of(&place, &span, NULL) != ETS_OK)
    return false;
  snprintf(window, sizeof window, "%s/%s", place.folder, place.part);
  return strcmp(window, files->window) == 0;
}

/* How sure it is that a record is of what was seen. */
enum match { NO, BY_SUM, BY_TIME };

/* Whether `root` is of the window and may be of the file. */
static enum match compare(const json_t *root, const struct seen *seen,
                          const struct folder_files *files) {
  const char *window = text_of(root, "window"), *name = text_of(root, "file");
  int64_t bytes, mtime;
  if (!window || strcmp(window, files->window) != 0 || !is_of_its_place(root, files))
    return NO;
  if (json_is_null(json_object_get(root, "file")))
    return seen->file < 0 ? BY_TIME : NO;
  if (seen->file < 0 || !name || strcmp(name, files->data) != 0 || !text_of(root, "sha256") ||
      !read_integer(&bytes, root, "bytes", 0, INT64_MAX) || bytes != (int64_t)seen->about.st_size)
    return NO;
  return read_integer(&mtime, root, "mtime_ns", INT64_MIN, INT64_MAX) && mtime == mtime_of(seen)
             ? BY_TIME
             : BY_SUM;
}

/* The record of `root` and `before` that is of what was seen, or NULL in *chosen. A file with the
 * size and the time of change that one of them knows, and not the other, is that one's; in a
 * copied folder the sum tells. */
static ets_status choose_of(json_t **chosen, json_t *root, json_t *before, struct seen *seen,
                            const struct folder_dir *dir, const struct folder_files *files,
                            bool sure, ets_error *error) {
  enum match now = compare(root, seen, files);
  enum match then = before ? compare(before, seen, files) : NO;
  *chosen = NULL;
  if (now == NO && then == NO)
    return ETS_OK;
  if (!sure && now != then && (now == BY_TIME || then == BY_TIME)) {
    *chosen = now == BY_TIME ? root : before;
    return ETS_OK;
  }
  if (seen->file < 0) { /* who says that there is none, be it both */
    *chosen = now != NO ? root : before;
    return ETS_OK;
  }
  ets_status status = reckon(seen, dir, files->data, error);
  if (status == ETS_OK && now != NO && strcmp(text_of(root, "sha256"), seen->sha256) == 0)
    *chosen = root;
  else if (status == ETS_OK && then != NO && strcmp(text_of(before, "sha256"), seen->sha256) == 0)
    *chosen = before;
  return status;
}

/* Leaves in *root what speaks of the data file, or NULL. */
static ets_status choose(json_t **root, const struct folder_dir *dir,
                         const struct folder_files *files, bool sure, ets_error *error) {
  json_t *chosen = NULL;
  struct seen seen;
  ets_status status = look(&seen, dir, files->data, error);
  if (status == ETS_OK)
    status = choose_of(&chosen, *root, json_object_get(*root, before_key), &seen, dir, files, sure,
                       error);
  if (seen.file >= 0)
    close(seen.file);
  json_incref(chosen);
  json_decref(*root);
  *root = chosen;
  return status;
}

/* The record whatever it speaks of; NULL: none of ours. */
static ets_status load(json_t **root, const struct folder_dir *dir,
                       const struct folder_files *files, ets_error *error) {
  char *text;
  *root = NULL;
  ets_status status = folder_io_get(&text, dir, files->record, RECORD_MAX, error);
  if (status != ETS_OK || !text)
    return status;
  *root = json_loads(text, 0, NULL);
  free(text);
  json_int_t version = json_integer_value(json_object_get(*root, "version"));
  if (version > VERSION)
    status = ets_error_set(error, ETS_E_USAGE,
                           "%s/%s was written by a newer version of ettrack: use that one",
                           dir->name, files->record);
  if (version == VERSION)
    return ETS_OK;
  json_decref(*root);
  *root = NULL;
  return status;
}

static ets_status read_once(json_t **root, const struct folder_dir *dir,
                            const struct folder_files *files, bool sure, ets_error *error) {
  ets_status status = load(root, dir, files, error);
  return *root ? choose(root, dir, files, sure, error) : status;
}

ets_status folder_record_begins(int64_t *from, bool *known, const struct folder_dir *dir,
                                const struct folder_files *files, ets_error *error) {
  json_t *root;
  ets_status status = load(&root, dir, files, error);
  *known = root && read_second(from, root, "from");
  json_decref(root);
  return status;
}

/* Somebody may replace the window between the look at its record and the look at its data. */
ets_status folder_record_read(json_t **root, const struct folder_dir *dir,
                              const struct folder_files *files, bool sure, ets_error *error) {
  ets_status status = read_once(root, dir, files, sure, error);
  return status == ETS_OK && !*root ? read_once(root, dir, files, sure, error) : status;
}
