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

static void read_comparison(struct ets_lexeme *lexeme) {
  for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++) {
    size_t length = strlen(comparisons[i].text);
    if (strncmp(lexeme->text, comparisons[i].text, length) != 0)
      continue;
    lexeme->kind = ETS_LEXEME_COMPARE;
    lexeme->op = comparisons[i].op;
    lexeme->length = length;
    return;
  }
}

static void read_lexeme(struct ets_lexeme *lexeme) {
  lexeme->length = 1;
  switch (*lexeme->text) {
  case '\0':
    lexeme->kind = ETS_LEXEME_END;
    lexeme->length = 0;
    break;
  case '(':
    lexeme->kind = ETS_LEXEME_OPEN;
    break;
  case ')':
    lexeme->kind = ETS_LEXEME_CLOSE;
    break;
  case ',':
    lexeme->kind = ETS_LEXEME_COMMA;
    break;
  case '\'':
  case '"':
    lexeme->length = quoted_length(lexeme->text);
    lexeme->kind = lexeme->length ? ETS_LEXEME_QUOTED : ETS_LEXEME_UNCLOSED;
    if (!lexeme->length)
      lexeme->length = strlen(lexeme->text);
    break;
  case '=':
  case '!':
  case '<':
  case '>':
    read_comparison(lexeme);
    break;
  default:
    lexeme->kind = ETS_LEXEME_WORD;
    lexeme->length = strcspn(lexeme->text, not_in_words);
  }
}

/* Columns count characters, not bytes. */
static void advance(struct ets_lexer *lexer, size_t length) {
  for (size_t i = 0; i < length; i++)
    lexer->column += ((unsigned char)lexer->at[i] & 0xC0) != 0x80;
  lexer->at += length;
}

struct ets_lexeme ets_lexer_next(struct ets_lexer *lexer) {
  advance(lexer, strspn(lexer->at, blanks));
  struct ets_lexeme lexeme = {.kind = ETS_LEXEME_BAD, .text = lexer->at, .column = lexer->column};
  read_lexeme(&lexeme);
  advance(lexer, lexeme.length);
  return lexeme;
}

bool ets_lexeme_is(const struct ets_lexeme *lexeme, const char *keyword) {
  return lexeme->kind == ETS_LEXEME_WORD && ets_text_is(lexeme->text, lexeme->length, keyword);
}

char *ets_lexeme_text(const struct ets_lexeme *lexeme) {
  char *text = malloc(lexeme->length + 1);
  if (!text)
    return NULL;
  size_t length = 0;
  if (lexeme->kind == ETS_LEXEME_QUOTED) {
    for (size_t i = 1; i + 1 < lexeme->length; i++) {
      text[length++] = lexeme->text[i];
      i += lexeme->text[i] == *lexeme->text;
    }
  } else {
    memcpy(text, lexeme->text, lexeme->length);
    length = lexeme->length;
  }
  text[length] = '\0';
  return text;
}
