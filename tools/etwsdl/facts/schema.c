#include "facts/schema.h"

#include <string.h>

#include "model/content.h"

static const char *kept(struct fact_sink *sink, struct text *text) {
  const char *value = intern_n(sink->contract->arena, text_get(text), text->length);
  text_free(text);
  return value;
}

static void add_word(struct text *text, const char *format, ...) ETWSDL_PRINTF(2, 3);
static void add_word(struct text *text, const char *format, ...) {
  va_list arguments;
  if (text->length > 0)
    text_add(text, " ");
  va_start(arguments, format);
  text_vadd(text, format, arguments);
  va_end(arguments);
}

/* Quotes are doubled in nothing, control characters escaped: one line stays one line. */
static const char *quoted(struct fact_sink *sink, const char *value) {
  struct text text = {0};
  text_add(&text, "\"");
  for (const char *c = value; *c != '\0'; c++) {
    if (*c == '"' || *c == '\\')
      text_add(&text, "\\%c", *c);
    else if ((unsigned char)*c < 0x20)
      text_add(&text, "\\x%02x", (unsigned)(unsigned char)*c);
    else
      text_add(&text, "%c", *c);
  }
  text_add(&text, "\"");
  return kept(sink, &text);
}

static bool is_plain(const char *value) {
  size_t n = strlen(value);
  if (n == 0 || value[0] == ' ' || value[n - 1] == ' ' || value[0] == '"')
    return false;
  for (const char *c = value; *c != '\0'; c++)
    if ((unsigned char)*c < 0x20)
      return false;
  return true;
}

static const char *shown(struct fact_sink *sink, const char *value) {
  return is_plain(value) ? value : quoted(sink, value);
}

static const char *type_word(struct fact_sink *sink, const struct type *type) {
  return type && type->anonymous ? "(inline)" : contract_spell_type(sink->contract, type);
}

static void add_occurs(struct text *text, unsigned min, unsigned max) {
  if (max == UNBOUNDED)
    add_word(text, "%u..unbounded", min);
  else
    add_word(text, "%u..%u", min, max);
}

static void add_value_rules(struct fact_sink *sink, struct text *text, const char *default_value,
                            const char *fixed) {
  if (default_value)
    add_word(text, "default=%s", quoted(sink, default_value));
  if (fixed)
    add_word(text, "fixed=%s", quoted(sink, fixed));
}

static void add_limits(struct text *text, const char *block, const char *final) {
  if (block)
    add_word(text, "block=%s", block);
  if (final)
    add_word(text, "final=%s", final);
}

static const char *field_detail(struct fact_sink *sink, const struct field *field) {
  struct text text = {0};
  const struct element *element = field->element;
  if (!element) {
    add_word(&text, "any %s %s", field->particle->any_namespace, field->particle->process_contents);
    add_occurs(&text, field->particle->min, field->particle->max);
    return kept(sink, &text);
  }
  add_word(&text, "%s", type_word(sink, field->type));
  add_occurs(&text, field->particle->min, field->particle->max);
  if (element->nillable)
    add_word(&text, "nillable");
  if (!element->qualified)
    add_word(&text, "unqualified");
  if (field->particle->element->is_reference)
    add_word(&text, "ref");
  add_value_rules(sink, &text, element->default_value, element->fixed);
  add_limits(&text, element->block, NULL);
  return kept(sink, &text);
}

/* --- types ------------------------------------------------------------------------------------ */

static void add_type(struct fact_sink *sink, struct type *type, const char *owner);

/* An inline type belongs to the path it is used at, which a group does not show. */
static void add_inline(struct fact_sink *sink, struct type *type, const char *owner,
                       const char *name) {
  if (type && type->anonymous)
    add_type(
        sink, type,
        intern(sink->contract->arena, arena_format(sink->contract->arena, "%s.%s", owner, name)));
}

