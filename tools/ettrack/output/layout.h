/* Which columns of a table fit the terminal, and how wide each is. */
#ifndef ETTRACK_OUTPUT_LAYOUT_H
#define ETTRACK_OUTPUT_LAYOUT_H

#include "ettrack/columns/columns.h"

/* How a column gives way when there is not enough room. */
enum give_way {
  GIVE_NOTHING, /* ids, dates, keys, names, numbers: whole, or not at all */
  GIVE_MIDDLE,  /* URLs */
  GIVE_END      /* other text */
};

struct layout_column {
  size_t header;  /* columns that the header takes */
  size_t natural; /* and what everything measured takes */
  size_t firm;    /* and what of it cannot be cut */
  size_t width;   /* what it gets; 0: it is left out */
  enum give_way give;
  bool numbers;    /* and nothing else, so far: aligned right */
  bool any;        /* there is some value */
  bool same;       /* of several rows all have that one */
  bool goes_below; /* rather than out: its values stand in lines of their own below the rows */
  bool below;      /* and so they do: it has no width */
};

enum { LAYOUT_GAP = 2 };

/* How a column of that name gives way, when nothing but text is in it. */
enum give_way layout_give_way(const char *name);

/* Gives each column its width in a terminal of so many columns; 0: as wide as it takes. False when
 * a table does not do: what has to be there does not fit, or the terminal is too narrow for one and
 * something would be left out. */
bool layout_fit(struct layout_column *columns, const struct columns *names, size_t width);

/* For blocks one below the other: the first column, and as many from `from` on as fit beside it,
 * one at least. Returns the first of the next block; `count`: this was the last. */
size_t layout_block(struct layout_column *columns, size_t count, size_t from, size_t width);

#endif
