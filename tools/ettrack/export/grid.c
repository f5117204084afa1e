#include "ettrack/export/grid.h"

#include "common/program.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAY = 86400 };

int grid_open(struct grid *grid, const struct options *options, const char *const *columns,
              const char *type) {
  *grid = (struct grid){.type = type};
  grid->output.utc_offset = options->utc_offset;
  grid->output.rfc3339 = options->rfc3339;
  if (!columns_add_all(&grid->columns, columns)) {
    complain("out of memory");
    columns_free(&grid->columns);
    return EXIT_FAILED;
  }
  int error = output_open(&grid->output, options->writer, options->output, &grid->columns);
  if (error == 0)
    return EXIT_DONE;
  complain("cannot write %s: %s", options->output ? options->output : "stdout", strerror(error));
  columns_free(&grid->columns);
  return EXIT_FAILED;
}

static void add(struct grid *grid, ets_value value) {
  grid->values[grid->at++] = value;
}

void grid_text(struct grid *grid, const char *text) {
  char *copy = grid->texts[grid->at];
  snprintf(copy, GRID_TEXT, "%s", text);
  add(grid, (ets_value){.presence = *text ? ETS_PRESENT : ETS_ABSENT,
                        .kind = ETS_VALUE_TEXT,
                        .text = copy});
}

void grid_integer(struct grid *grid, int64_t number) {
  add(grid, (ets_value){.presence = ETS_PRESENT, .kind = ETS_VALUE_INTEGER, .integer = number});
}

void grid_time(struct grid *grid, int64_t seconds, int utc_offset) {
  const ets_time time = {seconds * 1000000, (int16_t)utc_offset, true};
  char text[40] = "";
  if (seconds != 0)
    ets_time_format(time, text, sizeof text);
  if ((seconds + (int64_t)utc_offset * 60) % DAY == 0)
    text[sizeof "2026-11-01" - 1] = '\0';
  grid_text(grid, text);
}

bool grid_row(struct grid *grid) {
  grid->at = 0;
  return output_row(&grid->output, grid->type, grid->values);
}

int grid_close(struct grid *grid, bool complete) {
  char *kept;
  int error = output_close(&grid->output, complete, &kept);
  if (error)
    complain("cannot write %s: %s", grid->output.target.path ? grid->output.target.path : "stdout",
             strerror(error));
  free(kept);
  columns_free(&grid->columns);
  return error ? EXIT_FAILED : complete ? EXIT_DONE : EXIT_INCOMPLETE;
}