static void add_fields(struct fact_sink *sink, struct type *type, const char *owner) {
  struct list fields = {0};
  fields_own(sink->contract, type, &fields);
  for (size_t i = 0; i < fields.count; i++) {
    struct field *field = fields.items[i];
    const char *name = contract_spell_in(sink->contract, field->qname, type->name.ns);
    fact_add(sink,
             (struct fact){.kind = FACT_FIELD,
                           .owner = owner,
                           .name = name,
                           .detail = field_detail(sink, field),
                           .at = field->at,
                           .field = field,
                           .type = type,
                           .documentation = field->element ? field->element->documentation : NULL});
    if (field->element && !field->particle->element->is_reference)
      add_inline(sink, field->type, owner, name);
  }
  const char *content = content_line(sink->contract, type, NULL, NULL);
  if (content_matters(content))
    fact_add(sink, (struct fact){.kind = FACT_CONTENT,
                                 .owner = owner,
                                 .detail = content,
                                 .at = type->content->at,
                                 .type = type});
}

static void add_attribute(struct fact_sink *sink, struct type *type, const char *owner,
                          const struct attribute *used) {
  const struct attribute *attribute = used->is_reference && used->target ? used->target : used;
  struct text text = {0};
  add_word(&text, "%s",
           attribute->type.type ? type_word(sink, attribute->type.type) : "xsd:anySimpleType");
  add_word(&text, "%s", used->use);
  if (used->qualified && !used->is_reference)
    add_word(&text, "qualified");
  add_value_rules(sink, &text, used->default_value ? used->default_value : attribute->default_value,
                  used->fixed ? used->fixed : attribute->fixed);
  const char *name = contract_spell_in(sink->contract, used->name, type ? type->name.ns : NULL);
  fact_add(sink, (struct fact){.kind = FACT_ATTRIBUTE,
                               .owner = owner,
                               .name = name,
                               .detail = kept(sink, &text),
                               .at = used->at,
                               .type = type});
  if (!used->is_reference)
    add_inline(sink, attribute->type.type, owner, arena_format(sink->contract->arena, "@%s", name));
}

static void add_any_attribute(struct fact_sink *sink, struct type *type, const char *owner,
                              const struct particle *any) {
  if (!any)
    return;
  struct text text = {0};
  add_word(&text, "%s %s", any->any_namespace, any->process_contents);
  fact_add(sink, (struct fact){.kind = FACT_ATTRIBUTE,
                               .owner = owner,
                               .name = "##any",
                               .detail = kept(sink, &text),
                               .at = any->at,
                               .type = type});
}

static void add_attributes(struct fact_sink *sink, struct type *type, const char *owner,
                           const struct list *attributes, const struct list *groups,
                           const struct particle *any) {
  for (size_t i = 0; i < attributes->count; i++)
    add_attribute(sink, type, owner, attributes->items[i]);
  for (size_t i = 0; i < groups->count; i++) {
    const struct group *group = ((struct group_ref *)groups->items[i])->group;
    add_attributes(sink, type, owner, &group->attributes, &group->attribute_groups,
                   group->any_attribute);
  }
  add_any_attribute(sink, type, owner, any);
}

static void add_complex(struct fact_sink *sink, struct type *type, const char *owner) {
  struct text text = {0};
  if (type->derivation != DERIVED_NOT)
    add_word(&text, "%s %s", type->derivation == DERIVED_BY_EXTENSION ? "extends" : "restricts",
             type_word(sink, type->base.type));
  if (type->abstract)
    add_word(&text, "abstract");
  if (type->mixed)
    add_word(&text, "mixed");
  if (type->simple_content)
    add_word(&text, "simple content");
  add_limits(&text, type->block, type->final);
  const char *detail = kept(sink, &text);
  if (!type->anonymous || *detail != '\0')
    fact_add(sink, (struct fact){.kind = FACT_TYPE,
                                 .owner = owner,
                                 .detail = detail,
                                 .at = type->at,
                                 .type = type,
                                 .documentation = type->documentation});
  add_fields(sink, type, owner);
  add_attributes(sink, type, owner, &type->attributes, &type->attribute_groups,
                 type->any_attribute);
}

