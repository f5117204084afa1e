#include "etwsdl/read/resolve.h"

#include <string.h>

#include "etwsdl/read/check.h"

static const char *const builtin_names[] = {"anyType",
                                            "anySimpleType",
                                            "string",
                                            "boolean",
                                            "decimal",
                                            "float",
                                            "double",
                                            "duration",
                                            "dateTime",
                                            "time",
                                            "date",
                                            "gYearMonth",
                                            "gYear",
                                            "gMonthDay",
                                            "gDay",
                                            "gMonth",
                                            "hexBinary",
                                            "base64Binary",
                                            "anyURI",
                                            "QName",
                                            "NOTATION",
                                            "normalizedString",
                                            "token",
                                            "language",
                                            "NMTOKEN",
                                            "NMTOKENS",
                                            "Name",
                                            "NCName",
                                            "ID",
                                            "IDREF",
                                            "IDREFS",
                                            "ENTITY",
                                            "ENTITIES",
                                            "integer",
                                            "nonPositiveInteger",
                                            "negativeInteger",
                                            "long",
                                            "int",
                                            "short",
                                            "byte",
                                            "nonNegativeInteger",
                                            "unsignedLong",
                                            "unsignedInt",
                                            "unsignedShort",
                                            "unsignedByte",
                                            "positiveInteger"};

static void define_builtins(struct contract *contract) {
  const char *ns = intern(contract->arena, NS_XSD);
  for (size_t i = 0; i < sizeof builtin_names / sizeof *builtin_names; i++) {
    struct type *type = arena_alloc(contract->arena, sizeof *type);
    type->kind = TYPE_BUILTIN;
    type->name = (struct qname){ns, intern(contract->arena, builtin_names[i])};
    contract_define(contract, SPACE_TYPE, type->name, type);
  }
}

static void *find(struct contract *contract, enum space space, struct qname name, struct place at,
                  const char *kind, const char *who) {
  void *what = contract_find(contract, space, name);
  if (!what && name.local && *name.local != '\0')
    contract_error(contract, at, "%s refers to %s %s, which is not defined", who, kind,
                   contract_spell(contract, name));
  return what;
}

static void resolve_type_ref(struct contract *contract, struct type_ref *ref, const char *who) {
  if (!ref->type && ref->name.local)
    ref->type = find(contract, SPACE_TYPE, ref->name, ref->at, "type", who);
}

static bool is_any_type(const struct type *type) {
  return type && type->kind == TYPE_BUILTIN && strcmp(type->name.local, "anyType") == 0;
}

static void resolve_element(struct contract *contract, struct element *element, const char *owner) {
  const char *who = !owner ? contract_spell(contract, element->name)
                           : intern_format(contract->arena, "%s.%s", owner, element->name.local);
  if (element->is_reference) {
    element->target = find(contract, SPACE_ELEMENT, element->name, element->at, "element", who);
    return;
  }
  resolve_type_ref(contract, &element->type, who);
  if (is_any_type(element->type.type))
    element->type.type = NULL; /* which is what saying nothing means */
  if (element->substitutes.local) {
    struct element *head =
        find(contract, SPACE_ELEMENT, element->substitutes, element->at, "substitution group", who);
    if (head)
      list_add(contract->arena, &head->substituted_by, element);
  }
}

static void resolve_particle(struct contract *contract, struct particle *particle,
                             const char *owner) {
  if (!particle)
    return;
  if (particle->kind == PARTICLE_ELEMENT)
    resolve_element(contract, particle->element, owner);
  else if (particle->kind == PARTICLE_GROUP)
    particle->group.group =
        find(contract, SPACE_GROUP, particle->group.name, particle->at, "group", owner);
  for (size_t i = 0; i < particle->children.count; i++)
    resolve_particle(contract, particle->children.items[i], owner);
}

static void resolve_attributes(struct contract *contract, const struct list *attributes,
                               const struct list *groups, const char *owner) {
  for (size_t i = 0; i < attributes->count; i++) {
    struct attribute *attribute = attributes->items[i];
    if (attribute->is_reference && attribute->name.ns && strcmp(attribute->name.ns, NS_XML) == 0)
      continue;
    if (attribute->is_reference)
      attribute->target =
          find(contract, SPACE_ATTRIBUTE, attribute->name, attribute->at, "attribute", owner);
    else
      resolve_type_ref(contract, &attribute->type, owner);
  }
  for (size_t i = 0; i < groups->count; i++) {
    struct group_ref *ref = groups->items[i];
    ref->group =
        find(contract, SPACE_ATTRIBUTE_GROUP, ref->name, ref->at, "attribute group", owner);
  }
}

/* A type without a base is a restriction of anyType that does not say so. */
static bool says_nothing_of_base(const struct type *type) {
  return type->kind == TYPE_COMPLEX && !type->simple_content &&
         type->derivation == DERIVED_BY_RESTRICTION && is_any_type(type->base.type);
}

static void resolve_type(struct contract *contract, struct type *type) {
  const char *who = contract_spell_type(contract, type);
  resolve_type_ref(contract, &type->base, who);
  if (says_nothing_of_base(type)) {
    type->derivation = DERIVED_NOT;
    type->base = (struct type_ref){0};
  }
  if (type->base.type)
    list_add(contract->arena, &type->base.type->derived, type);
  for (size_t i = 0; i < type->members.count; i++)
    resolve_type_ref(contract, type->members.items[i], who);
  resolve_particle(contract, type->content, who);
  resolve_attributes(contract, &type->attributes, &type->attribute_groups, who);
}

