#include "etwsdl/read/types.h"

#include <stdlib.h>
#include <string.h>

#include "etwsdl/read/attributes.h"

/* extension or restriction below complexContent or simpleContent, or a plain type's own inside. */
static void read_complex_inside(const struct reader *reader, xmlNode *node, struct type *type) {
  const char *owner = type->name.local;
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    if (read_annotation(reader, c, NULL))
      continue;
    if (is_particle(c) && !xml_is(c, NS_XSD, "element") && !xml_is(c, NS_XSD, "any") &&
        !type->content)
      type->content = read_particle(reader, c, owner);
    else if (type->simple_content && xml_is(c, NS_XSD, "simpleType"))
      type->base.type = read_simple_type(reader, c, owner);
    else if (!read_attribute_like(reader, c, owner, &type->attributes, &type->attribute_groups,
                                  &type->any_attribute) &&
             !(type->simple_content && read_facet(reader, c, type)))
      xml_unknown(reader, c);
  }
}

static void read_content(const struct reader *reader, xmlNode *node, struct type *type) {
  type->simple_content = xml_is(node, NS_XSD, "simpleContent");
  xml_expect(reader, node, "mixed");
  type->mixed = xml_flag(reader, node, "mixed", type->mixed);
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    if (read_annotation(reader, c, NULL))
      continue;
    bool extension = xml_is(c, NS_XSD, "extension");
    if (!extension && !xml_is(c, NS_XSD, "restriction")) {
      xml_unknown(reader, c);
      continue;
    }
    xml_expect(reader, c, "base");
    xml_required(reader, c, "base");
    type->derivation = extension ? DERIVED_BY_EXTENSION : DERIVED_BY_RESTRICTION;
    type->base = read_type_ref(reader, c, "base");
    read_complex_inside(reader, c, type);
  }
}

struct type *read_complex_type(const struct reader *reader, xmlNode *node, const char *owner) {
  struct type *type = read_new_type(reader, node, owner, TYPE_COMPLEX);
  xml_expect(reader, node, owner ? "mixed" : "name abstract mixed block final");
  type->abstract = xml_flag(reader, node, "abstract", false);
  type->mixed = xml_flag(reader, node, "mixed", false);
  if (!owner) {
    type->block = read_limit(reader, node, "block", reader->block_default);
    type->final = read_limit(reader, node, "final", reader->final_default);
  }
  xmlNode *child = xml_element(node->children);
  while (child && read_annotation(reader, child, &type->documentation))
    child = xml_element(child->next);
  if (child &&
      (xml_is(child, NS_XSD, "complexContent") || xml_is(child, NS_XSD, "simpleContent"))) {
    read_content(reader, child, type);
    for (child = xml_element(child->next); child; child = xml_element(child->next))
      xml_unknown(reader, child);
  } else {
    read_complex_inside(reader, node, type);
  }
  return type;
}

/* --- elements and what arranges them ---------------------------------------------------------- */

static unsigned read_occurs(const struct reader *reader, const xmlNode *node, const char *name) {
  const char *value = xml_attribute(reader, node, name);
  if (!value)
    return 1;
  if (strcmp(value, "unbounded") == 0 && strcmp(name, "maxOccurs") == 0)
    return UNBOUNDED;
  char *end = NULL;
  unsigned long count = strtoul(value, &end, 10);
  if (*value < '0' || *value > '9' || *end != '\0' || count >= UNBOUNDED) {
    contract_error(reader->contract, xml_place(reader, node), "%s=\"%s\": say a number%s", name,
                   value, strcmp(name, "maxOccurs") == 0 ? " or unbounded" : "");
    return 1;
  }
  return (unsigned)count;
}

static const struct {
  const char *name;
  enum particle_kind kind;
} particle_names[] = {{"element", PARTICLE_ELEMENT}, {"any", PARTICLE_ANY},
                      {"group", PARTICLE_GROUP},     {"sequence", PARTICLE_SEQUENCE},
                      {"choice", PARTICLE_CHOICE},   {"all", PARTICLE_ALL}};
enum { PARTICLE_NAMES = sizeof particle_names / sizeof *particle_names };

bool is_particle(const xmlNode *node) {
  for (size_t i = 0; i < PARTICLE_NAMES; i++)
    if (xml_is(node, NS_XSD, particle_names[i].name))
      return true;
  return false;
}

