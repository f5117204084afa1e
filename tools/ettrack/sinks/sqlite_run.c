#include "ettrack/sinks/sqlite_sink.h"

#include "common/program.h"
#include "ettrack/run/stop.h"

/* How long others' windows are waited for, how long without a word, in seconds, and how often the
 * file is looked at. */
enum { PATIENCE = 10 * 60, SILENCE = 3, PAUSE = 20 * 1000 * 1000 };

int sqlite_wait(void *context, int times) {
  static const struct timespec pause = {0, PAUSE};
  struct sqlite_sink *sink = context;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  if (times == 0) {
    sink->locked = now;
    sink->said = false;
  }
  if (stop_asked() || now.tv_sec - sink->locked.tv_sec >= PATIENCE)
    return 0;
  if (!sink->said && now.tv_sec - sink->locked.tv_sec >= SILENCE) {
    complain("%s: another program has it locked: waiting", sink->file);
    sink->said = true;
  }
  nanosleep(&pause, NULL);
  return 1;
}

ets_status sqlite_failed(struct sqlite_sink *sink, const char *what, ets_error *error) {
  int code = sink->database ? sqlite3_extended_errcode(sink->database) : SQLITE_NOMEM;
  if ((code & 0xFF) == SQLITE_NOMEM)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  if ((code & 0xFF) == SQLITE_BUSY && stop_asked())
    return ets_error_set(error, ETS_E_ABORTED, "%.200s: %s: a signal ended the wait for it",
                         sink->file, what);
  const char *more = "";
  if ((code & 0xFF) == SQLITE_BUSY)
    more = ": another program has it locked";
  else if ((code & 0xFF) == SQLITE_FULL || code == SQLITE_IOERR_WRITE)
    more = ": make room there, or where temporary files are (SQLITE_TMPDIR)";
  return ets_error_set(error, ETS_E_IO, "%.200s: %s: %s%s", sink->file, what,
                       sqlite3_errmsg(sink->database), more);
}

ets_status sqlite_run(struct sqlite_sink *sink, const char *what, const char *sql,
                      ets_error *error) {
  return sqlite3_exec(sink->database, sql, NULL, NULL, NULL) == SQLITE_OK
             ? ETS_OK
             : sqlite_failed(sink, what, error);
}

ets_status sqlite_run_made(struct sqlite_sink *sink, const char *what, struct buffer *sql,
                           ets_error *error) {
  ets_status status = sql->failed ? ets_error_set(error, ETS_E_NOMEM, "out of memory")
                                  : sqlite_run(sink, what, buffer_text(sql), error);
  buffer_free(sql);
  return status;
}

void sqlite_roll_back(struct sqlite_sink *sink) {
  if (!sqlite3_get_autocommit(sink->database))
    (void)sqlite3_exec(sink->database, "ROLLBACK", NULL, NULL, NULL);
}
