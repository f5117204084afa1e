/** @file
 * One recipient's tracking log: every event of a subscriber over all sends, newest first, with the
 * names of the sends; totals by type; the subscriber's status and lists. `ettrack subscriber`
 * prints it.
 *
 *     ets_recipient_query query = ETS_RECIPIENT_QUERY_INIT;
 *     ets_recipient_log *log;
 *     query.subscriber_key = "00001930";
 *     status = ets_recipient_log_read(&log, session, &query, NULL);
 *     for (size_t i = 0; status == ETS_OK && i < log->event_count; i++)
 *       printf("%s %s\n", ets_get_text_or(log->events[i].event, "EventDate", ""),
 *              ets_event_name(log->events[i].type));
 *     ets_recipient_log_free(log); */
#ifndef ETSOAP_RECIPIENT_H
#define ETSOAP_RECIPIENT_H

#include <etsoap/tracking.h>

ETS_BEGIN_DECLS

/** Whose log, and how much of it. Start from ETS_RECIPIENT_QUERY_INIT; everything is borrowed
 * during the call. */
typedef struct ets_recipient_query {
  unsigned version;           /**< ETS_RECIPIENT_QUERY_VERSION */
  const char *subscriber_key; /**< SubscriberKey; not empty */
  const ets_time *since;      /**< EventDate from here, a whole second; NULL: open. Large accounts
                                   time out without one. */
  const ets_time *until;      /**< EventDate before this, a whole second; NULL: open */
  const char *const *more;    /**< Properties to ask every type for, besides those of
                                   ets_event_properties(); such as some type has there are asked of
                                   that type alone. NULL: none */
  size_t more_count;          /**< of more */
} ets_recipient_query;

/** The version member of ets_recipient_query. */
#define ETS_RECIPIENT_QUERY_VERSION 1
/** An ets_recipient_query to start from. */
#define ETS_RECIPIENT_QUERY_INIT \
  { ETS_RECIPIENT_QUERY_VERSION, 0, 0, 0, 0, 0 }

/** An event of the log. */
typedef struct ets_recipient_event {
  ets_event_type type;    /**< one of events.def */
  ets_object event;       /**< with ets_event_properties() and what was asked for besides */
  const char *email_name; /**< EmailName of its send; NULL: the service does not tell */
  const char *subject;    /**< Subject of its send; NULL: the service does not tell */
} ets_recipient_event;

/** A list that the recipient is on. */
typedef struct ets_recipient_list {
  int64_t id;         /**< ListID */
  const char *name;   /**< ListName; NULL: the service does not tell */
  const char *status; /**< of the recipient on that list, "Active"; NULL: not told */
} ets_recipient_list;

/** The log. Everything in it is its own, and freed with it. */
typedef struct ets_recipient_log {
  ets_object subscriber; /**< SubscriberKey, EmailAddress, Status, CreatedDate, UnsubscribedDate.
                              Without a type: the account shows no such subscriber. Dates as the
                              service writes them, without a zone in server time. */
  const ets_recipient_list *lists;     /**< as the service names them */
  size_t list_count;                   /**< of lists */
  const ets_recipient_event *events;   /**< newest first, by EventDate; of one instant in the order
                                              of events.def; those without a date last */
  size_t event_count;                  /**< of events */
  size_t counts[ETS_EVENT_TYPE_COUNT]; /**< of events, by type */
} ets_recipient_log;

/** Reads it all: the subscriber, the lists, each type of event, the names of the sends. The service
 * gives one type at a time and in no order, so the newest is known when the last one came: memory
 * grows with the recipient's events, some 1 to 2 KB each. Talks to the network: about 12 requests,
 * and one more for each 50 sends or lists, and for each 2,500 events of a type.
 * @param[out] log  free with ets_recipient_log_free(). On failure too, with what had come by then:
 *                  it is not complete then; NULL when there was nothing to begin with
 * @param scope     whose data; its properties are not used. NULL: the caller's account
 * @return ETS_OK also for a recipient without events, and for events of a subscriber that the
 *         account does not show; ETS_E_NOT_FOUND when there is neither; ETS_E_USAGE for a query
 *         that cannot be right; the failures of a Retrieve */
ETS_API ets_status ets_recipient_log_read(ets_recipient_log **log, ets_session *session,
                                          const ets_recipient_query *query,
                                          const ets_scope *scope) ETS_WARN_UNUSED;

/** Frees it. NULL is allowed. */
ETS_API void ets_recipient_log_free(ets_recipient_log *log);

ETS_END_DECLS
#endif
