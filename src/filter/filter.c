#include "filter/ast.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const operator_names[] = {
    [ETS_EQUALS] = "equals",
    [ETS_NOT_EQUALS] = "notEquals",
    [ETS_GREATER_THAN] = "greaterThan",
    [ETS_LESS_THAN] = "lessThan",
    [ETS_GREATER_THAN_OR_EQUAL] = "greaterThanOrEqual",
    [ETS_LESS_THAN_OR_EQUAL] = "lessThanOrEqual",
    [ETS_IS_NULL] = "isNull",
    [ETS_IS_NOT_NULL] = "isNotNull",
    [ETS_BETWEEN] = "between",
    [ETS_IN] = "IN",
    [ETS_LIKE] = "like",
};

const char *ets_operator_name(ets_operator op) {
  return operator_names[op];
}

/* --- making and freeing ---------------------------------------------------------------------- */

static ets_filter *make(enum ets_filter_kind kind) {
  ets_filter *filter = calloc(1, sizeof *filter);
  if (filter)
    filter->kind = kind;
  return filter;
}

ets_filter *ets_filter_error_new(ets_status status, const char *format, ...) {
  char problem[512];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(problem, sizeof problem, format, arguments);
  va_end(arguments);
  if (length < 0)
    problem[0] = '\0';
  ets_filter *filter = make(ETS_FILTER_ERROR);
  if (!filter)
    return NULL;
  filter->failed = status;
  filter->problem = strdup(problem);
  if (!filter->problem) {
    free(filter);
    return NULL;
  }
  return filter;
}

void ets_filter_free(ets_filter *filter) {
  if (!filter)
    return;
  for (size_t i = 0; i < filter->value_count; i++)
    free(filter->values[i].text);
  for (size_t i = 0; i < filter->operand_count; i++)
    ets_filter_free(filter->operands[i]);
  free(filter->property);
  free(filter->values);
  free(filter->operands);
  free(filter->problem);
  free(filter);
}

/* --- simple parts ---------------------------------------------------------------------------- */

static ets_status check_text(ets_error *error, const char *what, const char *text) {
  size_t valid = ets_text_valid(text);
  if (text[valid] == '\0')
    return ETS_OK;
  return ets_error_set(error, ETS_E_USAGE,
                       "filter: %s holds 0x%02X at byte %zu, which is not UTF-8 or not a "
                       "character that XML can carry",
                       what, (unsigned)(unsigned char)text[valid], valid + 1);
}

static ets_status check_count(ets_error *error, const char *property, ets_operator op,
                              size_t count) {
  static const char *const amounts[] = {"no value", "one value", "two values"};
  if (op == ETS_IN)
    return count > 0 ? ETS_OK
                     : ets_error_set(error, ETS_E_USAGE, "filter on %s: IN takes one value or more",
                                     property);
  size_t wanted = op == ETS_BETWEEN ? 2 : op == ETS_IS_NULL || op == ETS_IS_NOT_NULL ? 0 : 1;
  if (count == wanted)
    return ETS_OK;
  return ets_error_set(error, ETS_E_USAGE, "filter on %s: %s takes %s, not %zu", property,
                       operator_names[op], amounts[wanted], count);
}

static ets_status check_simple(ets_error *error, const char *property, ets_operator op,
                               const char *const *values, size_t count) {
  if (!property || !*property)
    return ets_error_set(error, ETS_E_USAGE, "filter: the name of the property is missing");
  ets_status status = check_text(error, "a property name", property);
  if (status == ETS_OK && (unsigned)op > ETS_LIKE)
    status = ets_error_set(error, ETS_E_USAGE, "filter on %s: there is no operator %d", property,
                           (int)op);
  if (status == ETS_OK)
    status = check_count(error, property, op, count);
  for (size_t i = 0; i < count && status == ETS_OK; i++)
    status = values[i] ? check_text(error, "a value", values[i])
                       : ets_error_set(error, ETS_E_USAGE, "filter on %s: value %zu of %s is NULL",
                                       property, i + 1, operator_names[op]);
  return status;
}

