/* One query in pieces, cut by time: where to cut, so that each is about a page. */
#ifndef ETTRACK_RUN_PIECES_H
#define ETTRACK_RUN_PIECES_H

#include "ettrack/output/copies.h"

#include <etsoap/etsoap.h>

/* Times are microseconds, those of edges whole seconds. */
#define PIECE_OPEN_FROM INT64_MIN
#define PIECE_OPEN_UNTIL INT64_MAX

enum piece_state { PIECE_WAITS, PIECE_RUNS, PIECE_DONE };

struct piece {
  struct piece *next; /* in time */
  int64_t from, until;
  enum piece_state state;
  bool whole; /* read to its end, however long: it cannot be cut */
  struct copies rows;
  ets_status status;
  ets_error error;
};

/* NULL when out of memory. */
struct piece *piece_new(int64_t from, int64_t until, size_t columns);
void piece_free(struct piece *piece);

/* What is known of how events lie in time, before they are read. */
struct span {
  int64_t from, until; /* most of them are between; 0: not known */
  uint64_t events;     /* about so many; 0: not known */
};

/* Cuts a piece of which the first page is there, and not all: the pieces that take its place begin
 * where it does and end where it does. `date` is the column of the time; `span` may be NULL. False
 * when out of memory; a piece that no whole second divides becomes a whole one. */
bool piece_cut(struct piece *piece, const struct span *span, size_t date, int utc_offset);

#endif
