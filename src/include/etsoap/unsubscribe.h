/** @file
 * Unsubscribes one recipient, by the service's own request for that: Execute with the name
 * LogUnsubEvent. In the context of a send it books an UnsubEvent there, as if the recipient had
 * followed the link in the message. The service's documentation of LogUnsubEvent is the source of
 * what is said here of its parameters. `ettrack unsub` sends it. */
#ifndef ETSOAP_UNSUBSCRIBE_H
#define ETSOAP_UNSUBSCRIBE_H

#include <etsoap/object.h>
#include <etsoap/session.h>

ETS_BEGIN_DECLS

/** Who is unsubscribed, from what, and where the event is booked. Start from
 * ETS_UNSUBSCRIPTION_INIT; strings are borrowed during the call. One of the first three is
 * needed; several have to be of one subscriber, else the service refuses (codes 405 to 407). */
typedef struct ets_unsubscription {
  unsigned version;           /**< ETS_UNSUBSCRIPTION_VERSION */
  int64_t subscriber_id;      /**< SubscriberID, the service's own number; 0: not told */
  const char *subscriber_key; /**< SubscriberKey; NULL: not told */
  const char *email_address;  /**< EmailAddress; NULL: not told. Where the account has subscriber
                                   keys it is not enough by itself (code 404). */
  int32_t job_id;             /**< JobID, the send that the event is booked on; list and batch are
                                   found by it; 0: none */
  int32_t list_id;            /**< ListID, of subscribers or a publication list; 0: all of the
                                   account. Without a JobID the service takes the latest send to
                                   the subscriber on that list, which may be the wrong one. */
  int32_t batch_id;           /**< BatchID of the send; 0: found by the JobID */
  const char *reason;         /**< Reason, kept with the event; NULL: the service's own words */
  int32_t client_id;          /**< MID of the business unit to act in; 0: the caller's */
  bool from_everything;       /**< Without `job_id` and `list_id` there is no context of a send: the
                                   service logs no event and unsubscribes from everything (master
                                   unsubscribe). Only done when this says that it is meant. */
} ets_unsubscription;

/** The version member of ets_unsubscription. */
#define ETS_UNSUBSCRIPTION_VERSION 1
/** An ets_unsubscription to start from. */
#define ETS_UNSUBSCRIPTION_INIT \
  { ETS_UNSUBSCRIPTION_VERSION, 0, 0, 0, 0, 0, 0, 0, 0, false }

/** Unsubscribes one recipient. Talks to the network, unless it refuses the request itself.
 * Repeated, it is refused by the service when the first one was carried out; after a failure of
 * which ets_error_leaves_open() says so, look at the subscriber first.
 * @param[out] response  as of ets_execute(), "Results[0].StatusMessage"; lives until the next plain
 *                       call on the session
 * @return ETS_OK when the service confirmed it; ETS_E_USAGE, and nothing is sent, when nobody is
 *         named, an identifier is empty or a number negative, or without `job_id`, `list_id` and
 *         `from_everything`; ETS_E_REFUSED with the service's code, 400 to 407 and 12012, when the
 *         recipient is not on the send, is unsubscribed already, or the identifiers contradict; the
 *         failures of ets_execute() */
ETS_API ets_status ets_unsubscribe(ets_object *response, ets_session *session,
                                   const ets_unsubscription *what) ETS_WARN_UNUSED;

ETS_END_DECLS
#endif
