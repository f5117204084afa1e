/* Filters back to text. Twice over the tree: once to measure, once to write. */
#include "filter/ast.h"

#include <stdlib.h>
#include <string.h>

struct out {
  char *text; /* NULL: only measure */
  size_t length;
};

static void put(struct out *out, const char *text, size_t n) {
  if (out->text)
    memcpy(out->text + out->length, text, n);
  out->length += n;
}

static void put_string(struct out *out, const char *text) {
  put(out, text, strlen(text));
}

static void put_quoted(struct out *out, const char *text, char quote) {
  put(out, &quote, 1);
  for (; *text; text++) {
    if (*text == quote)
      put(out, &quote, 1);
    put(out, text, 1);
  }
  put(out, &quote, 1);
}

static bool is_name(const char *text) {
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
  static const char rest[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.0123456789";
  size_t length = strlen(text);
  return strspn(text, letters) > 0 && strspn(text, rest) == length &&
         !ets_filter_is_reserved(text, length);
}

static bool is_number(const char *text) {
  text += *text == '-';
  return *text && text[strspn(text, "0123456789")] == '\0';
}

static void put_property(struct out *out, const char *property) {
  if (is_name(property))
    put_string(out, property);
  else
    put_quoted(out, property, '"');
}

static void put_value(struct out *out, const struct ets_filter_value *value) {
  if (is_number(value->text))
    put_string(out, value->text);
  else
    put_quoted(out, value->text, '\'');
}

static void put_simple(struct out *out, const ets_filter *filter) {
  static const char *const signs[] = {
      [ETS_EQUALS] = " = ",
      [ETS_NOT_EQUALS] = " != ",
      [ETS_GREATER_THAN] = " > ",
      [ETS_LESS_THAN] = " < ",
      [ETS_GREATER_THAN_OR_EQUAL] = " >= ",
      [ETS_LESS_THAN_OR_EQUAL] = " <= ",
      [ETS_IS_NULL] = " IS NULL",
      [ETS_IS_NOT_NULL] = " IS NOT NULL",
      [ETS_BETWEEN] = " BETWEEN ",
      [ETS_IN] = " IN (",
      [ETS_LIKE] = " LIKE ",
  };
  put_property(out, filter->property);
  put_string(out, signs[filter->op]);
  for (size_t i = 0; i < filter->value_count; i++) {
    if (i > 0)
      put_string(out, filter->op == ETS_BETWEEN ? " AND " : ", ");
    put_value(out, &filter->values[i]);
  }
  if (filter->op == ETS_IN)
    put_string(out, ")");
}

/* An operand of the other kind stands in brackets, so that the text does not lean on precedence. */
static void put_filter(struct out *out, const ets_filter *filter) {
  if (filter->kind == ETS_FILTER_SIMPLE) {
    put_simple(out, filter);
    return;
  }
  for (size_t i = 0; i < filter->operand_count; i++) {
    const ets_filter *operand = filter->operands[i];
    bool brackets = operand->kind != ETS_FILTER_SIMPLE;
    if (i > 0)
      put_string(out, filter->kind == ETS_FILTER_AND ? " AND " : " OR ");
    if (brackets)
      put_string(out, "(");
    put_filter(out, operand);
    if (brackets)
      put_string(out, ")");
  }
}

char *ets_filter_print(const ets_filter *filter) {
  if (!filter || filter->kind == ETS_FILTER_ERROR)
    return NULL;
  struct out out = {NULL, 0};
  put_filter(&out, filter);
  out.text = malloc(out.length + 1);
  if (!out.text)
    return NULL;
  out.length = 0;
  put_filter(&out, filter);
  out.text[out.length] = '\0';
  return out.text;
}
