#include "etwsdl/read/types.h"

#include <stdlib.h>
#include <string.h>

bool read_annotation(const struct reader *reader, xmlNode *node, const char **documentation) {
  if (!xml_is(node, NS_XSD, "annotation"))
    return false;
  if (!documentation)
    return true;
  struct arena *arena = reader->contract->arena;
  const char *text = xml_text(reader, node);
  if (*documentation && text) /* more than one: all of them count */
    text = intern_format(arena, "%s %s", *documentation, text);
  if (text)
    *documentation = text;
  return true;
}

static struct type *new_type(const struct reader *reader, xmlNode *node, const char *owner,
                             enum type_kind kind) {
  struct contract *contract = reader->contract;
  struct type *type = arena_alloc(contract->arena, sizeof *type);
  type->kind = kind;
  type->at = xml_place(reader, node);
  type->anonymous = owner;
  type->name.ns = reader->ns;
  type->name.local = owner ? owner : xml_name(reader, node);
  list_add(contract->arena, &contract->types, type);
  return type;
}

static struct type_ref read_type_ref(const struct reader *reader, xmlNode *node, const char *name) {
  struct type_ref ref = {.name = xml_qname(reader, node, name), .at = xml_place(reader, node)};
  return ref;
}

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

const char *read_limit(const struct reader *reader, const xmlNode *node, const char *name,
                       const char *otherwise) {
  const char *limit = xml_attribute(reader, node, name);
  if (!limit)
    limit = otherwise;
  return limit && *limit != '\0' ? limit : NULL;
}

struct type *read_complex_type(const struct reader *reader, xmlNode *node, const char *owner) {
  struct type *type = new_type(reader, node, owner, TYPE_COMPLEX);
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

bool read_facet(const struct reader *reader, xmlNode *node, struct type *type) {
  static const char *const names[] = {"length",       "minLength",     "maxLength",
                                      "pattern",      "whiteSpace",    "maxInclusive",
                                      "maxExclusive", "minExclusive",  "minInclusive",
                                      "totalDigits",  "fractionDigits"};
  struct arena *arena = reader->contract->arena;
  if (!xml_in(node, NS_XSD))
    return false;
  if (strcmp((const char *)node->name, "enumeration") == 0) {
    struct enum_value *value = arena_alloc(arena, sizeof *value);
    xml_expect(reader, node, "value");
    value->text = xml_attribute_raw(reader, node, "value");
    value->at = xml_place(reader, node);
    if (!value->text)
      value->text = xml_required(reader, node, "value");
    list_add(arena, &type->values, value);
    return true;
  }
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    if (strcmp((const char *)node->name, names[i]) != 0)
      continue;
    struct facet *facet = arena_alloc(arena, sizeof *facet);
    xml_expect(reader, node, "value fixed");
    *facet = (struct facet){names[i], xml_required(reader, node, "value"), xml_place(reader, node)};
    list_add(arena, &type->facets, facet);
    return true;
  }
  return false;
}

static void read_simple_restriction(const struct reader *reader, xmlNode *node, struct type *type) {
  xml_expect(reader, node, "base");
  type->derivation = DERIVED_BY_RESTRICTION;
  type->base = read_type_ref(reader, node, "base");
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    if (read_annotation(reader, c, NULL))
      continue;
    if (xml_is(c, NS_XSD, "simpleType") && !type->base.name.local)
      type->base.type = read_simple_type(reader, c, type->name.local);
    else if (!read_facet(reader, c, type))
      xml_unknown(reader, c);
  }
  if (!type->base.name.local && !type->base.type)
    xml_required(reader, node, "base");
}

static void add_member(const struct reader *reader, struct type *type, struct type_ref member) {
  struct type_ref *kept = arena_alloc(reader->contract->arena, sizeof *kept);
  *kept = member;
  list_add(reader->contract->arena, &type->members, kept);
}

static void read_list_or_union(const struct reader *reader, xmlNode *node, struct type *type) {
  bool is_list = xml_is(node, NS_XSD, "list");
  struct place place = xml_place(reader, node);
  xml_expect(reader, node, is_list ? "itemType" : "memberTypes");
  type->derivation = is_list ? DERIVED_BY_LIST : DERIVED_BY_UNION;
  if (is_list)
    type->base = read_type_ref(reader, node, "itemType");
  const char *names = is_list ? NULL : xml_attribute(reader, node, "memberTypes");
  while (names && *(names += strspn(names, " \t\r\n")) != '\0') {
    size_t n = strcspn(names, " \t\r\n");
    const char *name = intern_n(reader->contract->arena, names, n);
    add_member(reader, type, (struct type_ref){xml_split(reader, node, name), place, NULL});
    names += n;
  }
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    if (read_annotation(reader, c, NULL))
      continue;
    if (!xml_is(c, NS_XSD, "simpleType"))
      xml_unknown(reader, c);
    else if (is_list && !type->base.name.local)
      type->base.type = read_simple_type(reader, c, type->name.local);
    else if (!is_list)
      add_member(
          reader, type,
          (struct type_ref){.at = place, .type = read_simple_type(reader, c, type->name.local)});
  }
  if (is_list && !type->base.name.local && !type->base.type)
    xml_required(reader, node, "itemType");
}

