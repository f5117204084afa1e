#include "etwsdl/meta/plain_writer.h"

#include <string.h>

#include "common/escape.h"

const struct plain_space *plain_space(const struct plain *plain, const char *ns) {
  for (size_t i = 0; i < plain->spaces.count; i++) {
    const struct plain_space *space = plain->spaces.items[i];
    if (space->ns == ns)
      return space;
  }
  return NULL;
}

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

void plain_attribute(struct plain *plain, const char *name, const char *value) {
  if (!value)
    return;
  buffer_printf(&plain->out, " %s=\"", name);
  escape_xml_attribute(&plain->out, value, strlen(value));
  buffer_add_char(&plain->out, '"');
}

void plain_name(struct plain *plain, const char *name, struct qname value) {
  const struct plain_space *space = plain_space(plain, value.ns);
  const char *prefix = space && space->ns                          ? space->prefix
                       : value.ns && strcmp(value.ns, NS_XML) == 0 ? "xml"
                       : value.ns                                  ? "xsd"
                                                                   : NULL;
  const char *local = value.local;
  if (value.ns && strcmp(value.ns, NS_XSD) == 0)
    local = plain_builtin(local);
  buffer_printf(&plain->out, " %s=\"%s%s%s\"", name, prefix ? prefix : "", prefix ? ":" : "",
                local);
}

struct buffer plain_write(struct contract *contract) {
  struct plain plain = {.contract = contract};
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
