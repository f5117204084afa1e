#include "base/suggest.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>

enum { SUGGEST_MAX = 64 }; /* longer words are not typing errors */

static size_t least_of(size_t a, size_t b) {
  return a < b ? a : b;
}

/* Optimal string alignment: as Levenshtein, and two neighbours swapped are one edit. */
static size_t edit_distance(const char *a, size_t a_length, const char *b, size_t b_length) {
  size_t rows[3][SUGGEST_MAX + 1];
  for (size_t j = 0; j <= b_length; j++)
    rows[0][j] = j;
  for (size_t i = 1; i <= a_length; i++) {
    size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
    row[0] = i;
    for (size_t j = 1; j <= b_length; j++) {
      size_t other = ets_text_lower(a[i - 1]) != ets_text_lower(b[j - 1]);
      row[j] = least_of(least_of(above[j], row[j - 1]) + 1, above[j - 1] + other);
      if (i > 1 && j > 1 && ets_text_lower(a[i - 1]) == ets_text_lower(b[j - 2]) &&
          ets_text_lower(a[i - 2]) == ets_text_lower(b[j - 1]))
        row[j] = least_of(row[j], before[j - 2] + 1);
    }
  }
  return rows[a_length % 3][b_length];
}

struct ets_suggestion ets_suggest(const char *word, size_t n) {
  return (struct ets_suggestion){word, n, NULL, (n + 2) / 3};
}

/* Two letters are enough of a beginning. */
static bool begins(const struct ets_suggestion *suggestion, const char *candidate) {
  size_t i = 0;
  while (i < suggestion->length &&
         ets_text_lower(suggestion->word[i]) == ets_text_lower(candidate[i]))
    i++;
  return i == suggestion->length && i >= 2;
}

void ets_suggest_from(struct ets_suggestion *suggestion, const char *candidate) {
  size_t length = strlen(candidate);
  if (suggestion->length == 0 || suggestion->length > SUGGEST_MAX || length > SUGGEST_MAX)
    return;
  size_t distance = begins(suggestion, candidate)
                        ? 0
                        : edit_distance(suggestion->word, suggestion->length, candidate, length);
  /* The first limit is a third of the word, rounded up; from then on only better ones count. */
  bool near_enough = suggestion->best ? distance < suggestion->distance
                                      : distance <= suggestion->distance && distance < length;
  if (near_enough) {
    suggestion->best = candidate;
    suggestion->distance = distance;
  }
}
