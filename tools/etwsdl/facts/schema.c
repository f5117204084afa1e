#include "etwsdl/facts/schema.h"

#include <string.h>

#include "etwsdl/model/content.h"
#include "etwsdl/model/values.h"

static const char *type_word(struct fact_maker *maker, const struct type *type) {
  return type && type->anonymous ? "(inline)" : contract_spell_type(maker->contract, type);
}

/* That of an element referred to stands with the element, as that of a type with a name. */
static const char *field_type_word(struct fact_maker *maker, const struct field *field) {
  bool refers = field->particle->element->is_reference && field->type && field->type->anonymous;
  return refers ? contract_spell(maker->contract, field->qname) : type_word(maker, field->type);
}

/* An int's "00" is its "0". */
static void add_value(struct fact_maker *maker, struct fact *fact, enum aspect_kind kind,
                      struct type *type, const char *value) {
  if (value)
    aspect_quoted(maker, fact, kind, values_canonical(maker->contract, type, value));
}

/* `final` says what other schemas may derive, which no message shows; `block` forbids messages. */
static void add_field_aspects(struct fact_maker *maker, struct fact *fact,
                              const struct field *field) {
  const struct element *element = field->element;
  const struct particle *particle = field->particle;
  if (!element) {
    aspect_add(maker, fact, ASPECT_WILDCARD, particle->any_namespace);
    aspect_add(maker, fact, ASPECT_PROCESS, particle->process_contents);
    aspect_occurs(maker, fact, particle->min, particle->max);
    return;
  }
  aspect_type(maker, fact, ASPECT_TYPE, field_type_word(maker, field), field->type);
  aspect_occurs(maker, fact, particle->min, particle->max);
  aspect_flag(maker, fact, ASPECT_NILLABLE, element->nillable);
  aspect_flag(maker, fact, ASPECT_UNQUALIFIED, !element->qualified);
  aspect_flag(maker, fact, ASPECT_REFERENCE,
              particle->element->is_reference && element->substituted_by.count > 0);
  add_value(maker, fact, ASPECT_DEFAULT, field->type, element->default_value);
  add_value(maker, fact, ASPECT_FIXED, field->type, element->fixed);
  aspect_optional(maker, fact, ASPECT_BLOCK, element->block);
}

/* --- types ------------------------------------------------------------------------------------ */

static void add_type(struct fact_maker *maker, struct type *type, const struct owner *owner);

static const struct owner *owner_new(struct fact_maker *maker, const char *path,
                                     const struct owner *outer) {
  struct owner *owner = arena_alloc(maker->contract->arena, sizeof *owner);
  *owner = (struct owner){path, outer};
  return owner;
}

/* An inline type belongs to the path it is used at, which a group does not show. */
static void add_inline(struct fact_maker *maker, struct type *type, const struct owner *owner,
                       const char *name) {
  if (type && type->anonymous)
    add_type(
        maker, type,
        owner_new(maker, intern_format(maker->contract->arena, "%s.%s", owner->path, name), owner));
}

static void add_field(struct fact_maker *maker, struct type *type, const struct owner *owner,
                      struct field *field) {
  const char *name = contract_spell_in(maker->contract, field->qname, type->name.ns);
  struct fact *fact = fact_add(
      maker, (struct fact){.kind = FACT_FIELD,
                           .owner = owner->path,
                           .inside = owner->outer,
                           .name = name,
                           .at = field->at,
                           .field = field,
                           .type = type,
                           .reach = type ? &type->reach : NULL,
                           .documentation = field->element ? field->element->documentation : NULL});
  add_field_aspects(maker, fact, field);
  if (field->element && !field->particle->element->is_reference)
    add_inline(maker, field->type, owner, name);
}

static void add_fields(struct fact_maker *maker, struct type *type, const struct owner *owner) {
  struct list fields = {0};
  fields_own(maker->contract, type, &fields);
  for (size_t i = 0; i < fields.count; i++)
    add_field(maker, type, owner, fields.items[i]);
  if (!content_matters(type))
    return;
  const char *content = content_line(maker->contract, type, NULL, NULL);
  struct fact *fact = fact_add(maker, (struct fact){.kind = FACT_CONTENT,
                                                    .owner = owner->path,
                                                    .inside = owner->outer,
                                                    .at = type->sent->at,
                                                    .type = type,
                                                    .reach = type ? &type->reach : NULL});
  aspect_type(maker, fact, ASPECT_ARRANGEMENT, content, type);
}

