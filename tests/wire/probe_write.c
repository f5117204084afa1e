/* probe create|update|upsert|delete [upsert] [async] [chunk=N] OBJECT...
 * probe trigger KEY [async] [chunk=N] OBJECT...
 * probe perform|configure|schedule ACTION OBJECT...
 * probe execute NAME [client=MID] NAME=VALUE...
 * probe unsubscribe NAME=VALUE...   client=MID, everything=1
 * probe extract ID NAME=VALUE...
 * probe message OBJECT
 * probe describe TYPE... | status now | version now | query OBJECT
 *
 * OBJECT is TYPE followed by PATH=VALUE, PATH (nil); objects are separated by `/`. */
#include "probe.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 200 };

static size_t read_objects(ets_pool *pool, int argc, char **argv, ets_object *objects) {
  size_t count = 0;
  for (int i = 0; i < argc && count < MOST; i++) {
    objects[count] = ets_object_new(pool, argv[i]);
    for (i++; i < argc && strcmp(argv[i], "/") != 0; i++) {
      char *value = strchr(argv[i], '=');
      if (value)
        *value++ = '\0';
      if (value)
        ets_set(pool, objects[count], argv[i], value);
      else
        ets_set_nil(pool, objects[count], argv[i]);
    }
    count++;
  }
  return count;
}

static size_t read_parameters(int argc, char **argv, ets_parameter *parameters) {
  size_t count = 0;
  for (; (int)count < argc && count < MOST; count++) {
    char *value = strchr(argv[count], '=');
    if (value)
      *value++ = '\0';
    parameters[count] = (ets_parameter){argv[count], value ? value : ""};
  }
  return count;
}

static int pool_failed(const ets_pool *pool) {
  printf("failed %s\n%s\n", ets_status_name(ets_pool_status(pool)), ets_pool_error(pool)->message);
  return 1;
}

/* The recipients that a triggered send refused. */
static void print_refused(ets_object result) {
  char path[64];
  for (size_t i = 0;; i++) {
    snprintf(path, sizeof path, "SubscriberFailures[%zu]", i);
    ets_object failure = ets_get(result, path).object;
    if (!failure.type)
      break;
    printf("  %s refused: %s, %s\n", ets_get_text(failure, "Subscriber.EmailAddress"),
           ets_get_text(failure, "ErrorCode"), ets_get_text(failure, "ErrorDescription"));
  }
}

static void print_items(const ets_batch_result *result) {
  for (size_t i = 0; i < result->count; i++) {
    const ets_item *item = &result->items[i];
    printf("%zu %s %s code %d id %" PRId64 ": %s\n", item->index, ets_status_name(item->status),
           item->sent ? "sent" : "not sent", item->error_code, item->new_id, item->message);
    print_refused(item->result);
  }
  printf("%zu of %zu failed\n", result->failed, result->count);
}

typedef ets_status batch_call(ets_batch_result *result, ets_session *session,
                              const ets_object *objects, size_t count,
                              const ets_batch_options *options);

static batch_call *batch_of(const char *verb) {
  const struct {
    const char *verb;
    batch_call *call;
  } calls[] = {{"create", ets_create},
               {"update", ets_update},
               {"upsert", ets_upsert},
               {"delete", ets_delete}};
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
    if (strcmp(calls[i].verb, verb) == 0)
      return calls[i].call;
  return NULL;
}

/* By a call; NULL: a triggered send by the definition of this key. */
static int batch(ets_session *session, batch_call *call, const char *key, int argc, char **argv) {
  ets_batch_options options = ETS_BATCH_OPTIONS_INIT;
  ets_object objects[MOST];
  for (; argc > 0; argc--, argv++) {
    if (strcmp(argv[0], "upsert") == 0)
      options.upsert = true;
    else if (strcmp(argv[0], "async") == 0)
      options.request_type = ETS_ASYNCHRONOUS;
    else if (strncmp(argv[0], "chunk=", 6) == 0)
      options.chunk = (int)strtol(argv[0] + 6, NULL, 10);
    else
      break;
  }
  ets_pool *pool = ets_pool_new();
  size_t count = read_objects(pool, argc, argv, objects);
  ets_batch_result result;
  ets_status status = ets_pool_status(pool);
  int code = 1;
  if (status != ETS_OK) {
    code = pool_failed(pool);
  } else {
    status = call ? call(&result, session, objects, count, &options)
                  : ets_trigger_send(&result, session, key, objects, count, &options);
    print_items(&result);
    if (options.chunk)
      printf("worst OverallStatus: %s\n", result.overall_status ? result.overall_status : "none");
    code = probe_report(session, status, result.count - result.failed);
  }
  ets_pool_free(pool);
  return code;
}

