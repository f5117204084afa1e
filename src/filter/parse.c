/* The text form of filters, by recursive descent. The grammar is in docs/filters.md. */
#include "filter/ast.h"
#include "filter/lex.h"
#include "base/suggest.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct parser {
  struct ets_lexer lexer;
  struct ets_lexeme lexeme; /* the one to look at */
  unsigned depth;           /* of brackets and NOT */
  ets_status failed;
  ets_error *error;
};

static const char *const operator_words[] = {
    "=",      "!=",        "<",           "<=",
    ">",      ">=",        "BETWEEN",     "IN",
    "LIKE",   "IS NULL",   "NOT IN",      "NOT BETWEEN",
    "equals", "notEquals", "lessThan",    "lessThanOrEqual",
    "isNull", "isNotNull", "greaterThan", "greaterThanOrEqual",
    NULL};

static const char *const junction_words[] = {"AND", "OR", NULL};

/* Spelled as the contract has them; a Retrieve refuses them. */
static const char *const data_filter_words[] = {"existsInString",     "existsInStringAsAWord",
                                                "notExistsInString",  "beginsWith",
                                                "endsWith",           "contains",
                                                "notContains",        "isAnniversary",
                                                "isNotAnniversary",   "greaterThanAnniversary",
                                                "lessThanAnniversary"};

/* Habits from other languages. */
static const struct {
  const char *written, *meant;
} foreign_words[] = {{"&&", "AND"}, {"&", "AND"}, {"||", "OR"}, {"|", "OR"}, {"~", "LIKE"}};

static ets_filter *parse_or(struct parser *parser);

/* --- errors ---------------------------------------------------------------------------------- */

static const char *suggestion_for(const struct ets_lexeme *lexeme, const char *const *words) {
  struct ets_suggestion suggestion = ets_suggest(lexeme->text, lexeme->length);
  if (lexeme->kind != ETS_LEXEME_WORD || !words)
    return NULL;
  for (size_t i = 0; i < sizeof foreign_words / sizeof *foreign_words; i++)
    if (ets_text_is(lexeme->text, lexeme->length, foreign_words[i].written))
      return foreign_words[i].meant;
  for (; *words; words++)
    ets_suggest_from(&suggestion, *words);
  return suggestion.best;
}

static ets_filter *no_memory(struct parser *parser) {
  if (!parser->failed)
    parser->failed = ets_error_set(parser->error, ETS_E_NOMEM, "out of memory");
  return NULL;
}

/* Says what was found where `expected` should be; `words` are what it may have been meant as. */
static ets_filter *unexpected(struct parser *parser, const char *expected,
                              const char *const *words) {
  const struct ets_lexeme *lexeme = &parser->lexeme;
  unsigned column = lexeme->column;
  size_t shown = ets_text_cut(lexeme->text, lexeme->length, 40);
  const char *more = shown < lexeme->length ? "..." : "";
  const char *meant = suggestion_for(lexeme, words);
  if (lexeme->kind == ETS_LEXEME_UNCLOSED)
    parser->failed = ets_error_set(parser->error, ETS_E_USAGE,
                                   "filter, column %u: the quote %c does not end; double it where "
                                   "it is part of the text",
                                   column, *lexeme->text);
  else if (lexeme->kind == ETS_LEXEME_END)
    parser->failed = ets_error_set(parser->error, ETS_E_USAGE,
                                   "filter, column %u: found the end of the text, expected %s",
                                   column, expected);
  else if (meant)
    parser->failed = ets_error_set(parser->error, ETS_E_USAGE,
                                   "filter, column %u: found %.*s%s, expected %s; did you mean %s?",
                                   column, (int)shown, lexeme->text, more, expected, meant);
  else
    parser->failed =
        ets_error_set(parser->error, ETS_E_USAGE, "filter, column %u: found %.*s%s, expected %s",
                      column, (int)shown, lexeme->text, more, expected);
  return NULL;
}

/* --- lexemes --------------------------------------------------------------------------------- */

static void step(struct parser *parser) {
  parser->lexeme = ets_lexer_next(&parser->lexer);
}

static bool accept_word(struct parser *parser, const char *keyword) {
  if (!ets_lexeme_is(&parser->lexeme, keyword))
    return false;
  step(parser);
  return true;
}

static bool expect(struct parser *parser, enum ets_lexeme_kind kind, const char *expected) {
  if (parser->lexeme.kind != kind) {
    unexpected(parser, expected, NULL);
    return false;
  }
  step(parser);
  return true;
}

/* A property or a value: a bare word that means nothing else, or quoted text. */
static bool is_operand(const struct ets_lexeme *lexeme) {
  return lexeme->kind == ETS_LEXEME_QUOTED ||
         (lexeme->kind == ETS_LEXEME_WORD && !ets_filter_is_reserved(lexeme->text, lexeme->length));
}

