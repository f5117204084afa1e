#include "shape.h"

#include <stdio.h>

static void put(struct shape *shape, const char *format, const char *text) {
  shape->length += (size_t)snprintf(shape->text + shape->length, sizeof shape->text - shape->length,
                                    format, text);
  if (shape->length >= sizeof shape->text)
    shape->length = sizeof shape->text - 1;
}

static void put_values(struct shape *shape, ets_object part, const char *name, const char *format) {
  size_t count = ets_get(part, name).count;
  for (size_t i = 0; i < count; i++)
    put(shape, format, ets_get_item(part, name, i).text);
}

void shape_of_part(struct shape *shape, ets_object part) {
  if (ets_object_is(part, "SimpleFilterPart")) {
    put(shape, "%s ", ets_get_text(part, "Property"));
    put(shape, "%s", ets_get_text(part, "SimpleOperator"));
    put_values(shape, part, "Value", " '%s'");
    put_values(shape, part, "DateValue", " <%s>");
    return;
  }
  if (!ets_object_is(part, "ComplexFilterPart")) {
    put(shape, "%s", "(no part of a filter)");
    return;
  }
  if (++shape->depth > shape->deepest)
    shape->deepest = shape->depth;
  put(shape, "%s", "[");
  shape_of_part(shape, ets_get_object(part, "LeftOperand", 0));
  put(shape, " %s ", ets_get_text(part, "LogicalOperator"));
  shape_of_part(shape, ets_get_object(part, "RightOperand", 0));
  for (size_t i = 0; i < ets_get(part, "AdditionalOperands.Operand").count; i++) {
    put(shape, "%s", " +");
    shape_of_part(shape, ets_get_object(part, "AdditionalOperands.Operand", i));
  }
  put(shape, "%s", "]");
  shape->depth--;
}
