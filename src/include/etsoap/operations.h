/** @file
 * The operations that are neither Retrieve nor Create, Update, Delete. Each takes what a caller
 * has at hand and returns the whole response message as an object, which lives until the next
 * plain call on the session, one of these or of tracking.h: read it with ets_get(),
 * "Results.Result[0].StatusCode". All talk to the network.
 *
 * They return ETS_OK when the answer confirms every item; ETS_E_PARTIAL when it does so for some;
 * ETS_E_REFUSED (or ETS_E_PERMISSION) when it refuses all; ETS_E_PROTOCOL when it lacks the status
 * that the operation has, so that nobody knows what was done (the response is there in all four);
 * or the failure of the call. After a refusal ets_session_error()->code is the ErrorCode. */
#ifndef ETSOAP_OPERATIONS_H
#define ETSOAP_OPERATIONS_H

#include <etsoap/object.h>
#include <etsoap/session.h>

ETS_BEGIN_DECLS

/** Name and value, as Execute and Extract take them. */
typedef struct ets_parameter {
  const char *name;  /**< as the service knows it */
  const char *value; /**< as text */
} ets_parameter;

/** Perform: an action on definitions, "start" on a TriggeredSendDefinition, an ImportDefinition,
 * a QueryDefinition ... */
ETS_API ets_status ets_perform(ets_object *response, ets_session *session, const char *action,
                               const ets_object *definitions, size_t count) ETS_WARN_UNUSED;

/** Configure: "Create", "Update" or "Delete" of PropertyDefinitions, the subscriber attributes. */
ETS_API ets_status ets_configure(ets_object *response, ets_session *session, const char *action,
                                 const ets_object *configurations, size_t count) ETS_WARN_UNUSED;

/** Schedule: an action on interactions by a ScheduleDefinition. */
ETS_API ets_status ets_schedule(ets_object *response, ets_session *session, const char *action,
                                ets_object schedule, const ets_object *interactions,
                                size_t count) ETS_WARN_UNUSED;

/** Execute: one request by name, such as LogUnsubEvent.
 * @param client_id  MID of the business unit to act in; 0: the caller's */
ETS_API ets_status ets_execute(ets_object *response, ets_session *session, const char *name,
                               const ets_parameter *parameters, size_t count,
                               int32_t client_id) ETS_WARN_UNUSED;

/** Extract: asks for a data extract onto the account's FTP site.
 * @param id  of the extract's kind; the tracking extract is ETS_TRACKING_EXTRACT */
ETS_API ets_status ets_extract(ets_object *response, ets_session *session, const char *id,
                               const ets_parameter *parameters, size_t count) ETS_WARN_UNUSED;

/** The tracking extract's ID, the same for all accounts. */
#define ETS_TRACKING_EXTRACT "c7219016-a7f0-4c72-8657-1ec12c28a0db"

/** Describe: properties of object types. Answers change rarely: keep them.
 * @param[out] response  ObjectDefinition[i].Properties[j].Name, .IsRetrievable ...
 * @return ETS_E_NOT_FOUND when the service does not know one of them */
ETS_API ets_status ets_describe(ets_object *response, ets_session *session,
                                const char *const *object_types, size_t count) ETS_WARN_UNUSED;

/** GetSystemStatus: OK, InMaintenance or UnplannedOutage, "Results.Result[i].SystemStatus". The
 * service is up when each result says OK. For use after failures, not more than once a minute. */
ETS_API ets_status ets_system_status(ets_object *response, ets_session *session) ETS_WARN_UNUSED;

/** VersionInfo: "VersionInfo.Version". The service calls it deprecated. */
ETS_API ets_status ets_version_info(ets_object *response, ets_session *session,
                                    bool with_history) ETS_WARN_UNUSED;

/** Query: the contract has it, the service reserves it for future use and refuses.
 * @param query  a Query object of the contract */
ETS_API ets_status ets_query(ets_object *response, ets_session *session,
                             ets_object query) ETS_WARN_UNUSED;

/** Any of the 13 operations with a request of your own, for options that the helpers do not take:
 * asynchronous calls, priorities, scheduled times.
 * @param request  a request message, made with ets_object_new(pool, "PerformRequestMsg")
 * @return ETS_OK when the service answered, whatever the answer's status says: read
 *         "OverallStatus"; ETS_E_USAGE for an object that is no request */
ETS_API ets_status ets_call_message(ets_object *response, ets_session *session,
                                    ets_object request) ETS_WARN_UNUSED;

ETS_END_DECLS
#endif
