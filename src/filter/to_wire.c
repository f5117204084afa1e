#include "filter/to_wire.h"

#include "filter/ast.h"
#include "filter/property.h"
#include "base/text.h"

#include <etsoap/time.h>

#include <string.h>

struct context {
  ets_pool *pool;
  const char *object_type;
  int utc_offset;
};

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

static void set_values(const struct context *context, ets_object part, const ets_filter *filter,
                       enum ets_property_kind kind) {
  const char *member = kind == ETS_PROPERTY_DATE ? "DateValue" : "Value";
  char buffer[40];
  for (size_t i = 0; i < filter->value_count; i++) {
    const char *text = filter->values[i].text;
    if (kind == ETS_PROPERTY_DATE)
      text = wire_date(text, context->utc_offset, buffer, sizeof buffer);
    else if (kind == ETS_PROPERTY_BOOLEAN)
      text = wire_boolean(text);
    ets_set(context->pool, part, member, text);
  }
}

/* What a property means that nothing is known of: its values tell dates from the rest. */
static enum ets_property_kind kind_by_values(const ets_filter *filter) {
  return ets_filter_has_dates(filter) ? ETS_PROPERTY_DATE : ETS_PROPERTY_VALUE;
}

static ets_object make_simple(const struct context *context, const ets_filter *filter) {
  enum ets_property_kind kind = ets_filter_property(context->object_type, filter->property);
  if (filter->unchecked && kind == ETS_PROPERTY_MISSING)
    kind = kind_by_values(filter);
  if (filter->op == ETS_LIKE) /* compares text: its value may be a part of a date */
    kind = ETS_PROPERTY_VALUE;
  ets_object part = ets_object_new(context->pool, "SimpleFilterPart");
  ets_set(context->pool, part, "Property", filter->property);
  ets_set(context->pool, part, "SimpleOperator", ets_operator_name(filter->op));
  set_values(context, part, filter, kind);
  return part;
}

static ets_object make_operands(const struct context *context, const ets_filter *filter,
                                size_t first, size_t count);

static ets_object make_part(const struct context *context, const ets_filter *filter) {
  return filter->kind == ETS_FILTER_SIMPLE
             ? make_simple(context, filter)
             : make_operands(context, filter, 0, filter->operand_count);
}

/* So many of the operands as one part. Pairs nest to the right; very many are halved instead,
 * so that no one's stack, here or at the service, depends on how many there are. */
static ets_object make_operands(const struct context *context, const ets_filter *filter,
                                size_t first, size_t count) {
  enum { RIGHT_DEEP_MAX = 32 };
  ets_pool *pool = context->pool;
  if (count == 1)
    return make_part(context, filter->operands[first]);
  bool additional = filter->additional_operands && count > 2;
  size_t left = count > RIGHT_DEEP_MAX && !additional ? count / 2 : 1;
  size_t right = additional ? 1 : count - left;
  ets_object part = ets_object_new(pool, "ComplexFilterPart");
  ets_set_object(pool, part, "LeftOperand", make_operands(context, filter, first, left));
  ets_set(pool, part, "LogicalOperator", filter->kind == ETS_FILTER_AND ? "AND" : "OR");
  ets_set_object(pool, part, "RightOperand", make_operands(context, filter, first + left, right));
  for (size_t i = 2; additional && i < count; i++)
    ets_set_object(pool, part, "AdditionalOperands.Operand",
                   make_part(context, filter->operands[i]));
  return part;
}

ets_status ets_filter_to_wire(ets_object *part, ets_pool *pool, const ets_filter *filter,
                              const char *object_type, int utc_offset, ets_error *error) {
  *part = (ets_object){0};
  ets_status status = ets_filter_check(filter, object_type, error);
  if (status != ETS_OK)
    return status;
  const struct context context = {pool, object_type, utc_offset};
  ets_object made = make_part(&context, filter);
  status = ets_pool_status(pool);
  if (status != ETS_OK)
    return ets_error_set(error, status, "%s", ets_pool_error(pool)->message);
  *part = made;
  return ETS_OK;
}
