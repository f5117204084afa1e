/* The export itself: jobs that take window after window of one plan. */
#include "common/program.h"
#include "ettrack/export/job.h"
#include "ettrack/run/progress.h"
#include "ettrack/run/stop.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* A window that failed gets another chance at the end. So many failures in a row mean that the next
 * one fails as well. */
enum { CHANCES = 2, IN_A_ROW = 10, DAY = 86400, PAUSE_MILLISECONDS = 100 };

enum state {
  STATE_WAITS,
  STATE_RUNS,
  STATE_DONE,
  STATE_FAILED,
  STATE_BUSY,
  STATE_ASIDE /* the service refuses its table to this account */
};

struct run {
  const struct export_job *job;
  const struct options *options;
  ets_export *plan;
  pthread_mutex_t mutex;
  enum state *states; /* of the windows */
  size_t due, next, chance;
  size_t done, by_send, in_a_row;
  uint64_t rows;
  bool stop, wrong_usage;
  int working;
  int64_t started; /* monotonic milliseconds */
};

struct worker {
  struct run *run;
  pthread_t thread;
  int number;
  ets_session *session;
  struct store store;
  bool opened;
  _Atomic uint64_t requests, rows; /* of the session, as it goes */
};

static int64_t milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
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

/* Failures that the same table of the same account meets again, and others do not. */
static bool is_particular(ets_status status) {
  return status == ETS_E_REFUSED || status == ETS_E_PERMISSION || status == ETS_E_NOT_FOUND;
}

/* Leaves the windows of a table and account that nobody has begun. With the mutex. */
static void set_aside(struct run *run, const ets_export_span *span) {
  size_t left = 0;
  for (size_t i = 0; i < ets_export_count(run->plan); i++) {
    const ets_export_span *other = ets_export_get(run->plan, i);
    bool open = run->states[i] == STATE_WAITS || run->states[i] == STATE_FAILED;
    if (!open || other->table != span->table || other->account != span->account)
      continue;
    run->states[i] = STATE_ASIDE;
    left++;
  }
  if (left > 1)
    complain("%s of account %" PRId32 " is refused: %zu more windows of it are left for now",
             span->table->name, span->account, left - 1);
}

/* Failures that the next window meets as well. */
static bool is_general(ets_status status) {
  return status == ETS_E_USAGE || status == ETS_E_LOGIN || status == ETS_E_EXPIRED ||
         status == ETS_E_TLS || status == ETS_E_NOMEM || status == ETS_E_ABORTED;
}

static void log_window(const struct run *run, const ets_export_span *span,
                       const ets_export_record *record, int64_t took) {
  char name[120], pieces[40] = "", pages[40] = "";
  if (!run->job->own->log)
    return;
  name_of(name, sizeof name, span);
  if (record->pieces > 1)
    snprintf(pieces, sizeof pieces, ", in %" PRIu32 " pieces", record->pieces);
  if (record->batch_size)
    snprintf(pages, sizeof pages, ", %" PRId32 " rows a page", record->batch_size);
  complain("%s: %" PRIu64 " rows in %.1f s%s%s%s", name, record->rows, (double)took / 1000, pieces,
           pages, record->by_send ? ", by send" : "");
}

/* Books how a window went. With the mutex. */
static void book(struct run *run, size_t index, ets_status status, const ets_error *error,
                 const ets_export_record *record) {
  char name[120];
  const ets_export_span *span = ets_export_get(run->plan, index);
  if (status == ETS_OK) {
    run->states[index] = STATE_DONE;
    run->done++;
    run->by_send += record->by_send;
    run->rows += record->rows;
    run->in_a_row = 0;
    return;
  }
  if (status == ETS_E_BUSY) {
    run->states[index] = STATE_BUSY;
    return;
  }
  run->states[index] = STATE_FAILED;
  run->in_a_row += !is_particular(status);
  run->wrong_usage = status == ETS_E_USAGE;
  run->stop = run->stop || is_general(status) || run->in_a_row >= IN_A_ROW;
  if (status != ETS_E_ABORTED)
    complain("%s: %s", name_of(name, sizeof name, span),
             status == ETS_E_NOMEM ? "out of memory" : error->message);
  if (is_particular(status))
    set_aside(run, span);
}

/* How far the session has come, for the progress; asks whether to go on. */
static bool look(void *context) {
  struct worker *worker = context;
  const ets_counters *counters = ets_session_counters(worker->session);
  worker->requests = counters->requests;
  worker->rows = counters->rows;
  return stop_asked();
}