static void add_values(struct fact_sink *sink, struct type *type, const char *owner) {
  for (size_t i = 0; i < type->values.count; i++) {
    const struct enum_value *value = type->values.items[i];
    fact_add(sink, (struct fact){.kind = FACT_VALUE,
                                 .owner = owner,
                                 .name = shown(sink, value->text),
                                 .detail = "",
                                 .at = value->at,
                                 .type = type});
  }
  for (size_t i = 0; i < type->facets.count; i++) {
    const struct facet *facet = type->facets.items[i];
    fact_add(sink, (struct fact){.kind = FACT_FACET,
                                 .owner = owner,
                                 .name = facet->name,
                                 .detail = shown(sink, facet->value),
                                 .at = facet->at,
                                 .type = type});
  }
}

static void add_simple(struct fact_sink *sink, struct type *type, const char *owner) {
  struct text text = {0};
  if (type->derivation == DERIVED_BY_RESTRICTION)
    add_word(&text, "restricts %s", type_word(sink, type->base.type));
  else if (type->derivation == DERIVED_BY_LIST)
    add_word(&text, "list of %s", type_word(sink, type->base.type));
  else
    add_word(&text, "union of");
  for (size_t i = 0; i < type->members.count; i++)
    add_word(&text, "%s", type_word(sink, ((struct type_ref *)type->members.items[i])->type));
  add_limits(&text, type->block, type->final);
  fact_add(sink, (struct fact){.kind = FACT_SIMPLE,
                               .owner = owner,
                               .detail = kept(sink, &text),
                               .at = type->at,
                               .type = type,
                               .documentation = type->documentation});
  add_values(sink, type, owner);
  add_inline(sink, type->base.type, owner,
             type->derivation == DERIVED_BY_LIST ? "(item)" : "(base)");
  for (size_t i = 0; i < type->members.count; i++)
    add_inline(sink, ((struct type_ref *)type->members.items[i])->type, owner,
               arena_format(sink->contract->arena, "(member %zu)", i + 1));
}

static void add_type(struct fact_sink *sink, struct type *type, const char *owner) {
  if (type->kind == TYPE_COMPLEX)
    add_complex(sink, type, owner);
  else
    add_simple(sink, type, owner);
}

static void add_element(struct fact_sink *sink, struct element *element) {
  struct text text = {0};
  add_word(&text, "%s", type_word(sink, element->type.type));
  if (element->nillable)
    add_word(&text, "nillable");
  if (element->abstract)
    add_word(&text, "abstract");
  if (element->substitutes.local)
    add_word(&text, "substitutes %s", contract_spell(sink->contract, element->substitutes));
  add_value_rules(sink, &text, element->default_value, element->fixed);
  add_limits(&text, element->block, element->final);
  fact_add(sink, (struct fact){.kind = FACT_ELEMENT,
                               .owner = contract_spell(sink->contract, element->name),
                               .detail = kept(sink, &text),
                               .at = element->at,
                               .type = element->type.type,
                               .documentation = element->documentation});
  if (element->type.type && element->type.type->anonymous)
    add_type(sink, element->type.type, contract_spell(sink->contract, element->name));
}

void facts_of_schemas(struct fact_sink *sink) {
  struct contract *contract = sink->contract;
  for (size_t i = 0; i < contract->types.count; i++) {
    struct type *type = contract->types.items[i];
    if (!type->anonymous)
      add_type(sink, type, contract_spell_type(contract, type));
  }
  for (size_t i = 0; i < contract->elements.count; i++)
    add_element(sink, contract->elements.items[i]);
  for (size_t i = 0; i < contract->attributes.count; i++) {
    const struct attribute *attribute = contract->attributes.items[i];
    add_attribute(sink, NULL, contract_spell(contract, attribute->name), attribute);
  }
}
