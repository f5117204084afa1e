/* Words of the text form of filters. Private to the filter sources. */
#ifndef ETS_FILTER_LEX_H
#define ETS_FILTER_LEX_H

#include "filter/ast.h"

enum ets_lexeme_kind {
  ETS_LEXEME_END,
  ETS_LEXEME_WORD,    /* bare: a keyword, a property, a value */
  ETS_LEXEME_QUOTED,  /* '...' or "...", the quotes included */
  ETS_LEXEME_COMPARE, /* = != <> < <= > >= */
  ETS_LEXEME_OPEN,
  ETS_LEXEME_CLOSE,
  ETS_LEXEME_COMMA,
  ETS_LEXEME_UNCLOSED, /* a quote that does not end */
  ETS_LEXEME_BAD
};

struct ets_lexeme {
  enum ets_lexeme_kind kind;
  const char *text;
  size_t length;
  uint32_t column; /* in characters, from 1 */
  ets_operator op; /* ETS_LEXEME_COMPARE */
};

struct ets_lexer {
  const char *at;
  uint32_t column;
};

/* The next word; ETS_LEXEME_END for ever after the last one. */
struct ets_lexeme ets_lexer_next(struct ets_lexer *lexer);

/* Whether a word is this keyword, in any case. A quoted one never is. */
bool ets_lexeme_is(const struct ets_lexeme *lexeme, const char *keyword);

/* The text of a word, or of a quoted one without its quotes and with doubled quotes single.
 * Free with free(); NULL when out of memory. */
char *ets_lexeme_text(const struct ets_lexeme *lexeme);

#endif
