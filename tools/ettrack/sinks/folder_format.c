#include "ettrack/sinks/folder_format.h"

#include "ettrack/sinks/folder_lock.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const char mark[] = "_etsoap.json", temporaries[] = "._etsoap.json.tmp";

enum { VERSION = 1, MARK_MAX = 65536 };

static void set_ending(struct folder_format *format) {
  static const char *const endings[2][2] = {{"csv", "csv.gz"}, {"ndjson", "ndjson.gz"}};
  format->ending = endings[format->ndjson][format->gzip];
}

/* One of two words; anything else is not what this version writes. */
static bool read_word(bool *second, const json_t *root, const char *key, const char *no,
                      const char *yes) {
  const char *word = json_string_value(json_object_get(root, key));
  *second = word && strcmp(word, yes) == 0;
  return word && (*second || strcmp(word, no) == 0);
}

static ets_status parse(struct folder_format *format, const struct folder_dir *top,
                        const char *text, ets_error *error) {
  json_t *root = json_loads(text, 0, NULL);
  json_int_t version = json_integer_value(json_object_get(root, "version"));
  bool good = read_word(&format->ndjson, root, "format", "csv", "ndjson") &&
              read_word(&format->gzip, root, "compression", "none", "gzip");
  json_decref(root);
  set_ending(format);
  if (version > VERSION)
    return ets_error_set(error, ETS_E_USAGE,
                         "%s was made by a newer version of ettrack (layout %lld, this one knows "
                         "%d): use that one, or another folder",
                         top->name, (long long)version, VERSION);
  if (version != VERSION || !good)
    return ets_error_set(error, ETS_E_USAGE,
                         "%s/%s is not what ettrack wrote: put it back, or use another folder",
                         top->name, mark);
  return ETS_OK;
}

static ets_status check_wish(const struct folder_format *format, const struct folder_dir *top,
                             const struct store_options *options, ets_error *error) {
  bool other = (options->ndjson && !format->ndjson) || (options->plain && format->gzip);
  return !other ? ETS_OK
                : ets_error_set(error, ETS_E_USAGE,
                                "%s holds .%s files and goes on with them: ask for no other, or "
                                "use another folder",
                                top->name, format->ending);
}

/* Whether nobody has put anything into it; what a program that was killed here left, and what a
 * file system has of its own, do not count. */
static ets_status check_empty(const struct folder_dir *top, ets_error *error) {
  char **names;
  size_t count;
  ets_status status = folder_io_names(&names, &count, top, error);
  for (size_t i = 0; status == ETS_OK && i < count; i++)
    if (strncmp(names[i], temporaries, sizeof temporaries - 1) == 0)
      status = folder_io_remove(top, names[i], error);
    else if (strcmp(names[i], ".lock") != 0 && strcmp(names[i], "lost+found") != 0)
      status = ets_error_set(error, ETS_E_USAGE,
                             "%s holds %.80s and no %s: name an empty folder, or a new one",
                             top->name, names[i], mark);
  folder_io_free_names(names, count);
  return status;
}

static ets_status create_mark(struct folder_format *format, const struct folder_dir *top,
                              const struct store_options *options, ets_error *error) {
  char temporary[FOLDER_NAME_MAX];
  format->ndjson = options->ndjson;
  format->gzip = !options->plain;
  set_ending(format);
  json_t *root =
      json_pack("{s:i, s:s, s:s}", "version", VERSION, "format", format->ndjson ? "ndjson" : "csv",
                "compression", format->gzip ? "gzip" : "none");
  char *text = root ? json_dumps(root, JSON_COMPACT) : NULL;
  json_decref(root);
  if (!text)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  ets_status status = check_empty(top, error);
  if (status == ETS_OK)
    status = folder_io_put(top, mark, text, temporary, error);
  if (status == ETS_OK)
    status = folder_io_rename(top, temporary, mark, error);
  if (status == ETS_OK)
    status = folder_io_sync(top, error);
  if (status == ETS_OK)
    status = folder_io_sync_way(NULL, top->name, error);
  free(text);
  return status;
}

/* Two that come to an empty folder at once may have different wishes: the second finds what the
 * first made. */
static ets_status create(struct folder_format *format, const struct folder_dir *top,
                         const struct store_options *options, ets_error *error) {
  struct folder_lock lock;
  char *text;
  if ((errno = folder_lock_take(&lock, top->file, 0, 1, true)) != 0)
    return folder_io_error(error, "lock", top, NULL);
  ets_status status = folder_io_get(&text, top, mark, MARK_MAX, error);
  if (status == ETS_OK && !text)
    status = create_mark(format, top, options, error);
  else if (status == ETS_OK)
    status = parse(format, top, text, error);
  free(text);
  folder_lock_drop(&lock);
  return status;
}

ets_status folder_format_open(struct folder_format *format, const struct folder_dir *top,
                              const struct store_options *options, bool make, ets_error *error) {
  static const struct store_options any = {false, false};
  char *text;
  options = options ? options : &any;
  ets_status status = folder_io_get(&text, top, mark, MARK_MAX, error);
  if (status == ETS_OK && text)
    status = parse(format, top, text, error);
  else if (status == ETS_OK && make)
    status = create(format, top, options, error);
  else if (status == ETS_OK)
    status =
        ets_error_set(error, ETS_E_NOT_FOUND, "%s holds no export: it has no %s", top->name, mark);
  free(text);
  return status == ETS_OK ? check_wish(format, top, options, error) : status;
}
