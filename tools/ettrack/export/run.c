/* The export itself: jobs that take window after window of one plan. */
#include "common/program.h"
#include "ettrack/export/ledger.h"
#include "ettrack/run/progress.h"
#include "ettrack/run/stop.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { PAUSE_MILLISECONDS = 100 };

struct worker {
  struct ledger *ledger;
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

/* How far the session has come, for the progress; asks whether to go on. */
static bool look(void *context) {
  struct worker *worker = context;
  const ets_counters *counters = ets_session_counters(worker->session);
  worker->requests = counters->requests;
  worker->rows = counters->rows;
  return stop_asked();
}

static ets_status open_session(struct worker *worker, ets_error *error) {
  ets_status status = ETS_OK;
  if (!worker->session)
    status = service_session(&worker->session, worker->ledger->job->service, worker->number, error);
  if (status == ETS_OK)
    ets_session_on_wait(worker->session, look, worker);
  return status;
}

static ets_status open_worker(struct worker *worker, ets_error *error) {
  const struct export_job *job = worker->ledger->job;
  const struct store_options options = {job->own->ndjson, job->own->plain};
  ets_status status = open_session(worker, error);
  if (status == ETS_OK && !worker->opened) {
    status = store_open(&worker->store, job->own->to, &options, error);
    worker->opened = status == ETS_OK;
  }
  return status;
}

/* Whether the service knows the user: else each account is refused. */
static bool login_works(struct worker *worker) {
  int32_t account;
  ets_status status = ets_own_account(&account, worker->session);
  return status != ETS_E_LOGIN && status != ETS_E_EXPIRED;
}

static void read_window(struct worker *worker, size_t index, struct window_outcome *outcome,
                        ets_export_record *record, ets_error *error) {
  const struct ledger *ledger = worker->ledger;
  const ets_export_span *span = ets_export_get(ledger->plan, index);
  const ets_sink *sink = &worker->store.sink;
  int64_t began = milliseconds();
  ets_status status = open_worker(worker, error);
  outcome->opening = status != ETS_OK;
  if (status == ETS_OK)
    status = sink->calls->prepare(sink->context, span->table, error);
  if (status == ETS_OK)
    status = ets_export_window(worker->session, ledger->plan, index, sink, record, error);
  outcome->status = status;
  outcome->login_works = !outcome->opening && (status == ETS_E_LOGIN || status == ETS_E_EXPIRED) &&
                         login_works(worker);
  outcome->took = milliseconds() - began;
}

/* Who has no window any more reads parts of those that the others are at; with the mutex. */
static void help(struct worker *worker) {
  const struct timespec pause = {0, PAUSE_MILLISECONDS * 1000000};
  struct ledger *ledger = worker->ledger;
  ets_error error;
  while (ledger_is_reading(ledger) && !stop_asked()) {
    pthread_mutex_unlock(&ledger->mutex);
    bool open = open_session(worker, &error) == ETS_OK;
    if (open)
      ets_export_help(worker->session, ledger->plan);
    if (open)
      look(worker);
    nanosleep(&pause, NULL); /* a window may be about to begin, or to end */
    pthread_mutex_lock(&ledger->mutex);
    if (!open)
      return;
  }
}

static void *work(void *argument) {
  struct worker *worker = argument;
  struct ledger *ledger = worker->ledger;
  size_t index;
  pthread_mutex_lock(&ledger->mutex);
  while (ledger_take(ledger, &index)) {
    pthread_mutex_unlock(&ledger->mutex);
    ets_export_record record = {0};
    ets_error error = {0};
    struct window_outcome outcome = {.error = &error, .record = &record};
    read_window(worker, index, &outcome, &record, &error);
    if (worker->session)
      look(worker);
    pthread_mutex_lock(&ledger->mutex);
    ledger_book(ledger, index, &outcome);
  }
  help(worker);
  ledger->working--;
  pthread_mutex_unlock(&ledger->mutex);
  return NULL;
}

/* --- all of them ----------------------------------------------------------------------------- */

static void show(const struct ledger *ledger, const struct worker *workers, int count) {
  char line[160], left[40] = "";
  uint64_t requests = 0, rows = 0;
  int64_t elapsed = milliseconds() - ledger->started;
  for (int i = 0; i < count; i++) {
    requests += workers[i].requests;
    rows += workers[i].rows;
  }
  if (ledger->done > 0) {
    int64_t seconds =
        elapsed * (int64_t)(ledger->due - ledger->done) / (int64_t)ledger->done / 1000;
    snprintf(left, sizeof left, ", %" PRId64 ":%02" PRId64 " left", seconds / 60, seconds % 60);
  }
  snprintf(line, sizeof line,
           "%zu of %zu windows, %" PRIu64 " rows, %" PRIu64 " rows/s, %" PRIu64 " requests%s",
           ledger->done, ledger->due, rows, rows * 1000 / (uint64_t)(elapsed > 0 ? elapsed : 1),
           requests, left);
  progress_text(line);
}

static void wait_for(struct ledger *ledger, const struct worker *workers, int count) {
  const struct timespec pause = {0, PAUSE_MILLISECONDS * 1000000};
  pthread_mutex_lock(&ledger->mutex);
  while (ledger->working > 0) {
    if (progress_due())
      show(ledger, workers, count);
    pthread_mutex_unlock(&ledger->mutex);
    nanosleep(&pause, NULL);
    pthread_mutex_lock(&ledger->mutex);
  }
  pthread_mutex_unlock(&ledger->mutex);
}

/* Every window once; what failed is left. */
static void go_through(struct ledger *ledger, struct worker *workers, int count) {
  int started = 0;
  ledger->next = 0;
  ledger->working = count;
  while (started < count &&
         pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0)
    started++;
  pthread_mutex_lock(&ledger->mutex);
  ledger->working -= count - started;
  ledger->stop = ledger->stop || started == 0;
  pthread_mutex_unlock(&ledger->mutex);
  wait_for(ledger, workers, started);
  for (int i = 0; i < started; i++)
    pthread_join(workers[i].thread, NULL);
}

static int run_plan(struct ledger *ledger, ets_session *session) {
  int count = ledger->job->service->sessions;
  struct worker *workers = calloc((size_t)count, sizeof *workers);
  bool made = ledger_make(ledger) && workers;
  if (!made) {
    complain("out of memory");
    ledger->stop = true;
  }
  for (int i = 0; workers && i < count; i++)
    workers[i] = (struct worker){.ledger = ledger, .number = count > 1 ? i + 1 : 0};
  if (workers)
    workers[0].session = session;
  for (ledger->chance = 0; !ledger->stop && !stop_asked() && ledger->chance < CHANCES;
       ledger->chance++)
    if (ledger->done < ledger->due)
      go_through(ledger, workers, count);
  for (int i = 0; workers && i < count; i++) {
    store_close(&workers[i].store);
    if (i > 0)
      service_session_close(ledger->job->service, workers[i].session);
  }
  int code = made ? ledger_finish(ledger) : EXIT_FAILED;
  free(workers);
  ledger_free(ledger);
  return code;
}

static ets_status make_plan(struct ledger *ledger, ets_session *session, ets_error *error) {
  const struct export_own *own = ledger->job->own;
  const struct options *options = ledger->options;
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
    status = ets_export_plan(&ledger->plan, session, &query, &store.sink, error);
  store_close(&store);
  return status;
}

int export_run(const struct export_job *job) {
  struct ledger ledger = {.job = job, .options = job->service->options, .started = milliseconds()};
  ets_session *session = NULL;
  ets_error error = {0};
  int code;
  job->service->sessions = (int)ledger.options->jobs;
  stop_watch();
  ets_status status =
      service_session(&session, job->service, ledger.options->jobs > 1 ? 1 : 0, &error);
  if (status == ETS_OK)
    status = make_plan(&ledger, session, &error);
  if (status != ETS_OK) {
    complain("%s", status == ETS_E_NOMEM ? "out of memory" : error.message);
    code = status == ETS_E_USAGE ? EXIT_USAGE : EXIT_FAILED;
  } else {
    pthread_mutex_init(&ledger.mutex, NULL);
    progress_start(!ledger.options->quiet, -1);
    code = run_plan(&ledger, session);
    pthread_mutex_destroy(&ledger.mutex);
  }
  service_session_close(job->service, session);
  ets_export_free(ledger.plan);
  return code;
}
