#include "etwsdl/effect/names.h"

#include <string.h>

#include "etwsdl/meta/cname.h"
#include "etwsdl/meta/operation_name.h"
#include "etwsdl/model/body.h"
#include "etwsdl/model/fields.h"

/* As wsdl2h has it: of structs only one of an inline type stands in its place. */
static bool is_pointer(const struct meta_field *field) {
  const struct element *element = field->field->element;
  bool optional = field->field->min == 0 && !field->selector;
  bool apart = field->type && !field->type->type->anonymous;
  return field->array || optional || apart || (element && element->nillable);
}

static void add_member(struct c_names *names, struct c_struct *owner, const char *name,
                       struct c_member member) {
  struct c_member *kept = arena_alloc(names->arena, sizeof *kept);
  *kept = member;
  if (map_put(names->arena, &owner->members, name, kept))
    list_add(names->arena, &owner->order, (void *)name);
}

/* One pointer is written as several are: what counts them makes the difference. */
static const char *how_reached(struct arena *arena, const struct meta_field *field) {
  const char *dot = strchr(field->cname, '.');
  if (dot)
    return intern_format(arena, " in %.*s", (int)(dot - field->cname), field->cname);
  return field->array && field->count ? intern_format(arena, ", counted by %s", field->count) : "";
}

/* A union is passed through: what it holds counts as the struct's. */
static void add_field(struct c_names *names, struct c_struct *owner, const char *cname,
                      const struct meta_field *field) {
  struct arena *arena = names->arena;
  const char *value = field->text || field->any ? "char *" : field->ctype;
  bool again = field->text || field->any ? field->array : is_pointer(field);
  size_t n = strlen(value);
  struct c_member member = {
      .type = again ? intern_format(arena, "%s%s*", value, value[n - 1] == '*' ? "" : " ") : value,
      .how = how_reached(arena, field),
      .into = field->type ? field->type->cname : NULL,
      .wire = intern_format(arena, "%s.%s", owner->wire, field->field->name)};
  const char *dot = strchr(field->cname, '.');
  add_member(names, owner, dot ? dot + 1 : field->cname, member);
  member.how = "";
  if (dot) {
    member.type = "union";
    member.into = cname;
    add_member(names, owner, intern_n(arena, field->cname, (size_t)(dot - field->cname)), member);
  }
  if (!field->count)
    return;
  member.type = "int";
  member.into = NULL;
  add_member(names, owner, field->count, member);
}

static struct c_struct *struct_of(struct c_names *names, const struct meta_type *type) {
  struct c_struct *made = map_get(&names->structs, type->cname);
  if (made)
    return made;
  made = arena_alloc(names->arena, sizeof *made);
  made->wire = type->name;
  map_put(names->arena, &names->structs, type->cname, made);
  return made;
}

static void add_type(struct c_names *names, const struct meta_type *type) {
  struct c_struct *made = struct_of(names, type);
  for (size_t i = 0; i < type->fields.count; i++)
    add_field(names, made, type->cname, type->fields.items[i]);
}

/* Behind its fields a base has a pointer to each type derived from it, of the type's own name. */
static void add_to_base(struct c_names *names, const struct meta_type *type) {
  if (type->base)
    add_member(names, struct_of(names, type->base), type->cname,
               (struct c_member){intern_format(names->arena, "struct %s *", type->cname), "",
                                 type->cname, type->name});
}

/* Faults of a schema of their own, for which the typemap has a prefix: their members are told by
 * what the schema says of them. */
static const char fault_space[] = "urn:fault.partner.exacttarget.com";

static const char *fault_name(struct arena *arena, const struct type *type) {
  return intern_format(arena, "fault__%s", cname_part(arena, type->name.local));
}

static void add_fault(struct c_names *names, struct contract *contract, struct type *type,
                      const char *cname) {
  struct arena *arena = names->arena;
  struct c_struct *made = arena_alloc(arena, sizeof *made);
  struct list fields = {0};
  made->wire = type->name.local;
  map_put(arena, &names->structs, cname, made);
  fields_all(contract, type, &fields);
  for (size_t i = 0; i < fields.count; i++) {
    const struct field *field = fields.items[i];
    const char *into = NULL, *name = cname_member(arena, field->name);
    bool is_struct = field->type && field->type->kind == TYPE_COMPLEX;
    if (is_struct && field->type->anonymous)
      into =
          intern_format(arena, "_%s_%s", cname + (*cname == '_'), cname_part(arena, field->name));
    else if (is_struct)
      into = fault_name(arena, field->type);
    if (into && field->type->anonymous && !map_get(&names->structs, into))
      add_fault(names, contract, field->type, into);
    add_member(names, made, name,
               (struct c_member){field->type ? contract_spell_type(contract, field->type) : "any",
                                 field->max > 1    ? " of several"
                                 : field->min == 0 ? " where there is one"
                                                   : "",
                                 into, intern_format(arena, "%s.%s", made->wire, field->name)});
  }
}

static void add_enum(struct c_names *names, const struct meta_enum *item) {
  struct arena *arena = names->arena;
  map_put(arena, &names->constants, item->cname,
          intern_format(arena, "enumeration %s", item->name));
  for (size_t i = 0; i < item->type->values.count; i++) {
    const struct enum_value *value = item->type->values.items[i];
    map_put(arena, &names->constants,
            intern_format(arena, "%s__%s", item->cname, cname_constant(arena, value->text)),
            intern_format(arena, "%s value %s", item->name, value->text));
  }
}

static void add_stubs(struct c_names *names, const char *operation) {
  static const char *const verbs[] = {"soap_call", "soap_send", "soap_recv", "soap_serve"};
  struct arena *arena = names->arena;
  const char *name = cname_part(arena, operation);
  map_put(arena, &names->stubs, intern_format(arena, "__et__%s", name), operation);
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    map_put(arena, &names->stubs, intern_format(arena, "%s___et__%s", verbs[i], name), operation);
}

void c_names_make(struct c_names *names, const struct meta *meta) {
  struct contract *contract = meta->contract;
  const struct binding *binding = body_binding(contract);
  *names = (struct c_names){.arena = contract->arena};
  for (size_t i = 0; i < meta->types.count; i++)
    add_type(names, meta->types.items[i]);
  for (size_t i = 0; i < meta->types.count; i++)
    add_to_base(names, meta->types.items[i]);
  for (size_t i = 0; i < contract->types.count; i++) {
    struct type *type = contract->types.items[i];
    if (type->kind == TYPE_COMPLEX && !type->anonymous && strcmp(type->name.ns, fault_space) == 0)
      add_fault(names, contract, type, fault_name(contract->arena, type));
  }
  for (size_t i = 0; i < meta->enums.count; i++)
    add_enum(names, meta->enums.items[i]);
  for (size_t i = 0; binding && i < binding->operations.count; i++)
    add_stubs(names, operation_name(contract, binding, binding->operations.items[i]));
}