static ets_status open_worker(struct worker *worker, ets_error *error) {
  const struct export_job *job = worker->run->job;
  const struct store_options options = {job->own->ndjson, job->own->plain};
  ets_status status = ETS_OK;
  if (!worker->session)
    status = service_session(&worker->session, job->service, worker->number, error);
  if (status == ETS_OK && !worker->opened) {
    ets_session_on_wait(worker->session, look, worker);
    status = store_open(&worker->store, job->own->to, &options, error);
    worker->opened = status == ETS_OK;
  }
  return status;
}

/* The next window for a worker; with the mutex. */
static bool take(struct run *run, size_t *index) {
  enum state wanted = run->chance == 0 ? STATE_WAITS : STATE_FAILED;
  size_t count = ets_export_count(run->plan);
  for (; !run->stop && !stop_asked() && run->next < count; run->next++) {
    enum state state = run->states[run->next];
    if (state != wanted && !(run->chance > 0 && state == STATE_BUSY))
      continue;
    *index = run->next++;
    run->states[*index] = STATE_RUNS;
    return true;
  }
  return false;
}

static void *work(void *argument) {
  struct worker *worker = argument;
  struct run *run = worker->run;
  size_t index;
  pthread_mutex_lock(&run->mutex);
  while (take(run, &index)) {
    pthread_mutex_unlock(&run->mutex);
    ets_export_record record = {0};
    ets_error error = {0};
    int64_t began = milliseconds();
    const ets_export_span *span = ets_export_get(run->plan, index);
    ets_status status = open_worker(worker, &error);
    if (status == ETS_OK)
      status = worker->store.sink.calls->prepare(worker->store.sink.context, span->table, &error);
    if (status == ETS_OK)
      status = ets_export_window(worker->session, run->plan, index, &worker->store.sink, &record,
                                 &error);
    if (worker->session)
      look(worker);
    pthread_mutex_lock(&run->mutex);
    book(run, index, status, &error, &record);
    if (status == ETS_OK)
      log_window(run, span, &record, milliseconds() - began);
  }
  run->working--;
  pthread_mutex_unlock(&run->mutex);
  return NULL;
}

/* --- all of them ----------------------------------------------------------------------------- */

static void show(const struct run *run, const struct worker *workers, int count) {
  char line[160], left[40] = "";
  uint64_t requests = 0, rows = 0;
  int64_t elapsed = milliseconds() - run->started;
  for (int i = 0; i < count; i++) {
    requests += workers[i].requests;
    rows += workers[i].rows;
  }
  if (run->done > 0) {
    int64_t seconds = elapsed * (int64_t)(run->due - run->done) / (int64_t)run->done / 1000;
    snprintf(left, sizeof left, ", %" PRId64 ":%02" PRId64 " left", seconds / 60, seconds % 60);
  }
  snprintf(line, sizeof line,
           "%zu of %zu windows, %" PRIu64 " rows, %" PRIu64 " rows/s, %" PRIu64 " requests%s",
           run->done, run->due, rows, rows * 1000 / (uint64_t)(elapsed > 0 ? elapsed : 1), requests,
           left);
  progress_text(line);
}

static void wait_for(struct run *run, const struct worker *workers, int count) {
  const struct timespec pause = {0, PAUSE_MILLISECONDS * 1000000};
  pthread_mutex_lock(&run->mutex);
  while (run->working > 0) {
    if (progress_due())
      show(run, workers, count);
    pthread_mutex_unlock(&run->mutex);
    nanosleep(&pause, NULL);
    pthread_mutex_lock(&run->mutex);
  }
  pthread_mutex_unlock(&run->mutex);
}

/* Every window once; what failed is left. */
static void go_through(struct run *run, struct worker *workers, int count) {
  int started = 0;
  run->next = 0;
  run->working = count;
  while (started < count &&
         pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0)
    started++;
  pthread_mutex_lock(&run->mutex);
  run->working -= count - started;
  run->stop = run->stop || started == 0;
  pthread_mutex_unlock(&run->mutex);
  wait_for(run, workers, started);
  for (int i = 0; i < started; i++)
    pthread_join(workers[i].thread, NULL);
}

static size_t count_of(const struct run *run, enum state state) {
  size_t count = 0;
  for (size_t i = 0; i < ets_export_count(run->plan); i++)
    count += run->states[i] == state;
  return count;
}

