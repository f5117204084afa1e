#include "etwsdl/effect/needs.h"

#include <string.h>

#include "etwsdl/meta/operation_name.h"
#include "etwsdl/model/body.h"

enum need_kind {
  NEED_A_TYPE,
  NEED_A_BASE,
  NEED_A_FIELD,
  NEED_A_VALUE,
  NEED_AN_OPERATION,
  NEED_A_PROPERTY /* of an object type, by its path: not retrieved when it is not there */
};

struct need {
  enum need_kind kind;
  const char *helper; /* what does not work without it; NULL: nothing does */
  const char *file;   /* "tracking/tracking.c" */
  const char *owner;  /* type, enumeration, operation or element */
  const char *name;   /* field, value, base, path, or request */
  const char *detail; /* kind of a field: "xsd:int", "(inline) or ExtractResult[]"; response */
};

#define NEED_TYPE(file, type) {NEED_A_TYPE, NULL, file, #type, NULL, NULL},
#define NEED_BASE(file, type, base) {NEED_A_BASE, NULL, file, #type, #base, NULL},
#define NEED_FIELD(file, type, field, kind) {NEED_A_FIELD, NULL, file, #type, #field, kind},
#define NEED_VALUE(file, type, value) {NEED_A_VALUE, NULL, file, #type, #value, NULL},
#define NEED_OPERATION(file, operation, request, response) \
  {NEED_AN_OPERATION, NULL, file, #operation, #request, #response},
#define HELPER_TYPE(helper, file, type) {NEED_A_TYPE, helper, file, #type, NULL, NULL},
#define HELPER_BASE(helper, file, type, base) {NEED_A_BASE, helper, file, #type, #base, NULL},
#define HELPER_FIELD(helper, file, type, field, kind) \
  {NEED_A_FIELD, helper, file, #type, #field, kind},
#define HELPER_VALUE(helper, file, type, value) {NEED_A_VALUE, helper, file, #type, #value, NULL},
#define HELPER_OPERATION(helper, file, operation, request, response) \
  {NEED_AN_OPERATION, helper, file, #operation, #request, #response},
/* A row without an owner is of the type in the row before: events.def names it once. */
#define ETS_EVENT(id, name, object_type)                                                    \
  HELPER_TYPE("ets_events_open of " #object_type, "include/etsoap/events.def", object_type) \
  ETS_EVENT_COMMON(OF_EVENT)
#define ETS_EVENT_PROPERTY(name, kind, rank) OF_EVENT(name, kind, rank)
#define ETS_EVENT_END(id)
#define OF_EVENT(path, kind, rank) \
  {NEED_A_PROPERTY, "", "include/etsoap/events.def", NULL, path, NULL},
#define RETRIEVED(file, type, path) {NEED_A_PROPERTY, "", file, #type, path, NULL},

static const struct need needs[] = {
#include "../../../src/contract/needs.def"
#include "../../../src/include/etsoap/events.def"
};
enum { NEEDS = sizeof needs / sizeof *needs };

static const char *owner_of(const struct need *need) {
  while (!need->owner)
    need--;
  return need->owner;
}

void needs_list(FILE *out) {
  static const char *const words[] = {"type", "base", "field", "value", "operation", "property"};
  for (size_t i = 0; i < NEEDS; i++) {
    const struct need *need = &needs[i];
    fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\n", words[need->kind], need->file, owner_of(need),
            need->name ? need->name : "", need->detail ? need->detail : "",
            need->helper ? need->helper : "");
  }
}

struct checker {
  const struct meta *meta;
  struct needs_result *result;
  struct map said; /* one line for each part and each helper */
};

/* `subject` is what is missing: a second line about it would say the same, or the contrary. */
static void miss(struct checker *checker, const struct need *need, const char *subject,
                 const char *format, ...) __attribute__((format(printf, 4, 5)));
static void miss(struct checker *checker, const struct need *need, const char *subject,
                 const char *format, ...) {
  struct arena *arena = checker->meta->contract->arena;
  const char *helper = need->helper ? need->helper : need->file;
  if (!map_put(arena, &checker->said, intern_format(arena, "%s\n%s", helper, subject), checker))
    return;
  va_list arguments;
  va_start(arguments, format);
  const char *what = intern_vformat(arena, format, arguments);
  va_end(arguments);
  if (need->helper)
    list_add(arena, &checker->result->missing,
             intern_format(arena, "%s cannot work: %s", need->helper, what));
  else
    list_add(arena, &checker->result->needed,
             intern_format(arena, "%s; src/%s needs it", what, need->file));
}

static const struct meta_field *find_field(const struct meta_type *type, const char *name) {
  return map_get(&type->fields_by_name, name);
}

/* By its name or, since an inline type may as well have one of its own, by its path. */
static const struct meta_type *find_type(const struct checker *checker, const char *path) {
  struct arena *arena = checker->meta->contract->arena;
  const struct meta_type *type = map_get(&checker->meta->types_by_name, path);
  const char *dot = strrchr(path, '.');
  if (type || !dot)
    return type;
  const struct meta_type *owner = find_type(checker, intern_n(arena, path, (size_t)(dot - path)));
  const struct meta_field *field = owner ? find_field(owner, dot + 1) : NULL;
  return field && !field->array ? field->type : NULL;
}

static const char *kind_of(const struct checker *checker, const struct meta_field *field) {
  struct contract *contract = checker->meta->contract;
  const struct type *type = field->field->type;
  const struct type *meant = field->enumeration ? field->enumeration->type : type_meant(type);
  bool is_inline = type && type->anonymous && type->kind == TYPE_COMPLEX;
  const char *name = is_inline ? "(inline)" : contract_spell_type(contract, meant);
  return field->array ? intern_format(contract->arena, "%s[]", name) : name;
}

static void miss_type(struct checker *checker, const struct need *need) {
  miss(checker, need, need->owner, "%s is gone", need->owner);
}

/* "(inline) or ExtractResult[]": one of them. */
static bool is_one_of(const char *kinds, const char *kind) {
  size_t n = strlen(kind);
  for (const char *at = kinds; *at; at += strncmp(at, " or ", 4) == 0 ? 4 : 0) {
    size_t length = strstr(at, " or ") ? (size_t)(strstr(at, " or ") - at) : strlen(at);
    if (length == n && strncmp(at, kind, n) == 0)
      return true;
    at += length;
  }
  return false;
}

/* No message shows what an enumeration is called: another is as good where the contract has none of
 * that name, and so is text, which may be any value. */
static bool is_other_enumeration(const struct checker *checker, const struct meta_field *field,
                                 const char *kind) {
  size_t n = strcspn(kind, "[");
  const char *name = intern_n(checker->meta->contract->arena, kind, n);
  bool names_one = *kind != '(' && strncmp(kind, "xsd:", 4) != 0;
  return names_one && !map_get(&checker->meta->enums_by_name, name) &&
         !map_get(&checker->meta->types_by_name, name) && (kind[n] == '[') == field->array &&
         (field->enumeration || field->text);
}

static void check_kind(struct checker *checker, const struct need *need,
                       const struct meta_field *field) {
  const char *kind = kind_of(checker, field);
  const char *subject =
      intern_format(checker->meta->contract->arena, "%s.%s", need->owner, need->name);
  const struct meta_type *type = find_type(checker, subject);
  bool could_be_inline = type && strncmp(need->detail, "(inline)", 8) == 0;
  if (!could_be_inline && !is_one_of(need->detail, kind) &&
      !is_other_enumeration(checker, field, need->detail))
    miss(checker, need, subject, "%s is %s now, not %s", subject, kind, need->detail);
}

/* Whether the type is an inline one of a field that has another type now: the row of the field says
 * so where that is not good. */
static bool was_replaced(const struct checker *checker, const char *path) {
  struct arena *arena = checker->meta->contract->arena;
  const char *dot = strrchr(path, '.');
  if (!dot)
    return false;
  const struct meta_type *type = find_type(checker, intern_n(arena, path, (size_t)(dot - path)));
  const struct meta_field *field = type ? find_field(type, intern(arena, dot + 1)) : NULL;
  return field && (!field->type || strcmp(field->type->name, path) != 0);
}

static void check_field(struct checker *checker, const struct need *need) {
  struct arena *arena = checker->meta->contract->arena;
  const struct meta_type *type = find_type(checker, need->owner);
  const struct meta_field *field = type ? find_field(type, need->name) : NULL;
  if (!type && was_replaced(checker, need->owner))
    return;
  if (!type)
    miss_type(checker, need);
  else if (!field)
    miss(checker, need, intern_format(arena, "%s.%s", need->owner, need->name),
         "%s.%s (%s) is gone", need->owner, need->name, need->detail);
  else
    check_kind(checker, need, field);
}

static void check_base(struct checker *checker, const struct need *need) {
  const struct meta_type *type = find_type(checker, need->owner);
  if (!type) {
    miss_type(checker, need);
    return;
  }
  while (type && strcmp(type->name, need->name) != 0)
    type = type->base;
  if (!type)
    miss(checker, need, need->owner, "%s no longer derives from %s", need->owner, need->name);
}

/* A field that the table says to be of this enumeration; NULL: there is none. */
static const struct meta_field *field_of_kind(const struct checker *checker, const char *kind) {
  for (size_t i = 0; i < NEEDS; i++) {
    const struct need *need = &needs[i];
    const struct meta_type *type = need->kind == NEED_A_FIELD && strcmp(need->detail, kind) == 0
                                       ? find_type(checker, need->owner)
                                       : NULL;
    const struct meta_field *field = type ? find_field(type, need->name) : NULL;
    if (field)
      return field;
  }
  return NULL;
}

static void check_value(struct checker *checker, const struct need *need) {
  struct arena *arena = checker->meta->contract->arena;
  const struct meta_enum *item = map_get(&checker->meta->enums_by_name, need->owner);
  const struct meta_field *field = item ? NULL : field_of_kind(checker, need->owner);
  if (field && field->text)
    return;
  if (field)
    item = field->enumeration;
  for (size_t k = 0; item && k < item->type->values.count; k++)
    if (strcmp(((struct enum_value *)item->type->values.items[k])->text, need->name) == 0)
      return;
  miss(checker, need, intern_format(arena, "%s %s", need->owner, need->name), "%s value %s is gone",
       need->owner, need->name);
}

static const struct operation *find_operation(struct contract *contract, const char *name) {
  const struct binding *binding = body_binding(contract);
  for (size_t i = 0; binding && i < binding->operations.count; i++) {
    const struct operation *operation = binding->operations.items[i];
    if (strcmp(operation_name(contract, binding, operation), name) == 0)
      return operation;
  }
  return NULL;
}

static void check_operation(struct checker *checker, const struct need *need) {
  struct contract *contract = checker->meta->contract;
  const struct operation *operation = find_operation(contract, need->owner);
  if (!operation) {
    miss(checker, need, need->owner, "operation %s is gone", need->owner);
    return;
  }
  const struct operation *declared = operation->declared;
  const char *request = body_element(contract, &declared->input, &operation->input);
  const char *response = body_element(contract, &declared->output, &operation->output);
  if (strcmp(request, need->name) != 0 || strcmp(response, need->detail) != 0)
    miss(checker, need, need->owner, "operation %s is %s -> %s now, not %s -> %s", need->owner,
         request, response, need->name, need->detail);
}

/* Each step of the path has to be declared; a type that is gone is said of its helper. */
static void check_property(struct checker *checker, const struct need *need) {
  static const char *const undeclared[] = {"ListID", "SubscriberID"};
  struct arena *arena = checker->meta->contract->arena;
  const struct meta_type *type = find_type(checker, owner_of(need));
  const char *at = need->name;
  for (size_t i = 0; i < sizeof undeclared / sizeof *undeclared; i++)
    if (strcmp(at, undeclared[i]) == 0)
      return; /* no contract has it: it comes as a PartnerProperty */
  if (!type)
    return;
  while (type) {
    size_t n = strcspn(at, ".");
    const struct meta_field *field = find_field(type, intern_n(arena, at, n));
    at += n + (at[n] == '.');
    if (field && !*at)
      return;
    type = field ? field->type : NULL;
  }
  list_add(arena, &checker->result->without,
           intern_format(arena, "%s.%s is not retrieved", owner_of(need), need->name));
}

/* The bindings are made for a body of one element that the schema declares. */
static void check_style(struct checker *checker, const struct binding *binding,
                        const struct operation *operation) {
  const struct flow *flows[] = {&operation->input, &operation->output};
  const char *style = operation->style ? operation->style : binding->style;
  bool rpc = style && strcmp(style, "rpc") == 0, encoded = false;
  for (size_t i = 0; i < 2; i++)
    encoded = encoded || (flows[i]->use && strcmp(flows[i]->use, "encoded") == 0);
  if (rpc || encoded)
    list_add(checker->meta->contract->arena, &checker->result->needed,
             intern_format(checker->meta->contract->arena,
                           "operation %s is %s (%s:%u:%u); the bindings are for document/literal",
                           operation->name, rpc ? "of style rpc" : "encoded", operation->at.file,
                           operation->at.line, operation->at.column));
}

static void check_styles(struct checker *checker) {
  const struct binding *binding = body_binding(checker->meta->contract);
  for (size_t i = 0; binding && i < binding->operations.count; i++)
    check_style(checker, binding, binding->operations.items[i]);
}

void needs_check(struct needs_result *result, const struct meta *meta) {
  static void (*const checks[])(struct checker *,
                                const struct need *) = {[NEED_A_TYPE] = NULL,
                                                        [NEED_A_BASE] = check_base,
                                                        [NEED_A_FIELD] = check_field,
                                                        [NEED_A_VALUE] = check_value,
                                                        [NEED_AN_OPERATION] = check_operation,
                                                        [NEED_A_PROPERTY] = check_property};
  struct checker checker = {.meta = meta, .result = result};
  *result = (struct needs_result){0};
  check_styles(&checker);
  for (size_t i = 0; i < NEEDS; i++) {
    if (checks[needs[i].kind])
      checks[needs[i].kind](&checker, &needs[i]);
    else if (!find_type(&checker, needs[i].owner))
      miss_type(&checker, &needs[i]);
  }
}
