#include "query/compile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/buffer.h"
#include "ground/date.h"
#include "ground/word.h"
#include "kinds/filter.h"
#include "query/match.h"

#include "etH.h"

enum { DEPTH_LIMIT = 64 };

struct compiler {
  const struct kind *kind;
  struct buffer *error;
};

struct operation {
  const char *name;
  enum filter_op op;
  size_t least, most; /* values it takes */
};

/* NULL for what only a DataFilter takes. */
static const struct operation *operator_of(const char *name) {
  static const struct operation operators[] = {
      {"equals", FILTER_EQUALS, 1, 1},
      {"notEquals", FILTER_NOT_EQUALS, 1, 1},
      {"greaterThan", FILTER_GREATER, 1, 1},
      {"lessThan", FILTER_LESS, 1, 1},
      {"isNull", FILTER_NULL, 0, SIZE_MAX},
      {"isNotNull", FILTER_NOT_NULL, 0, SIZE_MAX},
      {"greaterThanOrEqual", FILTER_GREATER_OR_EQUAL, 1, 1},
      {"lessThanOrEqual", FILTER_LESS_OR_EQUAL, 1, 1},
      {"between", FILTER_BETWEEN, 2, 2},
      {"IN", FILTER_IN, 2, SIZE_MAX},
      {"like", FILTER_LIKE, 1, 1}};
  for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
    if (strcmp(operators[i].name, name) == 0)
      return &operators[i];
  return NULL;
}

static bool out_of_memory(struct compiler *compiler) {
  buffer_add_text(compiler->error, "Error: out of memory");
  return false;
}

static bool read_integer(int64_t *number, const char *text) {
  char *end;
  errno = 0;
  long long read = strtoll(text, &end, 10);
  while (*end == ' ')
    end++;
  if (end == text || *end || errno)
    return false;
  *number = read;
  return true;
}

static bool read_boolean(int64_t *number, const char *text) {
  static const char *const words[2][3] = {{"false", "False", "0"}, {"true", "True", "1"}};
  for (int truth = 0; truth < 2; truth++)
    for (int i = 0; i < 3; i++)
      if (strcmp(text, words[truth][i]) == 0) {
        *number = truth;
        return true;
      }
  return false;
}

static bool read_value(struct filter_value *value, enum value_kind kind, const char *text) {
  switch (kind) {
  case VALUE_INTEGER:
    return read_integer(&value->number, text);
  case VALUE_BOOLEAN:
    return read_boolean(&value->number, text);
  case VALUE_DATE:
    return date_read(&value->number, text);
  default:
    return true;
  }
}

static bool set_values(struct compiler *compiler, struct filter *filter, const char *property,
                       char **texts, size_t count) {
  filter->values = calloc(count ? count : 1, sizeof *filter->values);
  if (!filter->values)
    return out_of_memory(compiler);
  for (size_t i = 0; i < count; i++) {
    const char *text = texts[i] ? texts[i] : "";
    struct filter_value *value = &filter->values[i];
    value->text = strdup(text);
    if (!value->text)
      return out_of_memory(compiler);
    filter->value_count++;
    value->size = strlen(text);
    enum value_kind kind = filter->op == FILTER_LIKE ? VALUE_TEXT : filter->property->kind;
    if (!read_value(value, kind, text)) {
      buffer_printf(compiler->error, "Error: '%.200s' is not a value that %s can have.", text,
                    property);
      return false;
    }
  }
  if (filter->op == FILTER_IN)
    filter_sort(filter);
  return true;
}

static bool check_count(struct compiler *compiler, const struct operation *operation,
                        const char *name, size_t count) {
  if (count >= operation->least && count <= operation->most)
    return true;
  buffer_printf(compiler->error, "Error: Invalid argument for the %s operator. ", name);
  if (count == 0)
    buffer_add_text(compiler->error, "Filter array cannot be null.");
  else if (operation->least == operation->most)
    buffer_printf(compiler->error, "Filter array must have %zu value%s.", operation->least,
                  operation->least == 1 ? "" : "s");
  else
    buffer_printf(compiler->error, "Filter array must have at least %zu values.", operation->least);
  return false;
}

