#include "ettrack/export/ledger.h"

#include "common/program.h"
#include "ettrack/run/progress.h"
#include "ettrack/run/stop.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* So many failures in a row mean that the next one fails as well. */
enum { IN_A_ROW = 10, DAY = 86400 };

bool ledger_make(struct ledger *ledger) {
  size_t count = ets_export_count(ledger->plan);
  ledger->states = calloc(count + 1, sizeof *ledger->states);
  for (size_t i = 0; ledger->states && i < count; i++) {
    bool due = ets_export_due(ledger->plan, i);
    ledger->states[i] = due ? STATE_WAITS : STATE_DONE;
    ledger->due += due;
  }
  return ledger->states;
}

void ledger_free(struct ledger *ledger) {
  free(ledger->states);
  ledger->states = NULL;
}

bool ledger_take(struct ledger *ledger, size_t *index) {
  enum state wanted = ledger->chance == 0 ? STATE_WAITS : STATE_FAILED;
  size_t count = ets_export_count(ledger->plan);
  for (; !ledger->stop && !stop_asked() && ledger->next < count; ledger->next++) {
    enum state state = ledger->states[ledger->next];
    if (state != wanted && !(ledger->chance > 0 && state == STATE_BUSY))
      continue;
    *index = ledger->next++;
    ledger->states[*index] = STATE_RUNS;
    ledger->running++;
    return true;
  }
  return false;
}

/* "sent, account 10001, 2026-11-20"; with its hours when it is no whole day. Returns `buffer`. */
static const char *name_of(char *buffer, size_t size, const ets_export_span *span) {
  char first[40], last[40];
  const ets_time start = {span->from * 1000000, (int16_t)span->utc_offset, true};
  const ets_time end = {span->until * 1000000, (int16_t)span->utc_offset, true};
  ets_time_format(start, first, sizeof first);
  ets_time_format(end, last, sizeof last);
  if (span->table->whole)
    snprintf(buffer, size, "%s, account %" PRId32, span->table->name, span->account);
  else if (span->until - span->from == DAY)
    snprintf(buffer, size, "%s, account %" PRId32 ", %.10s", span->table->name, span->account,
             first);
  else
    snprintf(buffer, size, "%s, account %" PRId32 ", %.16s to %.5s", span->table->name,
             span->account, first, last + 11);
  return buffer;
}

/* --- one window ------------------------------------------------------------------------------ */

static bool is_login(ets_status status) {
  return status == ETS_E_LOGIN || status == ETS_E_EXPIRED;
}

/* Failures that the same table of the same account meets again, and others do not. */
static bool is_particular(ets_status status) {
  return status == ETS_E_REFUSED || status == ETS_E_PERMISSION || status == ETS_E_NOT_FOUND;
}

/* Failures that the next window meets as well. */
static bool is_general(const struct window_outcome *outcome) {
  ets_status status = outcome->status;
  return (is_login(status) && !outcome->login_works) ||
         (status == ETS_E_USAGE && outcome->opening) || status == ETS_E_TLS ||
         status == ETS_E_NOMEM || status == ETS_E_ABORTED;
}

/* Leaves the windows of an account that nobody has begun; `table` NULL: of all tables. */
static void set_aside(struct ledger *ledger, const ets_export_table *table, int32_t account) {
  size_t left = 0;
  for (size_t i = 0; i < ets_export_count(ledger->plan); i++) {
    const ets_export_span *other = ets_export_get(ledger->plan, i);
    bool open = ledger->states[i] == STATE_WAITS || ledger->states[i] == STATE_FAILED;
    if (!open || other->account != account || (table && other->table != table))
      continue;
    ledger->states[i] = STATE_ASIDE;
    left++;
  }
  if (left > 1)
    complain("%s%saccount %" PRId32 " is refused: %zu more windows of it are left for now",
             table ? table->name : "", table ? " of " : "", account, left - 1);
}

