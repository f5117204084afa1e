#include "etwsdl/read/check.h"

#include <string.h>

#include "etwsdl/read/check_size.h"

enum { MARK_NEW, MARK_OPEN, MARK_DONE };
enum { MOST_LEVELS = 100 };

/* --- cycles ----------------------------------------------------------------------------------- */

static unsigned more(unsigned a, unsigned b) {
  return a > b ? a : b;
}

/* How many types one is made of, whatever the order they are declared in. Deeper than any contract
 * counts as a cycle: the walks that follow are recursive. */
static unsigned depth_of(struct type *type, unsigned level) {
  unsigned below = 0;
  if (!type)
    return 0;
  if (type->mark == MARK_DONE)
    return type->depth;
  if (type->mark == MARK_OPEN || level > MOST_LEVELS)
    return MOST_LEVELS + 1;
  type->mark = MARK_OPEN;
  below = depth_of(type->base.type, level + 1);
  for (size_t i = 0; i < type->members.count; i++)
    below = more(below, depth_of(((struct type_ref *)type->members.items[i])->type, level + 1));
  type->mark = MARK_DONE;
  type->depth = below + 1;
  return type->depth;
}

static bool group_is_cyclic(struct group *group, unsigned level);

static bool particle_is_cyclic(const struct particle *particle, unsigned level) {
  if (!particle)
    return false;
  bool cyclic =
      particle->kind == PARTICLE_GROUP && group_is_cyclic(particle->group.group, level + 1);
  for (size_t i = 0; i < particle->children.count; i++)
    cyclic = cyclic || particle_is_cyclic(particle->children.items[i], level);
  return cyclic;
}

static bool group_is_cyclic(struct group *group, unsigned level) {
  if (group->mark == MARK_DONE)
    return false;
  if (group->mark == MARK_OPEN || level > MOST_LEVELS)
    return true;
  group->mark = MARK_OPEN;
  bool cyclic = particle_is_cyclic(group->content, level);
  for (size_t i = 0; i < group->attribute_groups.count; i++) {
    const struct group_ref *ref = group->attribute_groups.items[i];
    cyclic = cyclic || group_is_cyclic(ref->group, level + 1);
  }
  group->mark = MARK_DONE;
  return cyclic;
}

static bool substitution_is_cyclic(const struct contract *contract, const struct element *element) {
  unsigned level = 0;
  while (element && element->substitutes.local && level++ <= MOST_LEVELS)
    element = contract_find(contract, SPACE_ELEMENT, element->substitutes);
  return level > MOST_LEVELS;
}

static void check_group_cycles(struct contract *contract, const struct list *groups) {
  for (size_t i = 0; i < groups->count; i++) {
    struct group *group = groups->items[i];
    if (group_is_cyclic(group, 0))
      contract_error(contract, group->at, "group %s contains itself",
                     contract_spell(contract, group->name));
  }
}

static void check_cycles(struct contract *contract) {
  for (size_t i = 0; i < contract->types.count; i++) {
    struct type *type = contract->types.items[i];
    if (depth_of(type, 0) > MOST_LEVELS)
      contract_error(contract, type->at, "type %s derives from itself, or through over 100 types",
                     contract_spell_type(contract, type));
  }
  check_group_cycles(contract, &contract->groups);
  check_group_cycles(contract, &contract->attribute_groups);
  for (size_t i = 0; i < contract->elements.count; i++) {
    const struct element *element = contract->elements.items[i];
    if (substitution_is_cyclic(contract, element))
      contract_error(contract, element->at, "element %s substitutes for itself",
                     contract_spell(contract, element->name));
  }
}

/* --- one type --------------------------------------------------------------------------------- */

static const struct type_ref *element_type(const struct element *element) {
  return element->is_reference && element->target ? &element->target->type : &element->type;
}

