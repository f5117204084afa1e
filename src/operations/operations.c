#include <etsoap/operations.h>

#include "call/call.h"
#include "call/fault.h"
#include "object/pool_private.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Sends a request made in a pool, and frees the pool. */
static ets_status send_pool(ets_object *response, ets_session *session, enum ets_operation_id id,
                            ets_pool *pool, ets_object request) {
  void *data = NULL;
  ets_status status = ets_pool_status(pool);
  *response = (ets_object){NULL, NULL};
  if (status != ETS_OK)
    ets_session_fail(session, status, "%s", pool ? ets_pool_error(pool)->message : "out of memory");
  else
    status = ets_call(session, id, request.data, &data);
  ets_pool_free(pool);
  if (status == ETS_OK)
    *response = ets_object_of(ets_call_response(id), data);
  return status;
}

/* Counts items and failed ones under a path with an index for each. */
static size_t count_failed(ets_object response, const char *items, size_t *count,
                           const char **message) {
  char path[64];
  size_t failed = 0;
  for (*count = 0;; ++*count) {
    snprintf(path, sizeof path, "%s[%zu]", items, *count);
    ets_value item = ets_get(response, path);
    if (item.presence != ETS_PRESENT)
      return failed;
    const char *code = ets_get_text(item.object, "StatusCode");
    if (!code || strcasecmp(code, "OK") == 0)
      continue;
    failed++;
    if (!*message)
      *message = ets_get_text(item.object, "StatusMessage");
  }
}

/* The business status of an answer with items. */
static ets_status judge(ets_session *session, ets_object response, const char *items) {
  size_t count;
  const char *message = NULL;
  size_t failed = count_failed(response, items, &count, &message);
  const char *overall = ets_get_text(response, "OverallStatus");
  if (failed == 0 && ets_overall_of(overall) <= ETS_OVERALL_MORE)
    return ETS_OK;
  if (!message)
    message = ets_get_text(response, "OverallStatusMessage");
  if (failed == 0 || failed == count)
    return message && *message
               ? ets_session_fail(session, ETS_E_REFUSED, "the service refuses: %s", message)
               : ets_fault_refused(session, overall ? overall : "");
  return ets_session_fail(session, ETS_E_PARTIAL, "%zu of %zu refused, the first: %s", failed,
                          count, message ? message : "no reason given");
}

/* Perform, Configure and Schedule: an action on a list of objects. */
static ets_status act(ets_object *response, ets_session *session, enum ets_operation_id id,
                      const char *name, const char *action, const char *list,
                      const ets_object *objects, size_t count, ets_object schedule) {
  char type[40];
  *response = (ets_object){NULL, NULL};
  ets_status status = ets_call_begin(session, name);
  if (status != ETS_OK)
    return status;
  if (!action || !*action || count == 0)
    return ets_session_fail(session, ETS_E_USAGE, "%s needs an action and at least one object",
                            name);
  ets_pool *pool = ets_pool_new();
  snprintf(type, sizeof type, "%sRequestMsg", name);
  ets_object request = ets_object_new(pool, type);
  ets_set(pool, request, "Action", action);
  if (schedule.type)
    ets_set_object(pool, request, "Schedule", schedule);
  for (size_t i = 0; i < count; i++)
    ets_set_object(pool, request, list, objects[i]);
  status = send_pool(response, session, id, pool, request);
  return status == ETS_OK ? judge(session, *response, "Results.Result") : status;
}

static const ets_object no_object = {NULL, NULL};

ets_status ets_perform(ets_object *response, ets_session *session, const char *action,
                       const ets_object *definitions, size_t count) {
  return act(response, session, ETS_OP_PERFORM, "Perform", action, "Definitions.Definition",
             definitions, count, no_object);
}

ets_status ets_configure(ets_object *response, ets_session *session, const char *action,
                         const ets_object *configurations, size_t count) {
  return act(response, session, ETS_OP_CONFIGURE, "Configure", action,
             "Configurations.Configuration", configurations, count, no_object);
}

ets_status ets_schedule(ets_object *response, ets_session *session, const char *action,
                        ets_object schedule, const ets_object *interactions, size_t count) {
  return act(response, session, ETS_OP_SCHEDULE, "Schedule", action, "Interactions.Interaction",
             interactions, count, schedule);
}

/* Adds name/value pairs to an array of objects that have both. */
static void add_parameters(ets_pool *pool, ets_object request, const char *list,
                           const ets_parameter *parameters, size_t count) {
  char path[64];
  for (size_t i = 0; i < count; i++) {
    snprintf(path, sizeof path, "%s[%zu].Name", list, i);
    ets_set(pool, request, path, parameters[i].name);
    snprintf(path, sizeof path, "%s[%zu].Value", list, i);
    ets_set(pool, request, path, parameters[i].value);
  }
}

