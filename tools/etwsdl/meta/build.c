/* From the contract to what gSOAP makes of it: struct and member names, kinds, choices. */
#include <stdlib.h>
#include <string.h>

#include "etwsdl/meta/bodies.h"
#include "etwsdl/meta/cname.h"
#include "etwsdl/meta/gsoap.h"
#include "etwsdl/meta/meta.h"

static struct meta_type *find_type(const struct meta *meta, const struct type *type) {
  struct meta_type *known = map_get(&meta->types_by_name, type->name.local);
  return known && known->type == type ? known : NULL;
}

static struct meta_enum *add_enum(struct meta *meta, struct type *type, const char *name,
                                  const char *cname) {
  struct arena *arena = meta->contract->arena;
  struct meta_enum *known = map_get(&meta->enums_by_name, name);
  if (known)
    return known;
  struct meta_enum *added = arena_alloc(arena, sizeof *added);
  *added = (struct meta_enum){.name = name, .cname = cname, .type = type};
  list_add(arena, &meta->enums, added);
  map_put(arena, &meta->enums_by_name, name, added);
  return added;
}

/* The simple type in a chain of restrictions that says the values; NULL when none does. */
static struct type *enumerating(struct type *type) {
  while (type && type->kind == TYPE_SIMPLE && type->values.count == 0 &&
         type->derivation == DERIVED_BY_RESTRICTION)
    type = type->base.type;
  return type && type->kind == TYPE_SIMPLE && values_are_constants(type) ? type : NULL;
}

static void use_enum(struct meta *meta, const struct meta_type *owner, struct meta_field *field,
                     struct type *values) {
  struct arena *arena = meta->contract->arena;
  const char *name = values->name.local;
  const char *cname = intern_format(arena, "et__%s", cname_part(arena, name));
  if (values->anonymous) {
    name = intern_format(arena, "%s.%s", owner->name, field->field->name);
    cname = intern_format(arena, "_%s_%s", owner->cname + (owner->cname[0] == '_'),
                          cname_part(arena, field->field->name));
  }
  field->enumeration = add_enum(meta, values, name, cname);
  field->kind = "ETS_KIND_ENUM";
  field->ctype = intern_format(arena, "enum %s", cname);
}

/* plain.wsdl keeps unions and lists as text. */
static bool is_text(const struct type *type) {
  while (type && type->kind == TYPE_SIMPLE && type->derivation == DERIVED_BY_RESTRICTION)
    type = type->base.type;
  return type && type->kind == TYPE_SIMPLE;
}

static void use_simple(struct meta *meta, const struct meta_type *owner, struct meta_field *field) {
  struct type *type = field->field->type;
  struct type *values = enumerating(type);
  const char *primitive = is_text(type) ? "string" : type_primitive(type);
  if (values) {
    use_enum(meta, owner, field, values);
    return;
  }
  const struct gsoap_kind *kind = primitive ? gsoap_kind(primitive) : NULL;
  if (kind) {
    field->kind = kind->kind;
    field->ctype = kind->ctype;
    field->text = !kind->ctype;
    return;
  }
  contract_error(
      meta->contract, field->field->at,
      "%s.%s is of type %s: the field table has no kind for it, src/contract/types.h and "
      "tools/etwsdl/meta/build.c need one",
      owner->name, field->field->name, contract_spell_type(meta->contract, type));
}

static struct meta_type *add_type(struct meta *meta, struct type *type, const char *name,
                                  const char *cname);
static void add_fields(struct meta *meta, struct meta_type *type);

static void use_complex(struct meta *meta, const struct meta_type *owner,
                        struct meta_field *field) {
  struct arena *arena = meta->contract->arena;
  struct type *type = field->field->type;
  field->kind = "ETS_KIND_STRUCT";
  if (type->anonymous) {
    const char *name = intern_format(arena, "%s.%s", owner->name, field->field->name);
    const char *cname = intern_format(arena, "_%s_%s", owner->cname + (owner->cname[0] == '_'),
                                      cname_part(arena, field->field->name));
    field->type = add_type(meta, type, name, cname);
    add_fields(meta, field->type);
  } else {
    field->type = find_type(meta, type);
  }
  if (!field->type || type->simple_content)
    contract_error(meta->contract, field->field->at,
                   "%s.%s is of type %s: the field table holds types of the contract's own "
                   "namespace made of elements",
                   owner->name, field->field->name, contract_spell_type(meta->contract, type));
  else
    field->ctype = intern_format(arena, "struct %s", field->type->cname);
}

