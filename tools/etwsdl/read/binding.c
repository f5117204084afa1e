/* Bindings and services: what SOAP 1.1 and 1.2 say about an operation. */
#include "etwsdl/read/binding.h"

#include <string.h>

#include "etwsdl/read/definitions.h"

#define NS_SOAP11 "http://schemas.xmlsoap.org/wsdl/soap/"
#define NS_SOAP12 "http://schemas.xmlsoap.org/wsdl/soap12/"
#define NS_HTTP "http://schemas.xmlsoap.org/wsdl/http/"

static bool is_soap(const xmlNode *node, const char *local) {
  return xml_is(node, NS_SOAP11, local) || xml_is(node, NS_SOAP12, local);
}

static void read_header(const struct reader *reader, xmlNode *node, struct flow *flow,
                        bool is_fault) {
  struct arena *arena = reader->contract->arena;
  struct soap_header *header = arena_alloc(arena, sizeof *header);
  xml_expect(reader, node, "message part use namespace encodingStyle");
  xml_required(reader, node, "message");
  header->message_name = xml_qname(reader, node, "message");
  header->part = xml_required(reader, node, "part");
  header->use = xml_attribute_or(reader, node, "use", "literal");
  header->is_fault = is_fault;
  header->at = xml_place(reader, node);
  list_add(arena, &flow->headers, header);
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    if (!is_fault && is_soap(c, "headerfault"))
      read_header(reader, c, flow, true);
    else if (!wsdl_documentation(reader, c, NULL))
      xml_unknown(reader, c);
  }
}

static struct flow read_flow(const struct reader *reader, xmlNode *node) {
  struct flow flow = {.present = true, .at = xml_place(reader, node)};
  xml_expect(reader, node, "name");
  flow.name = xml_attribute(reader, node, "name");
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    if (wsdl_documentation(reader, c, NULL))
      continue;
    if (is_soap(c, "header")) {
      read_header(reader, c, &flow, false);
    } else if (is_soap(c, "body") || is_soap(c, "fault")) {
      xml_expect(reader, c, "use parts namespace encodingStyle name");
      flow.use = xml_attribute_or(reader, c, "use", "literal");
      flow.parts = xml_attribute(reader, c, "parts");
      flow.ns = xml_attribute(reader, c, "namespace");
      flow.encoding = xml_attribute(reader, c, "encodingStyle");
    } else {
      xml_unknown(reader, c);
    }
  }
  return flow;
}

static struct operation *read_operation(const struct reader *reader, xmlNode *node) {
  struct arena *arena = reader->contract->arena;
  struct operation *operation = arena_alloc(arena, sizeof *operation);
  xml_expect(reader, node, "name");
  operation->name = xml_name(reader, node);
  operation->at = xml_place(reader, node);
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    if (wsdl_documentation(reader, c, NULL))
      continue;
    if (is_soap(c, "operation")) {
      xml_expect(reader, c, "soapAction style soapActionRequired");
      operation->action = xml_attribute(reader, c, "soapAction");
      operation->style = xml_attribute(reader, c, "style");
    } else if (xml_is(c, NS_WSDL, "input") && !operation->input.present) {
      operation->input = read_flow(reader, c);
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

static void read_protocol(const struct reader *reader, xmlNode *node, struct binding *binding) {
  xml_expect(reader, node, "style transport verb");
  binding->protocol = xml_in(node, NS_SOAP11)   ? "SOAP 1.1"
                      : xml_in(node, NS_SOAP12) ? "SOAP 1.2"
                                                : "HTTP";
  binding->style = xml_attribute_or(reader, node, "style", "document");
  binding->transport = xml_attribute(reader, node, "transport");
}

void wsdl_read_binding(const struct reader *reader, xmlNode *node) {
  struct contract *contract = reader->contract;
  struct binding *binding = arena_alloc(contract->arena, sizeof *binding);
  xml_expect(reader, node, "name type");
  binding->name = (struct qname){reader->ns, xml_name(reader, node)};
  binding->at = xml_place(reader, node);
  xml_required(reader, node, "type");
  binding->type_name = xml_qname(reader, node, "type");
  binding->protocol = "unknown";
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    if (wsdl_documentation(reader, c, NULL))
      continue;
    if (is_soap(c, "binding") || xml_is(c, NS_HTTP, "binding"))
      read_protocol(reader, c, binding);
    else if (xml_is(c, NS_WSDL, "operation"))
      list_add(contract->arena, &binding->operations, read_operation(reader, c));
    else
      xml_unknown(reader, c);
  }
  list_add(contract->arena, &contract->bindings, binding);
  wsdl_define(reader, SPACE_BINDING, binding->name, binding, binding->at);
}

static void read_port(const struct reader *reader, xmlNode *node, struct service *service,
                      struct map *names) {
  struct contract *contract = reader->contract;
  struct port *port = arena_alloc(contract->arena, sizeof *port);
  xml_expect(reader, node, "name binding");
  port->name = xml_name(reader, node);
  port->at = xml_place(reader, node);
  xml_required(reader, node, "binding");
  port->binding_name = xml_qname(reader, node, "binding");
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    if (wsdl_documentation(reader, c, NULL))
      continue;
    if (is_soap(c, "address") || xml_is(c, NS_HTTP, "address"))
      port->address = xml_required(reader, c, "location");
    else
      xml_unknown(reader, c);
  }
  wsdl_once(reader, names, intern_format(contract->arena, "port %s", port->name), port->at);
  list_add(contract->arena, &service->ports, port);
}

void wsdl_read_service(const struct reader *reader, xmlNode *node) {
  struct contract *contract = reader->contract;
  struct service *service = arena_alloc(contract->arena, sizeof *service);
  struct map names = {0};
  xml_expect(reader, node, "name");
  service->name = (struct qname){reader->ns, xml_name(reader, node)};
  service->at = xml_place(reader, node);
  for (xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
    if (xml_is(c, NS_WSDL, "port"))
      read_port(reader, c, service, &names);
    else if (!wsdl_documentation(reader, c, NULL))
      xml_unknown(reader, c);
  }
  list_add(contract->arena, &contract->services, service);
  wsdl_define(reader, SPACE_SERVICE, service->name, service, service->at);
}