static void read_children(const struct reader *reader, xmlNode *node, struct particle *particle,
                          const char *owner) {
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    if (read_annotation(reader, c, NULL))
      continue;
    if (is_particle(c))
      list_add(reader->contract->arena, &particle->children, read_particle(reader, c, owner));
    else
      xml_unknown(reader, c);
  }
}

struct particle *read_particle(const struct reader *reader, xmlNode *node, const char *owner) {
  enum particle_kind kind = PARTICLE_SEQUENCE;
  for (size_t i = 0; i < PARTICLE_NAMES; i++)
    if (xml_is(node, NS_XSD, particle_names[i].name))
      kind = particle_names[i].kind;
  struct particle *particle;
  if (kind == PARTICLE_ANY) {
    xml_expect(reader, node, "namespace processContents minOccurs maxOccurs");
    particle = read_any(reader, node);
  } else {
    particle = arena_alloc(reader->contract->arena, sizeof *particle);
    particle->kind = kind;
    particle->at = xml_place(reader, node);
  }
  particle->min = read_occurs(reader, node, "minOccurs");
  particle->max = read_occurs(reader, node, "maxOccurs");
  if (particle->max == 0 && !xml_attribute(reader, node, "minOccurs"))
    particle->min = 0; /* never: nobody means that it has to come */
  if (particle->min > particle->max)
    contract_error(reader->contract, particle->at, "minOccurs %u is more than maxOccurs %u",
                   particle->min, particle->max);
  if (kind == PARTICLE_ELEMENT) {
    particle->element = read_element(reader, node, owner);
  } else if (kind == PARTICLE_GROUP) {
    xml_expect(reader, node, "ref minOccurs maxOccurs");
    xml_required(reader, node, "ref");
    particle->group.name = xml_qname(reader, node, "ref");
    particle->group.at = particle->at;
  } else if (kind != PARTICLE_ANY) {
    xml_expect(reader, node, "minOccurs maxOccurs");
    read_children(reader, node, particle, owner);
  }
  return particle;
}

/* The name or, inside a type, the reference; and the path that an anonymous type below gets. */
static const char *read_element_name(const struct reader *reader, xmlNode *node,
                                     struct element *element, const char *owner) {
  struct arena *arena = reader->contract->arena;
  const char *form = xml_attribute(reader, node, "form");
  element->qualified =
      !owner || (form ? strcmp(form, "qualified") == 0 : reader->elements_qualified);
  if (owner && xml_attribute(reader, node, "ref")) {
    xml_expect(reader, node, "ref minOccurs maxOccurs");
    element->is_reference = true;
    element->qualified = true;
    element->name = xml_qname(reader, node, "ref");
    return element->name.local;
  }
  xml_expect(reader, node,
             owner ? "name type nillable default fixed form block minOccurs maxOccurs"
                   : "name type nillable default fixed abstract substitutionGroup block final");
  element->name.local = xml_name(reader, node);
  element->name.ns = element->qualified ? reader->ns : NULL;
  if (!owner)
    return element->name.local;
  return intern_format(arena, "%s.%s", owner, element->name.local);
}

struct element *read_element(const struct reader *reader, xmlNode *node, const char *owner) {
  struct element *element = arena_alloc(reader->contract->arena, sizeof *element);
  element->at = xml_place(reader, node);
  const char *path = read_element_name(reader, node, element, owner);
  element->type = (struct type_ref){xml_qname(reader, node, "type"), element->at, NULL};
  element->nillable = xml_flag(reader, node, "nillable", false);
  element->abstract = xml_flag(reader, node, "abstract", false);
  element->default_value = xml_attribute_raw(reader, node, "default");
  element->fixed = xml_attribute_raw(reader, node, "fixed");
  element->substitutes = xml_qname(reader, node, "substitutionGroup");
  if (!element->is_reference)
    element->block = read_limit(reader, node, "block", reader->block_default);
  if (!owner)
    element->final = read_limit(reader, node, "final", reader->final_default);
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    bool free_of_type = !element->type.name.local && !element->type.type;
    if (read_annotation(reader, c, &element->documentation))
      continue;
    if (free_of_type && xml_is(c, NS_XSD, "complexType"))
      element->type.type = read_complex_type(reader, c, path);
    else if (free_of_type && xml_is(c, NS_XSD, "simpleType"))
      element->type.type = read_simple_type(reader, c, path);
    else
      xml_unknown(reader, c);
  }
  return element;
}