static void use_choice(struct meta *meta, const struct meta_type *owner, struct meta_field *field) {
  struct arena *arena = meta->contract->arena;
  const char *name = owner->cname + (owner->cname[0] == '_');
  const char *bare = strstr(name, "__") + 2;
  field->selector = intern_format(arena, "SOAP_UNION__et__union_%s_%s", bare, field->cname);
  field->count = intern_format(arena, "__union_%s", bare);
  field->cname = intern_format(arena, "union_%s.%s", bare, field->cname);
}

/* plain_schema.c leaves it out. */
static void check_default(struct meta *meta, const struct meta_type *owner,
                          const struct field *field) {
  const struct element *element = field->element;
  const char *value = element->default_value ? element->default_value : element->fixed;
  if (value && !gsoap_takes_value(field->type, value))
    contract_note(meta->contract, field->at,
                  "the %s value of %s.%s is left out of the bindings: C has none such",
                  element->default_value ? "default" : "fixed", owner->name, field->name);
}

static void add_field(struct meta *meta, struct meta_type *owner, struct field *field) {
  struct arena *arena = meta->contract->arena;
  struct meta_field *added = arena_alloc(arena, sizeof *added);
  bool own = field->owner == owner->type; /* what it inherits is said of the base */
  added->field = field;
  added->array = field->max > 1 && !field->repeated_parent;
  if (own && field->repeated_parent)
    contract_error(meta->contract, field->at,
                   "%s.%s stands in a group that repeats: the field table has no place for it",
                   owner->name, field->name);
  if (own && field->element && field->particle->element->is_reference &&
      (field->element->substituted_by.count > 0 || field->element->abstract))
    contract_error(meta->contract, field->at,
                   "%s.%s: elements that substitute for it may come in its place: the field table "
                   "has no place for them",
                   owner->name, field->name);
  if (!field->element && map_get(&owner->fields_by_name, field->name))
    contract_error(meta->contract, field->at,
                   "%s has a second wildcard: the field table has no place for it", owner->name);
  if (!field->element) {
    added->any = true;
    added->kind = "ETS_KIND_ANY";
    added->cname = "__any";
    added->count = added->array ? "__size" : NULL;
    list_add(arena, &owner->fields, added);
    map_put(arena, &owner->fields_by_name, field->name, added);
    return;
  }
  added->cname = cname_member(arena, field->name);
  const struct meta_field *known = map_get(&owner->fields_by_name, field->name);
  if (own && known && (known->field->type != field->type || known->array != added->array))
    contract_error(meta->contract, field->at,
                   "%s.%s is there already and of another type: XML Schema allows one for a name",
                   owner->name, field->name);
  if (own && cname_is_macro(added->cname))
    contract_error(meta->contract, field->at,
                   "%s.%s: %s is a macro of the C library, no member can be called so", owner->name,
                   field->name, field->name);
  if (own)
    check_default(meta, owner, field);
  if (added->array)
    added->count = intern_format(arena, "__size%s", added->cname);
  if (field->type && field->type->kind == TYPE_COMPLEX)
    use_complex(meta, owner, added);
  else
    use_simple(meta, owner, added);
  if (field->choice && choice_is_union(field->owner, field->choice))
    use_choice(meta, owner, added);
  list_add(arena, &owner->fields, added);
  map_put(arena, &owner->fields_by_name, field->name, added);
}

static void add_fields(struct meta *meta, struct meta_type *type) {
  struct list all = {0}, own = {0};
  fields_all(meta->contract, type->type, &all);
  fields_own(meta->contract, type->type, &own);
  type->inherited = all.count - own.count;
  for (size_t i = 0; i < all.count; i++)
    add_field(meta, type, all.items[i]);
  if (type->type->attributes.count + type->type->attribute_groups.count > 0)
    contract_note(meta->contract, type->type->at,
                  "attributes of %s are left out of the field table", type->name);
}

