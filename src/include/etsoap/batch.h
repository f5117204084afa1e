/** @file
 * Create, Update and Delete of any number of objects: sent in chunks of what the service takes,
 * with one result for each object. */
#ifndef ETSOAP_BATCH_H
#define ETSOAP_BATCH_H

#include <etsoap/object.h>
#include <etsoap/session.h>

ETS_BEGIN_DECLS

/** What became of one object. */
typedef struct ets_item {
  size_t index;      /**< in the caller's array */
  ets_status status; /**< OK; REFUSED: the service refused it; PARTIAL: a triggered send that some
                           subscribers are refused, SubscriberFailures of `result` say why;
                           PROTOCOL: the answer does not confirm it, or has two results for it;
                           else what became of its chunk */
  bool sent;         /**< false: not sent, or not carried out; true with a failed status that is
                           neither REFUSED nor PARTIAL: its fate is unknown */
  int error_code;    /**< ErrorCode, may stand beside OK; of a PARTIAL one its first failure's; 0:
                           none */
  const char *status_code;   /**< StatusCode as the service wrote it; "" without an answer */
  const char *message;       /**< StatusMessage, or why there is none */
  int64_t new_id;            /**< NewID of a Create; 0: none */
  const char *new_object_id; /**< NewObjectID of a Create; NULL: none */
  ets_object result; /**< the whole CreateResult, UpdateResult or DeleteResult, or one derived */
} ets_item;

/** What became of all of them. */
typedef struct ets_batch_result {
  const ets_item *items;      /**< one for each object, in the caller's order */
  size_t count;               /**< of items */
  size_t failed;              /**< items whose status is not OK */
  const char *request_id;     /**< RequestID of the last chunk; NULL: none */
  const char *overall_status; /**< the worst OverallStatus of the chunks; NULL: none */
  size_t surplus;             /**< results that are about none of the objects */
} ets_batch_result;

/** When the service carries a request out. */
typedef enum ets_request_type {
  ETS_SYNCHRONOUS,
  ETS_ASYNCHRONOUS /**< queued; results come to send_response_to, or by the RequestID */
} ets_request_type;

/** How to send. Start from ETS_BATCH_OPTIONS_INIT. */
typedef struct ets_batch_options {
  unsigned version;              /**< ETS_BATCH_OPTIONS_VERSION */
  int chunk;                     /**< objects a request; 0: 50, the most of a synchronous one */
  bool upsert;                   /**< SaveOptions: update what exists, add what does not */
  ets_request_type request_type; /**< when it is carried out */
  const char *send_response_to;  /**< asynchronous: where the service reports; NULL: nowhere */
  const char *conversation_id;   /**< asynchronous: ties requests together; NULL: none */
  int32_t client_id;             /**< MID of the business unit to act in; 0: the caller's */
} ets_batch_options;

/** The version member of ets_batch_options. */
#define ETS_BATCH_OPTIONS_VERSION 1
/** An ets_batch_options to start from. */
#define ETS_BATCH_OPTIONS_INIT \
  { ETS_BATCH_OPTIONS_VERSION, 0, false, ETS_SYNCHRONOUS, 0, 0, 0 }

/** Creates objects, of one type or of several, in the order given. Talks to the network.
 * @param[out] result  lives until the next batch on the session; filled on failure too
 * @param objects      borrowed; made with ets_object_new(), or generated structs by
 *                     ets_object_of()
 * @param options      NULL: ETS_BATCH_OPTIONS_INIT
 * @return ETS_OK when the service confirmed every object; ETS_E_PARTIAL when it did so for some, or
 *         says of all of them what it does not say of any; ETS_E_REFUSED when it refused all;
 *         ETS_E_PROTOCOL when it confirmed none; or the failure that ended it: items say how far
 *         it came. A chunk whose fate is unknown is not sent again unless the session's retry
 *         policy says so. */
ETS_API ets_status ets_create(ets_batch_result *result, ets_session *session,
                              const ets_object *objects, size_t count,
                              const ets_batch_options *options) ETS_WARN_UNUSED;

/** Updates objects, which are found by their keys; as ets_create(). */
ETS_API ets_status ets_update(ets_batch_result *result, ets_session *session,
                              const ets_object *objects, size_t count,
                              const ets_batch_options *options) ETS_WARN_UNUSED;

/** Updates what exists and adds what does not, by the objects' keys; as ets_create() with `upsert`
 * set. */
ETS_API ets_status ets_upsert(ets_batch_result *result, ets_session *session,
                              const ets_object *objects, size_t count,
                              const ets_batch_options *options) ETS_WARN_UNUSED;

/** Sends a message to each of some subscribers, by a triggered send definition that has been
 * started. One item for each subscriber; as ets_create().
 * @param definition_key  CustomerKey of the TriggeredSendDefinition
 * @param subscribers     objects of type Subscriber: EmailAddress, SubscriberKey, and Attributes
 *                        for what the message is filled with */
ETS_API ets_status ets_trigger_send(ets_batch_result *result, ets_session *session,
                                    const char *definition_key, const ets_object *subscribers,
                                    size_t count, const ets_batch_options *options) ETS_WARN_UNUSED;

/** Deletes objects, which are found by their keys; as ets_create(). Nothing found is no error. */
ETS_API ets_status ets_delete(ets_batch_result *result, ets_session *session,
                              const ets_object *objects, size_t count,
                              const ets_batch_options *options) ETS_WARN_UNUSED;

ETS_END_DECLS
#endif