/* --- conditions ------------------------------------------------------------------------------ */

/* A condition as it is read; the strings are its own. */
struct condition {
  char *property;
  uint32_t column;
  char **values;
  uint32_t *columns;
  size_t count, capacity;
};

static bool grow(struct condition *condition) {
  size_t capacity = condition->capacity ? condition->capacity * 2 : 4;
  char **values = realloc(condition->values, capacity * sizeof(char *));
  if (!values)
    return false;
  condition->values = values;
  uint32_t *columns = realloc(condition->columns, capacity * sizeof(uint32_t));
  if (!columns)
    return false;
  condition->columns = columns;
  condition->capacity = capacity;
  return true;
}

static bool take_value(struct parser *parser, struct condition *condition) {
  if (!is_operand(&parser->lexeme)) {
    unexpected(parser,
               ets_lexeme_is(&parser->lexeme, "NULL")
                   ? "a value; IS NULL and IS NOT NULL test for none"
                   : "a value, in quotes if it holds blanks or signs",
               NULL);
    return false;
  }
  char *text = NULL;
  if ((condition->count == condition->capacity && !grow(condition)) ||
      !(text = ets_lexeme_text(&parser->lexeme))) {
    no_memory(parser);
    return false;
  }
  condition->columns[condition->count] = parser->lexeme.column;
  condition->values[condition->count++] = text;
  step(parser);
  return true;
}

static bool take_list(struct parser *parser, struct condition *condition) {
  if (!expect(parser, ETS_LEXEME_OPEN, "( and the values of IN"))
    return false;
  do {
    if (!take_value(parser, condition))
      return false;
    if (parser->lexeme.kind == ETS_LEXEME_CLOSE)
      break;
  } while (expect(parser, ETS_LEXEME_COMMA, ", or ) in the values of IN"));
  return !parser->failed && expect(parser, ETS_LEXEME_CLOSE, ")");
}

static bool take_between(struct parser *parser, struct condition *condition) {
  if (!take_value(parser, condition))
    return false;
  if (!accept_word(parser, "AND")) {
    unexpected(parser, "AND and the upper end of BETWEEN", junction_words);
    return false;
  }
  return take_value(parser, condition);
}

static bool take_values(struct parser *parser, ets_operator op, struct condition *condition) {
  switch (op) {
  case ETS_IS_NULL:
  case ETS_IS_NOT_NULL:
    return true;
  case ETS_BETWEEN:
    return take_between(parser, condition);
  case ETS_IN:
    return take_list(parser, condition);
  default:
    return take_value(parser, condition);
  }
}

static bool take_null(struct parser *parser, ets_operator *op) {
  *op = accept_word(parser, "NOT") ? ETS_IS_NOT_NULL : ETS_IS_NULL;
  if (accept_word(parser, "NULL"))
    return true;
  unexpected(parser, *op == ETS_IS_NULL ? "NULL or NOT NULL" : "NULL", NULL);
  return false;
}

static bool refuse_operator(struct parser *parser) {
  const struct ets_lexeme *lexeme = &parser->lexeme;
  for (size_t i = 0; i < sizeof data_filter_words / sizeof *data_filter_words; i++)
    if (ets_lexeme_is(lexeme, data_filter_words[i])) {
      parser->failed = ets_error_set(
          parser->error, ETS_E_USAGE,
          "filter, column %u: %s is for the DataFilter of a FilterDefinition only; a Retrieve "
          "takes LIKE for parts of a text and BETWEEN for dates",
          (unsigned)lexeme->column, data_filter_words[i]);
      return false;
    }
  unexpected(parser, "an operator such as =, !=, <, >=, BETWEEN, IN, LIKE or IS NULL",
             operator_words);
  return false;
}

/* Reads an operator; *negated when NOT stands before BETWEEN, IN or LIKE. */
static bool take_operator(struct parser *parser, ets_operator *op, bool *negated) {
  *negated = accept_word(parser, "NOT");
  if (!*negated) {
    if (parser->lexeme.kind == ETS_LEXEME_COMPARE) {
      *op = parser->lexeme.op;
      step(parser);
      return true;
    }
    if (accept_word(parser, "IS"))
      return take_null(parser, op);
  }
  for (int i = ETS_EQUALS; i <= ETS_LIKE; i++) {
    *op = (ets_operator)i;
    bool negatable = *op == ETS_BETWEEN || *op == ETS_IN || *op == ETS_LIKE;
    if ((!*negated || negatable) && accept_word(parser, ets_operator_name(*op)))
      return true;
  }
  if (!*negated)
    return refuse_operator(parser);
  unexpected(parser, "BETWEEN, IN or LIKE after NOT",
             (const char *const[]){"BETWEEN", "IN", "LIKE", NULL});
  return false;
}

