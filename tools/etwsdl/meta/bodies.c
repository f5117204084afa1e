#include "etwsdl/meta/bodies.h"

#include "etwsdl/model/body.h"

struct uses {
  struct contract *contract;
  struct map once, more; /* named types, by spelled name */
};

static void count(struct uses *uses, const struct type *type) {
  if (!type || type->anonymous || type->kind != TYPE_COMPLEX)
    return;
  const char *name = contract_spell_type(uses->contract, type);
  if (!map_put(uses->contract->arena, &uses->once, name, type))
    map_put(uses->contract->arena, &uses->more, name, type);
}

static void count_particle(struct uses *uses, const struct particle *particle) {
  if (!particle)
    return;
  if (particle->kind == PARTICLE_ELEMENT) {
    const struct element *element = particle->element;
    count(uses, (element->is_reference ? element->target : element)->type.type);
  }
  for (size_t i = 0; i < particle->children.count; i++)
    count_particle(uses, particle->children.items[i]);
}

static void count_all(struct uses *uses) {
  const struct contract *contract = uses->contract;
  for (size_t i = 0; i < contract->types.count; i++) {
    const struct type *type = contract->types.items[i];
    count(uses, type->base.type);
    count_particle(uses, type->content);
  }
  for (size_t i = 0; i < contract->groups.count; i++)
    count_particle(uses, ((struct group *)contract->groups.items[i])->content);
  for (size_t i = 0; i < contract->elements.count; i++)
    count(uses, ((struct element *)contract->elements.items[i])->type.type);
}

static void take(struct bodies *bodies, const struct uses *uses, const struct element *element) {
  struct contract *contract = uses->contract;
  struct type *type = element ? element->type.type : NULL;
  if (!type || type->anonymous || type->kind != TYPE_COMPLEX || type->simple_content ||
      type->abstract || type->derived.count > 0 || type->name.ns != contract->ns ||
      element->name.ns != contract->ns)
    return;
  const char *name = contract_spell_type(contract, type);
  bool shared = map_get(&uses->more, name);
  if (shared && type->name.local == element->name.local)
    return; /* names of structs stay apart */
  struct type *own = arena_alloc(contract->arena, sizeof *own);
  *own = *type;
  own->anonymous = true;
  own->name = element->name;
  map_put(contract->arena, &bodies->types, contract_spell(contract, element->name), own);
  if (!shared)
    map_put(contract->arena, &bodies->left_out, name, type);
}

static void take_parts(struct bodies *bodies, const struct uses *uses, const struct flow *declared,
                       const struct flow *bound) {
  struct list parts = {0};
  body_parts(uses->contract, declared, bound, &parts);
  for (size_t i = 0; i < parts.count; i++)
    take(bodies, uses, ((struct part *)parts.items[i])->element);
}

void bodies_find(struct bodies *bodies, struct contract *contract) {
  struct uses uses = {.contract = contract};
  const struct binding *binding = body_binding(contract);
  *bodies = (struct bodies){0};
  count_all(&uses);
  for (size_t i = 0; binding && i < binding->operations.count; i++) {
    const struct operation *operation = binding->operations.items[i];
    if (!operation->declared)
      continue;
    take_parts(bodies, &uses, &operation->declared->input, &operation->input);
    take_parts(bodies, &uses, &operation->declared->output, &operation->output);
  }
}

struct type *bodies_type(const struct bodies *bodies, const struct contract *contract,
                         const struct element *element) {
  struct type *own = map_get(&bodies->types, contract_spell(contract, element->name));
  return own ? own : element->type.type;
}

bool bodies_leave_out(const struct bodies *bodies, const struct contract *contract,
                      const struct type *type) {
  return map_get(&bodies->left_out, contract_spell_type(contract, type));
}
