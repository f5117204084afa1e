/** @file
 * What became of a send. All functions but the tables talk to the network. `ettrack send`,
 * `ettrack sends`, `ettrack events`, `ettrack links` and `ettrack lists` are made of them. */
#ifndef ETSOAP_TRACKING_H
#define ETSOAP_TRACKING_H

#include <etsoap/retrieve.h>
#include <etsoap/time.h>

ETS_BEGIN_DECLS

/** Whose data and how much of it, for every call below. Start from ETS_SCOPE_INIT. */
typedef struct ets_scope {
  unsigned version;              /**< ETS_SCOPE_VERSION */
  const int32_t *client_ids;     /**< MIDs; none: the caller's account */
  size_t client_id_count;        /**< of client_ids */
  bool all_accounts;             /**< parent and children; client_ids are then ignored */
  int batch_size;                /**< rows a page; 0: the service's 2,500 */
  const char *const *properties; /**< what to ask for; NULL: what the call asks for by default */
  size_t property_count;         /**< of properties */
} ets_scope;

/** The version member of ets_scope. */
#define ETS_SCOPE_VERSION 1
/** An ets_scope to start from. */
#define ETS_SCOPE_INIT \
  { ETS_SCOPE_VERSION, 0, 0, false, 0, 0, 0 }

/** Names of the Send properties that the summary asks for: every one that the service returns.
 * NULL-terminated, static. What the contract in use lacks is left out when they are asked for. */
ETS_API const char *const *ets_send_properties(void);
/** The same for LinkSend. */
ETS_API const char *const *ets_link_properties(void);
/** The same for ListSend. */
ETS_API const char *const *ets_list_properties(void);

/** Whether this contract has a property that the calls below ask for by default. Where it does not,
 * they leave it out, and refuse it with ETS_E_USAGE when it is asked for by name; ets_cursor_open()
 * asks for it all the same. True for names that they do not ask for: the service may know them. */
ETS_API bool ets_tracking_has(const char *object_type, const char *property);

/** The MID of the account that the session's calls act in: the one that tokens are fetched for, or
 * else the one that its folders name.
 * @return ETS_OK, ETS_E_NOT_FOUND when the service does not say, and the failures of a Retrieve */
ETS_API ets_status ets_own_account(int32_t *account, ets_session *session) ETS_WARN_UNUSED;

/** The summary of one send, a Send object with every statistic.
 * @param[out] send  read it with ets_get(); lives until the next plain call on the session
 * @param job_id     the JobID that the send call returned; Send.ID; 1 or more
 * @param scope      NULL: the caller's account
 * @return ETS_OK, ETS_E_NOT_FOUND when the account has no such send, ETS_E_PROTOCOL when the answer
 *         is another send or no send, and the failures of a call */
ETS_API ets_status ets_send_summary(ets_object *send, ets_session *session, int32_t job_id,
                                    const ets_scope *scope) ETS_WARN_UNUSED;

/** Sends of a period, by SendDate. Does not talk to the network before the first
 * ets_cursor_next().
 *
 * A cursor of this header is closed by the caller, with ets_cursor_close(). What opens one returns
 * ETS_OK, ETS_E_USAGE for an argument that is none, ETS_E_NOMEM; what a Retrieve can fail with
 * comes from the cursor.
 *
 * Periods are half-open wherever they are given: `since` counts, `until` is the first moment that
 * does not, so that adjacent periods add up exactly. The service compares whole seconds: an end
 * with a fraction is refused with ETS_E_USAGE, ets_time_floor() takes it away.
 * @param since  NULL: from the beginning
 * @param until  NULL: to the last one there is; later than `since` */
ETS_API ets_status ets_sends_open(ets_cursor **cursor, ets_session *session, const ets_time *since,
                                  const ets_time *until, const ets_scope *scope) ETS_WARN_UNUSED;

/** One LinkSend for each link of a send, with its clicks. */
ETS_API ets_status ets_links_open(ets_cursor **cursor, ets_session *session, int32_t job_id,
                                  const ets_scope *scope) ETS_WARN_UNUSED;

/** One ListSend for each list of a send, with its statistics. Never add them to the send's. */
ETS_API ets_status ets_lists_open(ets_cursor **cursor, ets_session *session, int32_t job_id,
                                  const ets_scope *scope) ETS_WARN_UNUSED;

/** The event types of a Retrieve, ETS_EVENT_SENT and so on: the table is events.def. The service
 * takes one a call; ETS_EVENT_TYPE_COUNT is how many there are. */
