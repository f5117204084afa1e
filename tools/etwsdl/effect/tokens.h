/* C source as a row of words and signs with their places, without comments, strings, numbers. What
 * it includes is kept apart. */
#ifndef ETWSDL_EFFECT_TOKENS_H
#define ETWSDL_EFFECT_TOKENS_H

#include "etwsdl/base/arena.h"

struct token {
  const char *text; /* an identifier, interned; "->", ".", or one sign */
  bool word;
  unsigned line, column;
  unsigned row; /* the line, continued ones being one: a directive ends with it */
};

struct include {
  const char *name; /* "mail/send.h", without quotes or brackets */
  bool quoted;
  struct token at;
};

struct token_list {
  struct token *items; /* free */
  size_t count, capacity;
  struct list includes; /* struct include */
};

void tokens_add(struct token_list *tokens, struct token token);

void tokens_read(struct token_list *tokens, struct arena *arena, const char *text, size_t size);

#endif
