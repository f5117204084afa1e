#include "etwsdl/meta/plain_schema.h"

#include <string.h>

#include "etwsdl/meta/gsoap.h"

struct schema {
  struct plain *plain;
  const struct plain_space *space;
  const struct type *type; /* the one that is written */
};

static void add(const struct schema *schema, const char *text) {
  buffer_add_text(&schema->plain->out, text);
}

static void write_type(const struct schema *schema, const struct type *type);

/* --- attributes ------------------------------------------------------------------------------- */

/* What has no place in C is left out of the bindings; `check` says so. */
static void write_value(const struct schema *schema, const char *name, const struct type *type,
                        const char *value) {
  if (value && gsoap_takes_value(type, value))
    plain_attribute(schema->plain, name, value);
}

static void write_attribute(const struct schema *schema, const struct attribute *attribute,
                            bool global) {
  struct plain *plain = schema->plain;
  const struct type *type = attribute->type.type;
  bool has_inline = type && type->anonymous;
  if (strcmp(attribute->use, "prohibited") == 0)
    return;
  add(schema, "<xsd:attribute");
  if (attribute->is_reference) {
    plain_name(plain, "ref", attribute->name);
  } else {
    plain_attribute(plain, "name", attribute->name.local);
    if (type && !has_inline)
      plain_name(plain, "type", type->name);
    if (attribute->qualified && !global)
      plain_attribute(plain, "form", "qualified");
  }
  if (!global)
    plain_attribute(plain, "use", attribute->use);
  write_value(schema, "default", type, attribute->default_value);
  write_value(schema, "fixed", type, attribute->fixed);
  add(schema, ">");
  if (has_inline && !attribute->is_reference)
    write_type(schema, type);
  add(schema, "</xsd:attribute>\n");
}

static void write_any(const struct schema *schema, const char *tag, const struct particle *any) {
  struct plain *plain = schema->plain;
  buffer_printf(&plain->out, "<xsd:%s", tag);
  plain_attribute(plain, "namespace", any->any_namespace);
  plain_attribute(plain, "processContents", any->process_contents);
}

static void write_attributes(const struct schema *schema, const struct list *attributes,
                             const struct list *groups, const struct particle *any) {
  for (size_t i = 0; i < attributes->count; i++)
    write_attribute(schema, attributes->items[i], false);
  for (size_t i = 0; i < groups->count; i++) {
    const struct group *group = ((struct group_ref *)groups->items[i])->group;
    write_attributes(schema, &group->attributes, &group->attribute_groups, NULL);
  }
  if (any) {
    write_any(schema, "anyAttribute", any);
    add(schema, "/>\n");
  }
}

/* A restriction of an inline type is one of what that restricts: the values are what counts. And
 * an enumeration is one of texts, since gSOAP numbers its constants otherwise for a number's. */
static struct qname base_of(const struct plain *plain, const struct type *type) {
  const struct type *base = type;
  do
    base = base->derivation == DERIVED_BY_RESTRICTION ? base->base.type : NULL;
  while (base && base->anonymous);
  if (base && (base->kind != TYPE_BUILTIN || !values_are_constants(type)))
    return base->name;
  return (struct qname){intern(plain->contract->arena, NS_XSD), "string"};
}

/* An inline type of texts or numbers is said as what it restricts, since gSOAP takes a text that is
 * declared in its place for one pointer more. A struct has no place for its limits. */
static bool is_said_by_base(const struct type *type) {
  return type && type->anonymous && type->kind == TYPE_SIMPLE && !values_are_constants(type);
}

/* --- elements and what arranges them ---------------------------------------------------------- */

static void write_occurs(const struct schema *schema, const struct particle *particle) {
  struct buffer *out = &schema->plain->out;
  if (particle->min != 1)
    buffer_printf(out, " minOccurs=\"%u\"", particle->min);
  if (particle->max == UNBOUNDED)
    buffer_add_text(out, " maxOccurs=\"unbounded\"");
  else if (particle->max != 1)
    buffer_printf(out, " maxOccurs=\"%u\"", particle->max);
}