/* Of an attribute of no type: those that refer to it say what comes. */
static const unsigned nowhere = 0;

static void add_attribute(struct fact_maker *maker, struct type *type, const struct owner *owner,
                          const struct attribute *used) {
  const struct attribute *attribute = used->is_reference && used->target ? used->target : used;
  const char *name = contract_spell_in(maker->contract, used->name, type ? type->name.ns : NULL);
  struct type *is = attribute->type.type;
  struct fact *fact = fact_add(maker, (struct fact){.kind = FACT_ATTRIBUTE,
                                                    .owner = owner->path,
                                                    .inside = owner->outer,
                                                    .name = name,
                                                    .at = used->at,
                                                    .type = type,
                                                    .reach = type ? &type->reach : &nowhere});
  aspect_type(maker, fact, ASPECT_TYPE, is ? type_word(maker, is) : "xsd:anySimpleType", is);
  aspect_add(maker, fact, ASPECT_USE, used->use);
  aspect_flag(maker, fact, ASPECT_QUALIFIED, used->qualified && !used->is_reference);
  add_value(maker, fact, ASPECT_DEFAULT, is,
            used->default_value ? used->default_value : attribute->default_value);
  add_value(maker, fact, ASPECT_FIXED, is, used->fixed ? used->fixed : attribute->fixed);
  if (!used->is_reference)
    add_inline(maker, is, owner, intern_format(maker->contract->arena, "@%s", name));
}

static void add_any_attribute(struct fact_maker *maker, struct type *type,
                              const struct owner *owner, const struct particle *any) {
  if (!any)
    return;
  struct fact *fact = fact_add(maker, (struct fact){.kind = FACT_ATTRIBUTE,
                                                    .owner = owner->path,
                                                    .inside = owner->outer,
                                                    .name = "##any",
                                                    .at = any->at,
                                                    .type = type,
                                                    .reach = type ? &type->reach : NULL});
  aspect_add(maker, fact, ASPECT_WILDCARD, any->any_namespace);
  aspect_add(maker, fact, ASPECT_PROCESS, any->process_contents);
}

static void add_attributes(struct fact_maker *maker, struct type *type, const struct owner *owner,
                           const struct list *attributes, const struct list *groups,
                           const struct particle *any) {
  bool restricts = type->derivation == DERIVED_BY_RESTRICTION;
  for (size_t i = 0; i < attributes->count; i++) {
    const struct attribute *attribute = attributes->items[i];
    if (restricts || strcmp(attribute->use, "prohibited") != 0) /* there is nothing to prohibit */
      add_attribute(maker, type, owner, attribute);
  }
  for (size_t i = 0; i < groups->count; i++) {
    const struct group *group = ((struct group_ref *)groups->items[i])->group;
    add_attributes(maker, type, owner, &group->attributes, &group->attribute_groups,
                   group->any_attribute);
  }
  add_any_attribute(maker, type, owner, any);
}

static void add_derivation(struct fact_maker *maker, struct fact *fact, struct type *type) {
  static const char *const words[] = {[DERIVED_BY_EXTENSION] = "extends",
                                      [DERIVED_BY_RESTRICTION] = "restricts",
                                      [DERIVED_BY_LIST] = "list of",
                                      [DERIVED_BY_UNION] = "union of"};
  struct buffer out = {0};
  if (type->derivation == DERIVED_NOT)
    return;
  buffer_add_text(&out, words[type->derivation]);
  if (type->derivation != DERIVED_BY_UNION)
    buffer_printf(&out, " %s", type_word(maker, type->base.type));
  for (size_t i = 0; i < type->members.count; i++)
    buffer_printf(&out, " %s", type_word(maker, ((struct type_ref *)type->members.items[i])->type));
  aspect_type(maker, fact, ASPECT_DERIVATION, intern_buffer(maker->contract->arena, &out), type);
}

static void add_complex(struct fact_maker *maker, struct type *type, const struct owner *owner) {
  bool says = type->derivation != DERIVED_NOT || type->abstract || type->mixed ||
              type->simple_content || type->block;
  if (!type->anonymous || says) {
    struct fact *fact = fact_add(maker, (struct fact){.kind = FACT_TYPE,
                                                      .owner = owner->path,
                                                      .inside = owner->outer,
                                                      .at = type->at,
                                                      .type = type,
                                                      .reach = type ? &type->reach : NULL,
                                                      .documentation = type->documentation});
    add_derivation(maker, fact, type);
    aspect_flag(maker, fact, ASPECT_ABSTRACT, type->abstract);
    aspect_flag(maker, fact, ASPECT_MIXED, type->mixed);
    aspect_flag(maker, fact, ASPECT_SIMPLE_CONTENT, type->simple_content);
    aspect_optional(maker, fact, ASPECT_BLOCK, type->block);
  }
  add_fields(maker, type, owner);
  add_attributes(maker, type, owner, &type->attributes, &type->attribute_groups,
                 type->any_attribute);
}

