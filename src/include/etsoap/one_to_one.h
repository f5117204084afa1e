/** @file
 * Tracking of one-to-one triggered sends: what became of one message to one recipient, which no
 * other object of the service tells. Each message carries a value of its own in a profile
 * attribute; the service writes it with JobID, BatchID and SubscriberID into its send log, a data
 * extension; those three find the events.
 *
 *     ets_one_to_one how = ETS_ONE_TO_ONE_INIT;
 *     how.definition = "order-confirmation";
 *     ets_one_to_one_look(session, &how);                     changes nothing
 *     ets_one_to_one_attribute(&change, session, &how);       once for an account: 1
 *     ets_one_to_one_send_log(&change, session, &how);        2, 3
 *     ets_one_to_one_definition(&change, session, &how);      4
 *     ets_one_to_one_start(&change, session, &how);
 *     ets_one_to_one_send(&result, session, &how, "ann@example.com", "ann", "order-4711");    5
 *     ets_one_to_one_find(&message, session, &how, "order-4711");    6, a while later
 *     ets_one_to_one_events_open(&cursor, session, &how, ETS_EVENT_OPEN, &message, NULL);    7
 *
 * All functions talk to the network. The four that set up look first and change only what is not
 * as it has to be, or cannot be read, so they may be repeated, also after a failure in their
 * midst. `ettrack oneone` is made of these functions. */
#ifndef ETSOAP_ONE_TO_ONE_H
#define ETSOAP_ONE_TO_ONE_H

#include <etsoap/batch.h>
#include <etsoap/tracking.h>

ETS_BEGIN_DECLS

/** What the steps work with. Start from ETS_ONE_TO_ONE_INIT; strings are borrowed during calls. */
typedef struct ets_one_to_one {
  unsigned version;                /**< ETS_ONE_TO_ONE_VERSION */
  const char *attribute;           /**< profile attribute, and column of the send log; no name of
                                        the service's own, such as JobID or SubscriberKey, in any
                                        case: ETS_E_USAGE */
  const char *send_log;            /**< the send log's CustomerKey or name */
  const char *definition;          /**< CustomerKey of the triggered send definition; required for
                                        the definition, its start, and messages */
  const char *definition_name;     /**< of a new one; NULL: its key */
  int32_t email_id;                /**< Email.ID of a new one; 0: the definition has to be there */
  const char *send_classification; /**< CustomerKey, of a new one; NULL: the account's default */
  bool additional_operands;        /**< the three conditions as AdditionalOperands, as the service's
                                        documentation has them, not as nested pairs */
} ets_one_to_one;

/** The version member of ets_one_to_one. */
#define ETS_ONE_TO_ONE_VERSION 1
/** An ets_one_to_one to start from: attribute `UniqueID`, send log `SendLog`. */
#define ETS_ONE_TO_ONE_INIT \
  { ETS_ONE_TO_ONE_VERSION, "UniqueID", "SendLog", 0, 0, 0, 0, false }

/** What a step found to do. */
typedef enum ets_one_to_one_change {
  ETS_ONE_TO_ONE_NOTHING, /**< it was as it has to be */
  ETS_ONE_TO_ONE_CREATED, /**< there was none */
  ETS_ONE_TO_ONE_UPDATED  /**< it was there, and something of it was set */
} ets_one_to_one_change;

/** Looks whether the four steps below can do their work, and changes nothing: the definition is
 * there, or the email that a new one needs; the send log, if it is there, is one. An email that the
 * caller may not see passes.
 * @return ETS_OK; ETS_E_NOT_FOUND without definition and email; ETS_E_USAGE when the data extension
 *         is no send log; the failures of a Retrieve */
ETS_API ets_status ets_one_to_one_look(ets_session *session,
                                       const ets_one_to_one *how) ETS_WARN_UNUSED;

/** Creates the profile attribute, a text, by Configure.
 * @param[out] change  may be NULL
 * @return ETS_OK also when it is there already; the failures of ets_configure() */
ETS_API ets_status ets_one_to_one_attribute(ets_one_to_one_change *change, ets_session *session,
                                            const ets_one_to_one *how) ETS_WARN_UNUSED;