/* Name or reference are written; the rest is said of the declaration. */
static void write_declaration(const struct schema *schema, const struct element *element,
                              const struct type *type) {
  struct plain *plain = schema->plain;
  bool by_base = is_said_by_base(type);
  bool has_inline = type && type->anonymous && !by_base;
  if (type && !has_inline)
    plain_name(plain, "type", by_base ? base_of(plain, type) : type->name);
  if (element->nillable)
    plain_attribute(plain, "nillable", "true");
  write_value(schema, "default", type, element->default_value);
  write_value(schema, "fixed", type, element->fixed);
  add(schema, ">");
  if (has_inline)
    write_type(schema, type);
  add(schema, "</xsd:element>\n");
}

/* What is referred to in its own namespace stands on the wire like a field, unless others may come
 * in its place. */
static bool is_like_a_field(const struct schema *schema, const struct element *used) {
  const struct element *target = used->target;
  return target->name.ns == schema->space->ns && !target->abstract &&
         target->substituted_by.count == 0 && target->type.type;
}

static void write_field(const struct schema *schema, const struct particle *particle) {
  struct plain *plain = schema->plain;
  const struct element *used = particle->element;
  add(schema, "<xsd:element");
  if (used->is_reference && !is_like_a_field(schema, used)) {
    plain_name(plain, "ref", used->name);
    write_occurs(schema, particle);
    add(schema, "/>\n");
    return;
  }
  const struct element *declared = used->is_reference ? used->target : used;
  plain_attribute(plain, "name", declared->name.local);
  if (declared->qualified != schema->space->qualified)
    plain_attribute(plain, "form", declared->qualified ? "qualified" : "unqualified");
  write_occurs(schema, particle);
  write_declaration(schema, declared, declared->type.type);
}

static void write_particle(const struct schema *schema, const struct particle *particle);

/* gSOAP has one union for a struct: where it would need two, what may be chosen may be left out. */
static void write_optional(const struct schema *schema, const struct particle *particle) {
  add(schema, "<xsd:sequence>\n");
  for (size_t i = 0; i < particle->children.count; i++) {
    struct particle child = *(struct particle *)particle->children.items[i];
    child.min = 0;
    write_particle(schema, &child);
  }
  add(schema, "</xsd:sequence>\n");
}

static void write_particle(const struct schema *schema, const struct particle *particle) {
  static const char *const tags[] = {
      [PARTICLE_SEQUENCE] = "sequence", [PARTICLE_CHOICE] = "choice", [PARTICLE_ALL] = "all"};
  if (particle->kind == PARTICLE_ELEMENT) {
    write_field(schema, particle);
    return;
  }
  if (particle->kind == PARTICLE_ANY) {
    write_any(schema, "any", particle);
    write_occurs(schema, particle);
    add(schema, "/>\n");
    return;
  }
  if (particle->kind == PARTICLE_CHOICE && choice_is_loose(schema->type, particle)) {
    write_optional(schema, particle);
    return;
  }
  const char *tag = tags[particle->kind];
  buffer_printf(&schema->plain->out, "<xsd:%s", tag);
  write_occurs(schema, particle);
  add(schema, ">\n");
  for (size_t i = 0; i < particle->children.count; i++)
    write_particle(schema, particle->children.items[i]);
  buffer_printf(&schema->plain->out, "</xsd:%s>\n", tag);
}

static void write_content(const struct schema *schema, const struct particle *content) {
  if (!content)
    return;
  bool bare = content->kind == PARTICLE_ELEMENT || content->kind == PARTICLE_ANY;
  add(schema, bare ? "<xsd:sequence>\n" : "");
  write_particle(schema, content);
  add(schema, bare ? "</xsd:sequence>\n" : "");
}

/* --- types ------------------------------------------------------------------------------------ */

static void write_limits(const struct schema *schema, const struct type *type) {
  struct plain *plain = schema->plain;
  size_t count = values_are_constants(type) ? type->values.count : 0;
  for (size_t i = 0; i < count; i++) {
    add(schema, "<xsd:enumeration");
    plain_attribute(plain, "value", ((struct enum_value *)type->values.items[i])->text);
    add(schema, "/>\n");
  }
  for (size_t i = 0; i < type->facets.count; i++) {
    const struct facet *facet = type->facets.items[i];
    if (!gsoap_takes_text(facet->value)) /* a pattern; gSOAP looks at none */
      continue;
    buffer_printf(&plain->out, "<xsd:%s", facet->name);
    plain_attribute(plain, "value", facet->value);
    add(schema, "/>\n");
  }
}