ets_status ets_execute(ets_object *response, ets_session *session, const char *name,
                       const ets_parameter *parameters, size_t count, int32_t client_id) {
  *response = no_object;
  ets_status status = ets_call_begin(session, "Execute");
  if (status != ETS_OK)
    return status;
  ets_pool *pool = ets_pool_new();
  ets_object request = ets_object_new(pool, "ExecuteRequestMsg");
  if (client_id)
    ets_set_integer(pool, request, "Requests[0].Client.ID", client_id);
  ets_set(pool, request, "Requests[0].Name", name);
  add_parameters(pool, request, "Requests[0].Parameters", parameters, count);
  status = send_pool(response, session, ETS_OP_EXECUTE, pool, request);
  if (status != ETS_OK)
    return status;
  status = judge(session, *response, "Results");
  if (status != ETS_OK)
    session->error.code = (int)ets_get_integer(*response, "Results[0].ErrorCode", 0);
  return status;
}

ets_status ets_extract(ets_object *response, ets_session *session, const char *id,
                       const ets_parameter *parameters, size_t count) {
  *response = no_object;
  ets_status status = ets_call_begin(session, "Extract");
  if (status != ETS_OK)
    return status;
  ets_pool *pool = ets_pool_new();
  ets_object request = ets_object_new(pool, "ExtractRequestMsg");
  ets_set(pool, request, "Requests[0].ID", id);
  ets_set_object(pool, request, "Requests[0].Options", ets_object_new(pool, "ExtractOptions"));
  add_parameters(pool, request, "Requests[0].Parameters.Parameter", parameters, count);
  status = send_pool(response, session, ETS_OP_EXTRACT, pool, request);
  return status == ETS_OK ? judge(session, *response, "Results.ExtractResult") : status;
}

ets_status ets_describe(ets_object *response, ets_session *session, const char *const *object_types,
                        size_t count) {
  char path[80];
  *response = no_object;
  ets_status status = ets_call_begin(session, "Describe");
  if (status != ETS_OK)
    return status;
  ets_pool *pool = ets_pool_new();
  ets_object request = ets_object_new(pool, "DefinitionRequestMsg");
  for (size_t i = 0; i < count; i++) {
    snprintf(path, sizeof path, "DescribeRequests.ObjectDefinitionRequest[%zu].ObjectType", i);
    ets_set(pool, request, path, object_types[i]);
  }
  status = send_pool(response, session, ETS_OP_DESCRIBE, pool, request);
  if (status != ETS_OK)
    return status;
  for (size_t i = 0; i < count; i++) {
    snprintf(path, sizeof path, "ObjectDefinition[%zu].Properties[0].Name", i);
    if (!ets_get_text(*response, path))
      return ets_session_fail(session, ETS_E_NOT_FOUND,
                              "the service describes no object type %s; the case of letters counts",
                              object_types[i]);
  }
  return ETS_OK;
}

ets_status ets_system_status(ets_object *response, ets_session *session) {
  *response = no_object;
  ets_status status = ets_call_begin(session, "GetSystemStatus");
  if (status != ETS_OK)
    return status;
  ets_pool *pool = ets_pool_new();
  ets_object request = ets_object_new(pool, "SystemStatusRequestMsg");
  ets_set_object(pool, request, "Options", ets_object_new(pool, "SystemStatusOptions"));
  status = send_pool(response, session, ETS_OP_GET_SYSTEM_STATUS, pool, request);
  return status == ETS_OK ? judge(session, *response, "Results.Result") : status;
}

ets_status ets_version_info(ets_object *response, ets_session *session, bool with_history) {
  *response = no_object;
  ets_status status = ets_call_begin(session, "VersionInfo");
  if (status != ETS_OK)
    return status;
  ets_pool *pool = ets_pool_new();
  ets_object request = ets_object_new(pool, "VersionInfoRequestMsg");
  ets_set_boolean(pool, request, "IncludeVersionHistory", with_history);
  return send_pool(response, session, ETS_OP_VERSION_INFO, pool, request);
}

ets_status ets_query(ets_object *response, ets_session *session, ets_object query) {
  *response = no_object;
  ets_status status = ets_call_begin(session, "Query");
  if (status != ETS_OK)
    return status;
  ets_pool *pool = ets_pool_new();
  ets_object request = ets_object_new(pool, "QueryRequestMsg");
  ets_set_object(pool, request, "QueryRequest.Query", query);
  status = send_pool(response, session, ETS_OP_QUERY, pool, request);
  return status == ETS_OK ? judge(session, *response, "") : status;
}

ets_status ets_call_message(ets_object *response, ets_session *session, ets_object request) {
  enum ets_operation_id operation;
  void *data = NULL;
  *response = no_object;
  if (!request.type || !ets_call_find(&operation, request.type->name)) {
    session->operation = NULL;
    return ets_session_fail(session, ETS_E_USAGE, "%s is no request message of the contract",
                            request.type ? request.type->name : "nothing");
  }
  ets_status status = ets_call_begin(session, ets_call_name(operation));
  if (status == ETS_OK)
    status = ets_call(session, operation, request.data, &data);
  if (status == ETS_OK)
    *response = ets_object_of(ets_call_response(operation), data);
  return status;
}
