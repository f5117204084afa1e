#include "etwsdl/meta/operation_name.h"

#include <string.h>

#include "etwsdl/model/body.h"

static const struct {
  const char *name, *request, *response;
} known[] = {
#define ETS_OPERATION(id, name, request, response, kind, takes, items, status) \
  {#name, #request, #response},
#include "../../../src/contract/operations.def"
#undef ETS_OPERATION
};

static const char *known_name(struct contract *contract, const struct operation *operation) {
  const struct operation *declared = operation->declared;
  if (!declared)
    return NULL;
  const char *request = body_element(contract, &declared->input, &operation->input);
  const char *response = body_element(contract, &declared->output, &operation->output);
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strcmp(known[i].request, request) == 0 && strcmp(known[i].response, response) == 0)
      return known[i].name;
  return NULL;
}

/* Names stay apart: one that is taken, or that another with the same body has, is left alone. */
const char *operation_name(struct contract *contract, const struct binding *binding,
                           const struct operation *operation) {
  const char *name = known_name(contract, operation);
  if (!name)
    return operation->name;
  for (size_t i = 0; i < binding->operations.count; i++) {
    const struct operation *other = binding->operations.items[i];
    if (other == operation)
      break;
    const char *others = known_name(contract, other);
    if (others && strcmp(others, name) == 0)
      return operation->name;
  }
  for (size_t i = 0; i < binding->operations.count; i++) {
    const struct operation *other = binding->operations.items[i];
    if (strcmp(other->name, name) == 0)
      return operation->name;
  }
  return name;
}
