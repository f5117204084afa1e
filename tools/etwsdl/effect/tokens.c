#include "etwsdl/effect/tokens.h"

#include <string.h>

struct cursor {
  const char *at, *end;
  unsigned line, column;
};

static void step(struct cursor *cursor) {
  if (*cursor->at++ == '\n') {
    cursor->line++;
    cursor->column = 1;
  } else {
    cursor->column++;
  }
}

static char peek(const struct cursor *cursor, size_t ahead) {
  return (size_t)(cursor->end - cursor->at) > ahead ? cursor->at[ahead] : '\0';
}

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static void skip_comment(struct cursor *cursor) {
  bool line = peek(cursor, 1) == '/';
  step(cursor);
  step(cursor);
  while (cursor->at < cursor->end) {
    if (line && *cursor->at == '\n')
      return;
    bool ends = !line && *cursor->at == '*' && peek(cursor, 1) == '/';
    step(cursor);
    if (ends) {
      step(cursor);
      return;
    }
  }
}

/* An end of line ends it as well: a quote in text that is no code must not swallow the rest. */
static void skip_literal(struct cursor *cursor) {
  char quote = *cursor->at;
  step(cursor);
  while (cursor->at < cursor->end && *cursor->at != quote && *cursor->at != '\n') {
    if (*cursor->at == '\\' && cursor->end - cursor->at > 1)
      step(cursor);
    step(cursor);
  }
  if (cursor->at < cursor->end && *cursor->at == quote)
    step(cursor);
}

static void add(struct token_list *tokens, struct token token) {
  if (tokens->count == tokens->capacity) {
    tokens->capacity = tokens->capacity ? tokens->capacity * 2 : 1024;
    tokens->items = need_realloc(tokens->items, tokens->capacity * sizeof *tokens->items);
  }
  tokens->items[tokens->count++] = token;
}

static void take_word(struct token_list *tokens, struct arena *arena, struct cursor *cursor) {
  struct token token = {.word = true, .line = cursor->line, .column = cursor->column};
  const char *start = cursor->at;
  bool number = is_digit(*start);
  while (cursor->at < cursor->end &&
         (is_letter(*cursor->at) || is_digit(*cursor->at) || (number && *cursor->at == '.')))
    step(cursor);
  token.text = intern_n(arena, start, (size_t)(cursor->at - start));
  if (!number)
    add(tokens, token);
}

static void take_sign(struct token_list *tokens, struct arena *arena, struct cursor *cursor) {
  struct token token = {.line = cursor->line, .column = cursor->column};
  size_t length = *cursor->at == '-' && peek(cursor, 1) == '>' ? 2 : 1;
  token.text = intern_n(arena, cursor->at, length);
  while (length-- > 0)
    step(cursor);
  add(tokens, token);
}

void tokens_read(struct token_list *tokens, struct arena *arena, const char *text, size_t size) {
  struct cursor cursor = {text, text + size, 1, 1};
  while (cursor.at < cursor.end) {
    char c = *cursor.at;
    if (c == '/' && (peek(&cursor, 1) == '/' || peek(&cursor, 1) == '*'))
      skip_comment(&cursor);
    else if (c == '"' || c == '\'')
      skip_literal(&cursor);
    else if (is_letter(c) || is_digit(c))
      take_word(tokens, arena, &cursor);
    else if (strchr(" \t\r\n\\", c))
      step(&cursor);
    else
      take_sign(tokens, arena, &cursor);
  }
}
