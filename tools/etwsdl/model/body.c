#include "etwsdl/model/body.h"

#include <string.h>

static bool is_word_of(const char *words, const char *word) {
  size_t n = strlen(word);
  while (*(words += strspn(words, " \t\r\n"))) {
    size_t length = strcspn(words, " \t\r\n");
    if (length == n && strncmp(words, word, n) == 0)
      return true;
    words += length;
  }
  return false;
}

static bool is_header(const struct flow *bound, const struct flow *declared, const char *part) {
  for (size_t i = 0; i < bound->headers.count; i++) {
    const struct soap_header *header = bound->headers.items[i];
    if (!header->is_fault && header->message == declared->message && header->part == part)
      return true;
  }
  return false;
}

void body_parts(struct contract *contract, const struct flow *declared, const struct flow *bound,
                struct list *parts) {
  for (size_t i = 0; declared->message && i < declared->message->parts.count; i++) {
    const struct part *part = declared->message->parts.items[i];
    if (bound->parts ? is_word_of(bound->parts, part->name)
                     : !is_header(bound, declared, part->name))
      list_add(contract->arena, parts, part);
  }
}

const char *body_element(struct contract *contract, const struct flow *declared,
                         const struct flow *bound) {
  struct list parts = {0};
  body_parts(contract, declared, bound, &parts);
  if (parts.count == 0)
    return "nothing";
  const struct part *part = parts.items[0];
  return parts.count > 1            ? "several parts"
         : part->element_name.local ? part->element_name.local
                                    : "nothing";
}

const struct binding *body_binding(const struct contract *contract) {
  const struct binding *found = NULL;
  for (size_t i = 0; i < contract->bindings.count; i++) {
    const struct binding *binding = contract->bindings.items[i];
    if (strcmp(binding->protocol, "SOAP 1.1") == 0)
      return binding;
    if (!found && strcmp(binding->protocol, "SOAP 1.2") == 0)
      found = binding;
  }
  return found;
}