typedef enum ets_event_type {
/** @cond */
#define ETS_EVENT(id, name, object_type) ETS_EVENT_##id,
#define ETS_EVENT_PROPERTY(name, kind, rank)
#define ETS_EVENT_END(id)
#include <etsoap/events.def>
  /** @endcond */
  ETS_EVENT_TYPE_COUNT
} ets_event_type;

/** Its object type, "SentEvent". Static text. */
ETS_API const char *ets_event_object_type(ets_event_type type);
/** Its short name, "sent". Static text. */
ETS_API const char *ets_event_name(ets_event_type type);
/** By short name, "sent", or object type, "SentEvent", in any case; events.def has them all.
 * @return false for another */
ETS_API bool ets_event_type_find(ets_event_type *type, const char *name);
/** The properties that an event cursor asks for unless told otherwise: who, when, which send, and
 * what is particular to the type; all of them retrievable. NULL-terminated, static. */
ETS_API const char *const *ets_event_properties(ets_event_type type);

/** Which events. Start from ETS_EVENT_QUERY_INIT; conditions that are set must all hold. */
typedef struct ets_event_query {
  unsigned version;              /**< ETS_EVENT_QUERY_VERSION */
  ets_event_type type;           /**< one of events.def */
  int32_t job_id;                /**< SendID; 0: any. Large accounts time out without one. */
  const char *subscriber_key;    /**< NULL: any */
  int32_t batch_id;              /**< 0: any */
  const ets_time *since;         /**< EventDate from here, a whole second; NULL: open */
  const ets_time *until;         /**< EventDate before this, a whole second; NULL: open */
  const ets_filter *where;       /**< more conditions; borrowed; NULL: none. If it is to use
                                      AdditionalOperands, all of them go out so. */
  const char *const *properties; /**< NULL: the scope's, or else ets_event_properties() */
  size_t property_count;         /**< of properties */
  const char *triggered_send;    /**< CustomerKey of a triggered send definition, NULL: any. Events
                                      know its ObjectID, which is asked for first. The service
                                      wants a period beside it. */
  bool since_last_batch;         /**< What came since the last call with these very conditions and
                                      properties. Moves a mark on the service: rows that get lost on
                                      the way do not come again, but by repeat_last_batch. */
  bool repeat_last_batch;        /**< What that call returned, once more. */
} ets_event_query;

/** The version member of ets_event_query. */
#define ETS_EVENT_QUERY_VERSION 1
/** An ets_event_query to start from. */
#define ETS_EVENT_QUERY_INIT \
  { ETS_EVENT_QUERY_VERSION, ETS_EVENT_SENT, 0, 0, 0, 0, 0, 0, 0, 0, 0, false, false }

/** A cursor over events.
 * @return ETS_OK; ETS_E_NOT_FOUND when there is no such triggered send definition; and the failures
 *         of a Retrieve */
ETS_API ets_status ets_events_open(ets_cursor **cursor, ets_session *session,
                                   const ets_event_query *query,
                                   const ets_scope *scope) ETS_WARN_UNUSED;

/** Names of the TriggeredSendSummary properties that are asked for by default. NULL-terminated,
 * static. */
ETS_API const char *const *ets_triggered_properties(void);

/** The totals of triggered sends: one TriggeredSendSummary for each definition.
 * @param key  CustomerKey of the definition; NULL: of all */
ETS_API ets_status ets_triggered_open(ets_cursor **cursor, ets_session *session, const char *key,
                                      const ets_scope *scope) ETS_WARN_UNUSED;

/** A time that has more rows than a page, and how they lie in it. Times are microseconds since
 * 1970-01-01T00:00:00Z. */
typedef struct ets_density {
  int64_t from;         /**< when it begins; INT64_MIN: open */
  int64_t until;        /**< the first moment that does not count; INT64_MAX: open */
  int64_t *dates;       /**< those of its first page, in any order. They are sorted, and those that
                             tell nothing are left out. */
  size_t count;         /**< of dates */
  size_t rows;          /**< how many a part should have */
  size_t parts;         /**< into how many to cut where nothing else is known, 2 or more */
  uint64_t events;      /**< about how many rows there are; 0: not known */
  int64_t mostly_until; /**< most of them are before; 0: not known */
  double grows;         /**< how much longer than the one before a part may be made where rows thin
                             out; 0: as is usual */
} ets_density;

/** Where to cut a time, so that its parts can be asked for at once, each in a query of its own: at
 * whole seconds, as the service compares. Does not talk to the network.
 * @param[out] points  ascending; each begins a part
 * @param most         room for points
 * @return how many there are; 0: no whole second divides it */
ETS_API size_t ets_cut(int64_t *points, size_t most, ets_density *density);

ETS_END_DECLS
#endif
