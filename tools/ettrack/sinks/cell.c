#include "ettrack/sinks/cell.h"

#include "common/escape.h"

#include <etsoap/rows.h>
#include <etsoap/time.h>

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECONDS_LENGTH = 19, MICROSECONDS_LENGTH = 26 }; /* 2026-11-01T10:02:01[.987654] */

void cells_free(struct cells *cells) {
  buffer_free(&cells->text);
  buffer_free(&cells->unfit);
}

void cells_begin(struct cells *cells) {
  cells->unfit.size = 0;
}

bool cells_whole(const struct cells *cells) {
  return !cells->text.failed && !cells->unfit.failed;
}

struct cell cells_unfit(struct cells *cells) {
  if (cells->unfit.size == 0)
    return (struct cell){.kind = CELL_NULL};
  buffer_add_char(&cells->unfit, '}');
  return (struct cell){.kind = CELL_TEXT, .text = buffer_text(&cells->unfit)};
}

/* Any value as text. */
static const char *text_of(struct cells *cells, const ets_value *value) {
  if (value->presence == ETS_EMPTY)
    return "";
  if (value->text)
    return value->text;
  buffer_reset(&cells->text);
  size_t length = ets_value_cell(value, NULL, 0);
  if (buffer_reserve(&cells->text, length))
    cells->text.size = ets_value_cell(value, cells->text.data, length + 1);
  return buffer_text(&cells->text);
}

static void keep(struct cells *cells, const char *column, const char *text) {
  struct buffer *unfit = &cells->unfit;
  buffer_add_char(unfit, unfit->size ? ',' : '{');
  escape_json(unfit, column, strlen(column));
  buffer_add_char(unfit, ':');
  escape_json(unfit, text, strlen(text));
}

/* --- numbers --------------------------------------------------------------------------------- */

/* Only what is printed the same again. */
static bool read_integer(struct cell *cell, const char *text) {
  char again[24], *end;
  errno = 0;
  long long number = strtoll(text, &end, 10);
  snprintf(again, sizeof again, "%lld", number);
  *cell = (struct cell){.kind = CELL_INTEGER, .integer = number};
  return errno == 0 && strcmp(text, again) == 0;
}

static bool read_double(struct cell *cell, const char *text) {
  char *end;
  *cell = (struct cell){.kind = CELL_DOUBLE, .real = strtod(text, &end)};
  return *text && strspn(text, "+-.0123456789eE") == strlen(text) && !*end && isfinite(cell->real);
}

static bool read_boolean(struct cell *cell, const char *text) {
  bool yes = strcmp(text, "true") == 0 || strcmp(text, "1") == 0;
  *cell = (struct cell){.kind = CELL_BOOLEAN, .integer = yes};
  return yes || strcmp(text, "false") == 0 || strcmp(text, "0") == 0;
}

/* --- dates ----------------------------------------------------------------------------------- */

/* Whether a date that can be read stands there as columns have it. */
static bool is_plain(const char *text) {
  size_t length = strlen(text);
  return length >= SECONDS_LENGTH && length <= MICROSECONDS_LENGTH && text[4] == '-' &&
         text[10] == 'T' && memcmp(text + 11, "24", 2) != 0 && text[16] == ':' &&
         text[length - 1] >= '0' && text[length - 1] <= '9' &&
         (length == SECONDS_LENGTH || text[SECONDS_LENGTH] == '.');
}

/* Digits that microseconds have no room for. */
static bool is_finer(const char *text) {
  const char *point = strchr(text, '.');
  size_t digits = point ? strspn(point + 1, "0123456789") : 0;
  return digits > 6 && strspn(point + 7, "0") < digits - 6;
}

/* Writes to where text_of() may have: what it makes there is no date, and not looked at again. */
static bool read_date(struct cells *cells, struct cell *cell, const char *text, bool *whole) {
  ets_time time;
  if (ets_time_parse(&time, text, cells->utc_offset) != ETS_OK)
    return false;
  *cell = (struct cell){.kind = CELL_TEXT, .text = text};
  if (!time.zoned && is_plain(text))
    return true;
  time = ets_time_in(time, cells->utc_offset);
  if (time.offset != cells->utc_offset || !buffer_reserve(&cells->text, 40))
    return false;
  *whole = !is_finer(text);
  size_t length = ets_time_format(time, cells->text.data, 40);
  cells->text.size = length - (time.offset == 0 ? 1 : 6);
  cells->text.data[cells->text.size] = '\0';
  cell->text = cells->text.data;
  return true;
}

/* --- any ------------------------------------------------------------------------------------- */

/* By its text, which another kind may fit into. */
static bool read_text(struct cells *cells, struct cell *cell, ets_value_kind kind, const char *text,
                      bool *whole) {
  switch (kind) {
  case ETS_VALUE_INTEGER:
    return read_integer(cell, text);
  case ETS_VALUE_DOUBLE:
    return read_double(cell, text);
  case ETS_VALUE_BOOLEAN:
    return read_boolean(cell, text);
  case ETS_VALUE_DATETIME:
    return read_date(cells, cell, text, whole);
  default:
    *cell = (struct cell){.kind = CELL_TEXT, .text = text};
    return true;
  }
}

struct cell cell_of(struct cells *cells, const char *column, ets_value_kind kind,
                    const ets_value *value) {
  struct cell cell = {.kind = CELL_NULL};
  bool whole = true;
  if (value->presence != ETS_PRESENT && value->presence != ETS_EMPTY)
    return cell;
  bool same = value->presence == ETS_PRESENT && value->kind == kind;
  if (same && kind == ETS_VALUE_INTEGER) {
    if (value->text) /* 0012 */
      keep(cells, column, value->text);
    return (struct cell){.kind = CELL_INTEGER, .integer = value->integer};
  }
  if (same && kind == ETS_VALUE_BOOLEAN)
    return (struct cell){.kind = CELL_BOOLEAN, .integer = value->integer != 0};
  if (same && kind == ETS_VALUE_DOUBLE && isfinite(value->real))
    return (struct cell){.kind = CELL_DOUBLE, .real = value->real};
  const char *text = text_of(cells, value);
  bool fits = read_text(cells, &cell, kind, text, &whole);
  if (!fits || !whole)
    keep(cells, column, text);
  return fits ? cell : (struct cell){.kind = CELL_NULL};
}
