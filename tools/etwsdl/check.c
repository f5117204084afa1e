#include "check.h"

#include <string.h>

enum { MARK_NEW, MARK_OPEN, MARK_DONE };

/* --- cycles ----------------------------------------------------------------------------------- */

static bool type_is_cyclic(struct type *type) {
  if (type == NULL || type->mark == MARK_DONE)
    return false;
  if (type->mark == MARK_OPEN)
    return true;
  type->mark = MARK_OPEN;
  bool cyclic = type_is_cyclic(type->base.type);
  for (size_t i = 0; i < type->members.count; i++)
    cyclic = cyclic || type_is_cyclic(((struct type_ref *)type->members.items[i])->type);
  type->mark = MARK_DONE;
  return cyclic;
}

static bool group_is_cyclic(struct group *group);

static bool particle_is_cyclic(const struct particle *particle) {
  if (particle == NULL)
    return false;
  bool cyclic = particle->kind == PARTICLE_GROUP && group_is_cyclic(particle->group.group);
  for (size_t i = 0; i < particle->children.count; i++)
    cyclic = cyclic || particle_is_cyclic(particle->children.items[i]);
  return cyclic;
}

static bool group_is_cyclic(struct group *group) {
  if (group->mark == MARK_DONE)
    return false;
  if (group->mark == MARK_OPEN)
    return true;
  group->mark = MARK_OPEN;
  bool cyclic = particle_is_cyclic(group->content);
  for (size_t i = 0; i < group->attribute_groups.count; i++)
    cyclic =
        cyclic || group_is_cyclic(((struct group_ref *)group->attribute_groups.items[i])->group);
  group->mark = MARK_DONE;
  return cyclic;
}

static bool substitution_is_cyclic(const struct contract *contract, struct element *element) {
  if (element == NULL || element->mark == MARK_DONE)
    return false;
  if (element->mark == MARK_OPEN)
    return true;
  element->mark = MARK_OPEN;
  bool cyclic = element->substitutes.local != NULL &&
                substitution_is_cyclic(
                    contract, contract_find(contract, SPACE_ELEMENT, element->substitutes));
  element->mark = MARK_DONE;
  return cyclic;
}

static void check_cycles(struct contract *contract) {
  for (size_t i = 0; i < contract->types.count; i++) {
    struct type *type = contract->types.items[i];
    if (type_is_cyclic(type))
      contract_error(contract, type->at, "type %s derives from itself",
                     contract_spell_type(contract, type));
  }
  const struct list *groups[] = {&contract->groups, &contract->attribute_groups};
  for (size_t k = 0; k < 2; k++)
    for (size_t i = 0; i < groups[k]->count; i++) {
      struct group *group = groups[k]->items[i];
      if (group_is_cyclic(group))
        contract_error(contract, group->at, "group %s contains itself",
                       contract_spell(contract, group->name));
    }
  for (size_t i = 0; i < contract->elements.count; i++) {
    struct element *element = contract->elements.items[i];
    if (substitution_is_cyclic(contract, element))
      contract_error(contract, element->at, "element %s substitutes for itself",
                     contract_spell(contract, element->name));
  }
}

/* --- one type --------------------------------------------------------------------------------- */

static const struct type_ref *element_type(const struct element *element) {
  return element->is_reference && element->target != NULL ? &element->target->type : &element->type;
}

static void collect(const struct particle *particle, struct arena *arena, struct list *elements) {
  if (particle == NULL)
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
  for (size_t i = 0; i < own.count; i++)
    for (size_t j = i + 1; j < own.count; j++) {
      const struct element *first = own.items[i], *second = own.items[j];
      if (!qname_equal(first->name, second->name))
        continue;
      if (element_type(first)->type != element_type(second)->type)
        contract_error(contract, second->at, "field %s.%s is defined twice with other types",
                       contract_spell_type(contract, type), second->name.local);
      else
        contract_note(contract, second->at, "field %s.%s stands twice in its type",
                      contract_spell_type(contract, type), second->name.local);
    }
}

static void check_base(struct contract *contract, struct type *type) {
  const struct type *base = type->base.type;
  const char *name = contract_spell_type(contract, type);
  if (base == NULL)
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
  for (size_t i = 0; i < type->values.count; i++)
    for (size_t j = 0; j < i; j++) {
      const struct enum_value *value = type->values.items[i];
      if (value->text == ((struct enum_value *)type->values.items[j])->text)
        contract_error(contract, value->at, "enum value %s.%s is defined twice",
                       contract_spell_type(contract, type), value->text);
    }
}

void check_contract(struct contract *contract) {
  check_cycles(contract);
  if (contract->errors > 0)
    return;
  for (size_t i = 0; i < contract->types.count; i++) {
    struct type *type = contract->types.items[i];
    check_base(contract, type);
    check_fields(contract, type);
    check_values(contract, type);
  }
  for (size_t i = 0; i < contract->elements.count; i++) {
    const struct element *element = contract->elements.items[i];
    if (element->type.type == NULL && element->type.name.local == NULL &&
        element->substitutes.local == NULL && !element->abstract)
      contract_note(contract, element->at, "element %s has no type: anything may be in it",
                    contract_spell(contract, element->name));
  }
}
