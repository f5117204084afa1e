#include "etwsdl/model/reach.h"

#include <string.h>

static const char wcf_space[] = "http://schemas.microsoft.com/2003/10/Serialization/";

struct walk {
  struct contract *contract;
  unsigned bits;
  struct list pending; /* struct type: marked, insides still to be looked at */
};

static void mark_type(struct walk *walk, struct type *type, bool itself) {
  if (type && itself)
    type->itself |= walk->bits;
  if (!type || (type->reach & walk->bits) == walk->bits)
    return;
  type->reach |= walk->bits;
  list_add(walk->contract->arena, &walk->pending, type);
}

static void mark_element(struct walk *walk, struct element *element, bool itself) {
  if (!element)
    return;
  if (element->is_reference)
    element = element->target;
  itself = itself || element->substituted_by.count > 0;
  if ((element->reach & walk->bits) == walk->bits &&
      (!itself || (element->itself & walk->bits) == walk->bits))
    return;
  element->reach |= walk->bits;
  element->itself |= itself ? walk->bits : 0;
  mark_type(walk, element->type.type, true);
  for (size_t i = 0; i < element->substituted_by.count; i++)
    mark_element(walk, element->substituted_by.items[i], true);
}

static void mark_particle(struct walk *walk, struct particle *particle) {
  if (!particle)
    return;
  if (particle->kind == PARTICLE_ELEMENT)
    mark_element(walk, particle->element, false);
  if (particle->kind == PARTICLE_GROUP)
    mark_particle(walk, particle->group.group->content);
  for (size_t i = 0; i < particle->children.count; i++)
    mark_particle(walk, particle->children.items[i]);
}

static void mark_attributes(struct walk *walk, const struct list *attributes,
                            const struct list *groups) {
  for (size_t i = 0; i < attributes->count; i++) {
    struct attribute *attribute = attributes->items[i];
    if (attribute->is_reference && attribute->target)
      attribute = attribute->target;
    mark_type(walk, attribute->type.type, true);
  }
  for (size_t i = 0; i < groups->count; i++) {
    struct group *group = ((struct group_ref *)groups->items[i])->group;
    mark_attributes(walk, &group->attributes, &group->attribute_groups);
  }
}

static void look_inside(struct walk *walk, struct type *type) {
  mark_type(walk, type->base.type, type->simple_content);
  for (size_t i = 0; i < type->members.count; i++)
    mark_type(walk, ((struct type_ref *)type->members.items[i])->type, false);
  mark_particle(walk, type->content);
  mark_attributes(walk, &type->attributes, &type->attribute_groups);
  for (size_t i = 0; type->kind == TYPE_COMPLEX && i < type->derived.count; i++)
    mark_type(walk, type->derived.items[i], true);
}

static void mark_message(struct walk *walk, const struct message *message) {
  if (!message)
    return;
  for (size_t i = 0; i < message->parts.count; i++) {
    const struct part *part = message->parts.items[i];
    mark_element(walk, part->element, true);
    mark_type(walk, part->type.type, true);
  }
}

static void mark_flow(struct walk *walk, const struct flow *flow) {
  mark_message(walk, flow->message);
  for (size_t i = 0; i < flow->headers.count; i++)
    mark_message(walk, ((struct soap_header *)flow->headers.items[i])->message);
}

static void mark_operations(struct walk *walk, const struct list *operations) {
  for (size_t i = 0; i < operations->count; i++) {
    const struct operation *operation = operations->items[i];
    if (walk->bits == REACH_REQUEST) {
      mark_flow(walk, &operation->input);
      continue;
    }
    mark_flow(walk, &operation->output);
    for (size_t k = 0; k < operation->faults.count; k++)
      mark_flow(walk, operation->faults.items[k]);
  }
}

/* What a schema of another namespace declares and nothing refers to is there for the detail of a
 * fault: that is how this service's `apifault` comes. But not what WCF adds to each contract. */
static void mark_fault_details(struct walk *walk) {
  for (size_t i = 0; i < walk->contract->elements.count; i++) {
    struct element *element = walk->contract->elements.items[i];
    if (element->reach == 0 && element->name.ns != walk->contract->ns &&
        (!element->name.ns || strcmp(element->name.ns, wcf_space) != 0))
      mark_element(walk, element, true);
  }
}

/* Without operations nothing says which way anything goes. */
static void mark_everything(struct contract *contract) {
  for (size_t i = 0; i < contract->types.count; i++) {
    struct type *type = contract->types.items[i];
    type->reach = type->itself = REACH_REQUEST | REACH_RESPONSE;
  }
  for (size_t i = 0; i < contract->elements.count; i++) {
    struct element *element = contract->elements.items[i];
    element->reach = element->itself = REACH_REQUEST | REACH_RESPONSE;
  }
}

void reach_compute(struct contract *contract) {
  static const unsigned ways[] = {REACH_REQUEST, REACH_RESPONSE};
  if (contract->port_types.count + contract->bindings.count == 0)
    mark_everything(contract);
  for (size_t k = 0; k < 2; k++) {
    struct walk walk = {.contract = contract, .bits = ways[k]};
    for (size_t i = 0; i < contract->port_types.count; i++)
      mark_operations(&walk, &((struct port_type *)contract->port_types.items[i])->operations);
    for (size_t i = 0; i < contract->bindings.count; i++)
      mark_operations(&walk, &((struct binding *)contract->bindings.items[i])->operations);
    if (ways[k] == REACH_RESPONSE)
      mark_fault_details(&walk);
    for (size_t i = 0; i < walk.pending.count; i++)
      look_inside(&walk, walk.pending.items[i]);
  }
}
