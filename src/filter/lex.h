/* Words of the text form of filters. Private to the filter sources. */
#ifndef ETS_FILTER_LEX_H
#define ETS_FILTER_LEX_H

#include "filter/ast.h"

enum ets_token_kind {
  ETS_TOKEN_END,
  ETS_TOKEN_WORD,    /* bare: a keyword, a property, a value */
  ETS_TOKEN_QUOTED,  /* '...' or "...", the quotes included */
  ETS_TOKEN_COMPARE, /* = != <> < <= > >= */
  ETS_TOKEN_OPEN,
  ETS_TOKEN_CLOSE,
  ETS_TOKEN_COMMA,
  ETS_TOKEN_UNCLOSED, /* a quote that does not end */
  ETS_TOKEN_BAD
};

struct ets_token {
  enum ets_token_kind kind;
  const char *text;
  size_t length;
  uint32_t column; /* in characters, from 1 */
  ets_operator op; /* ETS_TOKEN_COMPARE */
};

struct ets_lexer {
  const char *at;
  uint32_t column;
};

/* The next word; ETS_TOKEN_END for ever after the last one. */
struct ets_token ets_lexer_next(struct ets_lexer *lexer);

/* Whether a word is this keyword, in any case. A quoted one never is. */
bool ets_token_is(const struct ets_token *token, const char *keyword);

/* The text of a word, or of a quoted one without its quotes and with doubled quotes single.
 * Free with free(); NULL when out of memory. */
char *ets_token_text(const struct ets_token *token);

#endif
