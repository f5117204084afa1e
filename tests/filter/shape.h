/* The parts of a filter that go on the wire, in one line. */
#ifndef ETS_TEST_FILTER_SHAPE_H
#define ETS_TEST_FILTER_SHAPE_H

#include <stddef.h>

#include <etsoap/object.h>

struct shape {
  char text[4000];
  size_t length;         /* of the text, which may be cut */
  size_t depth, deepest; /* how deep the pairs nest */
};

/* Appends a part as [left AND right +more] with Values in '' and DateValues in <>. The shape begins
 * as {.length = 0}. */
void shape_of_part(struct shape *shape, ets_object part);

#endif
