/* A window is cut by time into parts of a few pages, which the sessions take one after the other.
 * What comes of a part waits in memory until it is whole; then its rows go to the sink at once, so
 * there is never anything to take back. A part with more rows than may wait is cut again. One that
 * the service gives up on, or that no second divides, is read by the window's own session right
 * into the sink, while the others' rows wait. */
#include "export/parts.h"

#include "call/session_private.h"
#include "export/waiting.h"

#include <stdlib.h>

enum { SECOND = 1000000, PAGES_MOST = 4, POINTS_MOST = 256, PARTS_UNKNOWN = 8, JOINED = 4 };

/* So that most parts have no page more, of which little would be full. */
static const double PAGES_WANTED = 2.8;

struct part {
  struct part *next;
  struct ets_piece piece;
};

struct ets_parts {
  struct ets_parts *next; /* of the crew */
  struct ets_reading *reading;
  pthread_mutex_t sink; /* and all of the reading that goes with rows */
  struct part *waiting;
  struct part *hard; /* for the window's own session alone */
  size_t running;
  _Atomic(ets_status) status; /* of the first failure */
};

/* --- the crew -------------------------------------------------------------------------------- */

void ets_crew_enter(const struct ets_export *plan) {
  pthread_mutex_lock(&plan->crew->mutex);
  plan->crew->reading++;
  pthread_mutex_unlock(&plan->crew->mutex);
}

void ets_crew_leave(const struct ets_export *plan) {
  pthread_mutex_lock(&plan->crew->mutex);
  plan->crew->reading--;
  pthread_cond_broadcast(&plan->crew->changed);
  pthread_mutex_unlock(&plan->crew->mutex);
}

static bool push(struct part **list, const struct ets_piece *piece) {
  struct part *part = calloc(1, sizeof *part);
  if (!part)
    return false;
  part->piece = *piece;
  part->next = *list;
  *list = part;
  return true;
}

static bool pop(struct part **list, struct ets_piece *piece) {
  struct part *part = *list;
  if (!part)
    return false;
  *piece = part->piece;
  *list = part->next;
  free(part);
  return true;
}

/* The error of whoever failed first is the window's. */
static void fail(struct ets_parts *parts, ets_status status, const ets_error *error) {
  struct ets_reading *reading = parts->reading;
  pthread_mutex_lock(&parts->sink);
  if (parts->status == ETS_OK) {
    parts->status = status;
    if (reading->error && error)
      *reading->error = *error;
    else if (status == ETS_E_NOMEM)
      ets_error_set(reading->error, status, "out of memory");
  }
  pthread_mutex_unlock(&parts->sink);
}

/* --- the sink --------------------------------------------------------------------------------- */

/* Into the sink, all of them. */
static ets_status write_rows(struct ets_parts *parts, const struct ets_waiting *rows,
                             const struct ets_piece *piece) {
  struct ets_reading *reading = parts->reading;
  pthread_mutex_lock(&parts->sink);
  ets_status status = parts->status;
  if (status == ETS_OK) {
    ets_reading_begin(reading, piece);
    for (size_t i = 0; status == ETS_OK && i < rows->count; i++) {
      ets_waiting_get(reading->values, rows, i);
      status = ets_reading_row(reading, reading->values);
    }
    if (status == ETS_OK)
      status = ets_reading_keep(reading, piece);
    parts->status = status;
  }
  pthread_mutex_unlock(&parts->sink);
  return status;
}

/* --- cutting --------------------------------------------------------------------------------- */

/* Puts the parts of a piece in front of those that wait; with the crew's mutex. */
static bool divide(struct ets_parts *parts, const struct ets_piece *piece, int64_t *dates,
                   size_t count, uint64_t events) {
  int64_t points[POINTS_MOST];
  size_t page = ets_reading_page(parts->reading->plan);
  ets_density density = {.from = piece->from * SECOND,
                         .until = piece->until * SECOND,
                         .dates = dates,
                         .count = count,
                         .rows = (size_t)((double)page * PAGES_WANTED),
                         .parts = PARTS_UNKNOWN,
                         .events = events,
                         .grows = 2};
  struct ets_piece part = *piece;
  bool made = true;
  size_t found = ets_cut(points, POINTS_MOST, &density);
  if (found == 0)
    return push(&parts->hard, piece);
  for (size_t i = found; made && i-- > 0; part.until = part.from) {
    part.from = points[i] / SECOND;
    made = push(&parts->waiting, &part);
  }
  part.from = piece->from;
  return made && push(&parts->waiting, &part);
}