static void log_window(const struct ledger *ledger, const ets_export_span *span,
                       const ets_export_record *record, int64_t took) {
  char name[120], pieces[40] = "", pages[40] = "";
  if (!ledger->job->own->log)
    return;
  name_of(name, sizeof name, span);
  if (record->pieces > 1)
    snprintf(pieces, sizeof pieces, ", in %" PRIu32 " pieces", record->pieces);
  if (record->batch_size)
    snprintf(pages, sizeof pages, ", %" PRId32 " rows a page", record->batch_size);
  complain("%s: %" PRIu64 " rows in %.1f s%s%s%s", name, record->rows, (double)took / 1000, pieces,
           pages, record->by_send ? ", by send" : "");
}

static void book_done(struct ledger *ledger, size_t index, const struct window_outcome *outcome) {
  ledger->states[index] = STATE_DONE;
  ledger->done++;
  ledger->by_send += outcome->record->by_send;
  ledger->rows += outcome->record->rows;
  ledger->in_a_row = 0;
  log_window(ledger, ets_export_get(ledger->plan, index), outcome->record, outcome->took);
}

/* Who is busy at a window may be done soon: that is said when there is no other chance. */
static void say(const struct ledger *ledger, const ets_export_span *span,
                const struct window_outcome *outcome) {
  char name[120];
  if (outcome->status == ETS_E_ABORTED ||
      (outcome->status == ETS_E_BUSY && ledger->chance + 1 < CHANCES))
    return;
  complain("%s: %s", name_of(name, sizeof name, span),
           outcome->status == ETS_E_NOMEM ? "out of memory" : outcome->error->message);
}

bool ledger_is_reading(const struct ledger *ledger) {
  return ledger->running > 0 && !ledger->stop;
}

/* What the sink refuses, and what is refused to a table or an account, tells nothing of others. */
void ledger_book(struct ledger *ledger, size_t index, const struct window_outcome *outcome) {
  const ets_export_span *span = ets_export_get(ledger->plan, index);
  ets_status status = outcome->status;
  ledger->running--;
  if (status == ETS_OK) {
    book_done(ledger, index, outcome);
    return;
  }
  say(ledger, span, outcome);
  ledger->states[index] = status == ETS_E_BUSY ? STATE_BUSY : STATE_FAILED;
  if (status == ETS_E_BUSY)
    return;
  ledger->in_a_row += !is_particular(status) && !is_login(status) && status != ETS_E_USAGE;
  ledger->wrong_usage = status == ETS_E_USAGE;
  ledger->stop = ledger->stop || is_general(outcome) || ledger->in_a_row >= IN_A_ROW;
  if (is_particular(status))
    set_aside(ledger, span->table, span->account);
  else if (is_login(status))
    set_aside(ledger, NULL, span->account);
}

/* --- all of them ----------------------------------------------------------------------------- */

static size_t count_of(const struct ledger *ledger, enum state state) {
  size_t count = 0;
  for (size_t i = 0; i < ets_export_count(ledger->plan); i++)
    count += ledger->states[i] == state;
  return count;
}

int ledger_finish(const struct ledger *ledger) {
  size_t busy = count_of(ledger, STATE_BUSY), missing = ledger->due - ledger->done;
  progress_clear();
  if (stop_asked())
    complain("stopped by a signal");
  else if (ledger->stop && ledger->in_a_row >= IN_A_ROW)
    complain("gave up after %zu failures in a row", ledger->in_a_row);
  if (busy > 0)
    complain("%zu window%s being replaced by another export", busy, busy == 1 ? " is" : "s are");
  if (ledger->by_send > 0)
    complain(
        "%zu window%s read send by send: events of sends that the service does not list may be "
        "missing, so the next run reads them again",
        ledger->by_send, ledger->by_send == 1 ? " was" : "s were");
  if (missing > 0)
    complain("%zu of %zu windows are in %s, with %" PRIu64
             " rows; the others are as they were: run it again",
             ledger->done, ledger->due, ledger->job->own->to, ledger->rows);
  else if (!ledger->options->quiet)
    complain("%zu window%s in %s, %" PRIu64 " rows", ledger->done, ledger->done == 1 ? "" : "s",
             ledger->job->own->to, ledger->rows);
  if (missing == 0)
    return ledger->by_send > 0 ? EXIT_INCOMPLETE : EXIT_DONE;
  return ledger->done > 0 ? EXIT_INCOMPLETE : ledger->wrong_usage ? EXIT_USAGE : EXIT_FAILED;
}
