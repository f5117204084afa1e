#include <etsoap/tracking.h>

#include "call/call.h"
#include "filter/ast.h"
#include "tracking/question.h"
#include "tracking/triggered.h"
#include "tracking/window.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* --- what is asked for ----------------------------------------------------------------------- */

/* What a Send and a ListSend both count. */
#define STATISTICS                                                                         \
  "Duplicates", "InvalidAddresses", "MissingAddresses", "ExistingUndeliverables",          \
      "ExistingUnsubscribes", "HardBounces", "SoftBounces", "OtherBounces", "UniqueOpens", \
      "UniqueClicks", "ForwardedEmails", "Unsubscribes"

static const char *const send_properties[] = {"ID",
                                              "Client.ID",
                                              "Client.PartnerClientKey",
                                              "PartnerKey",
                                              "CreatedDate",
                                              "ModifiedDate",
                                              "Email.ID",
                                              "Email.PartnerKey",
                                              "EmailName",
                                              "Subject",
                                              "PreviewURL",
                                              "Status",
                                              "SendDate",
                                              "SentDate",
                                              "FromName",
                                              "FromAddress",
                                              "NumberTargeted",
                                              "NumberSent",
                                              "NumberDelivered",
                                              "NumberErrored",
                                              "NumberExcluded",
                                              STATISTICS,
                                              "IsMultipart",
                                              "IsAlwaysOn",
                                              "SendLimit",
                                              "SendWindowOpen",
                                              "SendWindowClose",
                                              "Additional",
                                              "BCCEmail",
                                              "EmailSendDefinition.ObjectID",
                                              "EmailSendDefinition.CustomerKey",
                                              NULL};

static const char *const link_properties[] = {
    "SendID",   "Client.ID",        "Link.ID",           "Link.Alias",
    "Link.URL", "Link.TotalClicks", "Link.UniqueClicks", NULL};

static const char *const list_properties[] = {"SendID",        "Client.ID",  "List.ID",
                                              "List.ListName", "NumberSent", "NumberDelivered",
                                              STATISTICS,      "PreviewURL", NULL};

_Static_assert(sizeof send_properties / sizeof *send_properties <= ETS_QUESTION_NAMES,
               "the longest list fits");

const char *const *ets_send_properties(void) {
  return send_properties;
}

const char *const *ets_link_properties(void) {
  return link_properties;
}

const char *const *ets_list_properties(void) {
  return list_properties;
}

/* --- cursors --------------------------------------------------------------------------------- */

static const char *const *defaults_of(const char *object_type) {
  static const char *const none[] = {NULL};
  ets_event_type type;
  if (strcmp(object_type, "Send") == 0)
    return send_properties;
  if (strcmp(object_type, "LinkSend") == 0)
    return link_properties;
  if (strcmp(object_type, "ListSend") == 0)
    return list_properties;
  if (strcmp(object_type, "TriggeredSendSummary") == 0)
    return ets_triggered_properties();
  return ets_event_type_find(&type, object_type) ? ets_event_properties(type) : none;
}

bool ets_tracking_has(const char *object_type, const char *property) {
  return ets_question_has(object_type, defaults_of(object_type), property);
}

static ets_status check_job(ets_session *session, int32_t job_id) {
  if (job_id < 1)
    return ets_session_fail(session, ETS_E_USAGE, "JobID %" PRId32 ": expected 1 or more", job_id);
  return ETS_OK;
}

static ets_status open_of_send(ets_cursor **cursor, ets_session *session, const char *object_type,
                               const char *const *properties, const char *key, int32_t job_id,
                               const ets_scope *scope) {
  struct ets_question question;
  *cursor = NULL;
  ets_status status = ets_question_begin(&question, session, object_type, properties, scope);
  if (status == ETS_OK)
    status = check_job(session, job_id);
  if (status != ETS_OK)
    return status;
  return ets_question_open(cursor, session, &question, ets_filter_equals_integer(key, job_id));
}

ets_status ets_links_open(ets_cursor **cursor, ets_session *session, int32_t job_id,
                          const ets_scope *scope) {
  return open_of_send(cursor, session, "LinkSend", link_properties, "SendID", job_id, scope);
}

ets_status ets_lists_open(ets_cursor **cursor, ets_session *session, int32_t job_id,
                          const ets_scope *scope) {
  return open_of_send(cursor, session, "ListSend", list_properties, "SendID", job_id, scope);
}

/* Whether the row is the send that was asked for. One whose type the answer does not say is taken
 * by its ID. */
static ets_status check_send(ets_session *session, ets_object row, int32_t job_id) {
  const char *type = ets_object_type(row);
  int64_t id = ets_get_integer(row, "ID", job_id);
  if (!ets_object_is(row, "Send") && strcmp(type, "APIObject") != 0)
    return ets_session_fail(session, ETS_E_PROTOCOL,
                            "asked for send %" PRId32 ", the service answered with a %s", job_id,
                            type);
  if (id != job_id)
    return ets_session_fail(session, ETS_E_PROTOCOL,
                            "asked for send %" PRId32 ", the service answered with send %" PRId64,
                            job_id, id);
  return ETS_OK;
}