/* Behind a part without rows there may be many: the next ones become one. With the crew's mutex. */
static void join_behind(struct ets_parts *parts, int64_t until) {
  struct part *part = parts->waiting;
  while (part && part->piece.from < until)
    part = part->next;
  for (int i = 1; i < JOINED && part && part->next; i++) {
    struct part *next = part->next;
    if (next->piece.from != part->piece.until)
      return;
    part->piece.until = next->piece.until;
    part->next = next->next;
    free(next);
  }
}

/* Whether it is better to cut a part than to read on: what a page in the order of time says of the
 * rest, or that no more may wait. */
static bool is_too_much(const struct ets_waiting *rows, const struct ets_piece *piece,
                        size_t page) {
  int64_t first = INT64_MAX, last = INT64_MIN;
  if (rows->count < page || rows->count % page != 0)
    return false;
  if (rows->count >= PAGES_MOST * page)
    return true;
  for (size_t i = 0; i < rows->count; i++) {
    first = rows->dates[i] < first ? rows->dates[i] : first;
    last = rows->dates[i] > last ? rows->dates[i] : last;
  }
  double width = (double)(last - first), rest = (double)(piece->until * SECOND - last);
  return rest > width * ((double)(PAGES_MOST * page) / (double)rows->count - 1);
}

/* --- one part -------------------------------------------------------------------------------- */

/* ETS_END: all of it is there; ETS_OK: there is more. *odd: it cannot wait in memory. */
static ets_status fetch(struct ets_parts *parts, ets_session *session,
                        const struct ets_piece *piece, struct ets_waiting *rows, bool *odd) {
  const struct ets_reading *reading = parts->reading;
  const size_t page = ets_reading_page(reading->plan);
  ets_cursor *cursor = NULL;
  ets_object row;
  ets_status status = ets_reading_open(reading, session, piece, &cursor);
  while (status == ETS_OK && !*odd && !is_too_much(rows, piece, page) &&
         (status = ets_cursor_next(cursor, &row)) == ETS_OK)
    *odd = !ets_waiting_keep(rows, row);
  ets_cursor_close(cursor);
  return status;
}

static void leave_to_owner(struct ets_parts *parts, const struct ets_piece *piece) {
  struct ets_crew *crew = parts->reading->plan->crew;
  pthread_mutex_lock(&crew->mutex);
  bool pushed = push(&parts->hard, piece);
  pthread_mutex_unlock(&crew->mutex);
  if (!pushed)
    fail(parts, ETS_E_NOMEM, NULL);
}

static void settle(struct ets_parts *parts, ets_session *session, const struct ets_piece *piece,
                   struct ets_waiting *rows, ets_status status) {
  struct ets_crew *crew = parts->reading->plan->crew;
  if (status == ETS_END) {
    status = write_rows(parts, rows, piece);
    (void)status; /* the window's */
    pthread_mutex_lock(&crew->mutex);
    if (rows->count == 0)
      join_behind(parts, piece->until);
    pthread_mutex_unlock(&crew->mutex);
  } else if (status == ETS_OK) {
    pthread_mutex_lock(&crew->mutex);
    bool made = divide(parts, piece, rows->dates, rows->count, 0);
    pthread_mutex_unlock(&crew->mutex);
    if (!made)
      fail(parts, ETS_E_NOMEM, NULL);
  } else if (ets_reading_may_be_less(status, ets_session_error(session), rows->count > 0)) {
    leave_to_owner(parts, piece);
  } else {
    fail(parts, status, ets_session_error(session));
  }
}

static void read_part(struct ets_parts *parts, ets_session *session,
                      const struct ets_piece *piece) {
  const struct ets_reading *reading = parts->reading;
  const size_t most = PAGES_MOST * ets_reading_page(reading->plan) + 1;
  struct ets_waiting rows;
  bool odd = false;
  if (ets_waiting_begin(&rows, &reading->window->span, most)) {
    ets_status status = fetch(parts, session, piece, &rows, &odd);
    if (odd)
      leave_to_owner(parts, piece);
    else
      settle(parts, session, piece, &rows, status);
  } else {
    fail(parts, ETS_E_NOMEM, NULL);
  }
  ets_waiting_free(&rows);
}

