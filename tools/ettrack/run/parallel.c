/* Each retrieval has a session and a thread of its own. Rows are copied, some hundred a link; the
 * main thread writes them in order. A worker that is ahead waits, so that memory stays bounded
 * whatever the retrievals bring. */
#include "ettrack/run/parallel.h"

#include "ettrack/output/copies.h"
#include "ettrack/run/attempt.h"
#include "ettrack/run/stop.h"

#include <pthread.h>
#include <stdlib.h>

enum { LINK_ROWS = 500, LINK_BYTES = 256 * 1024, LANE_LINKS = 4, LANES_AHEAD = 4 };

struct link {
  struct link *next;
  struct copies copies;
};

/* What one retrieval has brought and the main thread has not written yet. */
struct lane {
  struct link *first;
  struct link **last;
  int count;
  bool finished;
  ets_status status;
  ets_error error;
};

struct shared {
  struct work *work;
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  struct lane *lanes;
  size_t next;    /* to be begun */
  size_t writing; /* the lane that the main thread is at */
  size_t ahead;   /* how far behind `writing` a lane may begin */
  bool stop;
};

struct worker {
  struct shared *shared;
  struct lane *lane;
  struct link *link; /* being filled */
  ets_session *session;
  bool owns_session;
  int number;
  bool out_of_memory;
  pthread_t thread;
};

static void free_link(struct link *link) {
  if (link)
    copies_free(&link->copies);
  free(link);
}

/* Hands what is filled over; false when nobody wants more. */
static bool hand_over(struct worker *worker) {
  struct shared *shared = worker->shared;
  struct lane *lane = worker->lane;
  pthread_mutex_lock(&shared->mutex);
  while (lane->count >= LANE_LINKS && !shared->stop)
    pthread_cond_wait(&shared->changed, &shared->mutex);
  if (worker->link) {
    *lane->last = worker->link;
    lane->last = &worker->link->next;
    lane->count++;
    worker->link = NULL;
  }
  bool more = !shared->stop;
  pthread_cond_broadcast(&shared->changed);
  pthread_mutex_unlock(&shared->mutex);
  return more;
}

static bool take_row(void *context, const char *type, ets_value *values) {
  struct worker *worker = context;
  if (!worker->link) {
    worker->link = calloc(1, sizeof *worker->link);
    if (worker->link)
      copies_init(&worker->link->copies, worker->shared->work->columns->count);
  }
  if (!worker->link || !copies_add(&worker->link->copies, type, values)) {
    worker->out_of_memory = true;
    return false;
  }
  const struct copies *copies = &worker->link->copies;
  return (copies->rows < LINK_ROWS && copies->bytes < LINK_BYTES) || hand_over(worker);
}

static ets_status run_lane(struct worker *worker, size_t index, ets_error *error) {
  const struct work *work = worker->shared->work;
  ets_status status = ETS_OK;
  if (!worker->session)
    status = service_session(&worker->session, work->service, worker->number, error);
  if (status != ETS_OK)
    return status;
  const struct taker taker = {take_row, NULL, worker};
  status = attempt(work, index, worker->session, &taker, error);
  if (worker->link)
    hand_over(worker);
  return worker->out_of_memory ? ETS_E_NOMEM : status;
}

/* Takes the next lane in order. Since they are begun in order, the one that is being written is
 * always being worked on. */
static bool next_lane(struct worker *worker, size_t *index) {
  struct shared *shared = worker->shared;
  while (!shared->stop && shared->next < shared->work->count &&
         shared->next >= shared->writing + shared->ahead)
    pthread_cond_wait(&shared->changed, &shared->mutex);
  if (shared->stop || shared->next >= shared->work->count)
    return false;
  *index = shared->next++;
  worker->lane = &shared->lanes[*index];
  return true;
}

