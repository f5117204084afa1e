#include "query/match.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Texts compare without regard to ASCII case, as the service's database does. */
static int compare_text(const struct value *value, const struct filter_value *with) {
  size_t size = value->size < with->size ? value->size : with->size;
  int order = size ? strncasecmp(value->text, with->text, size) : 0;
  if (order)
    return order;
  return value->size < with->size ? -1 : value->size > with->size;
}

static int compare(const struct value *value, const struct filter_value *with) {
  if (value->kind == VALUE_TEXT)
    return compare_text(value, with);
  return value->number < with->number ? -1 : value->number > with->number;
}

static bool contains(const struct value *value, const struct filter_value *part) {
  for (size_t at = 0; at + part->size <= value->size; at++)
    if (strncasecmp(value->text + at, part->text, part->size) == 0)
      return true;
  return false;
}

static int compare_with(const void *value, const void *with) {
  return compare(value, with);
}

static int by_text(const void *one, const void *other) {
  const struct filter_value *text = one;
  return compare_text(&(struct value){VALUE_TEXT, 0, text->text, text->size}, other);
}

static int by_number(const void *one, const void *other) {
  const struct filter_value *first = one, *second = other;
  return first->number < second->number ? -1 : first->number > second->number;
}

void filter_sort(struct filter *filter) {
  qsort(filter->values, filter->value_count, sizeof *filter->values,
        filter->property->kind == VALUE_TEXT ? by_text : by_number);
}

/* What is no number in a column of numbers, say, is none of theirs. */
static bool is_one_of(const struct filter *filter, const struct value *value) {
  bool text = filter->property->kind == VALUE_TEXT;
  return text == (value->kind == VALUE_TEXT) &&
         bsearch(value, filter->values, filter->value_count, sizeof *filter->values, compare_with);
}

/* A row without the value fulfils no comparison, not even notEquals: as in SQL. */
static bool test(const struct filter *filter, const struct value *value) {
  bool there = value->kind != VALUE_ABSENT && value->kind != VALUE_NIL;
  if (filter->op == FILTER_NULL || filter->op == FILTER_NOT_NULL)
    return there == (filter->op == FILTER_NOT_NULL);
  if (!there)
    return false;
  const struct filter_value *values = filter->values;
  switch (filter->op) {
  case FILTER_EQUALS:
    return compare(value, values) == 0;
  case FILTER_NOT_EQUALS:
    return compare(value, values) != 0;
  case FILTER_LESS:
    return compare(value, values) < 0;
  case FILTER_LESS_OR_EQUAL:
    return compare(value, values) <= 0;
  case FILTER_GREATER:
    return compare(value, values) > 0;
  case FILTER_GREATER_OR_EQUAL:
    return compare(value, values) >= 0;
  case FILTER_BETWEEN:
    return compare(value, values) >= 0 && compare(value, values + 1) <= 0;
  case FILTER_IN:
    return is_one_of(filter, value);
  case FILTER_LIKE:
    return contains(value, values);
  default:
    return false;
  }
}

bool filter_matches(const struct filter *filter, struct world *world, struct row *row) {
  if (!filter)
    return true;
  if (filter->op == FILTER_AND || filter->op == FILTER_OR) {
    bool decisive = filter->op == FILTER_OR;
    for (size_t i = 0; i < filter->part_count; i++)
      if (filter_matches(filter->parts[i], world, row) == decisive)
        return decisive;
    return !decisive;
  }
  struct value value;
  row_get(world, row, filter->property, &value);
  return test(filter, &value);
}
