#include "etwsdl/effect/needs.h"

#include <string.h>

#include "etwsdl/model/fields.h"

#define NEED_TYPE(file, type) {NEED_A_TYPE, file, #type, NULL, NULL},
#define NEED_BASE(file, type, base) {NEED_A_BASE, file, #type, #base, NULL},
#define NEED_FIELD(file, type, field, kind) {NEED_A_FIELD, file, #type, #field, kind},
#define NEED_VALUE(file, type, value) {NEED_A_VALUE, file, #type, #value, NULL},
#define NEED_OPERATION(file, operation, request, response) \
  {NEED_AN_OPERATION, file, #operation, #request, #response},
#define NEED_FAULT(file, element, field, kind) {NEED_A_FAULT, file, #element, #field, kind},

static const struct need needs[] = {
#include "../../../src/contract/needs.def"
};
enum { NEEDS = sizeof needs / sizeof *needs };

void needs_list(FILE *out) {
  static const char *const words[] = {"type", "base", "field", "value", "operation", "fault"};
  for (size_t i = 0; i < NEEDS; i++) {
    const struct need *need = &needs[i];
    fprintf(out, "%s\t%s\t%s\t%s\t%s\n", words[need->kind], need->file, need->owner,
            need->name ? need->name : "", need->detail ? need->detail : "");
  }
}

struct checker {
  const struct meta *meta;
  struct list *lines;
};

static void miss(const struct checker *checker, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void miss(const struct checker *checker, const char *format, ...) {
  struct arena *arena = checker->meta->contract->arena;
  va_list arguments;
  va_start(arguments, format);
  const char *line = intern_vformat(arena, format, arguments);
  va_end(arguments);
  for (size_t i = 0; i < checker->lines->count; i++)
    if (checker->lines->items[i] == line)
      return;
  list_add(arena, checker->lines, line);
}

static const struct meta_type *find_type(const struct checker *checker, const char *name) {
  return map_get(&checker->meta->types_by_name, name);
}

static const struct meta_field *find_field(const struct meta_type *type, const char *name) {
  return map_get(&type->fields_by_name, name);
}

static const char *kind_of(const struct checker *checker, const struct meta_field *field) {
  struct contract *contract = checker->meta->contract;
  const struct type *type = field->field->type;
  const char *name = type && type->anonymous ? "(inline)" : contract_spell_type(contract, type);
  return field->array ? intern_format(contract->arena, "%s[]", name) : name;
}

static void miss_field(const struct checker *checker, const struct need *need) {
  miss(checker, "%s.%s (%s) is gone; src/%s needs it", need->owner, need->name, need->detail,
       need->file);
}

static void check_kind(const struct checker *checker, const struct need *need, const char *kind) {
  if (strcmp(kind, need->detail) != 0)
    miss(checker, "%s.%s is %s now; src/%s needs %s", need->owner, need->name, kind, need->file,
         need->detail);
}

static void check_field(const struct checker *checker, const struct need *need) {
  const struct meta_type *type = find_type(checker, need->owner);
  const struct meta_field *field = type ? find_field(type, need->name) : NULL;
  if (!type) {
    miss(checker, "%s is gone; src/%s needs it", need->owner, need->file);
  } else if (!field) {
    miss_field(checker, need);
  } else {
    check_kind(checker, need, kind_of(checker, field));
  }
}

/* Faults have a namespace of their own, the field table does not hold them. */
static void check_fault(const struct checker *checker, const struct need *need) {
  struct contract *contract = checker->meta->contract;
  const struct element *fault = NULL;
  struct list fields = {0};
  for (size_t i = 0; i < contract->elements.count && !fault; i++) {
    const struct element *element = contract->elements.items[i];
    if (strcmp(element->name.local, need->owner) == 0)
      fault = element;
  }
  if (!fault) {
    miss(checker, "%s is gone; src/%s needs it", need->owner, need->file);
    return;
  }
  if (fault->type.type && fault->type.type->kind == TYPE_COMPLEX)
    fields_all(contract, fault->type.type, &fields);
  for (size_t i = 0; i < fields.count; i++) {
    const struct field *field = fields.items[i];
    if (strcmp(field->name, need->name) == 0) {
      check_kind(checker, need, contract_spell_type(contract, field->type));
      return;
    }
  }
  miss_field(checker, need);
}

static void check_base(const struct checker *checker, const struct need *need) {
  const struct meta_type *type = find_type(checker, need->owner);
  if (!type) {
    miss(checker, "%s is gone; src/%s needs it", need->owner, need->file);
    return;
  }
  while (type && strcmp(type->name, need->name) != 0)
    type = type->base;
  if (!type)
    miss(checker, "%s no longer derives from %s; src/%s needs that", need->owner, need->name,
         need->file);
}

static void check_value(const struct checker *checker, const struct need *need) {
  for (size_t i = 0; i < checker->meta->enums.count; i++) {
    const struct meta_enum *item = checker->meta->enums.items[i];
    if (strcmp(item->name, need->owner) != 0)
      continue;
    for (size_t k = 0; k < item->type->values.count; k++)
      if (strcmp(((struct enum_value *)item->type->values.items[k])->text, need->name) == 0)
        return;
  }
  miss(checker, "%s value %s is gone; src/%s needs it", need->owner, need->name, need->file);
}

static const char *element_of(const struct flow *flow) {
  if (!flow->message || flow->message->parts.count == 0)
    return "nothing";
  const struct part *part = flow->message->parts.items[0];
  return part->element_name.local ? part->element_name.local : "nothing";
}

static void check_operation(const struct checker *checker, const struct need *need) {
  const struct contract *contract = checker->meta->contract;
  for (size_t i = 0; i < contract->port_types.count; i++) {
    const struct port_type *port_type = contract->port_types.items[i];
    for (size_t k = 0; k < port_type->operations.count; k++) {
      const struct operation *operation = port_type->operations.items[k];
      if (strcmp(operation->name, need->owner) != 0)
        continue;
      const char *request = element_of(&operation->input);
      const char *response = element_of(&operation->output);
      if (strcmp(request, need->name) != 0 || strcmp(response, need->detail) != 0)
        miss(checker, "operation %s is %s -> %s now; src/%s needs %s -> %s", need->owner, request,
             response, need->file, need->name, need->detail);
      return;
    }
  }
  miss(checker, "operation %s is gone; src/%s needs it", need->owner, need->file);
}

void needs_check(const struct meta *meta, struct list *lines) {
  const struct checker checker = {meta, lines};
  for (size_t i = 0; i < NEEDS; i++) {
    const struct need *need = &needs[i];
    switch (need->kind) {
    case NEED_A_TYPE:
      if (find_type(&checker, need->owner) == NULL)
        miss(&checker, "%s is gone; src/%s needs it", need->owner, need->file);
      break;
    case NEED_A_BASE:
      check_base(&checker, need);
      break;
    case NEED_A_FIELD:
      check_field(&checker, need);
      break;
    case NEED_A_VALUE:
      check_value(&checker, need);
      break;
    case NEED_AN_OPERATION:
      check_operation(&checker, need);
      break;
    case NEED_A_FAULT:
      check_fault(&checker, need);
    }
  }
}
