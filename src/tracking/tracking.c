#include <etsoap/tracking.h>

#include "call/call.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

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

#define EVENT_PROPERTIES                                                       \
  "SendID", "SubscriberKey", "EventDate", "EventType", "BatchID", "Client.ID", \
      "TriggeredSendDefinitionObjectID"

static const char *const sent_properties[] = {EVENT_PROPERTIES, "ListID", "SubscriberID", NULL};
static const char *const plain_properties[] = {EVENT_PROPERTIES, NULL};
static const char *const click_properties[] = {EVENT_PROPERTIES, "URLID", "URL", NULL};
static const char *const bounce_properties[] = {EVENT_PROPERTIES, "BounceType", "BounceCategory",
                                                "SMTPCode",       "SMTPReason", NULL};
static const char *const unsub_properties[] = {EVENT_PROPERTIES, "IsMasterUnsubscribed", "List.ID",
                                               NULL};
static const char *const opt_in_properties[] = {EVENT_PROPERTIES, "OptInSubscriberKey", NULL};
static const char *const survey_properties[] = {EVENT_PROPERTIES, "Question", "Answer", NULL};

static const struct event {
  const char *name;
  const char *object_type;
  const char *const *properties;
} events[ETS_EVENT_TYPE_COUNT] = {
    [ETS_EVENT_SENT] = {"sent", "SentEvent", sent_properties},
    [ETS_EVENT_NOT_SENT] = {"notsent", "NotSentEvent", sent_properties},
    [ETS_EVENT_OPEN] = {"open", "OpenEvent", plain_properties},
    [ETS_EVENT_CLICK] = {"click", "ClickEvent", click_properties},
    [ETS_EVENT_BOUNCE] = {"bounce", "BounceEvent", bounce_properties},
    [ETS_EVENT_UNSUB] = {"unsub", "UnsubEvent", unsub_properties},
    [ETS_EVENT_FORWARDED_EMAIL] = {"forward", "ForwardedEmailEvent", plain_properties},
    [ETS_EVENT_FORWARDED_EMAIL_OPT_IN] = {"forwardoptin", "ForwardedEmailOptInEvent",
                                          opt_in_properties},
    [ETS_EVENT_SURVEY] = {"survey", "SurveyEvent", survey_properties},
};

const char *const *ets_send_properties(void) {
  return send_properties;
}

const char *const *ets_link_properties(void) {
  return link_properties;
}

const char *const *ets_list_properties(void) {
  return list_properties;
}

const char *ets_event_object_type(ets_event_type type) {
  return events[type].object_type;
}

const char *ets_event_name(ets_event_type type) {
  return events[type].name;
}

const char *const *ets_event_properties(ets_event_type type) {
  return events[type].properties;
}

bool ets_event_type_find(ets_event_type *type, const char *name) {
  for (int i = 0; i < ETS_EVENT_TYPE_COUNT; i++)
    if (strcasecmp(events[i].name, name) == 0 || strcasecmp(events[i].object_type, name) == 0) {
      *type = (ets_event_type)i;
      return true;
    }
  return false;
}

/* --- cursors --------------------------------------------------------------------------------- */

static ets_retrieve retrieve_in(const ets_scope *scope, const char *object_type,
                                const char *const *properties) {
  ets_retrieve retrieve = ETS_RETRIEVE_INIT;
  retrieve.object_type = object_type;
  retrieve.properties = properties;
  while (properties[retrieve.property_count])
    retrieve.property_count++;
  if (scope) {
    retrieve.client_ids = scope->client_ids;
    retrieve.client_id_count = scope->client_id_count;
    retrieve.all_accounts = scope->all_accounts;
    retrieve.batch_size = scope->batch_size;
  }
  return retrieve;
}

/* Opens with a filter of our own making, which is freed. */
static ets_status open_filtered(ets_cursor **cursor, ets_session *session, ets_retrieve *retrieve,
                                ets_filter *filter) {
  retrieve->filter = filter;
  ets_status status = ets_cursor_open(cursor, session, retrieve);
  ets_filter_free(filter);
  return status;
}

static ets_status check_scope(ets_session *session, const ets_scope *scope) {
  if (scope && scope->version != ETS_SCOPE_VERSION)
    return ets_session_fail(session, ETS_E_USAGE, "scope: start from ETS_SCOPE_INIT");
  return ETS_OK;
}