static void add_values(struct fact_maker *maker, struct type *type, const struct owner *owner) {
  for (size_t i = 0; i < type->values.count; i++) {
    const struct enum_value *value = type->values.items[i];
    fact_add(maker, (struct fact){.kind = FACT_VALUE,
                                  .owner = owner->path,
                                  .inside = owner->outer,
                                  .name = fact_shown(maker, value->text),
                                  .at = value->at,
                                  .type = type,
                                  .reach = type ? &type->reach : NULL});
  }
  for (size_t i = 0; i < type->facets.count; i++) {
    const struct facet *facet = type->facets.items[i];
    struct fact *fact = fact_add(maker, (struct fact){.kind = FACT_FACET,
                                                      .owner = owner->path,
                                                      .inside = owner->outer,
                                                      .name = facet->name,
                                                      .at = facet->at,
                                                      .type = type,
                                                      .reach = type ? &type->reach : NULL});
    aspect_add(maker, fact, ASPECT_LIMIT, fact_shown(maker, facet->value));
  }
}

static void add_simple(struct fact_maker *maker, struct type *type, const struct owner *owner) {
  struct fact *fact = fact_add(maker, (struct fact){.kind = FACT_SIMPLE,
                                                    .owner = owner->path,
                                                    .inside = owner->outer,
                                                    .at = type->at,
                                                    .type = type,
                                                    .reach = type ? &type->reach : NULL,
                                                    .documentation = type->documentation});
  add_derivation(maker, fact, type);
  add_values(maker, type, owner);
  add_inline(maker, type->base.type, owner,
             type->derivation == DERIVED_BY_LIST ? "(item)" : "(base)");
  for (size_t i = 0; i < type->members.count; i++)
    add_inline(maker, ((struct type_ref *)type->members.items[i])->type, owner,
               intern_format(maker->contract->arena, "(member %zu)", i + 1));
}

static void add_type(struct fact_maker *maker, struct type *type, const struct owner *owner) {
  if (type->kind == TYPE_COMPLEX)
    add_complex(maker, type, owner);
  else
    add_simple(maker, type, owner);
}

static void add_element(struct fact_maker *maker, struct element *element) {
  struct type *type = element->type.type;
  const struct owner *owner =
      owner_new(maker, contract_spell(maker->contract, element->name), NULL);
  struct fact *fact = fact_add(maker, (struct fact){.kind = FACT_ELEMENT,
                                                    .owner = owner->path,
                                                    .inside = owner->outer,
                                                    .at = element->at,
                                                    .type = type,
                                                    .reach = &element->itself,
                                                    .documentation = element->documentation});
  aspect_type(maker, fact, ASPECT_TYPE, type_word(maker, type), type);
  aspect_flag(maker, fact, ASPECT_NILLABLE, element->nillable);
  aspect_flag(maker, fact, ASPECT_ABSTRACT, element->abstract);
  if (element->substitutes.local)
    aspect_add(maker, fact, ASPECT_SUBSTITUTES,
               contract_spell(maker->contract, element->substitutes));
  add_value(maker, fact, ASPECT_DEFAULT, type, element->default_value);
  add_value(maker, fact, ASPECT_FIXED, type, element->fixed);
  aspect_optional(maker, fact, ASPECT_BLOCK, element->block);
  if (type && type->anonymous)
    add_type(maker, type, owner);
}

void facts_of_schemas(struct fact_maker *maker) {
  struct contract *contract = maker->contract;
  for (size_t i = 0; i < contract->types.count; i++) {
    struct type *type = contract->types.items[i];
    if (!type->anonymous)
      add_type(maker, type, owner_new(maker, contract_spell_type(contract, type), NULL));
  }
  for (size_t i = 0; i < contract->elements.count; i++)
    add_element(maker, contract->elements.items[i]);
  for (size_t i = 0; i < contract->attributes.count; i++) {
    const struct attribute *attribute = contract->attributes.items[i];
    add_attribute(maker, NULL, owner_new(maker, contract_spell(contract, attribute->name), NULL),
                  attribute);
  }
}
