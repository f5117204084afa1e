/* A triggered send: a Create with one TriggeredSend for each subscriber. */
#include <etsoap/batch.h>

#include "call/call.h"

#include <etsoap/pool.h>

#include <stdlib.h>

static ets_status fail(ets_batch_result *result, ets_session *session, ets_status status,
                       const char *message) {
  *result = (ets_batch_result){0};
  session->operation = ets_operations[ETS_OP_CREATE].name;
  return ets_session_fail(session, status, "%s", message);
}

ets_status ets_trigger_send(ets_batch_result *result, ets_session *session,
                            const char *definition_key, const ets_object *subscribers, size_t count,
                            const ets_batch_options *options) {
  if (!definition_key || !*definition_key)
    return fail(result, session, ETS_E_USAGE, "triggered send: the definition's key is missing");
  ets_pool *pool = ets_pool_new();
  ets_object *sends = calloc(count ? count : 1, sizeof *sends);
  ets_status status = sends ? ETS_OK : ETS_E_NOMEM;
  for (size_t i = 0; sends && i < count; i++) {
    sends[i] = ets_object_new(pool, "TriggeredSend");
    ets_set(pool, sends[i], "TriggeredSendDefinition.CustomerKey", definition_key);
    ets_set_object(pool, sends[i], "Subscribers", subscribers[i]);
  }
  if (status == ETS_OK)
    status = ets_pool_status(pool);
  if (status == ETS_OK)
    status = ets_create(result, session, sends, count, options);
  else
    fail(result, session, status, sends ? ets_pool_error(pool)->message : "out of memory");
  free(sends);
  ets_pool_free(pool);
  return status;
}