ets_filter *ets_filter_simple(const char *property, ets_operator op, const char *const *values,
                              size_t count) {
  ets_error error;
  ets_status status = check_simple(&error, property, op, values, count);
  if (status != ETS_OK)
    return ets_filter_error_new(status, "%s", error.message);
  ets_filter *filter = make(ETS_FILTER_SIMPLE);
  if (!filter)
    return NULL;
  filter->op = op == ETS_IN && count == 1 ? ETS_EQUALS : op;
  filter->property = strdup(property);
  filter->values = count ? calloc(count, sizeof *filter->values) : NULL;
  bool made = filter->property && (filter->values || !count);
  for (size_t i = 0; made && i < count; i++) {
    filter->values[i].text = strdup(values[i]);
    filter->value_count++;
    made = filter->values[i].text != NULL;
  }
  if (made)
    return filter;
  ets_filter_free(filter);
  return NULL;
}

ets_filter *ets_filter_equals(const char *property, const char *value) {
  return ets_filter_simple(property, ETS_EQUALS, &value, 1);
}

ets_filter *ets_filter_equals_integer(const char *property, int64_t value) {
  char text[24];
  snprintf(text, sizeof text, "%" PRId64, value);
  return ets_filter_equals(property, text);
}

ets_filter *ets_filter_between(const char *property, const char *low, const char *high) {
  const char *const values[] = {low, high};
  return ets_filter_simple(property, ETS_BETWEEN, values, 2);
}

ets_filter *ets_filter_in(const char *property, const char *const *values, size_t count) {
  return ets_filter_simple(property, ETS_IN, values, count);
}

/* --- AND and OR ------------------------------------------------------------------------------ */

static bool reserve(ets_filter *filter, size_t more) {
  size_t wanted = filter->operand_count + more;
  if (wanted <= filter->operand_capacity)
    return true;
  size_t capacity = filter->operand_capacity * 2;
  if (capacity < wanted)
    capacity = wanted;
  ets_filter **operands = realloc(filter->operands, capacity * sizeof(ets_filter *));
  if (!operands)
    return false;
  filter->operands = operands;
  filter->operand_capacity = capacity;
  return true;
}

/* Takes `operand` over, its operands if it is of the same kind. */
static bool append(ets_filter *filter, ets_filter *operand) {
  bool merge = operand->kind == filter->kind;
  if (!reserve(filter, merge ? operand->operand_count : 1))
    return false;
  if (!merge) {
    filter->operands[filter->operand_count++] = operand;
    if (filter->depth < operand->depth + 1)
      filter->depth = operand->depth + 1;
    return true;
  }
  memcpy(filter->operands + filter->operand_count, operand->operands,
         operand->operand_count * sizeof(ets_filter *));
  filter->operand_count += operand->operand_count;
  filter->additional_operands |= operand->additional_operands;
  if (filter->depth < operand->depth)
    filter->depth = operand->depth;
  operand->operand_count = 0;
  ets_filter_free(operand);
  return true;
}

static void free_all(ets_filter *const *filters, size_t count) {
  for (size_t i = 0; i < count; i++)
    ets_filter_free(filters[i]);
}

/* Takes the operands over when one of them is missing or an error: *result is what is left. */
static bool combine_errors(ets_filter **result, ets_filter *const *operands, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (operands[i] && operands[i]->kind != ETS_FILTER_ERROR)
      continue;
    *result = operands[i];
    free_all(operands, i);
    free_all(operands + i + 1, count - i - 1);
    if (!*result)
      *result = ets_filter_error_new(
          ETS_E_NOMEM, "filter: operand %zu is NULL; its builder ran out of memory", i + 1);
    return true;
  }
  return false;
}