static ets_status open_of_send(ets_cursor **cursor, ets_session *session, const char *object_type,
                               const char *const *properties, const char *key, int32_t job_id,
                               const ets_scope *scope) {
  *cursor = NULL;
  ets_status status = check_scope(session, scope);
  if (status != ETS_OK)
    return status;
  ets_retrieve retrieve = retrieve_in(scope, object_type, properties);
  return open_filtered(cursor, session, &retrieve, ets_filter_equals_integer(key, job_id));
}

ets_status ets_links_open(ets_cursor **cursor, ets_session *session, int32_t job_id,
                          const ets_scope *scope) {
  return open_of_send(cursor, session, "LinkSend", link_properties, "SendID", job_id, scope);
}

ets_status ets_lists_open(ets_cursor **cursor, ets_session *session, int32_t job_id,
                          const ets_scope *scope) {
  return open_of_send(cursor, session, "ListSend", list_properties, "SendID", job_id, scope);
}

ets_status ets_send_summary(ets_object *send, ets_session *session, int32_t job_id,
                            const ets_scope *scope) {
  *send = (ets_object){0};
  ets_cursor *cursor;
  ets_object row;
  ets_status status = open_of_send(&cursor, session, "Send", send_properties, "ID", job_id, scope);
  if (status != ETS_OK)
    return status;
  status = ets_cursor_next(cursor, &row);
  if (status == ETS_OK)
    ets_cursor_keep(cursor);
  if (status == ETS_END)
    status = ets_session_fail(session, ETS_E_NOT_FOUND,
                              "no send %" PRId32 " in this account; a send of another business "
                              "unit needs its MID",
                              job_id);
  ets_cursor_close(cursor);
  if (status == ETS_OK)
    *send = row;
  return status;
}

/* EventDate or SendDate between two ends of which either may be open. */
static ets_filter *date_window(const char *property, const ets_time *since, const ets_time *until) {
  char low[40], high[40];
  if (since)
    ets_time_format(*since, low, sizeof low);
  if (until)
    ets_time_format(*until, high, sizeof high);
  if (since && until)
    return ets_filter_between(property, low, high);
  const char *value = since ? low : high;
  return ets_filter_simple(property, since ? ETS_GREATER_THAN_OR_EQUAL : ETS_LESS_THAN_OR_EQUAL,
                           &value, 1);
}

ets_status ets_sends_open(ets_cursor **cursor, ets_session *session, const ets_time *since,
                          const ets_time *until, const ets_scope *scope) {
  *cursor = NULL;
  ets_status status = check_scope(session, scope);
  if (status != ETS_OK)
    return status;
  ets_retrieve retrieve = retrieve_in(scope, "Send", send_properties);
  if (!since && !until)
    return ets_cursor_open(cursor, session, &retrieve);
  return open_filtered(cursor, session, &retrieve, date_window("SendDate", since, until));
}

ets_status ets_events_open(ets_cursor **cursor, ets_session *session, const ets_event_query *query,
                           const ets_scope *scope) {
  *cursor = NULL;
  ets_status status = check_scope(session, scope);
  if (status == ETS_OK &&
      (query->version != ETS_EVENT_QUERY_VERSION || (unsigned)query->type >= ETS_EVENT_TYPE_COUNT))
    status = ets_session_fail(session, ETS_E_USAGE, "events: start from ETS_EVENT_QUERY_INIT");
  if (status != ETS_OK)
    return status;
  const struct event *event = &events[query->type];
  ets_retrieve retrieve = retrieve_in(scope, event->object_type, event->properties);
  if (query->properties) {
    retrieve.properties = query->properties;
    retrieve.property_count = query->property_count;
  }
  ets_filter *conditions[5];
  size_t count = 0;
  if (query->job_id)
    conditions[count++] = ets_filter_equals_integer("SendID", query->job_id);
  if (query->batch_id)
    conditions[count++] = ets_filter_equals_integer("BatchID", query->batch_id);
  if (query->subscriber_key)
    conditions[count++] = ets_filter_equals("SubscriberKey", query->subscriber_key);
  if (query->since || query->until)
    conditions[count++] = date_window("EventDate", query->since, query->until);
  if (query->where)
    conditions[count++] = ets_filter_copy(query->where);
  if (count == 0)
    return ets_cursor_open(cursor, session, &retrieve);
  return open_filtered(cursor, session, &retrieve, ets_filter_and_all(conditions, count));
}