static int finish(ets_session *session, ets_status status, ets_object response) {
  if (response.type)
    probe_object(response);
  return probe_report(session, status, 0);
}

static int act(ets_session *session, const char *verb, int argc, char **argv) {
  ets_object objects[MOST], response;
  ets_pool *pool = ets_pool_new();
  size_t count = read_objects(pool, argc - 1, argv + 1, objects);
  ets_status status;
  if (ets_pool_status(pool) != ETS_OK) {
    int code = pool_failed(pool);
    ets_pool_free(pool);
    return code;
  }
  if (strcmp(verb, "perform") == 0)
    status = ets_perform(&response, session, argv[0], objects, count);
  else if (strcmp(verb, "configure") == 0)
    status = ets_configure(&response, session, argv[0], objects, count);
  else
    status = ets_schedule(&response, session, argv[0], objects[0], objects + 1, count - 1);
  int code = finish(session, status, response);
  ets_pool_free(pool);
  return code;
}

static int message(ets_session *session, int argc, char **argv) {
  ets_object request, response;
  ets_pool *pool = ets_pool_new();
  read_objects(pool, argc, argv, &request);
  ets_status status = ets_call_message(&response, session, request);
  int code = finish(session, status, response);
  ets_pool_free(pool);
  return code;
}

static int query(ets_session *session, int argc, char **argv) {
  ets_object object, response;
  ets_pool *pool = ets_pool_new();
  read_objects(pool, argc, argv, &object);
  ets_status status = ets_query(&response, session, object);
  int code = finish(session, status, response);
  ets_pool_free(pool);
  return code;
}

static ets_status unsubscribe(ets_object *response, ets_session *session,
                              const ets_parameter *parameters, size_t count) {
  ets_unsubscription what = ETS_UNSUBSCRIPTION_INIT;
  for (size_t i = 0; i < count; i++) {
    const char *name = parameters[i].name, *value = parameters[i].value;
    int64_t number = strtoll(value, NULL, 10);
    if (strcmp(name, "SubscriberKey") == 0)
      what.subscriber_key = value;
    else if (strcmp(name, "EmailAddress") == 0)
      what.email_address = value;
    else if (strcmp(name, "Reason") == 0)
      what.reason = value;
    else if (strcmp(name, "SubscriberID") == 0)
      what.subscriber_id = number;
    else if (strcmp(name, "JobID") == 0)
      what.job_id = (int32_t)number;
    else if (strcmp(name, "ListID") == 0)
      what.list_id = (int32_t)number;
    else if (strcmp(name, "BatchID") == 0)
      what.batch_id = (int32_t)number;
    else if (strcmp(name, "client") == 0)
      what.client_id = (int32_t)number;
    else
      what.from_everything = number != 0;
  }
  return ets_unsubscribe(response, session, &what);
}

int probe_write(ets_session *session, int argc, char **argv) {
  const char *verb = argv[0];
  ets_object response;
  ets_parameter parameters[MOST];
  ets_status status;
  argc--;
  argv++;
  if (batch_of(verb))
    return batch(session, batch_of(verb), NULL, argc, argv);
  if (strcmp(verb, "trigger") == 0)
    return batch(session, NULL, argv[0], argc - 1, argv + 1);
  if (strcmp(verb, "perform") == 0 || strcmp(verb, "configure") == 0 ||
      strcmp(verb, "schedule") == 0)
    return act(session, verb, argc, argv);
  if (strcmp(verb, "message") == 0)
    return message(session, argc, argv);
  if (strcmp(verb, "query") == 0)
    return query(session, argc, argv);
  if (strcmp(verb, "execute") == 0) {
    bool client = argc > 1 && strncmp(argv[1], "client=", 7) == 0;
    int from = client ? 2 : 1;
    size_t count = read_parameters(argc - from, argv + from, parameters);
    status = ets_execute(&response, session, argv[0], parameters, count,
                         client ? (int32_t)strtol(argv[1] + 7, NULL, 10) : 0);
  } else if (strcmp(verb, "unsubscribe") == 0) {
    status = unsubscribe(&response, session, parameters, read_parameters(argc, argv, parameters));
  } else if (strcmp(verb, "extract") == 0) {
    size_t count = read_parameters(argc - 1, argv + 1, parameters);
    status = ets_extract(&response, session, argv[0], parameters, count);
  } else if (strcmp(verb, "describe") == 0) {
    status = ets_describe(&response, session, (const char *const *)argv, (size_t)argc);
  } else if (strcmp(verb, "status") == 0) {
    status = ets_system_status(&response, session);
  } else if (strcmp(verb, "version") == 0) {
    status = ets_version_info(&response, session, false);
  } else {
    fprintf(stderr, "unknown call %s\n", verb);
    return 2;
  }
  return finish(session, status, response);
}
