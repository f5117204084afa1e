#include "reach.h"

static void mark_type(struct contract *contract, struct type *type, unsigned bits);

static void mark_element(struct contract *contract, struct element *element, unsigned bits) {
  if (element == NULL)
    return;
  if (element->is_reference)
    element = element->target;
  mark_type(contract, element->type.type, bits);
  for (size_t i = 0; i < contract->elements.count; i++) {
    struct element *other = contract->elements.items[i];
    if (other->substitutes.local != NULL && qname_equal(other->substitutes, element->name))
      mark_type(contract, other->type.type, bits);
  }
}

static void mark_particle(struct contract *contract, struct particle *particle, unsigned bits) {
  if (particle == NULL)
    return;
  if (particle->kind == PARTICLE_ELEMENT)
    mark_element(contract, particle->element, bits);
  if (particle->kind == PARTICLE_GROUP)
    mark_particle(contract, particle->group.group->content, bits);
  for (size_t i = 0; i < particle->children.count; i++)
    mark_particle(contract, particle->children.items[i], bits);
}

static void mark_attributes(struct contract *contract, const struct list *attributes,
                            const struct list *groups, unsigned bits) {
  for (size_t i = 0; i < attributes->count; i++) {
    struct attribute *attribute = attributes->items[i];
    if (attribute->is_reference && attribute->target != NULL)
      attribute = attribute->target;
    mark_type(contract, attribute->type.type, bits);
  }
  for (size_t i = 0; i < groups->count; i++) {
    struct group *group = ((struct group_ref *)groups->items[i])->group;
    mark_attributes(contract, &group->attributes, &group->attribute_groups, bits);
  }
}

static void mark_type(struct contract *contract, struct type *type, unsigned bits) {
  if (type == NULL || (type->reach & bits) == bits)
    return;
  type->reach |= bits;
  mark_type(contract, type->base.type, bits);
  for (size_t i = 0; i < type->members.count; i++)
    mark_type(contract, ((struct type_ref *)type->members.items[i])->type, bits);
  mark_particle(contract, type->content, bits);
  mark_attributes(contract, &type->attributes, &type->attribute_groups, bits);
  if (type->kind != TYPE_COMPLEX)
    return;
  for (size_t i = 0; i < contract->types.count; i++) {
    struct type *other = contract->types.items[i];
    if (other->base.type == type)
      mark_type(contract, other, bits);
  }
}

static void mark_message(struct contract *contract, const struct message *message, unsigned bits) {
  if (message == NULL)
    return;
  for (size_t i = 0; i < message->parts.count; i++) {
    const struct part *part = message->parts.items[i];
    mark_element(contract, part->element, bits);
    mark_type(contract, part->type.type, bits);
  }
}

static void mark_flow(struct contract *contract, const struct flow *flow, unsigned bits) {
  mark_message(contract, flow->message, bits);
  for (size_t i = 0; i < flow->headers.count; i++)
    mark_message(contract, ((struct soap_header *)flow->headers.items[i])->message, bits);
}

static void mark_operations(struct contract *contract, const struct list *operations) {
  for (size_t i = 0; i < operations->count; i++) {
    const struct operation *operation = operations->items[i];
    mark_flow(contract, &operation->input, REACH_REQUEST);
    mark_flow(contract, &operation->output, REACH_RESPONSE);
    for (size_t k = 0; k < operation->faults.count; k++)
      mark_flow(contract, operation->faults.items[k], REACH_RESPONSE);
  }
}

void reach_compute(struct contract *contract) {
  for (size_t i = 0; i < contract->port_types.count; i++)
    mark_operations(contract, &((struct port_type *)contract->port_types.items[i])->operations);
  for (size_t i = 0; i < contract->bindings.count; i++)
    mark_operations(contract, &((struct binding *)contract->bindings.items[i])->operations);
}
