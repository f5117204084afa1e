/* A window on its way from the service into the sink. */
#ifndef ETS_EXPORT_READING_H
#define ETS_EXPORT_READING_H

#include "export/plan.h"
#include "export/shares.h"

/* What was counted of a piece, or of the pieces that are complete. */
struct ets_tally {
  uint64_t rows;
  int64_t first, last; /* microseconds; counts with rows that have a date */
  bool dated;
  struct ets_shares shares;
};

/* A part of the window, and how to ask for it. */
struct ets_piece {
  int64_t from, until; /* seconds */
  int32_t batch_size;
  int32_t job_id; /* 0: any */
};

struct ets_reading {
  ets_session *session;
  const struct ets_export *plan;
  const struct ets_export_window *window;
  const ets_sink *sink;
  ets_error *error;
  enum ets_table_source source;
  ets_event_type type;
  const char *const *properties;
  size_t send;    /* the column of the JobID */
  size_t account; /* of Client.ID */
  ets_path *paths;
  ets_value *values;
  struct ets_tally whole, piece;
  int64_t from, until; /* seconds: those of the piece */
  uint32_t pieces;
  int32_t batch_size;
  bool by_send;
  /* Whether it goes over to many sessions when others are there to help, and has. */
  bool may_share, share;
  int64_t *dates; /* microseconds: of its first page; NULL: it cannot be cut */
  size_t date_count;
};

/* Rows of a full page of a plan. */
size_t ets_reading_page(const struct ets_export *plan);

/* Reads a piece into the sink, less at once where that is too much. When `share` is set after it,
 * nothing of the piece is in the sink. */
ets_status ets_reading_piece(struct ets_reading *reading, const struct ets_piece *piece);

/* Opens a piece of events or sends in a session. */
ets_status ets_reading_open(const struct ets_reading *reading, ets_session *session,
                            const struct ets_piece *piece, ets_cursor **cursor);

/* The same with the rows of a piece that are there already: between these two, each of them. */
void ets_reading_begin(struct ets_reading *reading, const struct ets_piece *piece);
ets_status ets_reading_row(struct ets_reading *reading, const ets_value *values);
ets_status ets_reading_keep(struct ets_reading *reading, const struct ets_piece *piece);

/* Whether less at once may go where this did not. `begun`: rows of the same query have come. */
bool ets_reading_may_be_less(ets_status status, const ets_error *error, bool begun);

/* Those of a table's columns, for free(); NULL: out of memory. */
ets_path *ets_reading_paths(const ets_export_table *table);

#endif
