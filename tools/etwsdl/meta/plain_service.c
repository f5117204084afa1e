#include "etwsdl/meta/plain_service.h"

#include "etwsdl/meta/operation_name.h"
#include "etwsdl/model/body.h"

static void write_message(struct plain *plain, const char *operation, const char *way,
                          const struct flow *declared, const struct flow *bound) {
  struct list parts = {0};
  if (!declared->present)
    return;
  body_parts(plain->contract, declared, bound, &parts);
  buffer_printf(&plain->out, "<wsdl:message name=\"%s%s\">\n", operation, way);
  for (size_t i = 0; i < parts.count; i++) {
    const struct part *part = parts.items[i];
    buffer_add_text(&plain->out, "<wsdl:part");
    plain_attribute(plain, "name", part->name);
    if (part->element_name.local)
      plain_name(plain, "element", part->element_name);
    else
      plain_name(plain, "type", part->type.name);
    buffer_add_text(&plain->out, "/>\n");
  }
  buffer_add_text(&plain->out, "</wsdl:message>\n");
}

static void write_flow(struct plain *plain, const char *operation, const char *way,
                       const struct flow *declared, bool bound) {
  if (!declared->present)
    return;
  if (bound)
    buffer_printf(&plain->out, "<wsdl:%s><soap:body use=\"literal\"/></wsdl:%s>\n", way, way);
  else
    buffer_printf(&plain->out, "<wsdl:%s message=\"tns:%s%s\"/>\n", way, operation, way);
}

static void write_operations(struct plain *plain, const struct binding *binding, bool bound) {
  for (size_t i = 0; i < binding->operations.count; i++) {
    const struct operation *operation = binding->operations.items[i];
    const struct operation *declared = operation->declared;
    const char *name = operation_name(plain->contract, binding, operation);
    buffer_add_text(&plain->out, "<wsdl:operation");
    plain_attribute(plain, "name", name);
    buffer_add_text(&plain->out, ">\n");
    if (bound) {
      buffer_add_text(&plain->out, "<soap:operation");
      plain_attribute(plain, "soapAction", operation->action ? operation->action : "");
      buffer_add_text(&plain->out, " style=\"document\"/>\n");
    }
    write_flow(plain, name, "input", &declared->input, bound);
    write_flow(plain, name, "output", &declared->output, bound);
    buffer_add_text(&plain->out, "</wsdl:operation>\n");
  }
}

static const char *address_of(const struct contract *contract, const struct binding *binding) {
  for (size_t i = 0; i < contract->services.count; i++) {
    const struct service *service = contract->services.items[i];
    for (size_t k = 0; k < service->ports.count; k++) {
      const struct port *port = service->ports.items[k];
      if (port->binding == binding && port->address)
        return port->address;
    }
  }
  return "http://localhost/";
}

void plain_service(struct plain *plain) {
  const struct binding *binding = body_binding(plain->contract);
  if (!binding)
    return;
  for (size_t i = 0; i < binding->operations.count; i++) {
    const struct operation *operation = binding->operations.items[i];
    const char *name = operation_name(plain->contract, binding, operation);
    write_message(plain, name, "input", &operation->declared->input, &operation->input);
    write_message(plain, name, "output", &operation->declared->output, &operation->output);
  }
  buffer_add_text(&plain->out, "<wsdl:portType name=\"PartnerAPI\">\n");
  write_operations(plain, binding, false);
  buffer_add_text(&plain->out, "</wsdl:portType>\n"
                               "<wsdl:binding name=\"SoapBinding\" type=\"tns:PartnerAPI\">\n"
                               "<soap:binding style=\"document\" "
                               "transport=\"http://schemas.xmlsoap.org/soap/http\"/>\n");
  write_operations(plain, binding, true);
  buffer_add_text(&plain->out, "</wsdl:binding>\n"
                               "<wsdl:service name=\"PartnerAPI\">"
                               "<wsdl:port name=\"Soap\" binding=\"tns:SoapBinding\">"
                               "<soap:address");
  plain_attribute(plain, "location", address_of(plain->contract, binding));
  buffer_add_text(&plain->out, "/></wsdl:port></wsdl:service>\n");
}
