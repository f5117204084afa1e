/* Rows of a command's own making, cell by cell, into its output. */
#ifndef ETTRACK_EXPORT_GRID_H
#define ETTRACK_EXPORT_GRID_H

#include "ettrack/cli/options.h"
#include "ettrack/output/output.h"

enum { GRID_COLUMNS = 12, GRID_TEXT = 80 };

struct grid {
  struct output output;
  struct columns columns;
  const char *type;
  size_t at; /* the next cell */
  ets_value values[GRID_COLUMNS];
  char texts[GRID_COLUMNS][GRID_TEXT];
};

/* Returns EXIT_DONE, or another exit code after saying what is wrong; then it is closed. */
int grid_open(struct grid *grid, const struct options *options, const char *const *columns,
              const char *type);

/* The next cell. */
void grid_text(struct grid *grid, const char *text);
void grid_integer(struct grid *grid, int64_t number);
/* Seconds since 1970, shown in that zone, midnight as the date alone; 0: nothing. */
void grid_time(struct grid *grid, int64_t seconds, int utc_offset);

/* Ends a row. False when it does not get through. */
bool grid_row(struct grid *grid);

/* Returns an exit code. */
int grid_close(struct grid *grid, bool complete);

#endif