/* What is read right into the sink: what went there before it stays, should it be taken back. */
static void read_hard(struct ets_parts *parts, const struct ets_piece *piece) {
  struct ets_reading *reading = parts->reading;
  pthread_mutex_lock(&parts->sink);
  if (parts->status == ETS_OK)
    parts->status = reading->sink->calls->mark(reading->sink->context, reading->error);
  if (parts->status == ETS_OK)
    parts->status = ets_reading_piece(reading, piece);
  pthread_mutex_unlock(&parts->sink);
}

/* --- the window's own session ---------------------------------------------------------------- */

/* The next thing to do, and whether there is one; with the mutex. */
static bool take(struct ets_crew *crew, struct ets_parts *parts, struct ets_piece *piece,
                 bool *hard) {
  for (;;) {
    struct ets_piece dropped;
    while (parts->status != ETS_OK &&
           (pop(&parts->waiting, &dropped) || pop(&parts->hard, &dropped)))
      ;
    *hard = false;
    if (pop(&parts->waiting, piece))
      return true;
    *hard = pop(&parts->hard, piece);
    if (*hard || parts->running == 0)
      return *hard;
    pthread_cond_wait(&crew->changed, &crew->mutex);
  }
}

static void work_off(struct ets_crew *crew, struct ets_parts *parts) {
  struct ets_piece piece;
  bool hard;
  while (take(crew, parts, &piece, &hard)) {
    parts->running++;
    pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->mutex);
    if (hard)
      read_hard(parts, &piece);
    else
      read_part(parts, parts->reading->session, &piece);
    pthread_mutex_lock(&crew->mutex);
    parts->running--;
  }
}

static void unlink_parts(struct ets_crew *crew, const struct ets_parts *parts) {
  struct ets_parts **at = &crew->first;
  while (*at != parts)
    at = &(*at)->next;
  *at = parts->next;
}

ets_status ets_parts_read(struct ets_reading *reading, const struct ets_piece *piece) {
  struct ets_crew *crew = reading->plan->crew;
  const ets_export_record *last = reading->window->last;
  struct ets_parts parts = {.reading = reading};
  reading->share = reading->may_share = false;
  if (pthread_mutex_init(&parts.sink, NULL) != 0)
    return ets_error_set(reading->error, ETS_E_NOMEM, "out of memory");
  pthread_mutex_lock(&crew->mutex);
  parts.next = crew->first;
  crew->first = &parts;
  if (!divide(&parts, piece, reading->dates, reading->date_count, last ? last->rows : 0))
    parts.status = ets_error_set(reading->error, ETS_E_NOMEM, "out of memory");
  free(reading->dates);
  reading->dates = NULL;
  pthread_cond_broadcast(&crew->changed);
  work_off(crew, &parts);
  unlink_parts(crew, &parts);
  pthread_mutex_unlock(&crew->mutex);
  pthread_mutex_destroy(&parts.sink);
  return parts.status;
}

/* --- who helps ------------------------------------------------------------------------------- */

/* With the mutex. NULL: no window is read any more. */
static struct ets_parts *find_work(struct ets_crew *crew, struct ets_piece *piece) {
  for (;;) {
    for (struct ets_parts *parts = crew->first; parts; parts = parts->next)
      if (parts->status == ETS_OK && pop(&parts->waiting, piece))
        return parts;
    if (crew->reading == 0)
      return NULL;
    crew->idle++;
    pthread_cond_wait(&crew->changed, &crew->mutex);
    crew->idle--;
  }
}

void ets_export_help(ets_session *session, const ets_export *plan) {
  struct ets_crew *crew = plan->crew;
  struct ets_parts *parts;
  struct ets_piece piece;
  pthread_mutex_lock(&crew->mutex);
  while ((parts = find_work(crew, &piece))) {
    parts->running++;
    pthread_mutex_unlock(&crew->mutex);
    read_part(parts, session, &piece);
    pthread_mutex_lock(&crew->mutex);
    parts->running--;
    pthread_cond_broadcast(&crew->changed);
  }
  pthread_mutex_unlock(&crew->mutex);
}
