#include "etwsdl/read/schema.h"

#include <string.h>

#include "etwsdl/read/attributes.h"
#include "etwsdl/read/imports.h"
#include "etwsdl/read/types.h"

static void define(const struct reader *reader, enum space space, struct qname name, void *what,
                   struct place at, struct place (*place_of)(const void *)) {
  static const char *const kinds[] = {"type", "element", "attribute", "group", "attribute group"};
  struct contract *contract = reader->contract;
  if (contract_define(contract, space, name, what))
    return;
  struct place first = place_of(contract_find(contract, space, name));
  contract_error(contract, at, "%s %s is defined twice: first at %s:%u:%u", kinds[space],
                 contract_spell(contract, name), first.file, first.line, first.column);
}

static struct place place_of_type(const void *what) {
  return ((const struct type *)what)->at;
}

static struct place place_of_element(const void *what) {
  return ((const struct element *)what)->at;
}

static struct place place_of_attribute(const void *what) {
  return ((const struct attribute *)what)->at;
}

static struct place place_of_group(const void *what) {
  return ((const struct group *)what)->at;
}

static struct group *read_group(const struct reader *reader, xmlNode *node) {
  struct group *group = arena_alloc(reader->contract->arena, sizeof *group);
  xml_expect(reader, node, "name");
  group->name = (struct qname){reader->ns, xml_name(reader, node)};
  group->at = xml_place(reader, node);
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    if (read_annotation(reader, c, NULL))
      continue;
    if (!group->content && is_particle(c) && !xml_is(c, NS_XSD, "element"))
      group->content = read_particle(reader, c, group->name.local);
    else
      xml_unknown(reader, c);
  }
  return group;
}

static struct group *read_attribute_group(const struct reader *reader, xmlNode *node) {
  struct group *group = arena_alloc(reader->contract->arena, sizeof *group);
  xml_expect(reader, node, "name");
  group->name = (struct qname){reader->ns, xml_name(reader, node)};
  group->at = xml_place(reader, node);
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next))
    if (!read_annotation(reader, c, NULL) &&
        !read_attribute_like(reader, c, group->name.local, &group->attributes,
                             &group->attribute_groups, &group->any_attribute))
      xml_unknown(reader, c);
  return group;
}

static void read_import(struct reader *reader, xmlNode *node) {
  bool include = xml_is(node, NS_XSD, "include");
  xml_expect(reader, node, include ? "schemaLocation" : "namespace schemaLocation");
  const char *location = xml_attribute(reader, node, "schemaLocation");
  const char *ns = include ? reader->ns : xml_attribute(reader, node, "namespace");
  if (location)
    import_later(reader, node, include ? INCLUDE_SCHEMA : IMPORT_SCHEMA, ns, location);
  else if (include)
    xml_required(reader, node, "schemaLocation");
}

static void read_type(const struct reader *reader, xmlNode *node) {
  struct type *type = xml_is(node, NS_XSD, "complexType") ? read_complex_type(reader, node, NULL)
                                                          : read_simple_type(reader, node, NULL);
  define(reader, SPACE_TYPE, type->name, type, type->at, place_of_type);
}

static bool read_declaration(struct reader *reader, xmlNode *node) {
  struct contract *contract = reader->contract;
  if (xml_is(node, NS_XSD, "complexType") || xml_is(node, NS_XSD, "simpleType")) {
    read_type(reader, node);
  } else if (xml_is(node, NS_XSD, "element")) {
    struct element *element = read_element(reader, node, NULL);
    list_add(contract->arena, &contract->elements, element);
    define(reader, SPACE_ELEMENT, element->name, element, element->at, place_of_element);
  } else if (xml_is(node, NS_XSD, "attribute")) {
    struct attribute *attribute = read_attribute(reader, node, NULL);
    list_add(contract->arena, &contract->attributes, attribute);
    define(reader, SPACE_ATTRIBUTE, attribute->name, attribute, attribute->at, place_of_attribute);
  } else if (xml_is(node, NS_XSD, "group")) {
    struct group *group = read_group(reader, node);
    list_add(contract->arena, &contract->groups, group);
    define(reader, SPACE_GROUP, group->name, group, group->at, place_of_group);
  } else if (xml_is(node, NS_XSD, "attributeGroup")) {
    struct group *group = read_attribute_group(reader, node);
    list_add(contract->arena, &contract->attribute_groups, group);
    define(reader, SPACE_ATTRIBUTE_GROUP, group->name, group, group->at, place_of_group);
  } else {
    return false;
  }
  return true;
}

static void read_namespace(struct reader *reader, const xmlNode *schema, bool included,
                           const char *ns) {
  struct contract *contract = reader->contract;
  reader->ns = xml_attribute(reader, schema, "targetNamespace");
  if (included && !reader->ns) {
    reader->ns = ns;
    reader->chameleon = true;
  } else if (ns && reader->ns != ns) {
    contract_error(contract, xml_place(reader, schema),
                   "the schema has targetNamespace \"%s\", its %s asks for \"%s\"",
                   reader->ns ? reader->ns : "", included ? "include" : "import", ns);
  }
}

void schema_read(struct reader *reader, xmlNode *schema, bool included, const char *ns) {
  xml_expect(reader, schema,
             "targetNamespace elementFormDefault attributeFormDefault version blockDefault "
             "finalDefault");
  read_namespace(reader, schema, included, ns);
  reader->elements_qualified =
      strcmp(xml_attribute_or(reader, schema, "elementFormDefault", ""), "qualified") == 0;
  reader->attributes_qualified =
      strcmp(xml_attribute_or(reader, schema, "attributeFormDefault", ""), "qualified") == 0;
  reader->block_default = xml_attribute(reader, schema, "blockDefault");
  reader->final_default = xml_attribute(reader, schema, "finalDefault");
  for (xmlNode *c = xml_element(schema->children); c; c = xml_element(c->next)) {
    if (read_annotation(reader, c, NULL))
      continue;
    if (xml_is(c, NS_XSD, "include") || xml_is(c, NS_XSD, "import"))
      read_import(reader, c);
    else if (xml_is(c, NS_XSD, "redefine"))
      contract_error(reader->contract, xml_place(reader, c), "xsd:redefine is not supported");
    else if (!read_declaration(reader, c))
      xml_unknown(reader, c);
  }
}
