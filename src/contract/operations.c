#include "contract/operations.h"

#include <string.h>

enum { READS = true, WRITES = false };

const struct ets_operation ets_operations[ETS_OPERATION_COUNT] = {
#define ETS_OPERATION(id, name, request, response, kind, takes, items, status) \
  [ETS_OP_##id] = {#name, #request, #response, kind, takes, items, ETS_STATUS_##status},
#include "contract/operations.def"
#undef ETS_OPERATION
};

const struct ets_operation *ets_operation_find(const char *name) {
  for (size_t i = 0; i < ETS_OPERATION_COUNT; i++)
    if (strcmp(ets_operations[i].name, name) == 0 || strcmp(ets_operations[i].request, name) == 0)
      return &ets_operations[i];
  return NULL;
}