static struct meta_type *add_type(struct meta *meta, struct type *type, const char *name,
                                  const char *cname) {
  struct meta_type *added = arena_alloc(meta->contract->arena, sizeof *added);
  *added = (struct meta_type){.name = name, .cname = cname, .type = type};
  if (!map_put(meta->contract->arena, &meta->types_by_name, name, added))
    contract_error(meta->contract, type->at, "both a type and an element are called %s", name);
  list_add(meta->contract->arena, &meta->types, added);
  return added;
}

static void add_named_types(struct meta *meta) {
  struct contract *contract = meta->contract;
  struct arena *arena = contract->arena;
  struct bodies bodies;
  bodies_find(&bodies, contract);
  for (size_t i = 0; i < contract->types.count; i++) {
    struct type *type = contract->types.items[i];
    if (type->anonymous || type->kind != TYPE_COMPLEX || type->name.ns != contract->ns ||
        type->simple_content || bodies_leave_out(&bodies, contract, type))
      continue;
    const char *cname = intern_format(arena, "et__%s", cname_part(arena, type->name.local));
    add_type(meta, type, type->name.local, cname);
  }
  for (size_t i = 0; i < contract->elements.count; i++) {
    struct element *element = contract->elements.items[i];
    struct type *type = bodies_type(&bodies, contract, element);
    if (!type || !type->anonymous || type->kind != TYPE_COMPLEX || element->name.ns != contract->ns)
      continue;
    const char *cname = intern_format(arena, "_et__%s", cname_part(arena, element->name.local));
    add_type(meta, type, element->name.local, cname)->is_element = true;
  }
}

static void tie_base(struct meta *meta, struct meta_type *type) {
  const struct type *base = type->type->base.type;
  if (!base || base->kind != TYPE_COMPLEX)
    return;
  type->base = find_type(meta, base);
  if (type->base)
    type->base->has_derived = true;
  if (!type->base)
    contract_error(meta->contract, type->type->at, "the base of %s is not in the field table",
                   type->name);
  for (const struct type *up = base; up && up->kind == TYPE_COMPLEX; up = up->base.type)
    type->depth++;
}

static void add_named_enums(struct meta *meta) {
  struct contract *contract = meta->contract;
  struct arena *arena = contract->arena;
  for (size_t i = 0; i < contract->types.count; i++) {
    struct type *type = contract->types.items[i];
    if (type->anonymous || type->kind != TYPE_SIMPLE || !values_are_constants(type) ||
        type->name.ns != contract->ns)
      continue;
    const char *cname = intern_format(arena, "et__%s", cname_part(arena, type->name.local));
    add_enum(meta, type, type->name.local, cname);
  }
}

static int compare_types(const void *a, const void *b) {
  const struct meta_type *const *x = a, *const *y = b;
  return strcmp((*x)->name, (*y)->name);
}

static int compare_enums(const void *a, const void *b) {
  const struct meta_enum *const *x = a, *const *y = b;
  return strcmp((*x)->name, (*y)->name);
}

bool meta_build(struct meta *meta, struct contract *contract) {
  *meta = (struct meta){.contract = contract};
  add_named_types(meta);
  add_named_enums(meta);
  size_t named = meta->types.count;
  for (size_t i = 0; i < named; i++)
    tie_base(meta, meta->types.items[i]);
  for (size_t i = 0; i < named; i++)
    add_fields(meta, meta->types.items[i]);
  if (meta->types.count > 0)
    qsort(meta->types.items, meta->types.count, sizeof(void *), compare_types);
  if (meta->enums.count > 0)
    qsort(meta->enums.items, meta->enums.count, sizeof(void *), compare_enums);
  for (size_t i = 0; i < meta->types.count; i++)
    ((struct meta_type *)meta->types.items[i])->index = i;
  for (size_t i = 0; i < meta->enums.count; i++)
    ((struct meta_enum *)meta->enums.items[i])->index = i;
  return contract->errors == 0;
}
