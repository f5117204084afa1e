#include "etwsdl/facts/wsdl.h"

#include <string.h>

#include "etwsdl/base/map.h"
#include "etwsdl/model/body.h"

/* What is said of several bindings of one protocol is one fact: the wire shows the protocol. */
struct service_facts {
  struct fact_maker *maker;
  struct map said;
};

static bool is_new(struct service_facts *facts, enum fact_kind kind, const char *owner,
                   const char *name) {
  struct arena *arena = facts->maker->contract->arena;
  const char *key = intern_format(arena, "%d\n%s\n%s", (int)kind, owner, name);
  return map_put(arena, &facts->said, key, facts);
}

/* --- what stands in the body ------------------------------------------------------------------ */

/* An element by its name; a type, which only rpc has, by the part's name. `parts` that lists what
 * is in the body anyway says nothing. */
static const char *body_of(const struct fact_maker *maker, const struct flow *declared,
                           const struct flow *bound, bool rpc) {
  struct contract *contract = maker->contract;
  struct list parts = {0};
  struct buffer out = {0};
  if (!declared->present)
    return "nothing";
  body_parts(contract, declared, bound, &parts);
  for (size_t i = 0; i < parts.count; i++) {
    const struct part *part = parts.items[i];
    if (out.size > 0)
      buffer_add_text(&out, ", ");
    if (rpc || !part->element_name.local)
      buffer_printf(&out, "%s: ", part->name);
    buffer_add_text(&out, contract_spell(contract, part->element_name.local ? part->element_name
                                                                            : part->type.name));
  }
  return out.size > 0 ? intern_buffer(contract->arena, &out) : "an empty body";
}

static const char *use_of(const struct fact_maker *maker, const struct flow *flow, bool rpc) {
  struct buffer out = {0};
  buffer_add_text(&out, flow->use ? flow->use : "literal");
  if (rpc && flow->ns)
    buffer_printf(&out, " namespace=%s", flow->ns);
  if (flow->use && strcmp(flow->use, "encoded") == 0 && flow->encoding)
    buffer_printf(&out, " encoding=%s", flow->encoding);
  return intern_buffer(maker->contract->arena, &out);
}

/* --- operations ------------------------------------------------------------------------------- */

static const char *part_element(const struct fact_maker *maker, const struct message *message,
                                const char *name) {
  for (size_t i = 0; message && i < message->parts.count; i++) {
    const struct part *part = message->parts.items[i];
    if (!name || part->name == name)
      return contract_spell(maker->contract,
                            part->element_name.local ? part->element_name : part->type.name);
  }
  return "nothing";
}

static void add_headers(struct service_facts *facts, const char *operation, bool of_request,
                        const struct flow *flow) {
  struct fact_maker *maker = facts->maker;
  for (size_t i = 0; i < flow->headers.count; i++) {
    const struct soap_header *header = flow->headers.items[i];
    const char *name = intern_format(maker->contract->arena, "%s%s.%s", of_request ? "in" : "out",
                                     header->is_fault ? ".fault" : "",
                                     part_element(maker, header->message, header->part));
    if (!is_new(facts, FACT_HEADER, operation, name))
      continue;
    struct fact *fact = fact_add(maker, (struct fact){.kind = FACT_HEADER,
                                                      .owner = operation,
                                                      .name = name,
                                                      .at = header->at,
                                                      .of_request = of_request});
    aspect_add(maker, fact, ASPECT_HEADER_USE, header->use);
  }
}

static void add_faults(struct service_facts *facts, const struct operation *declared) {
  struct fact_maker *maker = facts->maker;
  for (size_t i = 0; i < declared->faults.count; i++) {
    const struct flow *fault = declared->faults.items[i];
    const char *name = part_element(maker, fault->message, NULL);
    if (is_new(facts, FACT_FAULT, declared->name, name))
      fact_add(maker,
               (struct fact){
                   .kind = FACT_FAULT, .owner = declared->name, .name = name, .at = fault->at});
  }
}

static void add_operation(struct service_facts *facts, const struct binding *binding,
                          const struct operation *bound) {
  struct fact_maker *maker = facts->maker;
  const struct operation *declared = bound->declared;
  const char *style = bound->style ? bound->style : binding->style ? binding->style : "document";
  bool rpc = strcmp(style, "rpc") == 0;
  if (!declared || !is_new(facts, FACT_OPERATION, bound->name, binding->protocol))
    return;
  struct fact *fact = fact_add(maker, (struct fact){.kind = FACT_OPERATION,
                                                    .owner = bound->name,
                                                    .name = binding->protocol,
                                                    .at = bound->at,
                                                    .documentation = declared->documentation});
  aspect_add(maker, fact, ASPECT_REQUEST, body_of(maker, &declared->input, &bound->input, rpc));
  aspect_add(maker, fact, ASPECT_RESPONSE, body_of(maker, &declared->output, &bound->output, rpc));
  aspect_quoted(maker, fact, ASPECT_ACTION, bound->action ? bound->action : "");
  aspect_add(maker, fact, ASPECT_STYLE, style);
  if (declared->input.present)
    aspect_add(maker, fact, ASPECT_REQUEST_USE, use_of(maker, &bound->input, rpc));
  if (declared->output.present)
    aspect_add(maker, fact, ASPECT_RESPONSE_USE, use_of(maker, &bound->output, rpc));
  aspect_flag(maker, fact, ASPECT_SERVICE_ASKS, declared->output_first);
  add_headers(facts, bound->name, true, &bound->input);
  add_headers(facts, bound->name, false, &bound->output);
  add_faults(facts, declared);
}

static void add_binding(struct service_facts *facts, const struct binding *binding) {
  struct fact_maker *maker = facts->maker;
  if (is_new(facts, FACT_BINDING, binding->protocol, "")) {
    struct fact *fact = fact_add(
        maker, (struct fact){.kind = FACT_BINDING, .owner = binding->protocol, .at = binding->at});
    aspect_optional(maker, fact, ASPECT_TRANSPORT, binding->transport);
  }
  for (size_t i = 0; i < binding->operations.count; i++)
    add_operation(facts, binding, binding->operations.items[i]);
}

void facts_of_wsdl(struct fact_maker *maker) {
  const struct contract *contract = maker->contract;
  struct service_facts facts = {.maker = maker};
  fact_add(maker, (struct fact){.kind = FACT_NAMESPACE,
                                .owner = contract->ns ? contract->ns : "(none)",
                                .at = {contract->path, 1, 1}});
  for (size_t i = 0; i < contract->services.count; i++) {
    const struct service *service = contract->services.items[i];
    for (size_t k = 0; k < service->ports.count; k++) {
      const struct port *port = service->ports.items[k];
      if (port->binding)
        add_binding(&facts, port->binding);
    }
  }
  for (size_t i = 0; contract->services.count == 0 && i < contract->bindings.count; i++)
    add_binding(&facts, contract->bindings.items[i]);
}