static int finish(const struct run *run) {
  size_t busy = count_of(run, STATE_BUSY), missing = run->due - run->done;
  progress_clear();
  if (stop_asked())
    complain("stopped by a signal");
  else if (run->stop && run->in_a_row >= IN_A_ROW)
    complain("gave up after %zu failures in a row", run->in_a_row);
  if (busy > 0)
    complain("%zu window%s being replaced by another export", busy, busy == 1 ? " is" : "s are");
  if (run->by_send > 0)
    complain(
        "%zu window%s read send by send: events of sends that the service does not list may be "
        "missing, so the next run reads them again",
        run->by_send, run->by_send == 1 ? " was" : "s were");
  if (missing > 0)
    complain("%zu of %zu windows are in %s, with %" PRIu64
             " rows; the others are as they were: run it again",
             run->done, run->due, run->job->own->to, run->rows);
  else if (!run->options->quiet)
    complain("%zu window%s in %s, %" PRIu64 " rows", run->done, run->done == 1 ? "" : "s",
             run->job->own->to, run->rows);
  if (missing == 0)
    return run->by_send > 0 ? EXIT_INCOMPLETE : EXIT_DONE;
  return run->done > 0 ? EXIT_INCOMPLETE : run->wrong_usage ? EXIT_USAGE : EXIT_FAILED;
}

static int run_plan(struct run *run, ets_session *session) {
  int count = run->job->service->sessions;
  struct worker *workers = calloc((size_t)count, sizeof *workers);
  run->states = calloc(ets_export_count(run->plan) + 1, sizeof *run->states);
  if (!workers || !run->states) {
    complain("out of memory");
    run->stop = true;
  }
  for (size_t i = 0; run->states && i < ets_export_count(run->plan); i++) {
    bool due = ets_export_due(run->plan, i);
    run->states[i] = due ? STATE_WAITS : STATE_DONE;
    run->due += due;
  }
  for (int i = 0; workers && i < count; i++)
    workers[i] = (struct worker){.run = run, .number = count > 1 ? i + 1 : 0};
  if (workers)
    workers[0].session = session;
  for (run->chance = 0; !run->stop && !stop_asked() && run->chance < CHANCES; run->chance++)
    if (run->done < run->due)
      go_through(run, workers, count);
  for (int i = 0; workers && i < count; i++) {
    store_close(&workers[i].store);
    if (i > 0)
      service_session_close(run->job->service, workers[i].session);
  }
  int code = run->states ? finish(run) : EXIT_FAILED;
  free(workers);
  free(run->states);
  return code;
}

static ets_status make_plan(struct run *run, ets_session *session, ets_error *error) {
  const struct export_own *own = run->job->own;
  const struct options *options = run->options;
  const struct store_options how = {own->ndjson, own->plain};
  struct store store;
  ets_export_query query = ETS_EXPORT_QUERY_INIT;
  query.accounts = options->mids.items;
  query.account_count = options->mids.count;
  query.all_accounts = options->all_accounts;
  query.tables = own->tables.items;
  query.table_count = own->tables.count;
  query.since = &options->since;
  query.until = options->until_text ? &options->until : NULL;
  query.window = own->window.seconds;
  query.again = own->again.seconds;
  query.batch_size = (int32_t)options->batch_size;
  query.shard = own->shard.number;
  query.shards = own->shard.of;
  ets_status status = store_open(&store, own->to, &how, error);
  if (status == ETS_OK)
    status = ets_export_plan(&run->plan, session, &query, &store.sink, error);
  store_close(&store);
  return status;
}

int export_run(const struct export_job *job) {
  struct run run = {.job = job, .options = job->service->options, .started = milliseconds()};
  ets_session *session = NULL;
  ets_error error = {0};
  int code;
  job->service->sessions = (int)run.options->jobs;
  stop_watch();
  ets_status status =
      service_session(&session, job->service, run.options->jobs > 1 ? 1 : 0, &error);
  if (status == ETS_OK)
    status = make_plan(&run, session, &error);
  if (status != ETS_OK) {
    complain("%s", status == ETS_E_NOMEM ? "out of memory" : error.message);
    code = status == ETS_E_USAGE ? EXIT_USAGE : EXIT_FAILED;
  } else {
    pthread_mutex_init(&run.mutex, NULL);
    progress_start(!run.options->quiet, -1);
    code = run_plan(&run, session);
    pthread_mutex_destroy(&run.mutex);
  }
  service_session_close(job->service, session);
  ets_export_free(run.plan);
  return code;
}
