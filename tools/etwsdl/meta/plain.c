#include "etwsdl/meta/plain.h"

#include "etwsdl/meta/plain_schema.h"
#include "etwsdl/meta/plain_service.h"

static void add_space(struct plain *plain, const char *ns) {
  struct arena *arena = plain->contract->arena;
  if (plain_space(plain, ns))
    return;
  struct plain_space *space = arena_alloc(arena, sizeof *space);
  *space = (struct plain_space){ns, "tns", true};
  if (plain->spaces.count > 0)
    space->prefix = intern_format(arena, "n%zu", plain->spaces.count);
  list_add(arena, &plain->spaces, space);
}

static void count_forms(const struct particle *particle, size_t counts[2]) {
  if (particle && particle->kind == PARTICLE_ELEMENT && !particle->element->is_reference)
    counts[particle->element->qualified]++;
  for (size_t i = 0; particle && i < particle->children.count; i++)
    count_forms(particle->children.items[i], counts);
}

static bool most_are_qualified(const struct contract *contract, const char *ns) {
  size_t counts[2] = {0, 0};
  for (size_t i = 0; i < contract->types.count; i++) {
    const struct type *type = contract->types.items[i];
    if (type->name.ns == ns)
      count_forms(type->sent, counts);
  }
  return counts[true] >= counts[false];
}

static void find_spaces(struct plain *plain) {
  const struct contract *contract = plain->contract;
  add_space(plain, contract->ns);
  for (size_t i = 0; i < contract->types.count; i++)
    add_space(plain, ((struct type *)contract->types.items[i])->name.ns);
  for (size_t i = 0; i < contract->elements.count; i++)
    add_space(plain, ((struct element *)contract->elements.items[i])->name.ns);
  for (size_t i = 0; i < contract->attributes.count; i++)
    add_space(plain, ((struct attribute *)contract->attributes.items[i])->name.ns);
  for (size_t i = 0; i < plain->spaces.count; i++) {
    struct plain_space *space = plain->spaces.items[i];
    space->qualified = most_are_qualified(contract, space->ns);
  }
}

struct buffer plain_write(struct contract *contract) {
  struct plain plain = {.contract = contract};
  bodies_find(&plain.bodies, contract);
  find_spaces(&plain);
  buffer_add_text(&plain.out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                              "<!-- Written by `etwsdl meta` for wsdl2h. -->\n"
                              "<wsdl:definitions xmlns:wsdl=\"" NS_WSDL "\"\n"
                              "    xmlns:soap=\"" NS_WSDL "soap/\"\n"
                              "    xmlns:xsd=\"" NS_XSD "\"\n   ");
  plain_attribute(&plain, "targetNamespace", contract->ns);
  for (size_t i = 0; i < plain.spaces.count; i++) {
    const struct plain_space *space = plain.spaces.items[i];
    buffer_add_text(&plain.out, "\n   ");
    plain_attribute(&plain, intern_format(contract->arena, "xmlns:%s", space->prefix), space->ns);
  }
  buffer_add_text(&plain.out, ">\n<wsdl:types>\n");
  for (size_t i = 0; i < plain.spaces.count; i++)
    plain_schema(&plain, plain.spaces.items[i]);
  buffer_add_text(&plain.out, "</wsdl:types>\n");
  plain_service(&plain);
  buffer_add_text(&plain.out, "</wsdl:definitions>\n");
  return plain.out;
}
