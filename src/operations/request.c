#include "operations/request.h"

#include "contract/types.h"

#include <string.h>

ets_status ets_request_make(ets_object *request, ets_pool *pool, ets_session *session,
                            const struct ets_operation *operation, ets_request_fill *fill,
                            const void *arguments) {
  *request = (ets_object){0};
  if (!ets_type_find(operation->request, strlen(operation->request)))
    return ets_session_fail(session, ETS_E_USAGE, "this contract has no operation %s",
                            operation->name);
  ets_object made = ets_object_new(pool, operation->request);
  fill(pool, made, arguments);
  ets_status status = ets_pool_status(pool);
  if (status != ETS_OK)
    return ets_session_fail(session, status, "%s", ets_pool_error(pool)->message);
  *request = made;
  return ETS_OK;
}

ets_status ets_request_send(ets_object *response, ets_session *session,
                            const struct ets_operation *operation, ets_request_fill *fill,
                            const void *arguments) {
  ets_object request;
  ets_pool *pool = ets_pool_new();
  *response = (ets_object){0};
  ets_status status = ets_request_make(&request, pool, session, operation, fill, arguments);
  if (status == ETS_OK)
    status = ets_call(session, operation, request, response);
  ets_pool_free(pool);
  return status;
}
