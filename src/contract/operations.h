/* The operations of the service as rows: what each one is called on the wire, whether it may be
 * repeated, where its objects and results are. operations.def is the table. */
#ifndef ETS_CONTRACT_OPERATIONS_H
#define ETS_CONTRACT_OPERATIONS_H

#include <stdbool.h>
#include <stddef.h>

enum ets_operation_id {
#define ETS_OPERATION(id, name, request, response, kind, takes, items, status) ETS_OP_##id,
#include "contract/operations.def"
#undef ETS_OPERATION
  ETS_OPERATION_COUNT
};

/* What in an answer says whether it was done. */
enum ets_answer_status {
  ETS_STATUS_NONE,   /* nothing: Describe, VersionInfo */
  ETS_STATUS_ANSWER, /* OverallStatus */
  ETS_STATUS_ALL     /* OverallStatus, and StatusCode of each item */
};

struct ets_operation {
  const char *name;     /* "Perform", the SOAPAction too */
  const char *request;  /* element, "PerformRequestMsg" */
  const char *response; /* element, "PerformResponseMsg" */
  bool reads;           /* may be sent twice */
  const char *takes;    /* path in the request, "Definitions.Definition"; NULL: nothing */
  const char *items;    /* path in the answer, "Results.Result" */
  enum ets_answer_status status;
};

/* By enum ets_operation_id. */
extern const struct ets_operation ets_operations[ETS_OPERATION_COUNT];

/* By name or by the element of a request; NULL when it is neither. */
const struct ets_operation *ets_operation_find(const char *name);

#endif