static bool compile_test(struct compiler *compiler, struct filter *filter,
                         const struct et__SimpleFilterPart *part) {
  const char *property = part->Property ? part->Property : "";
  int index = kind_filterable(compiler->kind, property);
  if (index < 0) {
    buffer_printf(compiler->error, "Error: Invalid column name '%.200s'.", property);
    return false;
  }
  const char *name = word_of("SimpleFilterPart", "SimpleOperator", (int)part->SimpleOperator);
  const struct operation *operation = operator_of(name);
  if (!operation) {
    buffer_printf(compiler->error,
                  "Error: The operator %s is for data filters only, a Retrieve does not take it.",
                  name);
    return false;
  }
  filter->op = operation->op;
  filter->property = &compiler->kind->properties[index];
  if (filter->op == FILTER_NULL || filter->op == FILTER_NOT_NULL)
    return true;
  bool dated = filter->property->kind == VALUE_DATE && part->__sizeDateValue > 0;
  size_t count = (size_t)(dated ? part->__sizeDateValue : part->__sizeValue);
  if (filter->op == FILTER_LIKE && compiler->kind->rows) {
    buffer_add_text(compiler->error,
                    "Error: The operator like is not supported for a DataExtensionObject.");
    return false;
  }
  if (filter->op == FILTER_LIKE && filter->property->kind != VALUE_TEXT) {
    buffer_printf(compiler->error, "Error: The operator like takes text, %s is none.", property);
    return false;
  }
  return check_count(compiler, operation, name, count) &&
         set_values(compiler, filter, property, dated ? part->DateValue : part->Value, count);
}

static struct filter *compile(struct compiler *compiler, const struct et__FilterPart *part,
                              int depth);

static bool add_part(struct compiler *compiler, struct filter *filter,
                     const struct et__FilterPart *part, int depth) {
  struct filter *compiled = compile(compiler, part, depth + 1);
  if (!compiled)
    return false;
  filter->parts[filter->part_count++] = compiled;
  return true;
}

static bool compile_complex(struct compiler *compiler, struct filter *filter,
                            const struct et__ComplexFilterPart *part, int depth) {
  bool has_more = part->AdditionalOperands && part->AdditionalOperands->__sizeOperand > 0;
  size_t more_count = has_more ? (size_t)part->AdditionalOperands->__sizeOperand : 0;
  if (!part->LeftOperand || !part->RightOperand) {
    buffer_add_text(compiler->error,
                    "Error: A ComplexFilterPart needs a LeftOperand and a RightOperand.");
    return false;
  }
  const char *word = word_of("ComplexFilterPart", "LogicalOperator", (int)part->LogicalOperator);
  filter->op = strcmp(word, "AND") == 0 ? FILTER_AND : FILTER_OR;
  filter->parts = calloc(2 + more_count, sizeof *filter->parts);
  if (!filter->parts)
    return out_of_memory(compiler);
  if (!add_part(compiler, filter, part->LeftOperand, depth) ||
      !add_part(compiler, filter, part->RightOperand, depth))
    return false;
  for (size_t i = 0; i < more_count; i++)
    if (!add_part(compiler, filter, &part->AdditionalOperands->Operand[i], depth))
      return false;
  return true;
}

static struct filter *compile(struct compiler *compiler, const struct et__FilterPart *part,
                              int depth) {
  bool done = false;
  struct filter *filter = calloc(1, sizeof *filter);
  if (!filter)
    (void)out_of_memory(compiler);
  else if (depth > DEPTH_LIMIT)
    buffer_printf(compiler->error, "Error: The filter is nested deeper than %d levels.",
                  (int)DEPTH_LIMIT);
  else if (part->et__SimpleFilterPart)
    done = compile_test(compiler, filter, part->et__SimpleFilterPart);
  else if (part->et__ComplexFilterPart)
    done = compile_complex(compiler, filter, part->et__ComplexFilterPart, depth);
  else
    buffer_printf(compiler->error, "Error: Unknown filter of type %s encountered",
                  part->et__TagFilterPart ? "TagFilterPart" : "FilterPart");
  if (done)
    return filter;
  filter_free(filter);
  return NULL;
}

bool filter_compile(struct filter **filter, struct buffer *error, const struct kind *kind,
                    const struct et__FilterPart *part) {
  *filter = NULL;
  if (!part)
    return true;
  struct compiler compiler = {kind, error};
  *filter = compile(&compiler, part, 0);
  return *filter != NULL;
}
