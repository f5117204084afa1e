/* The first page of all tells how the events lie in time, or, when it is all there is, was all it
 * takes. Then each piece is one page, more or less: what turns out to be more is cut again. */
#include "ettrack/run/sweep.h"

#include "ettrack/columns/source.h"
#include "ettrack/run/attempt.h"
#include "ettrack/run/stop.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { PAGE = 2500, TRIES = 6 };

struct field {
  struct work *work;
  const struct sweep *sweep;
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  struct piece *first; /* that is not written yet */
  size_t ahead;        /* how many pieces may be worked on, or wait to be written */
  size_t page;         /* rows; so many are all that a page can tell */
  bool stop;
};

struct reaper {
  struct field *field;
  ets_session *session;
  bool owns_session;
  int number;
  pthread_t thread;
};

/* --- one piece ------------------------------------------------------------------------------- */

static void write_edge(char *text, size_t size, int64_t edge, int offset) {
  if (edge == PIECE_OPEN_FROM || edge == PIECE_OPEN_UNTIL)
    snprintf(text, size, "any time");
  else
    ets_time_format((ets_time){edge, (int16_t)offset, false}, text, size);
}

/* A row of another time than the piece's would be in another piece too. One without a date that can
 * be read stays. */
static ets_status check_date(const struct field *field, struct piece *piece, const char *type,
                             const ets_value *date) {
  const int offset = field->work->service->options->utc_offset;
  char from[40], until[40];
  ets_time time;
  if (date->presence != ETS_PRESENT || !date->text ||
      ets_time_parse(&time, date->text, offset) != ETS_OK ||
      (time.microseconds >= piece->from && time.microseconds < piece->until))
    return ETS_OK;
  write_edge(from, sizeof from, piece->from, offset);
  write_edge(until, sizeof until, piece->until, offset);
  return ets_error_set(&piece->error, ETS_E_PROTOCOL,
                       "asked for %s from %s until %s, the service answered with one of %.40s; if "
                       "its dates are in another zone, set --utc-offset; without --jobs its rows "
                       "are taken as they come",
                       type, from, until, date->text);
}