/** Creates the send log, a data extension, from the service's template; or adds the column to the
 * one there is.
 * @param[out] change  may be NULL
 * @return ETS_OK; ETS_E_USAGE when the one there is lacks JobID, BatchID or SubscriberID,
 *         so that it is no send log; the failures of a Retrieve, of ets_create() and
 *         ets_update() */
ETS_API ets_status ets_one_to_one_send_log(ets_one_to_one_change *change, ets_session *session,
                                           const ets_one_to_one *how) ETS_WARN_UNUSED;

/** Creates the triggered send definition with IsSendLogging, or switches that on. That is done each
 * time, since the service does not tell whether it is.
 * @param[out] change  may be NULL
 * @return ETS_OK; ETS_E_NOT_FOUND when there is none and `email_id` is 0; the failures of a
 *         Retrieve, of ets_create() and ets_update() */
ETS_API ets_status ets_one_to_one_definition(ets_one_to_one_change *change, ets_session *session,
                                             const ets_one_to_one *how) ETS_WARN_UNUSED;

/** Starts the triggered send definition, TriggeredSendStatus Active.
 * @param[out] change  may be NULL
 * @return ETS_OK; ETS_E_NOT_FOUND when there is none; the failures of a Retrieve and of
 *         ets_update() */
ETS_API ets_status ets_one_to_one_start(ets_one_to_one_change *change, ets_session *session,
                                        const ets_one_to_one *how) ETS_WARN_UNUSED;

/** Sends one message, with a value of its own in the attribute. Repeated, it sends again: after
 * ETS_E_PROTOCOL, or a failure with `sent` in the item, ets_one_to_one_find() says whether the
 * message went out.
 * @param[out] result     as of ets_trigger_send(), one item
 * @param address         the recipient's
 * @param subscriber_key  NULL: the address
 * @param value           of the attribute; no other message has it */
ETS_API ets_status ets_one_to_one_send(ets_batch_result *result, ets_session *session,
                                       const ets_one_to_one *how, const char *address,
                                       const char *subscriber_key,
                                       const char *value) ETS_WARN_UNUSED;

/** One message, as events name it. */
typedef struct ets_one_to_one_message {
  int32_t job_id;        /**< JobID, that is SendID */
  int32_t batch_id;      /**< BatchID */
  int64_t subscriber_id; /**< SubscriberID, the service's own */
} ets_one_to_one_message;

/** A cursor over the messages in the send log that have a value, several when it was sent more than
 * once. The service writes them some time after they went out.
 * @param[out] cursor  for ets_one_to_one_log_next(); close with ets_cursor_close() */
ETS_API ets_status ets_one_to_one_log_open(ets_cursor **cursor, ets_session *session,
                                           const ets_one_to_one *how,
                                           const char *value) ETS_WARN_UNUSED;

/** The next of them. Talks to the network at the end of a page.
 * @return ETS_OK; ETS_END after the last one; ETS_E_PROTOCOL when a row lacks one of the three;
 *         the failures of ets_cursor_next() */
ETS_API ets_status ets_one_to_one_log_next(ets_one_to_one_message *message,
                                           ets_cursor *cursor) ETS_WARN_UNUSED;

/** Reads a message back from the send log. The service writes that some time after the message went
 * out.
 * @return ETS_OK; ETS_E_NOT_FOUND when no message with that value is in it, so far;
 *         ETS_E_USAGE when several are; ETS_E_PROTOCOL when one of the three is missing; the
 *         failures of a Retrieve */
ETS_API ets_status ets_one_to_one_find(ets_one_to_one_message *message, ets_session *session,
                                       const ets_one_to_one *how,
                                       const char *value) ETS_WARN_UNUSED;

/** A cursor over the events of one type of a message, by JobID, BatchID and SubscriberID.
 * @param[out] cursor  close with ets_cursor_close()
 * @param scope        NULL: the caller's account */
ETS_API ets_status ets_one_to_one_events_open(ets_cursor **cursor, ets_session *session,
                                              const ets_one_to_one *how, ets_event_type type,
                                              const ets_one_to_one_message *message,
                                              const ets_scope *scope) ETS_WARN_UNUSED;

ETS_END_DECLS
#endif
