/* A command's work: one or more retrievals whose rows go to one output, in order. */
#ifndef ETTRACK_RUN_WORK_H
#define ETTRACK_RUN_WORK_H

#include "ettrack/run/order.h"
#include "ettrack/run/service.h"

/* Takes rows. */
struct taker {
  bool (*row)(void *context, const char *type, ets_value *values); /* false: no more are wanted */
  /* The rows that came have to get through; false: they do not. Only where one retrieval runs at a
   * time; NULL otherwise. */
  bool (*flush)(void *context);
  void *context;
};

struct sweep;

struct work {
  struct service *service;
  void *data;   /* the command's own; only read when several retrievals run side by side */
  size_t count; /* of retrievals */
  const struct writer *writer;
  const struct columns *columns;
  size_t hidden; /* of them, the last so many are needed, but not shown */
  bool blocks;   /* a table that is too wide goes on below, led by its first column */
  /* Columns of a table that are never left out: what of them does not fit stands in lines of its
   * own below the rows. NULL-terminated; NULL: none. */
  const char *const *below;
  const struct buffer *head; /* what comes before the rows for people; NULL: nothing */
  const struct order *order; /* NULL: as they come */
  /* How its one retrieval is cut by time for several jobs, which brings the order of time; NULL: it
   * is not. */
  const struct sweep *sweep;
  /* What one of them asks for, so that a property that is refused can be explained; NULL: not. */
  const char *(*object_type)(const struct work *work, size_t index);
  bool rates; /* are columns as well, of objects that have them */
  /* What to say when `run` finds nothing without a call that failed; NULL: it does not come. */
  const char *nothing;
  /* What the work does besides reading. Called when not all of it went well, `unwritten`: rows did
   * not get through: says what is known of it and how to go on, and returns whether something was
   * done, or may have been, which makes it incomplete, never failed. NULL: it only reads. */
  bool (*effects)(const struct work *work, bool unwritten);
  /* Runs one of them: gives its rows to the taker. A failure's detail is in the session's error. */
  ets_status (*run)(const struct work *work, size_t index, ets_session *session,
                    const struct taker *taker);
};

/* Orders the work by a column, which is asked for and not shown when it is none of `columns`; those
 * are the work's. False when out of memory. */
bool order_by(struct work *work, struct order *order, struct columns *columns, const char *name);

/* Does it all and returns the exit code. What can be done in spite of a failure is done. */
int work_perform(struct work *work);

#endif