static ets_filter *combine(enum ets_filter_kind kind, ets_filter *const *operands, size_t count) {
  ets_filter *result;
  if (count == 0)
    return ets_filter_error_new(ETS_E_USAGE, "filter: %s of no operands; it takes one or more",
                                kind == ETS_FILTER_AND ? "AND" : "OR");
  if (combine_errors(&result, operands, count))
    return result;
  if (count == 1)
    return operands[0];
  size_t taken = operands[0]->kind == kind; /* growing it in place keeps long loops linear */
  result = taken ? operands[0] : make(kind);
  while (result && taken < count && append(result, operands[taken]))
    taken++;
  if (taken < count) {
    ets_filter_free(result);
    free_all(operands + taken, count - taken);
    return NULL;
  }
  if (result->depth > ETS_FILTER_DEPTH_MAX) {
    ets_filter_free(result);
    return ets_filter_error_new(ETS_E_USAGE,
                                "filter: AND and OR nest more than %d levels deep; a shallower "
                                "filter, or IN, says the same",
                                ETS_FILTER_DEPTH_MAX);
  }
  return result;
}

ets_filter *ets_filter_and(ets_filter *left, ets_filter *right) {
  ets_filter *const operands[] = {left, right};
  return combine(ETS_FILTER_AND, operands, 2);
}

ets_filter *ets_filter_and_all(ets_filter *const *operands, size_t count) {
  return combine(ETS_FILTER_AND, operands, count);
}

ets_filter *ets_filter_or(ets_filter *left, ets_filter *right) {
  ets_filter *const operands[] = {left, right};
  return combine(ETS_FILTER_OR, operands, 2);
}

ets_filter *ets_filter_or_all(ets_filter *const *operands, size_t count) {
  return combine(ETS_FILTER_OR, operands, count);
}

void ets_filter_use_additional_operands(ets_filter *filter, bool on) {
  if (!filter)
    return;
  filter->additional_operands = on;
  for (size_t i = 0; i < filter->operand_count; i++)
    ets_filter_use_additional_operands(filter->operands[i], on);
}

void ets_filter_leave_unchecked(ets_filter *filter, bool on) {
  if (!filter)
    return;
  filter->unchecked = on;
  for (size_t i = 0; i < filter->operand_count; i++)
    ets_filter_leave_unchecked(filter->operands[i], on);
}

/* --- copies and comparison ------------------------------------------------------------------- */

static bool copy_members(ets_filter *copy, const ets_filter *filter) {
  copy->op = filter->op;
  copy->column = filter->column;
  copy->depth = filter->depth;
  copy->additional_operands = filter->additional_operands;
  copy->unchecked = filter->unchecked;
  copy->failed = filter->failed;
  if ((filter->property && !(copy->property = strdup(filter->property))) ||
      (filter->problem && !(copy->problem = strdup(filter->problem))) ||
      (filter->value_count &&
       !(copy->values = calloc(filter->value_count, sizeof *copy->values))) ||
      !reserve(copy, filter->operand_count))
    return false;
  for (size_t i = 0; i < filter->value_count; i++) {
    copy->values[i] =
        (struct ets_filter_value){strdup(filter->values[i].text), filter->values[i].column};
    copy->value_count++;
    if (!copy->values[i].text)
      return false;
  }
  for (size_t i = 0; i < filter->operand_count; i++) {
    ets_filter *operand = ets_filter_copy(filter->operands[i]);
    if (!operand)
      return false;
    copy->operands[copy->operand_count++] = operand;
  }
  return true;
}

ets_filter *ets_filter_copy(const ets_filter *filter) {
  ets_filter *copy = filter ? make(filter->kind) : NULL;
  if (copy && copy_members(copy, filter))
    return copy;
  ets_filter_free(copy);
  return NULL;
}

bool ets_filter_equal(const ets_filter *a, const ets_filter *b) {
  if (a->kind != b->kind || a->value_count != b->value_count ||
      a->operand_count != b->operand_count)
    return false;
  if (a->kind == ETS_FILTER_ERROR)
    return strcmp(a->problem, b->problem) == 0;
  if (a->kind == ETS_FILTER_SIMPLE && (a->op != b->op || strcmp(a->property, b->property) != 0))
    return false;
  for (size_t i = 0; i < a->value_count; i++)
    if (strcmp(a->values[i].text, b->values[i].text) != 0)
      return false;
  for (size_t i = 0; i < a->operand_count; i++)
    if (!ets_filter_equal(a->operands[i], b->operands[i]))
      return false;
  return true;
}
