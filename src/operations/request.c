#include "operations/request.h"

#include <string.h>

ets_status ets_request_send(ets_object *response, ets_session *session,
                            const struct ets_operation *operation, ets_request_fill *fill,
                            const void *arguments) {
  void *data = NULL;
  *response = (ets_object){0};
  ets_pool *pool = ets_pool_new();
  ets_object request = ets_object_new(pool, operation->request);
  fill(pool, request, arguments);
  ets_status status = ets_pool_status(pool);
  if (status != ETS_OK)
    ets_session_fail(session, status, "%s", pool ? ets_pool_error(pool)->message : "out of memory");
  else
    status = ets_call(session, operation, request.data, &data);
  ets_pool_free(pool);
  if (status == ETS_OK)
    *response = ets_object_of(operation->response, data);
  return status;
}
