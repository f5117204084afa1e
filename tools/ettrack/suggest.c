#include "ettrack.h"

#include <string.h>

enum { LONGEST = 40 };

static size_t least(size_t a, size_t b) {
  return a < b ? a : b;
}

/* Letters to insert, drop, change or swap with the next one. */
static size_t distance(const char *a, const char *b) {
  size_t rows[3][LONGEST + 1], n = strlen(a), m = strlen(b);
  size_t *before = rows[0], *above = rows[1], *row = rows[2];
  if (n > LONGEST || m > LONGEST)
    return LONGEST;
  for (size_t j = 0; j <= m; j++)
    above[j] = j;
  for (size_t i = 1; i <= n; i++) {
    row[0] = i;
    for (size_t j = 1; j <= m; j++) {
      row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = least(row[j], before[j - 2] + 1);
    }
    size_t *oldest = before;
    before = above;
    above = row;
    row = oldest;
  }
  return above[m];
}

const char *suggestion_for(const char *word, const char *(*next)(size_t index, const void *context),
                           const void *context) {
  const char *best = NULL;
  size_t best_distance = strlen(word) / 3 + 2;
  const char *candidate;
  for (size_t i = 0; (candidate = next(i, context)); i++) {
    bool begins = strlen(word) >= 2 && strncmp(word, candidate, strlen(word)) == 0;
    size_t d = begins ? 0 : distance(word, candidate);
    if (d < best_distance) {
      best = candidate;
      best_distance = d;
    }
  }
  return best;
}