static void *run_worker(void *argument) {
  struct worker *worker = argument;
  struct shared *shared = worker->shared;
  size_t index;
  pthread_mutex_lock(&shared->mutex);
  while (next_lane(worker, &index)) {
    pthread_mutex_unlock(&shared->mutex);
    ets_error error = {.status = ETS_OK};
    ets_status status = run_lane(worker, index, &error);
    pthread_mutex_lock(&shared->mutex);
    worker->lane->status = status;
    worker->lane->error = error;
    worker->lane->finished = true;
    pthread_cond_broadcast(&shared->changed);
  }
  if (worker->owns_session)
    service_session_close(shared->work->service, worker->session);
  pthread_mutex_unlock(&shared->mutex);
  free_link(worker->link);
  return NULL;
}

/* --- the main thread ------------------------------------------------------------------------- */

/* The next link of a lane; NULL when it has ended, or a signal wants an end. */
static struct link *take_link(struct shared *shared, struct lane *lane) {
  pthread_mutex_lock(&shared->mutex);
  while (!lane->first && !lane->finished && !stop_asked())
    stop_wait(&shared->changed, &shared->mutex);
  struct link *link = lane->first;
  if (link) {
    lane->first = link->next;
    if (!lane->first)
      lane->last = &lane->first;
    lane->count--;
    pthread_cond_broadcast(&shared->changed);
  }
  pthread_mutex_unlock(&shared->mutex);
  return link;
}

static void write_lane(struct shared *shared, struct lane *lane, struct outcome *outcome) {
  struct link *link;
  while (!outcome->stopped && !stop_asked() && (link = take_link(shared, lane))) {
    struct copies *copies = &link->copies;
    for (size_t row = 0; row < copies->rows && !outcome->stopped; row++)
      outcome_row(outcome, copies->types[row], copies_row(copies, row));
    free_link(link);
  }
  if (!outcome->stopped && !stop_asked())
    outcome_add(outcome, lane->status, &lane->error);
}

static void move_on(struct shared *shared, size_t writing, bool stop) {
  pthread_mutex_lock(&shared->mutex);
  shared->writing = writing;
  shared->stop = shared->stop || stop;
  pthread_cond_broadcast(&shared->changed);
  pthread_mutex_unlock(&shared->mutex);
}

static int start_workers(struct worker *workers, int count, struct shared *shared,
                         ets_session *first) {
  int started = 0;
  while (started < count) {
    struct worker *worker = &workers[started];
    *worker = (struct worker){.shared = shared, .number = started + 1};
    worker->session = started == 0 ? first : NULL;
    worker->owns_session = started > 0;
    if (pthread_create(&worker->thread, NULL, run_worker, worker) != 0)
      break;
    started++;
  }
  return started;
}

void run_parallel(struct work *work, int sessions, ets_session *first, struct outcome *outcome) {
  struct shared shared = {.work = work, .ahead = (size_t)sessions * LANES_AHEAD};
  struct worker *workers = calloc((size_t)sessions, sizeof *workers);
  int started = 0;
  pthread_mutex_init(&shared.mutex, NULL);
  pthread_cond_init(&shared.changed, NULL);
  shared.lanes = calloc(work->count, sizeof *shared.lanes);
  for (size_t i = 0; shared.lanes && i < work->count; i++)
    shared.lanes[i].last = &shared.lanes[i].first;
  if (workers && shared.lanes)
    started = start_workers(workers, sessions, &shared, first);
  if (started == 0)
    outcome_add(outcome, ETS_E_NOMEM, NULL);
  for (size_t i = 0; i < work->count && !outcome->stopped && !stop_asked(); i++) {
    move_on(&shared, i, false);
    write_lane(&shared, &shared.lanes[i], outcome);
  }
  move_on(&shared, work->count, true);
  for (int i = 0; i < started; i++)
    pthread_join(workers[i].thread, NULL);
  for (size_t i = 0; shared.lanes && i < work->count; i++)
    while (shared.lanes[i].first) {
      struct link *link = shared.lanes[i].first;
      shared.lanes[i].first = link->next;
      free_link(link);
    }
  pthread_cond_destroy(&shared.changed);
  pthread_mutex_destroy(&shared.mutex);
  free(shared.lanes);
  free(workers);
}
