#include "filter_ast.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const symbols[] = {
    [ETS_EQUALS] = "=",
    [ETS_NOT_EQUALS] = "<>",
    [ETS_GREATER_THAN] = ">",
    [ETS_LESS_THAN] = "<",
    [ETS_GREATER_THAN_OR_EQUAL] = ">=",
    [ETS_LESS_THAN_OR_EQUAL] = "<=",
    [ETS_IS_NULL] = "IS NULL",
    [ETS_IS_NOT_NULL] = "IS NOT NULL",
    [ETS_BETWEEN] = "BETWEEN",
    [ETS_IN] = "IN",
    [ETS_LIKE] = "LIKE",
};

static void print_quoted(FILE *out, const char *text) {
  putc('\'', out);
  for (; *text; text++) {
    if (*text == '\'')
      putc('\'', out);
    putc(*text, out);
  }
  putc('\'', out);
}

/* Bare where it reads back as one word without a meaning of its own. */
static void print_property(FILE *out, const char *property) {
  size_t n = strlen(property);
  if (n > 0 && property[strcspn(property, " \t\r\n(),'\"=!<>")] == '\0' &&
      !ets_filter_is_reserved(property, n))
    fputs(property, out);
  else
    print_quoted(out, property);
}

static bool is_number(const char *text) {
  size_t n = strspn(text, "0123456789");
  return n > 0 && text[n] == '\0';
}

static void print_value(FILE *out, const char *text) {
  if (is_number(text))
    fputs(text, out);
  else
    print_quoted(out, text);
}

static void print_simple(FILE *out, const ets_filter *filter) {
  const char *separator = filter->op == ETS_BETWEEN ? " AND " : ", ";
  print_property(out, filter->property);
  fprintf(out, " %s", symbols[filter->op]);
  if (filter->value_count)
    fputs(filter->op == ETS_IN ? " (" : " ", out);
  for (size_t i = 0; i < filter->value_count; i++) {
    fputs(i ? separator : "", out);
    print_value(out, filter->values[i].text);
  }
  if (filter->op == ETS_IN)
    putc(')', out);
}

/* An operand of another kind stands in brackets, so that the text does not lean on precedence. */
static void print_filter(FILE *out, const ets_filter *filter) {
  if (filter->kind == ETS_FILTER_SIMPLE) {
    print_simple(out, filter);
    return;
  }
  for (size_t i = 0; i < filter->operand_count; i++) {
    bool bracketed = filter->operands[i]->kind != ETS_FILTER_SIMPLE;
    if (i)
      fputs(filter->kind == ETS_FILTER_AND ? " AND " : " OR ", out);
    if (bracketed)
      putc('(', out);
    print_filter(out, filter->operands[i]);
    if (bracketed)
      putc(')', out);
  }
}

char *ets_filter_print(const ets_filter *filter) {
  char *text = NULL;
  size_t size = 0;
  if (!filter || filter->kind == ETS_FILTER_ERROR)
    return NULL;
  FILE *out = open_memstream(&text, &size);
  if (!out)
    return NULL;
  print_filter(out, filter);
  bool written = !ferror(out);
  if (fclose(out) != 0 || !written) {
    free(text);
    return NULL;
  }
  return text;
}
