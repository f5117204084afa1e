#include "base/text.h"

#include <string.h>

enum { SUGGEST_MAX = 64 }; /* longer words are not typing errors */

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

bool ets_text_is(const char *text, size_t n, const char *word) {
  for (size_t i = 0; i < n; i++)
    if (lower(text[i]) != lower(word[i]) || !word[i])
      return false;
  return word[n] == '\0';
}

/* --- UTF-8 ----------------------------------------------------------------------------------- */

/* Length of the character at `at`; 0 when XML cannot carry it. */
static size_t character(const unsigned char *at) {
  if (*at < 0x80)
    return *at >= 0x20 || *at == '\t' || *at == '\n' || *at == '\r' ? 1 : 0;
  size_t length = *at >= 0xF0 ? 4 : *at >= 0xE0 ? 3 : 2;
  unsigned long code = *at & (0xFFU >> (length + 1));
  for (size_t i = 1; i < length; i++) {
    if ((at[i] & 0xC0) != 0x80)
      return 0;
    code = code << 6 | (at[i] & 0x3FU);
  }
  static const unsigned long least[] = {0x80, 0x800, 0x10000};
  bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  bool valid = *at >= 0xC2 && *at <= 0xF4 && code >= least[length - 2] && code <= 0x10FFFF &&
               !surrogate && code != 0xFFFE && code != 0xFFFF;
  return valid ? length : 0;
}

size_t ets_text_valid(const char *text) {
  size_t length = 0;
  for (size_t step; text[length]; length += step)
    if ((step = character((const unsigned char *)text + length)) == 0)
      break;
  return length;
}

size_t ets_text_cut(const char *text, size_t n, size_t limit) {
  if (n <= limit)
    return n;
  while (limit > 0 && ((unsigned char)text[limit] & 0xC0) == 0x80)
    limit--;
  return limit;
}

/* --- suggestions ----------------------------------------------------------------------------- */

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
      size_t other = lower(a[i - 1]) != lower(b[j - 1]);
      row[j] = least_of(least_of(above[j], row[j - 1]) + 1, above[j - 1] + other);
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
          lower(a[i - 2]) == lower(b[j - 1]))
        row[j] = least_of(row[j], before[j - 2] + 1);
    }
  }
  return rows[a_length % 3][b_length];
}

struct ets_suggestion ets_suggest(const char *word, size_t n) {
  return (struct ets_suggestion){word, n, NULL, (n + 2) / 3};
}

void ets_suggest_from(struct ets_suggestion *suggestion, const char *candidate) {
  size_t length = strlen(candidate);
  if (suggestion->length == 0 || suggestion->length > SUGGEST_MAX || length > SUGGEST_MAX)
    return;
  size_t distance = edit_distance(suggestion->word, suggestion->length, candidate, length);
  /* The first limit is a third of the word, rounded up; from then on only better ones count. */
  bool near_enough = suggestion->best ? distance < suggestion->distance
                                      : distance <= suggestion->distance && distance < length;
  if (near_enough) {
    suggestion->best = candidate;
    suggestion->distance = distance;
  }
}
