/* Messages, operations, bindings, ports, headers, faults, the namespace. */
#include <string.h>

#include "judge/judge.h"

/* Whether a message is used as a request, an answer; both when nothing says. */
static void message_use(const struct contract *contract, const char *name, bool *sent, bool *read) {
  for (size_t i = 0; i < contract->port_types.count; i++) {
    const struct port_type *port_type = contract->port_types.items[i];
    for (size_t k = 0; k < port_type->operations.count; k++) {
      const struct operation *operation = port_type->operations.items[k];
      const struct qname *in = &operation->input.message_name;
      const struct qname *out = &operation->output.message_name;
      *sent = *sent || (in->local && strcmp(contract_spell(contract, *in), name) == 0);
      *read = *read || (out->local && strcmp(contract_spell(contract, *out), name) == 0);
    }
  }
}

static void judge_message(const struct diff *diff, struct change *change) {
  const struct fact *fact = change->after ? change->after : change->before;
  bool sent = false, read = false;
  message_use(diff->before, fact->owner, &sent, &read);
  if (change->kind == CHANGE_ADDED && fact->kind == FACT_MESSAGE) {
    judge_both(change, fine("nobody has to use it"));
    return;
  }
  if (!sent && !read)
    sent = read = true;
  const char *reason = change->kind == CHANGE_REMOVED ? "the message is no longer made like this"
                                                      : "the message is made otherwise";
  change->sender = sent ? breaks(reason) : fine("it is no request");
  change->reader = read ? breaks(reason) : fine("it is no answer");
}

static void judge_presence(struct change *change, const char *gone, const char *altered) {
  if (change->kind == CHANGE_ADDED)
    judge_both(change, fine("nobody has to use it"));
  else
    judge_both(change, breaks(change->kind == CHANGE_REMOVED ? gone : altered));
}

static void judge_action(struct change *change) {
  judge_presence(change, "the operation is no longer bound", "requests are made otherwise");
  if (change->kind == CHANGE_ALTERED) {
    const char *before = strstr(change->before->detail, "\" ");
    const char *after = strstr(change->after->detail, "\" ");
    if (before && after && strcmp(before, after) == 0) {
      change->sender = breaks("requests carry another SOAPAction");
      change->reader = fine("answers carry no SOAPAction");
    }
  }
}

static void judge_header(struct change *change) {
  const struct fact *fact = change->after ? change->after : change->before;
  bool request = strstr(fact->name, ".in.") != NULL;
  const char *elsewhere = request ? "it goes with requests" : "it goes with answers";
  judge_both(change, fine(elsewhere));
  if (request)
    change->sender = change->kind == CHANGE_REMOVED ? breaks("the service no longer takes it")
                                                    : breaks("requests may have to carry it");
  else
    change->reader = change->kind == CHANGE_ADDED ? fine("readers skip headers they do not know")
                                                  : breaks("it no longer comes like this");
}

static void judge_fault(struct change *change) {
  judge_both(change, fine("requests carry no faults"));
  if (change->kind == CHANGE_ADDED)
    change->reader = breaks("a fault that is not known may come");
  else if (change->kind == CHANGE_REMOVED)
    change->reader = fine("it no longer comes");
  else
    change->reader = breaks("the fault is made otherwise");
}

void diff_judge_wsdl(const struct diff *diff, struct change *change) {
  const struct fact *fact = change->after ? change->after : change->before;
  switch (fact->kind) {
  case FACT_MESSAGE:
  case FACT_PART:
    judge_message(diff, change);
    break;
  case FACT_OPERATION:
    judge_presence(change, "the service no longer offers it", "it takes other messages");
    break;
  case FACT_ACTION:
    judge_action(change);
    break;
  case FACT_HEADER:
    judge_header(change);
    break;
  case FACT_FAULT:
    judge_fault(change);
    break;
  case FACT_BINDING:
    judge_presence(change, "the service no longer speaks it",
                   "the service speaks another protocol");
    break;
  case FACT_PORT:
    judge_presence(change, "the service is no longer there", "the port speaks another binding");
    break;
  default:
    judge_both(change, breaks("every element is in another namespace"));
  }
}
