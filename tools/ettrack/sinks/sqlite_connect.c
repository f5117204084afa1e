/* Opens the file. */
#include "ettrack/sinks/sqlite_sink.h"

#include <ctype.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char what[] = "cannot be opened";

static ets_status connect(struct sqlite_sink *sink, const char *name, int flags, ets_error *error) {
  struct stat found;
  (void)sqlite3_close(sink->database);
  sink->database = NULL;
  if (stat(sink->file, &found) == 0 && !S_ISREG(found.st_mode))
    return ets_error_set(error, ETS_E_USAGE, "%.200s is no file: write sqlite:FILE", sink->file);
  if (sqlite3_open_v2(name, &sink->database, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    return sqlite_failed(sink, what, error);
  (void)sqlite3_busy_handler(sink->database, sqlite_wait, sink);
  return ETS_OK;
}

ets_status sqlite_connect(struct sqlite_sink *sink, ets_error *error) {
  return connect(sink, sink->file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
}

/* --- to read --------------------------------------------------------------------------------- */

/* Whether the file may be written, and others made beside it. */
static bool may_write(const char *file) {
  struct buffer folder = {0};
  const char *slash = strrchr(file, '/');
  buffer_add(&folder, slash ? file : "./", slash ? (size_t)(slash - file) + 1 : 2);
  bool may = access(file, W_OK) == 0 && !folder.failed && access(buffer_text(&folder), W_OK) == 0;
  buffer_free(&folder);
  return may;
}

/* Whether there is a log with something in it, which would be passed over. */
static bool has_log(const char *file) {
  struct buffer log = {0};
  struct stat found;
  buffer_printf(&log, "%s-wal", file);
  bool has = log.failed || (stat(buffer_text(&log), &found) == 0 && found.st_size > 0);
  buffer_free(&log);
  return has;
}

/* A log cannot even be read without a file beside it: what has an empty one is read as it is. */
static ets_status connect_immutable(struct sqlite_sink *sink, ets_error *error) {
  struct buffer uri = {0};
  buffer_add_text(&uri, *sink->file == '/' ? "file://" : "file:");
  for (const char *at = sink->file; *at; at++)
    if (isalnum((unsigned char)*at) || strchr("/._-", *at))
      buffer_add_char(&uri, *at);
    else
      buffer_printf(&uri, "%%%02X", (unsigned char)*at);
  buffer_add_text(&uri, "?immutable=1");
  ets_status status =
      uri.failed ? ets_error_set(error, ETS_E_NOMEM, "out of memory")
                 : connect(sink, buffer_text(&uri), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
  buffer_free(&uri);
  return status;
}

/* With SQLITE_OPEN_READWRITE a log is removed again, so that is for who may. */
ets_status sqlite_connect_old(struct sqlite_sink *sink, ets_error *error) {
  if (may_write(sink->file))
    return connect(sink, sink->file, SQLITE_OPEN_READWRITE, error);
  ets_status status = connect(sink, sink->file, SQLITE_OPEN_READONLY, error);
  if (status != ETS_OK)
    return status;
  int code =
      sqlite3_exec(sink->database, "SELECT 1 FROM main.sqlite_master LIMIT 1", NULL, NULL, NULL);
  if (code == SQLITE_OK)
    return ETS_OK;
  if ((code != SQLITE_CANTOPEN && code != SQLITE_READONLY) || has_log(sink->file))
    return sqlite_failed(sink, what, error);
  return connect_immutable(sink, error);
}
