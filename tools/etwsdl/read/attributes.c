#include "etwsdl/read/attributes.h"

#include <string.h>

struct particle *read_any(const struct reader *reader, xmlNode *node) {
  struct particle *any = arena_alloc(reader->contract->arena, sizeof *any);
  any->kind = PARTICLE_ANY;
  any->at = xml_place(reader, node);
  any->min = any->max = 1;
  any->any_namespace = xml_attribute_or(reader, node, "namespace", "##any");
  any->process_contents = xml_attribute_or(reader, node, "processContents", "strict");
  return any;
}

struct attribute *read_attribute(const struct reader *reader, xmlNode *node, const char *owner) {
  struct arena *arena = reader->contract->arena;
  struct attribute *attribute = arena_alloc(arena, sizeof *attribute);
  const char *form = xml_attribute(reader, node, "form");
  xml_expect(reader, node,
             owner ? "name ref type use default fixed form" : "name type default fixed");
  attribute->at = xml_place(reader, node);
  attribute->is_reference = owner && xml_attribute(reader, node, "ref");
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
