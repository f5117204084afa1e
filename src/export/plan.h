/* What a plan is made of. Private to the export sources. */
#ifndef ETS_EXPORT_PLAN_H
#define ETS_EXPORT_PLAN_H

#include <etsoap/export.h>

#include "base/arena.h"
#include "export/tables.h"

#include <pthread.h>

enum { ETS_DAY = 86400 };

struct ets_export_window {
  ets_export_span span;
  const ets_export_record *last; /* NULL: none */
  bool own;                      /* of the caller's own account, which needs no ClientIDs */
  bool due;
};

struct ets_parts;

/* Who works on the windows of a plan. */
struct ets_crew {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  struct ets_parts *first; /* windows that are read in parts */
  size_t reading;          /* windows that are read at all */
  _Atomic size_t idle;     /* sessions that wait for a part */
};

struct ets_export {
  struct ets_tables tables;
  struct ets_arena arena; /* of records */
  struct ets_export_window *windows;
  size_t count, capacity;
  int32_t batch_size;
  struct ets_crew *crew;
};

#endif
