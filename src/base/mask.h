/* Known secrets in text from outside: found as they are, and as XML, JSON and addresses write
 * them, in whatever case: some of what errors quote was folded. */
#ifndef ETS_MASK_H
#define ETS_MASK_H

#include <stdbool.h>

/* One of fewer characters is left alone: whoever saw the stars would know it from the words
 * around. */
enum { ETS_MASK_SHORTEST = 4 };

enum ets_mask_found { ETS_MASK_NO, ETS_MASK_YES, ETS_MASK_PERHAPS };

/* A text that is searched. */
struct ets_mask_text {
  const char *at;
  const char *end;
  bool whole; /* nothing comes behind it */
};

/* Whether the text begins with the secret.
 * @param[out] behind  YES: where the text is then
 * @return PERHAPS: the text ends before that is certain */
enum ets_mask_found ets_mask_find(struct ets_mask_text text, const char *secret,
                                  const char **behind);

/* Puts `***` in each place where `secret` occurs in a text. NULL: it does not. */
void ets_mask(char *text, const char *secret);

/* The same in a text that was cut: a begin of the secret at its end goes as well. */
void ets_mask_cut(char *text, const char *secret);

#endif