ets_status ets_send_summary(ets_object *send, ets_session *session, int32_t job_id,
                            const ets_scope *scope) {
  *send = (ets_object){0};
  ets_cursor *cursor;
  ets_object row;
  ets_call_begin(session, ets_operations[ETS_OP_RETRIEVE].name);
  ets_status status = open_of_send(&cursor, session, "Send", send_properties, "ID", job_id, scope);
  if (status != ETS_OK)
    return status;
  status = ets_cursor_next(cursor, &row);
  if (status == ETS_END)
    status = ets_session_fail(session, ETS_E_NOT_FOUND,
                              "no send %" PRId32 " in this account; a send of another business "
                              "unit needs its MID",
                              job_id);
  else if (status == ETS_OK)
    status = check_send(session, row, job_id);
  if (status == ETS_OK)
    ets_cursor_keep(cursor);
  ets_cursor_close(cursor);
  if (status == ETS_OK)
    *send = row;
  return status;
}

/* A window's filter; what is wrong with it is the session's error. */
static ets_status make_window(ets_filter **filter, ets_session *session, const char *property,
                              const ets_time *since, const ets_time *until) {
  ets_error error;
  ets_status status = ets_window_filter(filter, property, since, until, &error);
  return status == ETS_OK ? ETS_OK : ets_session_fail(session, status, "%s", error.message);
}

ets_status ets_sends_open(ets_cursor **cursor, ets_session *session, const ets_time *since,
                          const ets_time *until, const ets_scope *scope) {
  struct ets_question question;
  ets_filter *window = NULL;
  *cursor = NULL;
  ets_status status = ets_question_begin(&question, session, "Send", send_properties, scope);
  if (status == ETS_OK)
    status = make_window(&window, session, "SendDate", since, until);
  return status == ETS_OK ? ets_question_open(cursor, session, &question, window) : status;
}

static ets_status check_query(ets_session *session, const ets_event_query *query) {
  ets_session_start(session, ets_operations[ETS_OP_RETRIEVE].name);
  if (query->version != ETS_EVENT_QUERY_VERSION || (unsigned)query->type >= ETS_EVENT_TYPE_COUNT)
    return ets_session_fail(session, ETS_E_USAGE, "events: start from ETS_EVENT_QUERY_INIT");
  return query->job_id ? check_job(session, query->job_id) : ETS_OK;
}

/* All conditions of a query as one filter; NULL when there is none. */
static ets_status make_conditions(ets_filter **filter, ets_session *session,
                                  const ets_event_query *query, const char *definition) {
  ets_filter *conditions[6], *window;
  size_t count = 0;
  *filter = NULL;
  ets_status status = make_window(&window, session, "EventDate", query->since, query->until);
  if (status != ETS_OK)
    return status;
  if (query->job_id)
    conditions[count++] = ets_filter_equals_integer("SendID", query->job_id);
  if (query->batch_id)
    conditions[count++] = ets_filter_equals_integer("BatchID", query->batch_id);
  if (query->subscriber_key)
    conditions[count++] = ets_filter_equals("SubscriberKey", query->subscriber_key);
  if (query->triggered_send)
    conditions[count++] = ets_filter_equals("TriggeredSendDefinitionObjectID", definition);
  if (window)
    conditions[count++] = window;
  if (query->where)
    conditions[count++] = ets_filter_copy(query->where);
  if (count == 0)
    return ETS_OK;
  *filter = ets_filter_and_all(conditions, count);
  if (!*filter)
    return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  if (query->where && query->where->additional_operands)
    ets_filter_use_additional_operands(*filter, true);
  return ETS_OK;
}

ets_status ets_events_open(ets_cursor **cursor, ets_session *session, const ets_event_query *query,
                           const ets_scope *scope) {
  struct ets_question question;
  ets_filter *filter = NULL;
  char definition[ETS_OBJECT_ID_SIZE];
  *cursor = NULL;
  ets_status status = check_query(session, query);
  if (status == ETS_OK && query->triggered_send)
    status = ets_triggered_object_id(definition, session, query->triggered_send, scope);
  if (status == ETS_OK)
    status = ets_question_begin(&question, session, ets_event_object_type(query->type),
                                ets_event_properties(query->type), scope);
  if (status == ETS_OK)
    status = ets_question_check(session, ets_event_object_type(query->type),
                                ets_event_properties(query->type), query->properties,
                                query->properties ? query->property_count : 0);
  if (status == ETS_OK)
    status = make_conditions(&filter, session, query, definition);
  if (status != ETS_OK)
    return status;
  if (query->properties) {
    question.retrieve.properties = query->properties;
    question.retrieve.property_count = query->property_count;
  }
  question.retrieve.since_last_batch = query->since_last_batch;
  question.retrieve.repeat_last_result = query->repeat_last_batch;
  return ets_question_open(cursor, session, &question, filter);
}
