#include "operations/request.h"

#include "contract/types.h"

#include <string.h>

ets_status ets_request_send(ets_object *response, ets_session *session,
                            const struct ets_operation *operation, ets_request_fill *fill,
                            const void *arguments) {
  *response = (ets_object){0};
  if (!ets_type_find(operation->request, strlen(operation->request)))
    return ets_session_fail(session, ETS_E_USAGE, "the contract in use has no operation %s",
                            operation->name);
  ets_pool *pool = ets_pool_new();
  ets_object request = ets_object_new(pool, operation->request);
  fill(pool, request, arguments);
  ets_status status = ets_pool_status(pool);
  if (status != ETS_OK)
    ets_session_fail(session, status, "%s", pool ? ets_pool_error(pool)->message : "out of memory");
  else
    status = ets_call(session, operation, request, response);
  ets_pool_free(pool);
  return status;
}
