#include "etwsdl/model/fields.h"

struct around {
  unsigned min, max;
  struct particle *choice;
  unsigned choice_index;
  bool repeated;
};

unsigned occurs_times(unsigned a, unsigned b) {
  if (a == 0 || b == 0)
    return 0;
  if (a >= UNBOUNDED || b >= UNBOUNDED || a > UNBOUNDED / b)
    return UNBOUNDED;
  return a * b;
}

static void add_field(struct contract *contract, struct type *owner, struct particle *particle,
                      struct around around, struct list *fields) {
  struct field *field = arena_alloc(contract->arena, sizeof *field);
  struct element *element = particle->element;
  if (element && element->is_reference)
    element = element->target;
  field->owner = owner;
  field->particle = particle;
  field->element = element;
  field->name = element ? element->name.local : intern(contract->arena, "##any");
  field->qname = element ? element->name : (struct qname){NULL, field->name};
  field->type = element ? element->type.type : NULL;
  field->min = occurs_times(around.min, particle->min);
  field->max = occurs_times(around.max, particle->max);
  field->choice = around.choice;
  field->choice_index = around.choice_index;
  field->repeated_parent = around.repeated;
  field->at = particle->at;
  list_add(contract->arena, fields, field);
}

static void walk(struct contract *contract, struct type *owner, struct particle *particle,
                 struct around around, struct list *fields) {
  if (!particle || particle->max == 0)
    return;
  if (particle->kind == PARTICLE_ELEMENT || particle->kind == PARTICLE_ANY) {
    add_field(contract, owner, particle, around, fields);
    return;
  }
  struct around inside = around;
  inside.min = occurs_times(around.min, particle->min);
  inside.max = occurs_times(around.max, particle->max);
  inside.repeated = around.repeated || particle->max > 1;
  for (size_t i = 0; i < particle->children.count; i++) {
    if (particle->kind == PARTICLE_CHOICE) {
      inside.choice = particle;
      inside.choice_index = (unsigned)i;
    }
    walk(contract, owner, particle->children.items[i], inside, fields);
  }
}

void fields_own(struct contract *contract, struct type *type, struct list *fields) {
  size_t first = fields->count;
  walk(contract, type, type->sent, (struct around){.min = 1, .max = 1}, fields);
  for (size_t i = first; i + 1 < fields->count; i++)
    ((struct field *)fields->items[i])->next = ((struct field *)fields->items[i + 1])->name;
}

bool field_is_required(const struct field *field) {
  return field->min > 0 && !field->choice;
}

void fields_all(struct contract *contract, struct type *type, struct list *fields) {
  if (type->base.type && type->derivation == DERIVED_BY_EXTENSION &&
      type->base.type->kind == TYPE_COMPLEX)
    fields_all(contract, type->base.type, fields);
  fields_own(contract, type, fields);
}