static ets_filter *make_condition(struct parser *parser, ets_operator op, bool negated,
                                  const struct condition *condition) {
  ets_filter *filter = ets_filter_simple(condition->property, op,
                                         (const char *const *)condition->values, condition->count);
  if (filter && filter->kind == ETS_FILTER_SIMPLE) {
    filter->column = condition->column;
    for (size_t i = 0; i < filter->value_count; i++)
      filter->values[i].column = condition->columns[i];
  }
  if (negated)
    filter = ets_filter_negate(filter);
  return filter ? filter : no_memory(parser);
}

static ets_filter *parse_condition(struct parser *parser) {
  ets_filter *filter = NULL;
  ets_operator op;
  bool negated;
  struct condition condition = {.column = parser->lexeme.column};
  if (!is_operand(&parser->lexeme))
    return unexpected(parser, "a property, NOT or (", NULL);
  condition.property = ets_lexeme_text(&parser->lexeme);
  if (!condition.property)
    return no_memory(parser);
  step(parser);
  if (take_operator(parser, &op, &negated) && take_values(parser, op, &condition))
    filter = make_condition(parser, op, negated, &condition);
  for (size_t i = 0; i < condition.count; i++)
    free(condition.values[i]);
  free(condition.values);
  free(condition.columns);
  free(condition.property);
  return filter;
}

/* --- NOT, AND, OR ---------------------------------------------------------------------------- */

static ets_filter *parse_inner(struct parser *parser) {
  if (parser->lexeme.kind != ETS_LEXEME_OPEN)
    return parse_condition(parser);
  step(parser);
  ets_filter *filter = parse_or(parser);
  if (!filter || expect(parser, ETS_LEXEME_CLOSE, ") or AND or OR"))
    return filter;
  ets_filter_free(filter);
  return NULL;
}

static ets_filter *parse_not(struct parser *parser) {
  ets_filter *filter;
  if (parser->depth > ETS_FILTER_DEPTH_MAX) {
    parser->failed = ets_error_set(parser->error, ETS_E_USAGE,
                                   "filter, column %u: brackets and NOT nest more than %d deep",
                                   (unsigned)parser->lexeme.column, ETS_FILTER_DEPTH_MAX);
    return NULL;
  }
  parser->depth++;
  if (accept_word(parser, "NOT")) {
    filter = parse_not(parser);
    if (filter && !(filter = ets_filter_negate(filter)))
      no_memory(parser);
  } else {
    filter = parse_inner(parser);
  }
  parser->depth--;
  return filter;
}

/* One level of AND or of OR: `next` over and over with `keyword` between. */
static ets_filter *parse_level(struct parser *parser, ets_filter *(*next)(struct parser *),
                               const char *keyword,
                               ets_filter *(*combine)(ets_filter *, ets_filter *)) {
  ets_filter *filter = next(parser);
  while (filter && accept_word(parser, keyword)) {
    ets_filter *right = next(parser);
    if (!right) {
      ets_filter_free(filter);
      return NULL;
    }
    filter = combine(filter, right);
    if (!filter)
      no_memory(parser);
  }
  return filter;
}

static ets_filter *parse_and(struct parser *parser) {
  return parse_level(parser, parse_not, "AND", ets_filter_and);
}

static ets_filter *parse_or(struct parser *parser) {
  return parse_level(parser, parse_and, "OR", ets_filter_or);
}

/* --- the whole ------------------------------------------------------------------------------- */

static ets_status check_characters(const char *text, ets_error *error) {
  size_t valid = ets_text_valid(text);
  if (text[valid] == '\0')
    return ETS_OK;
  return ets_error_set(error, ETS_E_USAGE,
                       "filter, byte %zu: 0x%02X is not UTF-8, or not a character that XML can "
                       "carry",
                       valid + 1, (unsigned)(unsigned char)text[valid]);
}

ets_status ets_filter_parse(ets_filter **filter, const char *text, ets_error *error) {
  *filter = NULL;
  if (!text)
    return ets_error_set(error, ETS_E_USAGE, "filter: the text is NULL");
  ets_status status = check_characters(text, error);
  if (status != ETS_OK)
    return status;
  struct parser parser = {.lexer = {text, 1}, .error = error};
  step(&parser);
  ets_filter *made = parse_or(&parser);
  if (made && parser.lexeme.kind != ETS_LEXEME_END)
    unexpected(&parser, "AND, OR or the end of the text", junction_words);
  if (made && made->kind == ETS_FILTER_ERROR && !parser.failed)
    parser.failed = ets_error_set(error, made->failed, "%s", made->problem);
  if (parser.failed) {
    ets_filter_free(made);
    return parser.failed;
  }
  *filter = made;
  return ETS_OK;
}