struct type *read_simple_type(const struct reader *reader, xmlNode *node, const char *owner) {
  struct type *type = new_type(reader, node, owner, TYPE_SIMPLE);
  xml_expect(reader, node, owner ? "" : "name final");
  if (!owner)
    type->final = read_limit(reader, node, "final", reader->final_default);
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    if (read_annotation(reader, c, &type->documentation))
      continue;
    if (xml_is(c, NS_XSD, "restriction"))
      read_simple_restriction(reader, c, type);
    else if (xml_is(c, NS_XSD, "list") || xml_is(c, NS_XSD, "union"))
      read_list_or_union(reader, c, type);
    else
      xml_unknown(reader, c);
  }
  if (type->derivation == DERIVED_NOT)
    contract_error(reader->contract, type->at, "simple type %s has no restriction, list or union",
                   contract_spell_type(reader->contract, type));
  return type;
}

/* --- elements, attributes and what arranges them ---------------------------------------------- */

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
enum { PARTICLE_NAMES = sizeof particle_names / sizeof particle_names[0] };

bool is_particle(const xmlNode *node) {
  for (size_t i = 0; i < PARTICLE_NAMES; i++)
    if (xml_is(node, NS_XSD, particle_names[i].name))
      return true;
  return false;
}

struct particle *read_any(const struct reader *reader, xmlNode *node) {
  struct particle *any = arena_alloc(reader->contract->arena, sizeof *any);
  any->kind = PARTICLE_ANY;
  any->at = xml_place(reader, node);
  any->min = any->max = 1;
  any->any_namespace = xml_attribute_or(reader, node, "namespace", "##any");
  any->process_contents = xml_attribute_or(reader, node, "processContents", "strict");
  return any;
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

struct attribute *read_attribute(const struct reader *reader, xmlNode *node, const char *owner) {
  struct arena *arena = reader->contract->arena;
  struct attribute *attribute = arena_alloc(arena, sizeof *attribute);
  const char *form = xml_attribute(reader, node, "form");
  xml_expect(reader, node,
             owner ? "name ref type use default fixed form" : "name type default fixed");
  attribute->at = xml_place(reader, node);
  attribute->is_reference = owner && xml_attribute(reader, node, "ref") != NULL;
  attribute->qualified =
      !owner || (form ? strcmp(form, "qualified") == 0 : reader->attributes_qualified);
  if (attribute->is_reference)
    attribute->name = xml_qname(reader, node, "ref");
  else
    attribute->name =
        (struct qname){attribute->qualified ? reader->ns : NULL, xml_name(reader, node)};
  attribute->type = (struct type_ref){xml_qname(reader, node, "type"), attribute->at, NULL};
  attribute->use = xml_attribute_or(reader, node, "use", "optional");
  attribute->default_value = xml_attribute_raw(reader, node, "default");
  attribute->fixed = xml_attribute_raw(reader, node, "fixed");
  const char *path =
      intern_format(arena, "%s%s@%s", owner ? owner : "", owner ? "." : "", attribute->name.local);
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    if (read_annotation(reader, c, NULL))
      continue;
    if (xml_is(c, NS_XSD, "simpleType") && !attribute->type.name.local)
      attribute->type.type = read_simple_type(reader, c, intern(arena, path));
    else
      xml_unknown(reader, c);
  }
  return attribute;
}

bool read_attribute_like(const struct reader *reader, xmlNode *node, const char *owner,
                         struct list *attributes, struct list *groups, struct particle **any) {
  struct arena *arena = reader->contract->arena;
  if (xml_is(node, NS_XSD, "attribute")) {
    list_add(arena, attributes, read_attribute(reader, node, owner));
  } else if (xml_is(node, NS_XSD, "attributeGroup")) {
    struct group_ref *ref = arena_alloc(arena, sizeof *ref);
    xml_expect(reader, node, "ref");
    xml_required(reader, node, "ref");
    ref->name = xml_qname(reader, node, "ref");
    ref->at = xml_place(reader, node);
    list_add(arena, groups, ref);
  } else if (xml_is(node, NS_XSD, "anyAttribute") && !*any) {
    xml_expect(reader, node, "namespace processContents");
    *any = read_any(reader, node);
  } else {
    return false;
  }
  return true;
}