static ets_status read_rows(struct field *field, struct piece *piece, ets_cursor *cursor) {
  const struct columns *columns = field->work->columns;
  struct source *sources = sources_of(columns);
  ets_value *values = calloc(columns->count, sizeof *values);
  ets_status status = sources && values ? ETS_OK : ETS_E_NOMEM;
  ets_object row;
  while (status == ETS_OK && (piece->whole || piece->rows.rows < field->page) &&
         (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    for (size_t i = 0; i < columns->count; i++)
      values[i] = source_value(&sources[i], row);
    status = check_date(field, piece, ets_object_type(row), &values[field->sweep->date]);
    if (status == ETS_OK && !copies_add(&piece->rows, ets_object_type(row), values))
      status = ETS_E_NOMEM;
  }
  sources_free(sources, columns->count);
  free(values);
  return status;
}

/* ETS_END: all of it is there; ETS_OK: a page, and there may be more. */
static ets_status read_piece(struct field *field, struct piece *piece, ets_session *session) {
  const int offset = field->work->service->options->utc_offset;
  const ets_time from = {piece->from, (int16_t)offset, false};
  const ets_time until = {piece->until, (int16_t)offset, false};
  ets_cursor *cursor = NULL;
  ets_status status = field->sweep->open(field->work, &cursor, session,
                                         piece->from == PIECE_OPEN_FROM ? NULL : &from,
                                         piece->until == PIECE_OPEN_UNTIL ? NULL : &until);
  if (status == ETS_OK)
    status = read_rows(field, piece, cursor);
  ets_cursor_close(cursor);
  return status;
}

/* The session has repeated what failed before the first row, but not an answer that broke off among
 * its rows: here they were not handed on yet. */
static bool may_pass(ets_status status, const struct piece *piece) {
  return (status == ETS_E_CUT || status == ETS_E_TIMEOUT) && piece->rows.rows > 0;
}

static bool goes_on(struct field *field) {
  pthread_mutex_lock(&field->mutex);
  bool stop = field->stop;
  pthread_mutex_unlock(&field->mutex);
  return !stop && !stop_asked();
}

/* Runs a piece to its end, by itself, whatever the others do. */
static void run_piece(struct field *field, struct piece *piece, ets_session *session) {
  ets_status status;
  int tries = 0;
  do {
    size_t columns = piece->rows.columns;
    copies_free(&piece->rows);
    copies_init(&piece->rows, columns);
    status = read_piece(field, piece, session);
  } while (may_pass(status, piece) && ++tries < TRIES && goes_on(field));
  piece->status = status;
  if (status == ETS_OK || status == ETS_END || piece->error.status != ETS_OK)
    return;
  piece->error = *ets_session_error(session);
  attempt_explain(field->work, 0, session, status, &piece->error);
}

/* --- the workers ----------------------------------------------------------------------------- */

static struct piece *next_piece(struct field *field) {
  for (;;) {
    size_t distance = 0;
    struct piece *piece = field->first;
    while (piece && piece->state != PIECE_WAITS && ++distance < field->ahead)
      piece = piece->next;
    if (field->stop || !field->first)
      return NULL;
    if (piece && piece->state == PIECE_WAITS && distance < field->ahead)
      return piece;
    pthread_cond_wait(&field->changed, &field->mutex);
  }
}

static void *reap(void *argument) {
  struct reaper *reaper = argument;
  struct field *field = reaper->field;
  const struct service *service = field->work->service;
  struct piece *piece;
  pthread_mutex_lock(&field->mutex);
  while ((piece = next_piece(field))) {
    ets_status status = ETS_OK;
    piece->state = PIECE_RUNS;
    pthread_mutex_unlock(&field->mutex);
    if (!reaper->session)
      status = service_session(&reaper->session, service, reaper->number, &piece->error);
    if (status == ETS_OK)
      run_piece(field, piece, reaper->session);
    else
      piece->status = status;
    pthread_mutex_lock(&field->mutex);
    piece->state = PIECE_DONE;
    if (piece->status == ETS_OK &&
        !piece_cut(piece, NULL, field->sweep->date, service->options->utc_offset)) {
      piece->status = ETS_E_NOMEM;
      piece->state = PIECE_DONE;
    }
    pthread_cond_broadcast(&field->changed);
  }
  if (reaper->owns_session)
    service_session_close(field->work->service, reaper->session);
  pthread_mutex_unlock(&field->mutex);
  return NULL;
}

/* --- the main thread ------------------------------------------------------------------------- */

/* Of a piece that is done, its rows in the order of time. */
static void write_piece(struct field *field, struct piece *piece, struct outcome *outcome) {
  const struct order order = {.column = field->sweep->date,
                              .utc_offset = field->work->service->options->utc_offset};
  struct order_row *rows = order_rows(&order, &piece->rows);
  if (!rows)
    outcome_add(outcome, ETS_E_NOMEM, NULL);
  for (size_t i = 0; rows && i < piece->rows.rows && !outcome->stopped; i++)
    outcome_row(outcome, piece->rows.types[rows[i].row], copies_row(&piece->rows, rows[i].row));
  free(rows);
  if (piece->status == ETS_END)
    return;
  outcome_add(outcome, piece->status, &piece->error);
  outcome->stopped = true;
}

static void write_all(struct field *field, struct outcome *outcome) {
  pthread_mutex_lock(&field->mutex);
  while (field->first && !outcome->stopped && !stop_asked()) {
    struct piece *piece = field->first;
    if (piece->state != PIECE_DONE) {
      stop_wait(&field->changed, &field->mutex);
      continue;
    }
    pthread_mutex_unlock(&field->mutex);
    write_piece(field, piece, outcome);
    pthread_mutex_lock(&field->mutex);
    field->first = piece->next;
    piece_free(piece);
    pthread_cond_broadcast(&field->changed);
  }
  if (!field->first && !outcome->stopped)
    outcome_add(outcome, ETS_OK, NULL);
  field->stop = true;
  pthread_cond_broadcast(&field->changed);
  pthread_mutex_unlock(&field->mutex);
}

static void run_pieces(struct field *field, struct reaper *reapers, int count,
                       struct outcome *outcome) {
  int started = 0;
  while (started < count &&
         pthread_create(&reapers[started].thread, NULL, reap, &reapers[started]) == 0)
    started++;
  if (started == 0)
    outcome_add(outcome, ETS_E_NOMEM, NULL);
  write_all(field, outcome);
  for (int i = 0; i < started; i++)
    pthread_join(reapers[i].thread, NULL);
  for (int i = started; i < count; i++)
    if (reapers[i].owns_session)
      service_session_close(field->work->service, reapers[i].session);
}

/* --- the first page -------------------------------------------------------------------------- */

static void *read_first(void *argument) {
  struct reaper *reaper = argument;
  struct piece *piece = reaper->field->first;
  ets_status status = service_session(&reaper->session, reaper->field->work->service,
                                      reaper->number, &piece->error);
  if (status == ETS_OK)
    run_piece(reaper->field, piece, reaper->session);
  else
    piece->status = status;
  return NULL;
}

/* The first page, and meanwhile what else is known. False when that was all. */
static bool look(struct field *field, struct reaper *reapers, struct outcome *outcome) {
  const struct sweep *sweep = field->sweep;
  struct piece *piece = field->first;
  struct span span = {0, 0, 0};
  ets_status known = ETS_OK;
  bool aside = pthread_create(&reapers[1].thread, NULL, read_first, &reapers[1]) == 0;
  if (sweep->look)
    known = sweep->look(field->work, reapers[0].session, &span);
  if (aside)
    pthread_join(reapers[1].thread, NULL);
  else
    read_first(&reapers[1]);
  if (piece->status == ETS_END && piece->rows.rows == 0 && known != ETS_OK) {
    piece->status = known;
    piece->error = *ets_session_error(reapers[0].session);
  }
  if (piece->status == ETS_OK &&
      !piece_cut(piece, &span, sweep->date, field->work->service->options->utc_offset))
    piece->status = ETS_E_NOMEM;
  if (piece->status == ETS_OK)
    return true;
  write_piece(field, piece, outcome);
  if (!outcome->stopped)
    outcome_add(outcome, ETS_OK, NULL);
  if (reapers[1].owns_session)
    service_session_close(field->work->service, reapers[1].session);
  return false;
}

void run_sweep(struct work *work, int jobs, ets_session *first, struct outcome *outcome) {
  const struct sweep *sweep = work->sweep;
  int sessions = work->service->sessions;
  uint64_t page = work->service->options->batch_size;
  struct field field = {.work = work,
                        .sweep = sweep,
                        .ahead = (size_t)sessions + (size_t)jobs,
                        .page = page ? (size_t)page : PAGE};
  struct reaper *reapers = calloc((size_t)sessions, sizeof *reapers);
  pthread_mutex_init(&field.mutex, NULL);
  pthread_cond_init(&field.changed, NULL);
  field.first =
      piece_new(sweep->since ? sweep->since->microseconds : PIECE_OPEN_FROM,
                sweep->until ? sweep->until->microseconds : PIECE_OPEN_UNTIL, work->columns->count);
  for (int i = 0; reapers && i < sessions; i++)
    reapers[i] = (struct reaper){.field = &field, .owns_session = i > 0, .number = i + 1};
  if (!reapers || !field.first)
    outcome_add(outcome, ETS_E_NOMEM, NULL);
  else {
    reapers[0].session = first;
    if (look(&field, reapers, outcome))
      run_pieces(&field, reapers, sessions, outcome);
  }
  while (field.first) {
    struct piece *next = field.first->next;
    piece_free(field.first);
    field.first = next;
  }
  pthread_cond_destroy(&field.changed);
  pthread_mutex_destroy(&field.mutex);
  free(reapers);
}
