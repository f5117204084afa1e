#include "etwsdl/read/simple.h"

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

struct type *read_new_type(const struct reader *reader, xmlNode *node, const char *owner,
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

struct type_ref read_type_ref(const struct reader *reader, xmlNode *node, const char *name) {
  struct type_ref ref = {.name = xml_qname(reader, node, name), .at = xml_place(reader, node)};
  return ref;
}

const char *read_limit(const struct reader *reader, const xmlNode *node, const char *name,
                       const char *otherwise) {
  const char *limit = xml_attribute(reader, node, name);
  if (!limit)
    limit = otherwise;
  return limit && *limit != '\0' ? limit : NULL;
}

/* Blanks count in a pattern, and an empty one is one. */
static const char *facet_value(const struct reader *reader, const xmlNode *node) {
  const char *text =
      xml_is(node, NS_XSD, "pattern") ? xml_attribute_raw(reader, node, "value") : NULL;
  return text ? text : xml_required(reader, node, "value");
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
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp((const char *)node->name, names[i]) != 0)
      continue;
    struct facet *facet = arena_alloc(arena, sizeof *facet);
    xml_expect(reader, node, "value fixed");
    *facet = (struct facet){names[i], facet_value(reader, node), xml_place(reader, node)};
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
  struct type *type = read_new_type(reader, node, owner, TYPE_SIMPLE);
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
