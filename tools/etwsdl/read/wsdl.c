#include "etwsdl/read/wsdl.h"

#include <string.h>

#include "etwsdl/read/binding.h"
#include "etwsdl/read/definitions.h"
#include "etwsdl/read/imports.h"
#include "etwsdl/read/schema.h"

static void read_part(const struct reader *reader, xmlNode *node, struct message *message,
                      struct map *names) {
  struct contract *contract = reader->contract;
  struct part *part = arena_alloc(contract->arena, sizeof *part);
  xml_expect(reader, node, "name element type");
  part->name = xml_name(reader, node);
  part->at = xml_place(reader, node);
  part->element_name = xml_qname(reader, node, "element");
  part->type = (struct type_ref){xml_qname(reader, node, "type"), part->at, NULL};
  if (!part->element_name.local && !part->type.name.local)
    contract_error(contract, part->at, "part %s of message %s has neither element nor type",
                   part->name, contract_spell(contract, message->name));
  wsdl_once(
      reader, names,
      intern_format(contract->arena, "part %s of message %s", part->name, message->name.local),
      part->at);
  list_add(contract->arena, &message->parts, part);
}

static void read_message(const struct reader *reader, xmlNode *node) {
  struct contract *contract = reader->contract;
  struct message *message = arena_alloc(contract->arena, sizeof *message);
  struct map names = {0};
  xml_expect(reader, node, "name");
  message->name = (struct qname){reader->ns, xml_name(reader, node)};
  message->at = xml_place(reader, node);
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    if (xml_is(c, NS_WSDL, "part"))
      read_part(reader, c, message, &names);
    else if (!wsdl_documentation(reader, c, NULL))
      xml_unknown(reader, c);
  }
  list_add(contract->arena, &contract->messages, message);
  wsdl_define(reader, SPACE_MESSAGE, message->name, message, message->at);
}

static struct flow read_flow(const struct reader *reader, xmlNode *node) {
  struct flow flow = {.present = true, .at = xml_place(reader, node)};
  xml_expect(reader, node, "name message");
  xml_required(reader, node, "message");
  flow.name = xml_attribute(reader, node, "name");
  flow.message_name = xml_qname(reader, node, "message");
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next))
    if (!wsdl_documentation(reader, c, NULL))
      xml_unknown(reader, c);
  return flow;
}

static struct operation *read_operation(const struct reader *reader, xmlNode *node) {
  struct arena *arena = reader->contract->arena;
  struct operation *operation = arena_alloc(arena, sizeof *operation);
  xml_expect(reader, node, "name parameterOrder");
  operation->name = xml_name(reader, node);
  operation->at = xml_place(reader, node);
  operation->parameter_order = xml_attribute(reader, node, "parameterOrder");
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    if (wsdl_documentation(reader, c, &operation->documentation))
      continue;
    if (xml_is(c, NS_WSDL, "input") && !operation->input.present) {
      operation->input = read_flow(reader, c);
      operation->output_first = operation->output.present;
    } else if (xml_is(c, NS_WSDL, "output") && !operation->output.present) {
      operation->output = read_flow(reader, c);
    } else if (xml_is(c, NS_WSDL, "fault")) {
      struct flow *fault = arena_alloc(arena, sizeof *fault);
      *fault = read_flow(reader, c);
      list_add(arena, &operation->faults, fault);
    } else {
      xml_unknown(reader, c);
    }
  }
  return operation;
}

static void read_port_type(const struct reader *reader, xmlNode *node) {
  struct contract *contract = reader->contract;
  struct port_type *port_type = arena_alloc(contract->arena, sizeof *port_type);
  struct map names = {0};
  xml_expect(reader, node, "name");
  port_type->name = (struct qname){reader->ns, xml_name(reader, node)};
  port_type->at = xml_place(reader, node);
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    if (wsdl_documentation(reader, c, NULL))
      continue;
    if (!xml_is(c, NS_WSDL, "operation")) {
      xml_unknown(reader, c);
      continue;
    }
    struct operation *operation = read_operation(reader, c);
    wsdl_once(reader, &names, intern_format(contract->arena, "operation %s", operation->name),
              operation->at);
    list_add(contract->arena, &port_type->operations, operation);
  }
  list_add(contract->arena, &contract->port_types, port_type);
  wsdl_define(reader, SPACE_PORT_TYPE, port_type->name, port_type, port_type->at);
}

static void read_types(struct reader *reader, xmlNode *node) {
  const char *ns = reader->ns;
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    if (xml_is(c, NS_XSD, "schema"))
      schema_read(reader, c, false, NULL);
    else if (!wsdl_documentation(reader, c, NULL))
      xml_unknown(reader, c);
  }
  reader->ns = ns;
}

static void read_import(const struct reader *reader, xmlNode *node) {
  xml_expect(reader, node, "namespace location");
  const char *location = xml_required(reader, node, "location");
  if (*location != '\0')
    import_later(reader, node, IMPORT_WSDL, xml_attribute(reader, node, "namespace"), location);
}

static void second_types(const struct reader *reader, const xmlNode *node, const xmlNode *first) {
  struct place at = xml_place(reader, first);
  contract_error(reader->contract, xml_place(reader, node),
                 "a second <types>, which WSDL 1.1 does not allow: the first is at %s:%u:%u; put "
                 "its schemas there",
                 at.file, at.line, at.column);
}

void wsdl_read(struct reader *reader, xmlNode *definitions) {
  xml_expect(reader, definitions, "name targetNamespace");
  reader->ns = xml_attribute(reader, definitions, "targetNamespace");
  if (!reader->contract->ns)
    reader->contract->ns = reader->ns;
  xmlNode *types = NULL;
  for (xmlNode *c = xml_element(definitions->children); c; c = xml_element(c->next)) {
    if (wsdl_documentation(reader, c, NULL))
      continue;
    if (xml_is(c, NS_WSDL, "types") && types)
      second_types(reader, c, types);
    else if (xml_is(c, NS_WSDL, "types"))
      read_types(reader, types = c);
    else if (xml_is(c, NS_WSDL, "import"))
      read_import(reader, c);
    else if (xml_is(c, NS_WSDL, "message"))
      read_message(reader, c);
    else if (xml_is(c, NS_WSDL, "portType"))
      read_port_type(reader, c);
    else if (xml_is(c, NS_WSDL, "binding"))
      wsdl_read_binding(reader, c);
    else if (xml_is(c, NS_WSDL, "service"))
      wsdl_read_service(reader, c);
    else
      xml_unknown(reader, c);
  }
}
