#include "filter/lex.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static const char blanks[] = " \t\r\n";
static const char not_in_words[] = " \t\r\n(),'\"=!<>";

/* Comparison operators, each before the ones that it begins with. */
static const struct {
  const char *text;
  ets_operator op;
} comparisons[] = {
    {"<>", ETS_NOT_EQUALS},  {"<=", ETS_LESS_THAN_OR_EQUAL},
    {"<", ETS_LESS_THAN},    {">=", ETS_GREATER_THAN_OR_EQUAL},
    {">", ETS_GREATER_THAN}, {"!=", ETS_NOT_EQUALS},
    {"=", ETS_EQUALS},
};

static const char *const reserved[] = {"AND", "OR", "NOT", "BETWEEN", "IN", "LIKE", "IS", "NULL"};

bool ets_filter_is_reserved(const char *word, size_t n) {
  for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
    if (ets_text_is(word, n, reserved[i]))
      return true;
  return false;
}

/* Length of the quoted text at `text`, quotes included; 0 when it does not end. */
static size_t quoted_length(const char *text) {
  size_t length = 1;
  for (; text[length]; length++) {
    if (text[length] != *text)
      continue;
    if (text[length + 1] != *text)
      return length + 1;
    length++;
  }
  return 0;
}

static void read_comparison(struct ets_token *token) {
  for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++) {
    size_t length = strlen(comparisons[i].text);
    if (strncmp(token->text, comparisons[i].text, length) != 0)
      continue;
    token->kind = ETS_TOKEN_COMPARE;
    token->op = comparisons[i].op;
    token->length = length;
    return;
  }
}

static void read_token(struct ets_token *token) {
  token->length = 1;
  switch (*token->text) {
  case '\0':
    token->kind = ETS_TOKEN_END;
    token->length = 0;
    break;
  case '(':
    token->kind = ETS_TOKEN_OPEN;
    break;
  case ')':
    token->kind = ETS_TOKEN_CLOSE;
    break;
  case ',':
    token->kind = ETS_TOKEN_COMMA;
    break;
  case '\'':
  case '"':
    token->length = quoted_length(token->text);
    token->kind = token->length ? ETS_TOKEN_QUOTED : ETS_TOKEN_UNCLOSED;
    if (!token->length)
      token->length = strlen(token->text);
    break;
  case '=':
  case '!':
  case '<':
  case '>':
    read_comparison(token);
    break;
  default:
    token->kind = ETS_TOKEN_WORD;
    token->length = strcspn(token->text, not_in_words);
  }
}

/* Columns count characters, not bytes. */
static void advance(struct ets_lexer *lexer, size_t length) {
  for (size_t i = 0; i < length; i++)
    lexer->column += ((unsigned char)lexer->at[i] & 0xC0) != 0x80;
  lexer->at += length;
}

struct ets_token ets_lexer_next(struct ets_lexer *lexer) {
  advance(lexer, strspn(lexer->at, blanks));
  struct ets_token token = {.kind = ETS_TOKEN_BAD, .text = lexer->at, .column = lexer->column};
  read_token(&token);
  advance(lexer, token.length);
  return token;
}

bool ets_token_is(const struct ets_token *token, const char *keyword) {
  return token->kind == ETS_TOKEN_WORD && ets_text_is(token->text, token->length, keyword);
}

char *ets_token_text(const struct ets_token *token) {
  char *text = malloc(token->length + 1);
  if (!text)
    return NULL;
  size_t length = 0;
  if (token->kind == ETS_TOKEN_QUOTED) {
    for (size_t i = 1; i + 1 < token->length; i++) {
      text[length++] = token->text[i];
      i += token->text[i] == *token->text;
    }
  } else {
    memcpy(text, token->text, token->length);
    length = token->length;
  }
  text[length] = '\0';
  return text;
}
