/* C source as a row of words and signs with their places, without comments, strings, numbers. */
#ifndef ETWSDL_EFFECT_TOKENS_H
#define ETWSDL_EFFECT_TOKENS_H

#include "etwsdl/base/arena.h"

struct token {
  const char *text; /* an identifier, interned; "->", ".", or one sign */
  bool word;
  unsigned line, column;
};

struct token_list {
  struct token *items; /* free */
  size_t count, capacity;
};

void tokens_read(struct token_list *tokens, struct arena *arena, const char *text, size_t size);

#endif
