/* What a person may have meant. The programs are made of this file too. */
#ifndef ETS_SUGGEST_H
#define ETS_SUGGEST_H

#include <stddef.h>

/* Looks for the candidate that a person may have meant: one that begins with what was
 * written, or one near enough by edit distance (letters swapped, missing, too many, other), the
 * case aside. Of several equally near ones it is the first. */
struct ets_suggestion {
  const char *word; /* what was written */
  size_t length;
  const char *best; /* NULL: none near enough so far */
  size_t distance;
};

struct ets_suggestion ets_suggest(const char *word, size_t n);
void ets_suggest_from(struct ets_suggestion *suggestion, const char *candidate);

#endif
