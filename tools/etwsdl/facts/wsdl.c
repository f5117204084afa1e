#include "facts/wsdl.h"

#include <string.h>

static const char *spell(struct fact_sink *sink, struct qname name) {
  return contract_spell(sink->contract, name);
}

static const char *format(struct fact_sink *sink, const char *form, ...) ETWSDL_PRINTF(2, 3);
static const char *format(struct fact_sink *sink, const char *form, ...) {
  struct text text = {0};
  va_list arguments;
  va_start(arguments, form);
  text_vadd(&text, form, arguments);
  va_end(arguments);
  const char *value = intern(sink->contract->arena, text_get(&text));
  text_free(&text);
  return value;
}

static void add_message(struct fact_sink *sink, const struct message *message) {
  const char *owner = spell(sink, message->name);
  fact_add(sink,
           (struct fact){.kind = FACT_MESSAGE, .owner = owner, .detail = "", .at = message->at});
  for (size_t i = 0; i < message->parts.count; i++) {
    const struct part *part = message->parts.items[i];
    const char *detail = part->element_name.local
                             ? format(sink, "element %s", spell(sink, part->element_name))
                             : format(sink, "type %s", spell(sink, part->type.name));
    fact_add(sink, (struct fact){.kind = FACT_PART,
                                 .owner = owner,
                                 .name = part->name,
                                 .detail = detail,
                                 .at = part->at});
  }
}

static const char *operation_detail(struct fact_sink *sink, const struct operation *operation) {
  const struct flow *in = &operation->input, *out = &operation->output;
  const char *request = in->present ? spell(sink, in->message_name) : "nothing";
  const char *response = out->present ? spell(sink, out->message_name) : "nothing";
  return format(sink, "%s -> %s%s", request, response,
                operation->output_first ? " (the service asks)" : "");
}

static void add_port_type(struct fact_sink *sink, const struct port_type *port_type) {
  const char *owner = spell(sink, port_type->name);
  for (size_t i = 0; i < port_type->operations.count; i++) {
    const struct operation *operation = port_type->operations.items[i];
    fact_add(sink, (struct fact){.kind = FACT_OPERATION,
                                 .owner = owner,
                                 .name = operation->name,
                                 .detail = operation_detail(sink, operation),
                                 .at = operation->at,
                                 .documentation = operation->documentation});
    for (size_t k = 0; k < operation->faults.count; k++) {
      const struct flow *fault = operation->faults.items[k];
      fact_add(sink, (struct fact){.kind = FACT_FAULT,
                                   .owner = owner,
                                   .name = format(sink, "%s.%s", operation->name,
                                                  fault->name ? fault->name : ""),
                                   .detail = spell(sink, fault->message_name),
                                   .at = fault->at});
    }
  }
}

static void add_flow_words(struct text *text, const char *side, const struct flow *flow) {
  if (!flow->present)
    return;
  text_add(text, " %s=%s", side, flow->use ? flow->use : "literal");
  if (flow->parts)
    text_add(text, " parts=%s", flow->parts);
  if (flow->ns)
    text_add(text, " namespace=%s", flow->ns);
  if (flow->encoding)
    text_add(text, " encoding=%s", flow->encoding);
}

static void add_headers(struct fact_sink *sink, const char *owner, const char *operation,
                        const char *side, const struct flow *flow) {
  for (size_t i = 0; i < flow->headers.count; i++) {
    const struct soap_header *header = flow->headers.items[i];
    fact_add(sink, (struct fact){.kind = FACT_HEADER,
                                 .owner = owner,
                                 .name = format(sink, "%s.%s.%s.%s", operation, side,
                                                spell(sink, header->message_name), header->part),
                                 .detail = format(sink, "%s%s", header->use,
                                                  header->is_fault ? " fault" : ""),
                                 .at = header->at});
  }
}

static void add_bound_operation(struct fact_sink *sink, const struct binding *binding,
                                const char *owner, const struct operation *operation) {
  struct text text = {0};
  text_add(&text, "\"%s\" %s", operation->action ? operation->action : "",
           operation->style ? operation->style
           : binding->style ? binding->style
                            : "document");
  add_flow_words(&text, "in", &operation->input);
  add_flow_words(&text, "out", &operation->output);
  fact_add(sink, (struct fact){.kind = FACT_ACTION,
                               .owner = owner,
                               .name = operation->name,
                               .detail = intern(sink->contract->arena, text_get(&text)),
                               .at = operation->at});
  text_free(&text);
  add_headers(sink, owner, operation->name, "in", &operation->input);
  add_headers(sink, owner, operation->name, "out", &operation->output);
  for (size_t i = 0; i < operation->faults.count; i++) {
    const struct flow *fault = operation->faults.items[i];
    fact_add(sink, (struct fact){.kind = FACT_FAULT,
                                 .owner = owner,
                                 .name = format(sink, "%s.%s", operation->name,
                                                fault->name ? fault->name : ""),
                                 .detail = fault->use ? fault->use : "literal",
                                 .at = fault->at});
  }
}

static void add_binding(struct fact_sink *sink, const struct binding *binding) {
  const char *owner = spell(sink, binding->name);
  fact_add(sink,
           (struct fact){.kind = FACT_BINDING,
                         .owner = owner,
                         .detail = format(sink, "of %s %s %s%s", spell(sink, binding->type_name),
                                          binding->protocol, binding->transport ? "over " : "",
                                          binding->transport ? binding->transport : ""),
                         .at = binding->at});
  for (size_t i = 0; i < binding->operations.count; i++)
    add_bound_operation(sink, binding, owner, binding->operations.items[i]);
}

void facts_of_wsdl(struct fact_sink *sink) {
  const struct contract *contract = sink->contract;
  fact_add(sink, (struct fact){.kind = FACT_NAMESPACE,
                               .owner = contract->ns ? contract->ns : "(none)",
                               .detail = "",
                               .at = {contract->path, 1, 1}});
  for (size_t i = 0; i < contract->messages.count; i++)
    add_message(sink, contract->messages.items[i]);
  for (size_t i = 0; i < contract->port_types.count; i++)
    add_port_type(sink, contract->port_types.items[i]);
  for (size_t i = 0; i < contract->bindings.count; i++)
    add_binding(sink, contract->bindings.items[i]);
  for (size_t i = 0; i < contract->services.count; i++) {
    const struct service *service = contract->services.items[i];
    for (size_t k = 0; k < service->ports.count; k++) {
      const struct port *port = service->ports.items[k];
      fact_add(sink, (struct fact){.kind = FACT_PORT,
                                   .owner = spell(sink, service->name),
                                   .name = port->name,
                                   .detail = spell(sink, port->binding_name),
                                   .at = port->at});
    }
  }
}
