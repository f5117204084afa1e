/* Messages of one-to-one triggered sends: sent, found in the send log, followed by their events. */
#include "tracking/one_to_one.h"

#include "call/session_private.h"
#include "operations/cursor.h"

#include <etsoap/pool.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* What the service itself writes into a send log, and what tells recipients apart: a value of the
 * message's own has no place in it. */
static bool is_taken(const char *attribute) {
  static const char *const taken[] = {
      "JobID",           "ListID",    "BatchID",      "SubscriberID",  "SubID",
      "TriggeredSendID", "ErrorCode", "EmailAddress", "Email Address", "SubscriberKey"};
  for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
    if (strcasecmp(attribute, taken[i]) == 0)
      return true;
  return false;
}

ets_status ets_one_to_one_check(ets_session *session, const ets_one_to_one *how, bool definition) {
  const char *missing = NULL;
  ets_session_start(session, NULL);
  if (how->version != ETS_ONE_TO_ONE_VERSION)
    return ets_session_fail(session, ETS_E_USAGE, "one to one: start from ETS_ONE_TO_ONE_INIT");
  if (!how->attribute || !*how->attribute)
    missing = "attribute";
  else if (!how->send_log || !*how->send_log)
    missing = "send log";
  else if (definition && (!how->definition || !*how->definition))
    missing = "triggered send definition";
  if (missing)
    return ets_session_fail(session, ETS_E_USAGE, "one to one: the %s has no name", missing);
  if (is_taken(how->attribute))
    return ets_session_fail(session, ETS_E_USAGE,
                            "one to one: the attribute %s is the service's own: expected a name "
                            "such as UniqueID",
                            how->attribute);
  return ETS_OK;
}

ets_status ets_one_to_one_send(ets_batch_result *result, ets_session *session,
                               const ets_one_to_one *how, const char *address,
                               const char *subscriber_key, const char *value) {
  *result = (ets_batch_result){0};
  ets_status status = ets_one_to_one_check(session, how, true);
  if (status == ETS_OK && (!address || !*address || !value || !*value))
    status = ets_session_fail(session, ETS_E_USAGE, "one to one: the message has no %s",
                              address && *address ? "value of its own" : "address");
  if (status != ETS_OK)
    return status;
  ets_pool *pool = ets_pool_new();
  ets_object subscriber = ets_object_new(pool, "Subscriber");
  ets_set(pool, subscriber, "EmailAddress", address);
  ets_set(pool, subscriber, "SubscriberKey", subscriber_key ? subscriber_key : address);
  ets_set(pool, subscriber, "Attributes[0].Name", how->attribute);
  ets_set(pool, subscriber, "Attributes[0].Value", value);
  status = ets_pool_status(pool);
  if (status != ETS_OK)
    ets_session_fail(session, status, "%s", ets_pool_error(pool)->message);
  else
    status = ets_trigger_send(result, session, how->definition, &subscriber, 1, NULL);
  ets_pool_free(pool);
  return status;
}

/* --- the send log ---------------------------------------------------------------------------- */

ets_status ets_one_to_one_log_open(ets_cursor **cursor, ets_session *session,
                                   const ets_one_to_one *how, const char *value) {
  static const char *const properties[] = {"JobID", "BatchID", "SubscriberID"};
  char object_type[ETS_KEY_SIZE + sizeof "DataExtensionObject[]"];
  ets_retrieve request = ETS_RETRIEVE_INIT;
  *cursor = NULL;
  ets_status status = ets_one_to_one_check(session, how, false);
  if (status == ETS_OK && (!value || !*value))
    status = ets_session_fail(session, ETS_E_USAGE, "one to one: the value to look for is empty");
  if (status == ETS_OK && strlen(how->send_log) >= ETS_KEY_SIZE)
    status = ets_session_fail(session, ETS_E_USAGE, "one to one: the send log's key is too long");
  if (status != ETS_OK)
    return status;
  snprintf(object_type, sizeof object_type, "DataExtensionObject[%s]", how->send_log);
  ets_filter *filter = ets_filter_equals(how->attribute, value);
  request.object_type = object_type;
  request.properties = properties;
  request.property_count = sizeof properties / sizeof *properties;
  request.filter = filter;
  status = filter ? ets_cursor_open(cursor, session, &request)
                  : ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  ets_filter_free(filter);
  return status;
}