static void resolve_schema(struct contract *contract) {
  for (size_t i = 0; i < contract->types.count; i++)
    resolve_type(contract, contract->types.items[i]);
  for (size_t i = 0; i < contract->elements.count; i++)
    resolve_element(contract, contract->elements.items[i], NULL);
  for (size_t i = 0; i < contract->attributes.count; i++) {
    struct attribute *attribute = contract->attributes.items[i];
    resolve_type_ref(contract, &attribute->type, attribute->name.local);
  }
  for (size_t i = 0; i < contract->groups.count; i++) {
    struct group *group = contract->groups.items[i];
    resolve_particle(contract, group->content, group->name.local);
  }
  for (size_t i = 0; i < contract->attribute_groups.count; i++) {
    struct group *group = contract->attribute_groups.items[i];
    resolve_attributes(contract, &group->attributes, &group->attribute_groups, group->name.local);
  }
}

static void resolve_flow(struct contract *contract, struct flow *flow, const char *who) {
  if (flow->message_name.local)
    flow->message = find(contract, SPACE_MESSAGE, flow->message_name, flow->at, "message", who);
  for (size_t i = 0; i < flow->headers.count; i++) {
    struct soap_header *header = flow->headers.items[i];
    header->message =
        find(contract, SPACE_MESSAGE, header->message_name, header->at, "message", who);
    if (!header->message)
      continue;
    bool found = false;
    for (size_t j = 0; j < header->message->parts.count; j++)
      found = found || ((struct part *)header->message->parts.items[j])->name == header->part;
    if (!found)
      contract_error(contract, header->at, "%s: message %s has no part %s", who,
                     contract_spell(contract, header->message->name), header->part);
  }
}

static void resolve_operations(struct contract *contract, const struct list *operations) {
  for (size_t i = 0; i < operations->count; i++) {
    struct operation *operation = operations->items[i];
    resolve_flow(contract, &operation->input, operation->name);
    resolve_flow(contract, &operation->output, operation->name);
    for (size_t j = 0; j < operation->faults.count; j++)
      resolve_flow(contract, operation->faults.items[j], operation->name);
  }
}

static void resolve_binding(struct contract *contract, struct binding *binding) {
  const char *who = contract_spell(contract, binding->name);
  binding->type =
      find(contract, SPACE_PORT_TYPE, binding->type_name, binding->at, "port type", who);
  resolve_operations(contract, &binding->operations);
  struct map declared = {0};
  for (size_t i = 0; binding->type && i < binding->type->operations.count; i++) {
    const struct operation *operation = binding->type->operations.items[i];
    map_put(contract->arena, &declared, operation->name, operation);
  }
  for (size_t i = 0; binding->type && i < binding->operations.count; i++) {
    struct operation *operation = binding->operations.items[i];
    operation->declared = map_get(&declared, operation->name);
    if (!operation->declared)
      contract_error(contract, operation->at, "binding %s: port type %s has no operation %s", who,
                     contract_spell(contract, binding->type->name), operation->name);
  }
}

static void resolve_wsdl(struct contract *contract) {
  for (size_t i = 0; i < contract->messages.count; i++) {
    struct message *message = contract->messages.items[i];
    for (size_t j = 0; j < message->parts.count; j++) {
      struct part *part = message->parts.items[j];
      if (part->element_name.local)
        part->element = find(contract, SPACE_ELEMENT, part->element_name, part->at, "element",
                             contract_spell(contract, message->name));
      resolve_type_ref(contract, &part->type, contract_spell(contract, message->name));
    }
  }
  for (size_t i = 0; i < contract->port_types.count; i++)
    resolve_operations(contract, &((struct port_type *)contract->port_types.items[i])->operations);
  for (size_t i = 0; i < contract->bindings.count; i++)
    resolve_binding(contract, contract->bindings.items[i]);
  for (size_t i = 0; i < contract->services.count; i++) {
    struct service *service = contract->services.items[i];
    for (size_t j = 0; j < service->ports.count; j++) {
      struct port *port = service->ports.items[j];
      port->binding =
          find(contract, SPACE_BINDING, port->binding_name, port->at, "binding", port->name);
    }
  }
}

/* Tools write a namespace of their own for messages and bindings, which no message shows. The
 * contract is of the one that the elements of most messages are in. */
static void settle_namespace(struct contract *contract) {
  struct map seen = {0};
  size_t most = 0;
  for (size_t i = 0; i < contract->messages.count; i++) {
    const struct message *message = contract->messages.items[i];
    for (size_t k = 0; k < message->parts.count; k++) {
      const struct part *part = message->parts.items[k];
      if (!part->element_name.ns)
        continue;
      struct list *list = map_list(contract->arena, &seen, part->element_name.ns);
      list_add(contract->arena, list, part);
      if (list->count > most) {
        most = list->count;
        contract->ns = part->element_name.ns;
      }
    }
  }
}

void resolve(struct contract *contract) {
  settle_namespace(contract);
  define_builtins(contract);
  resolve_schema(contract);
  resolve_wsdl(contract);
  if (contract->errors == 0)
    check_contract(contract);
}
