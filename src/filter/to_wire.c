#include "filter/to_wire.h"

#include "filter/ast.h"
#include "filter/property.h"
#include "base/text.h"

#include <etsoap/time.h>

#include <string.h>

struct context {
  struct soap *soap;
  const char *object_type;
  int utc_offset;
};

static const enum et__SimpleOperators wire_operators[] = {
    [ETS_EQUALS] = et__SimpleOperators__equals,
    [ETS_NOT_EQUALS] = et__SimpleOperators__notEquals,
    [ETS_GREATER_THAN] = et__SimpleOperators__greaterThan,
    [ETS_LESS_THAN] = et__SimpleOperators__lessThan,
    [ETS_GREATER_THAN_OR_EQUAL] = et__SimpleOperators__greaterThanOrEqual,
    [ETS_LESS_THAN_OR_EQUAL] = et__SimpleOperators__lessThanOrEqual,
    [ETS_IS_NULL] = et__SimpleOperators__isNull,
    [ETS_IS_NOT_NULL] = et__SimpleOperators__isNotNull,
    [ETS_BETWEEN] = et__SimpleOperators__between,
    [ETS_IN] = et__SimpleOperators__IN,
    [ETS_LIKE] = et__SimpleOperators__like,
};

static void *make(const struct context *context, size_t size) {
  void *memory = soap_malloc(context->soap, size);
  return memory ? memset(memory, 0, size) : NULL;
}

static const char *wire_date(const char *text, int utc_offset, char *buffer, size_t size) {
  ets_time time;
  if (ets_time_parse(&time, text, utc_offset) != ETS_OK)
    return text; /* only an offset out of range gets here: the check has read the date */
  ets_time_format_wire(time, buffer, size);
  return buffer;
}

/* The service is not known to read 1 and 0, which XML Schema allows. */
static const char *wire_boolean(const char *text) {
  size_t n = strlen(text);
  return ets_text_is(text, n, "true") || ets_text_is(text, n, "1")    ? "true"
         : ets_text_is(text, n, "false") || ets_text_is(text, n, "0") ? "false"
                                                                      : text;
}

static char **make_values(const struct context *context, const ets_filter *filter,
                          enum ets_property_kind kind) {
  char buffer[40];
  char **values = make(context, (filter->value_count + 1) * sizeof *values);
  for (size_t i = 0; values && i < filter->value_count; i++) {
    const char *text = filter->values[i].text;
    if (kind == ETS_PROPERTY_DATE)
      text = wire_date(text, context->utc_offset, buffer, sizeof buffer);
    else if (kind == ETS_PROPERTY_BOOLEAN)
      text = wire_boolean(text);
    values[i] = soap_strdup(context->soap, text);
    if (!values[i])
      return NULL;
  }
  return values;
}

/* What a property means that nothing is known of: its values tell dates from the rest. */
static enum ets_property_kind kind_by_values(const ets_filter *filter) {
  ets_time time;
  for (size_t i = 0; i < filter->value_count; i++)
    if (ets_time_parse(&time, filter->values[i].text, 0) != ETS_OK)
      return ETS_PROPERTY_VALUE;
  return filter->value_count > 0 ? ETS_PROPERTY_DATE : ETS_PROPERTY_VALUE;
}

static struct et__FilterPart *make_simple(const struct context *context, const ets_filter *filter) {
  enum ets_property_kind kind = ets_filter_property(context->object_type, filter->property);
  if (filter->unchecked && kind == ETS_PROPERTY_MISSING)
    kind = kind_by_values(filter);
  if (filter->op == ETS_LIKE) /* compares text: its value may be a part of a date */
    kind = ETS_PROPERTY_VALUE;
  struct et__FilterPart *part = make(context, sizeof *part);
  struct et__SimpleFilterPart *simple = make(context, sizeof *simple);
  char **values = make_values(context, filter, kind);
  if (!part || !simple || !values)
    return NULL;
  part->et__SimpleFilterPart = simple;
  simple->Property = soap_strdup(context->soap, filter->property);
  simple->SimpleOperator = wire_operators[filter->op];
  if (kind == ETS_PROPERTY_DATE) {
    simple->__sizeDateValue = (int)filter->value_count;
    simple->DateValue = values;
  } else {
    simple->__sizeValue = (int)filter->value_count;
    simple->Value = values;
  }
  return simple->Property ? part : NULL;
}

static struct et__FilterPart *make_operands(const struct context *context, const ets_filter *filter,
                                            size_t first, size_t count);

static struct et__FilterPart *make_part(const struct context *context, const ets_filter *filter) {
  return filter->kind == ETS_FILTER_SIMPLE
             ? make_simple(context, filter)
             : make_operands(context, filter, 0, filter->operand_count);
}

/* The third operand and the ones behind it. */
static bool make_additional(const struct context *context, const ets_filter *filter,
                            struct et__ComplexFilterPart *complex) {
  size_t count = filter->operand_count - 2;
  complex->AdditionalOperands = make(context, sizeof *complex->AdditionalOperands);
  struct et__FilterPart *parts = make(context, count * sizeof *parts);
  if (!complex->AdditionalOperands || !parts)
    return false;
  complex->AdditionalOperands->__sizeOperand = (int)count;
  complex->AdditionalOperands->Operand = parts;
  for (size_t i = 0; i < count; i++) {
    struct et__FilterPart *part = make_part(context, filter->operands[i + 2]);
    if (!part)
      return false;
    parts[i] = *part;
  }
  return true;
}

/* So many of the operands as one part. Pairs nest to the right; very many are halved instead,
 * so that no one's stack, here or at the service, depends on how many there are. */
static struct et__FilterPart *make_operands(const struct context *context, const ets_filter *filter,
                                            size_t first, size_t count) {
  enum { RIGHT_DEEP_MAX = 32 };
  if (count == 1)
    return make_part(context, filter->operands[first]);
  struct et__FilterPart *part = make(context, sizeof *part);
  struct et__ComplexFilterPart *complex = make(context, sizeof *complex);
  bool additional = filter->additional_operands && count > 2;
  size_t left = count > RIGHT_DEEP_MAX && !additional ? count / 2 : 1;
  size_t right = additional ? 1 : count - left;
  if (!part || !complex)
    return NULL;
  part->et__ComplexFilterPart = complex;
  complex->LogicalOperator =
      filter->kind == ETS_FILTER_AND ? et__LogicalOperators__AND : et__LogicalOperators__OR;
  complex->LeftOperand = make_operands(context, filter, first, left);
  complex->RightOperand = make_operands(context, filter, first + left, right);
  if (!complex->LeftOperand || !complex->RightOperand ||
      (additional && !make_additional(context, filter, complex)))
    return NULL;
  return part;
}

ets_status ets_filter_to_wire(struct et__FilterPart **part, struct soap *soap,
                              const ets_filter *filter, const char *object_type, int utc_offset,
                              ets_error *error) {
  *part = NULL;
  ets_status status = ets_filter_check(filter, object_type, error);
  if (status != ETS_OK)
    return status;
  struct context context = {soap, object_type, utc_offset};
  *part = make_part(&context, filter);
  return *part ? ETS_OK : ets_error_set(error, ETS_E_NOMEM, "out of memory");
}