ets_status ets_one_to_one_log_next(ets_one_to_one_message *message, ets_cursor *cursor) {
  ets_object row;
  *message = (ets_one_to_one_message){0};
  ets_status status = ets_cursor_next(cursor, &row);
  if (status != ETS_OK)
    return status;
  int64_t job = ets_get_integer(row, "JobID", 0), batch = ets_get_integer(row, "BatchID", 0);
  int64_t subscriber = ets_get_integer(row, "SubscriberID", 0);
  if (job < 1 || job > INT32_MAX || batch < 1 || batch > INT32_MAX || subscriber < 1)
    return ets_session_fail(ets_cursor_session(cursor), ETS_E_PROTOCOL,
                            "a row of the send log lacks %s: is it a send log?",
                            job < 1 || job > INT32_MAX       ? "JobID"
                            : batch < 1 || batch > INT32_MAX ? "BatchID"
                                                             : "SubscriberID");
  *message = (ets_one_to_one_message){(int32_t)job, (int32_t)batch, subscriber};
  return ETS_OK;
}

ets_status ets_one_to_one_find(ets_one_to_one_message *message, ets_session *session,
                               const ets_one_to_one *how, const char *value) {
  ets_one_to_one_message another;
  ets_cursor *cursor;
  *message = (ets_one_to_one_message){0};
  ets_status status = ets_one_to_one_log_open(&cursor, session, how, value);
  if (status == ETS_OK)
    status = ets_one_to_one_log_next(message, cursor);
  if (status == ETS_END)
    status = ets_session_fail(session, ETS_E_NOT_FOUND,
                              "no message with %.100s '%.100s' in the send log %.100s: the service "
                              "writes it some time after the message went out",
                              how->attribute, value, how->send_log);
  else if (status == ETS_OK && (status = ets_one_to_one_log_next(&another, cursor)) == ETS_OK)
    status = ets_session_fail(session, ETS_E_USAGE,
                              "several messages have %.100s '%.100s': each needs a value of its "
                              "own to be told apart",
                              how->attribute, value);
  else if (status == ETS_END)
    status = ETS_OK;
  if (status != ETS_OK)
    *message = (ets_one_to_one_message){0};
  ets_cursor_close(cursor);
  return status;
}

/* --- events ---------------------------------------------------------------------------------- */

ets_status ets_one_to_one_events_open(ets_cursor **cursor, ets_session *session,
                                      const ets_one_to_one *how, ets_event_type type,
                                      const ets_one_to_one_message *message,
                                      const ets_scope *scope) {
  ets_event_query query = ETS_EVENT_QUERY_INIT;
  *cursor = NULL;
  ets_status status = ets_one_to_one_check(session, how, false);
  if (status != ETS_OK)
    return status;
  if (message->job_id < 1 || message->batch_id < 1 || message->subscriber_id < 1)
    return ets_session_fail(session, ETS_E_USAGE,
                            "one to one: JobID %" PRId32 ", BatchID %" PRId32
                            ", SubscriberID %" PRId64 ": expected 1 or more of each",
                            message->job_id, message->batch_id, message->subscriber_id);
  ets_filter *subscriber = ets_filter_equals_integer("SubscriberID", message->subscriber_id);
  if (!subscriber)
    return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  ets_filter_use_additional_operands(subscriber, how->additional_operands);
  query.type = type;
  query.job_id = message->job_id;
  query.batch_id = message->batch_id;
  query.where = subscriber;
  status = ets_events_open(cursor, session, &query, scope);
  ets_filter_free(subscriber);
  return status;
}
