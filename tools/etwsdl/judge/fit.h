/* How what one contract allows fits where the other expects something. */
#ifndef ETWSDL_JUDGE_FIT_H
#define ETWSDL_JUDGE_FIT_H

#include "etwsdl/model/model.h"

enum fit {
  FIT_SAME,
  FIT_WIDER,    /* everything of the old is allowed by the new, and more */
  FIT_NARROWER, /* the other way round */
  FIT_OTHER
};

enum fit type_fit(struct contract *before, const struct type *old, struct contract *after,
                  const struct type *new);

/* The arrangement of the fields that both types have: sequences, choices, all, what repeats. How
 * often each field comes is left out, that is said of the field. Both give the names that stand in
 * a message; a field that only one has is as if it were in neither. FIT_OTHER for what would take
 * too long to find out. */
enum fit arrangement_fit(struct contract *before, const struct type *old, struct contract *after,
                         const struct type *new);

/* The same, and how often each of these fields comes counts, wherever that is said. */
enum fit content_fit(struct contract *before, const struct type *old, struct contract *after,
                     const struct type *new);

#endif
