#include "etwsdl/effect/tokens.h"

#include <string.h>

struct cursor {
  const char *start, *at, *end;
  unsigned line, column, row;
};

static bool continues(const struct cursor *cursor) {
  const char *at = cursor->at - 1;
  at -= at > cursor->start && *at == '\r';
  return at >= cursor->start && *at == '\\';
}

static void step(struct cursor *cursor) {
  if (*cursor->at == '\n') {
    cursor->row += !continues(cursor);
    cursor->at++;
    cursor->line++;
    cursor->column = 1;
  } else {
    cursor->at++;
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
  unsigned row = cursor->row;
  step(cursor);
  step(cursor);
  while (cursor->at < cursor->end) {
    if (line && *cursor->at == '\n')
      return;
    bool ends = !line && *cursor->at == '*' && peek(cursor, 1) == '/';
    step(cursor);
    if (ends) {
      step(cursor);
      cursor->row = row;
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

void tokens_add(struct token_list *tokens, struct token token) {
  if (tokens->count == tokens->capacity) {
    tokens->capacity = tokens->capacity ? tokens->capacity * 2 : 1024;
    tokens->items = need_realloc(tokens->items, tokens->capacity * sizeof *tokens->items);
  }
  tokens->items[tokens->count++] = token;
}

/* How many characters of a line that goes on stand here: a name may be cut by one. */
static size_t splice(const struct cursor *cursor) {
  if (peek(cursor, 0) != '\\')
    return 0;
  size_t n = 1 + (peek(cursor, 1) == '\r');
  return peek(cursor, n) == '\n' ? n + 1 : 0;
}

static void take_word(struct token_list *tokens, struct arena *arena, struct cursor *cursor) {
  struct token token = {
      .word = true, .line = cursor->line, .column = cursor->column, .row = cursor->row};
  bool number = is_digit(*cursor->at);
  struct buffer name = {0};
  while (cursor->at < cursor->end) {
    size_t cut = splice(cursor);
    char c = *cursor->at;
    if (cut == 0 && !is_letter(c) && !is_digit(c) && !(number && c == '.'))
      break;
    if (cut == 0)
      buffer_add_char(&name, c);
    for (size_t i = 0; i < (cut ? cut : 1); i++)
      step(cursor);
  }
  token.text = intern_n(arena, buffer_text(&name), name.size);
  buffer_free(&name);
  if (!number)
    tokens_add(tokens, token);
}

/* Behind `#include`: `"a/b.h"`, `<a/b.h>`, or a macro, which names none. */
static void take_include(struct token_list *tokens, struct arena *arena, struct cursor *cursor) {
  size_t count = tokens->count;
  if (count < 2 || strcmp(tokens->items[count - 1].text, "include") != 0 ||
      strcmp(tokens->items[count - 2].text, "#") != 0)
    return;
  while (peek(cursor, 0) == ' ' || peek(cursor, 0) == '\t')
    step(cursor);
  char first = peek(cursor, 0), last = first == '<' ? '>' : first;
  if (first != '"' && first != '<')
    return;
  step(cursor);
  const char *start = cursor->at;
  while (cursor->at < cursor->end && *cursor->at != last && *cursor->at != '\n')
    step(cursor);
  struct include *include = arena_alloc(arena, sizeof *include);
  *include = (struct include){intern_n(arena, start, (size_t)(cursor->at - start)), first == '"',
                              tokens->items[count - 1]};
  list_add(arena, &tokens->includes, include);
  if (peek(cursor, 0) == last)
    step(cursor);
}

static void take_sign(struct token_list *tokens, struct arena *arena, struct cursor *cursor) {
  struct token token = {.line = cursor->line, .column = cursor->column, .row = cursor->row};
  size_t length = *cursor->at == '-' && peek(cursor, 1) == '>' ? 2 : 1;
  token.text = intern_n(arena, cursor->at, length);
  while (length-- > 0)
    step(cursor);
  tokens_add(tokens, token);
}

void tokens_read(struct token_list *tokens, struct arena *arena, const char *text, size_t size) {
  struct cursor cursor = {text, text, text + size, 1, 1, 1};
  while (cursor.at < cursor.end) {
    char c = *cursor.at;
    if (c == '/' && (peek(&cursor, 1) == '/' || peek(&cursor, 1) == '*'))
      skip_comment(&cursor);
    else if (c == '"' || c == '\'')
      skip_literal(&cursor);
    else if (is_letter(c) || is_digit(c)) {
      take_word(tokens, arena, &cursor);
      take_include(tokens, arena, &cursor);
    } else if (strchr(" \t\r\n\\", c))
      step(&cursor);
    else
      take_sign(tokens, arena, &cursor);
  }
}