static void write_complex(const struct schema *schema, const struct type *type) {
  struct plain *plain = schema->plain;
  const char *content = type->simple_content ? "simpleContent" : "complexContent";
  const char *step = type->derivation == DERIVED_BY_EXTENSION ? "extension" : "restriction";
  bool derived = type->derivation != DERIVED_NOT;
  add(schema, "<xsd:complexType");
  plain_attribute(plain, "name", type->anonymous ? NULL : type->name.local);
  plain_attribute(plain, "abstract", type->abstract ? "true" : NULL);
  plain_attribute(plain, "mixed", type->mixed ? "true" : NULL);
  add(schema, ">\n");
  if (derived) {
    buffer_printf(&plain->out, "<xsd:%s><xsd:%s", content, step);
    plain_name(plain, "base", type->base.name);
    add(schema, ">\n");
  }
  const struct schema inside = {plain, schema->space, type};
  write_content(&inside, type->sent);
  if (type->simple_content)
    write_limits(schema, type);
  write_attributes(schema, &type->attributes, &type->attribute_groups, type->any_attribute);
  if (derived)
    buffer_printf(&plain->out, "</xsd:%s></xsd:%s>\n", step, content);
  add(schema, "</xsd:complexType>\n");
}

/* Unions and lists are text: a struct has one type, and gSOAP makes bits of a list of values. */
static void write_simple(const struct schema *schema, const struct type *type) {
  struct plain *plain = schema->plain;
  add(schema, "<xsd:simpleType");
  plain_attribute(plain, "name", type->anonymous ? NULL : type->name.local);
  add(schema, "><xsd:restriction");
  plain_name(plain, "base", base_of(plain, type));
  add(schema, ">\n");
  write_limits(schema, type);
  add(schema, "</xsd:restriction></xsd:simpleType>\n");
}

static void write_type(const struct schema *schema, const struct type *type) {
  if (type->kind == TYPE_COMPLEX)
    write_complex(schema, type);
  else
    write_simple(schema, type);
}

/* --- the schema ------------------------------------------------------------------------------- */

static void write_element(const struct schema *schema, const struct element *element) {
  struct plain *plain = schema->plain;
  add(schema, "<xsd:element");
  plain_attribute(plain, "name", element->name.local);
  plain_attribute(plain, "abstract", element->abstract ? "true" : NULL);
  if (element->substitutes.local)
    plain_name(plain, "substitutionGroup", element->substitutes);
  write_declaration(schema, element, bodies_type(&plain->bodies, plain->contract, element));
}

void plain_schema(struct plain *plain, const struct plain_space *space) {
  const struct contract *contract = plain->contract;
  const struct schema schema = {plain, space, NULL};
  add(&schema, "<xsd:schema");
  plain_attribute(plain, "targetNamespace", space->ns);
  plain_attribute(plain, "elementFormDefault", space->qualified ? "qualified" : "unqualified");
  add(&schema, ">\n");
  for (size_t i = 0; i < plain->spaces.count; i++) {
    const struct plain_space *other = plain->spaces.items[i];
    if (other == space)
      continue;
    add(&schema, "<xsd:import");
    plain_attribute(plain, "namespace", other->ns);
    add(&schema, "/>\n");
  }
  for (size_t i = 0; i < contract->types.count; i++) {
    const struct type *type = contract->types.items[i];
    if (!type->anonymous && type->name.ns == space->ns &&
        !bodies_leave_out(&plain->bodies, contract, type))
      write_type(&schema, type);
  }
  for (size_t i = 0; i < contract->elements.count; i++) {
    const struct element *element = contract->elements.items[i];
    if (element->name.ns == space->ns)
      write_element(&schema, element);
  }
  for (size_t i = 0; i < contract->attributes.count; i++) {
    const struct attribute *attribute = contract->attributes.items[i];
    if (attribute->name.ns == space->ns)
      write_attribute(&schema, attribute, true);
  }
  add(&schema, "</xsd:schema>\n");
}
