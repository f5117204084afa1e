#include <etsoap/operations.h>

#include "contract/types.h"
#include "operations/request.h"
#include "operations/verdict.h"

#include <stdio.h>
#include <string.h>

/* The whole of an operation whose answer is judged by its items, of which so many are expected. */
static ets_status run(ets_object *response, ets_session *session, enum ets_operation_id id,
                      ets_request_fill *fill, const void *arguments, size_t expected) {
  const struct ets_operation *operation = &ets_operations[id];
  *response = (ets_object){0};
  ets_call_begin(session, operation->name);
  ets_status status = ets_request_send(response, session, operation, fill, arguments);
  return status == ETS_OK ? ets_verdict_judge(session, *response, operation, expected) : status;
}

/* --- an action on a list of objects ---------------------------------------------------------- */

struct action {
  const struct ets_operation *operation;
  const char *name;
  const ets_object *objects;
  size_t count;
  ets_object schedule;
};

static void fill_action(ets_pool *pool, ets_object request, const void *arguments) {
  const struct action *action = arguments;
  ets_set(pool, request, "Action", action->name);
  if (action->schedule.type)
    ets_set_object(pool, request, "Schedule", action->schedule);
  for (size_t i = 0; i < action->count; i++)
    ets_set_object(pool, request, action->operation->takes, action->objects[i]);
}

static ets_status act(ets_object *response, ets_session *session, enum ets_operation_id id,
                      const char *name, const ets_object *objects, size_t count,
                      ets_object schedule) {
  const struct action action = {&ets_operations[id], name, objects, count, schedule};
  *response = (ets_object){0};
  ets_session_start(session, action.operation->name);
  if (!name || !*name || count == 0)
    return ets_session_fail(session, ETS_E_USAGE, "%s needs an action and at least one object",
                            action.operation->name);
  return run(response, session, id, fill_action, &action, count);
}

static const ets_object no_object = {0};

ets_status ets_perform(ets_object *response, ets_session *session, const char *action,
                       const ets_object *definitions, size_t count) {
  return act(response, session, ETS_OP_PERFORM, action, definitions, count, no_object);
}

ets_status ets_configure(ets_object *response, ets_session *session, const char *action,
                         const ets_object *configurations, size_t count) {
  return act(response, session, ETS_OP_CONFIGURE, action, configurations, count, no_object);
}

ets_status ets_schedule(ets_object *response, ets_session *session, const char *action,
                        ets_object schedule, const ets_object *interactions, size_t count) {
  return act(response, session, ETS_OP_SCHEDULE, action, interactions, count, schedule);
}

/* --- Execute and Extract: a request by name or ID, with parameters --------------------------- */

struct job {
  const char *name;
  const ets_parameter *parameters;
  size_t count;
  int32_t client_id;
};

/* Adds name/value pairs to an array of objects that have both. */
static void add_parameters(ets_pool *pool, ets_object request, const char *list,
                           const struct job *job) {
  char path[64];
  for (size_t i = 0; i < job->count; i++) {
    snprintf(path, sizeof path, "%s[%zu].Name", list, i);
    ets_set(pool, request, path, job->parameters[i].name);
    snprintf(path, sizeof path, "%s[%zu].Value", list, i);
    ets_set(pool, request, path, job->parameters[i].value);
  }
}

static void fill_execute(ets_pool *pool, ets_object request, const void *arguments) {
  const struct job *job = arguments;
  if (job->client_id)
    ets_set_integer(pool, request, "Requests[0].Client.ID", job->client_id);
  ets_set(pool, request, "Requests[0].Name", job->name);
  add_parameters(pool, request, "Requests[0].Parameters", job);
}

ets_status ets_execute(ets_object *response, ets_session *session, const char *name,
                       const ets_parameter *parameters, size_t count, int32_t client_id) {
  const struct job job = {name, parameters, count, client_id};
  return run(response, session, ETS_OP_EXECUTE, fill_execute, &job, 1);
}

static void fill_extract(ets_pool *pool, ets_object request, const void *arguments) {
  const struct job *job = arguments;
  ets_set(pool, request, "Requests[0].ID", job->name);
  ets_set_object(pool, request, "Requests[0].Options", ets_object_new(pool, "ExtractOptions"));
  add_parameters(pool, request, "Requests[0].Parameters.Parameter", job);
}

ets_status ets_extract(ets_object *response, ets_session *session, const char *id,
                       const ets_parameter *parameters, size_t count) {
  const struct job job = {id, parameters, count, 0};
  return run(response, session, ETS_OP_EXTRACT, fill_extract, &job, 1);
}

/* --- about the service ----------------------------------------------------------------------- */

struct types {
  const char *const *names;
  size_t count;
};

static void fill_describe(ets_pool *pool, ets_object request, const void *arguments) {
  const struct types *types = arguments;
  char path[80];
  for (size_t i = 0; i < types->count; i++) {
    snprintf(path, sizeof path, "DescribeRequests.ObjectDefinitionRequest[%zu].ObjectType", i);
    ets_set(pool, request, path, types->names[i]);
  }
}

ets_status ets_describe(ets_object *response, ets_session *session, const char *const *object_types,
                        size_t count) {
  const struct types types = {object_types, count};
  ets_status status = run(response, session, ETS_OP_DESCRIBE, fill_describe, &types, count);
  if (status != ETS_OK)
    return status;
  for (size_t i = 0; i < count; i++) {
    ets_object definition = ets_get_object(*response, "ObjectDefinition", i);
    if (!ets_get_text(definition, "Properties[0].Name"))
      return ets_session_fail(session, ETS_E_NOT_FOUND,
                              "the service describes no object type %s; the case of letters counts",
                              object_types[i]);
  }
  return ETS_OK;
}

static void fill_system_status(ets_pool *pool, ets_object request, const void *arguments) {
  (void)arguments;
  ets_set_object(pool, request, "Options", ets_object_new(pool, "SystemStatusOptions"));
}

ets_status ets_system_status(ets_object *response, ets_session *session) {
  return run(response, session, ETS_OP_GET_SYSTEM_STATUS, fill_system_status, NULL, 1);
}

static void fill_version_info(ets_pool *pool, ets_object request, const void *with_history) {
  ets_set_boolean(pool, request, "IncludeVersionHistory", *(const bool *)with_history);
}

ets_status ets_version_info(ets_object *response, ets_session *session, bool with_history) {
  ets_status status =
      run(response, session, ETS_OP_VERSION_INFO, fill_version_info, &with_history, 1);
  if (status == ETS_OK && ets_get(*response, "VersionInfo").presence != ETS_PRESENT)
    return ets_session_fail(session, ETS_E_PROTOCOL, "the answer has no VersionInfo");
  return status;
}

static void fill_query(ets_pool *pool, ets_object request, const void *query) {
  ets_set_object(pool, request, ets_operations[ETS_OP_QUERY].takes, *(const ets_object *)query);
}

ets_status ets_query(ets_object *response, ets_session *session, ets_object query) {
  return run(response, session, ETS_OP_QUERY, fill_query, &query, 0);
}

ets_status ets_call_message(ets_object *response, ets_session *session, ets_object request) {
  const struct ets_operation *operation =
      request.type ? ets_operation_find(request.type->name) : NULL;
  *response = no_object;
  if (!operation) {
    ets_session_start(session, NULL);
    return ets_session_fail(session, ETS_E_USAGE, "%s is no request message of the contract",
                            request.type ? request.type->name : "nothing");
  }
  ets_call_begin(session, operation->name);
  return ets_call(session, operation, request, response);
}