static void collect(const struct particle *particle, struct arena *arena, struct list *elements) {
  if (!particle || particle->max == 0)
    return;
  if (particle->kind == PARTICLE_ELEMENT)
    list_add(arena, elements, particle->element);
  if (particle->kind == PARTICLE_GROUP)
    collect(particle->group.group->content, arena, elements);
  for (size_t i = 0; i < particle->children.count; i++)
    collect(particle->children.items[i], arena, elements);
}

/* XML Schema lets a name come twice when the type is the same; every contract that had it was a
 * mistake in the making, so only the type clash is an error. */
static void check_fields(struct contract *contract, struct type *type) {
  struct list own = {0};
  collect(type->content, contract->arena, &own);
  for (size_t i = 0; i < own.count; i++) {
    const struct element *second = own.items[i];
    const char *name = contract_spell(contract, second->name);
    const struct element *first = map_get(&type->fields, name);
    if (!first)
      map_put(contract->arena, &type->fields, name, second);
    else if (element_type(first)->type != element_type(second)->type)
      contract_error(contract, second->at, "field %s.%s is defined twice with other types",
                     contract_spell_type(contract, type), second->name.local);
    else
      contract_note(contract, second->at, "field %s.%s stands twice in its type",
                    contract_spell_type(contract, type), second->name.local);
  }
}

/* A field that a base has already: no binding can tell the two apart. */
static void check_repeated(struct contract *contract, struct type *type) {
  struct list own = {0};
  collect(type->content, contract->arena, &own);
  const struct type *base = type->derivation == DERIVED_BY_EXTENSION ? type->base.type : NULL;
  for (; base && own.count > 0; base = base->base.type)
    for (size_t i = 0; i < own.count; i++) {
      const struct element *field = own.items[i];
      if (map_get(&base->fields, contract_spell(contract, field->name)))
        contract_note(contract, field->at, "field %s.%s repeats the one of %s",
                      contract_spell_type(contract, type), field->name.local,
                      contract_spell_type(contract, base));
    }
}

static void check_base(struct contract *contract, struct type *type) {
  const struct type *base = type->base.type;
  const char *name = contract_spell_type(contract, type);
  if (!base)
    return;
  if (type->kind == TYPE_SIMPLE && base->kind == TYPE_COMPLEX)
    contract_error(contract, type->at, "simple type %s restricts complex type %s", name,
                   contract_spell_type(contract, base));
  bool any = base->kind == TYPE_BUILTIN && strcmp(base->name.local, "anyType") == 0;
  if (type->kind == TYPE_COMPLEX && !type->simple_content && base->kind != TYPE_COMPLEX && !any)
    contract_error(contract, type->at, "complex type %s extends %s, which has no fields", name,
                   contract_spell_type(contract, base));
}

static void check_values(struct contract *contract, struct type *type) {
  struct map seen = {0};
  for (size_t i = 0; i < type->values.count; i++) {
    const struct enum_value *value = type->values.items[i];
    if (!map_put(contract->arena, &seen, value->text, value))
      contract_error(contract, value->at, "enum value %s.%s is defined twice",
                     contract_spell_type(contract, type), value->text);
  }
}

void check_contract(struct contract *contract) {
  check_cycles(contract);
  if (contract->errors == 0)
    check_size(contract);
  if (contract->errors > 0)
    return;
  for (size_t i = 0; i < contract->types.count; i++) {
    struct type *type = contract->types.items[i];
    check_base(contract, type);
    check_fields(contract, type);
    check_values(contract, type);
  }
  for (size_t i = 0; i < contract->types.count; i++)
    check_repeated(contract, contract->types.items[i]);
  for (size_t i = 0; i < contract->elements.count; i++) {
    const struct element *element = contract->elements.items[i];
    if (!element->type.type && !element->type.name.local && !element->substitutes.local &&
        !element->abstract)
      contract_note(contract, element->at, "element %s has no type: anything may be in it",
                    contract_spell(contract, element->name));
  }
}
