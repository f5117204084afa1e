/** @file
 * Export: the tracking data of accounts, window by window, into a sink that keeps it.
 *
 * The unit is a window: a table of an account in [from, until), whole seconds, aligned to days of
 * server time. A window is read and then replaced in the sink as a whole, with its record. So
 * there are no keys to guess, reading one again is harmless, rows that are alike stay, and what
 * comes late is there after the next reading. The sink is the only state. `ettrack export` has
 * sinks for files and databases.
 *
 *     ets_export_query query = ETS_EXPORT_QUERY_INIT;
 *     query.since = &monday;
 *     status = ets_export_plan(&plan, session, &query, &sink, &error);
 *     for (size_t i = 0; status == ETS_OK && i < ets_export_count(plan); i++)
 *       if (ets_export_due(plan, i))
 *         status = ets_export_window(session, plan, i, &sink, &record, &error);
 *     ets_export_free(plan);
 *
 * Sessions of several threads, each with a sink of its own, work on one plan at once; those that
 * have no window any more help the others by ets_export_help(). */
#ifndef ETSOAP_EXPORT_H
#define ETSOAP_EXPORT_H

#include <etsoap/tracking.h>

ETS_BEGIN_DECLS

/** A column of a table. */
typedef struct ets_export_column {
  const char *name;     /**< the property's, with _ for dots: "SendID", "List_ID" */
  const char *property; /**< "List.ID" */
  ets_value_kind kind;  /**< INTEGER, DOUBLE, BOOLEAN, DATETIME or TEXT. A value that came otherwise
                             has the kind that it came with. */
} ets_export_column;

/** What a table without a date has for `date`. */
#define ETS_EXPORT_NO_DATE SIZE_MAX

/** A table: events of one type, or what they refer to. */
typedef struct ets_export_table {
  const char *name;        /**< "sent", "open", ... of events.def; "sends", "links", "lists",
                                "subscribers" */
  const char *object_type; /**< "OpenEvent" */
  const char *text;        /**< one line on what it holds */
  bool events;             /**< of events.def */
  bool whole;              /**< has no windows: it is read and replaced as a whole */
  size_t date;             /**< the column that windows go by; ETS_EXPORT_NO_DATE: links and lists
                                come with their send's, and a whole table has none */
  const ets_export_column *columns; /**< what the contract in use has of it */
  size_t column_count;              /**< of columns, 1 or more */
} ets_export_table;

/** A window. What is whole has from and until 0. */
typedef struct ets_export_span {
  const ets_export_table *table; /**< of the plan */
  int32_t account;               /**< MID */
  int64_t from;                  /**< seconds since 1970-01-01T00:00:00Z; counts */
  int64_t until;                 /**< the first second that does not */
  int utc_offset;                /**< minutes east of UTC that its days are counted in: the
                                      server's */
} ets_export_span;

/** How many rows of a window belong to a send. */
typedef struct ets_export_share {
  int64_t send;  /**< JobID; 0: rows that name none */
  uint64_t rows; /**< of that send */
} ets_export_share;

/** What is known of a window that was read. */
typedef struct ets_export_record {
  int64_t from;                   /**< as the window has it */
  int64_t until;                  /**< as the window has it */
  uint64_t rows;                  /**< how many there were */
  int64_t read_at;                /**< seconds since 1970, when its reading began */
  char first[40];                 /**< the earliest date, RFC 3339; "": there is none */
  char last[40];                  /**< the latest */
  uint32_t pieces;                /**< 1: read in one query; more: cut by time */
  int32_t batch_size;             /**< rows a page that it took in the end; 0: the service's */
  bool by_send;                   /**< some of it was read send by send: events of a send that the
                                       service does not list may be missing, so it stays due */
  const ets_export_share *shares; /**< rows by send, ascending */
  size_t share_count;             /**< of shares */
} ets_export_record;

/** Whether the rows of a record are the sum of its shares. One of which they are not is no record:
 * its window is read again. What is whole has no shares. */
ETS_API bool ets_export_sound(const ets_export_record *record);

/** Takes a record; return ETS_OK to go on. */
typedef ets_status ets_export_visitor(void *context, const ets_export_record *record);

/** What a sink does. All functions return ETS_OK or a failure and fill the error; none is called
 * after a failure but abandon(). One window is open at a time. */
typedef struct ets_sink_calls {
  unsigned version; /**< ETS_SINK_VERSION */
  /** Makes the table ready: creates it, adds columns that are new. Called before everything else
   * that is done with the table; a second time does nothing. */
  ets_status (*prepare)(void *sink, const ets_export_table *table, ets_error *error);
  /** Gives the records of a table and account, shares included, in any order. */
  ets_status (*records)(void *sink, const ets_export_table *table, int32_t account,
                        ets_export_visitor *visit, void *context, ets_error *error);
  /** Begins to replace a window; nobody sees anything of it before commit(). ETS_E_BUSY: somebody
   * else replaces it just now. */
  ets_status (*begin)(void *sink, const ets_export_span *span, ets_error *error);
  /** Takes a row, a value for each of the table's columns; they are borrowed. */
  ets_status (*row)(void *sink, const ets_value *values, ets_error *error);
  /** What came until now stays, whatever back() does. */
  ets_status (*mark)(void *sink, ets_error *error);
  /** Forgets the rows since mark(), or since begin(). */
  ets_status (*back)(void *sink, ets_error *error);
  /** Replaces the window and its record by what came, at once and for good: after it returned
   * ETS_OK the window survives a loss of power, after a failure the old one stands. */
  ets_status (*commit)(void *sink, const ets_export_record *record, ets_error *error);
  /** Forgets the open window: the old one stands. */
  void (*abandon)(void *sink);
} ets_sink_calls;

/** The version member of ets_sink_calls. */
#define ETS_SINK_VERSION 1

/** Where windows go. */
typedef struct ets_sink {
  const ets_sink_calls *calls; /**< what it does */
  void *context;               /**< given to each of them */
} ets_sink;

/** What to export. Start from ETS_EXPORT_QUERY_INIT. Everything is borrowed until
 * ets_export_plan() returns. */
typedef struct ets_export_query {
  unsigned version;          /**< ETS_EXPORT_QUERY_VERSION */
  const int32_t *accounts;   /**< MIDs; none: the caller's own account */
  size_t account_count;      /**< of accounts */
  bool all_accounts;         /**< the caller's and all business units below it; accounts are then
                                  ignored */
  const char *const *tables; /**< by name or object type; none: all but subscribers */
  size_t table_count;        /**< of tables */
  const ets_time *since;     /**< from the window that this is in; required */
  const ets_time *until;     /**< to the window that the second before this is in; NULL: now */
  int32_t window;            /**< seconds, which divide a day; 0: a day */
  int32_t again;             /**< seconds: a window is read again as long as its last reading was
                                  not so much later than its end */
  int32_t batch_size;        /**< rows a page; 0: the service's 2,500 */
  uint32_t shard;            /**< which part of the windows, 1 to `shards`; 0: all of them */
  uint32_t shards;           /**< in how many parts; 0: they are not parted */
} ets_export_query;

/** The version member of ets_export_query. */
#define ETS_EXPORT_QUERY_VERSION 1
/** An ets_export_query to start from: windows of a day, read until three days after. */
#define ETS_EXPORT_QUERY_INIT \
  { ETS_EXPORT_QUERY_VERSION, 0, 0, false, 0, 0, 0, 0, 0, 3 * 86400, 0, 0, 0 }

/** Windows, in the order that they are to be read in: oldest first. */
typedef struct ets_export ets_export;

/** The tables by name. The last are not read unless they are asked for.
 * @return false for another name */
ETS_API bool ets_export_table_find(const char **name, const char *text);

/** Finds out which windows there are, and which of them are due: those without a record, those
 * that were read too early or by a clock that goes ahead, those that were read send by send, those
 * with a record that is not sound, whole tables. Talks to the network when accounts have to be
 * looked up, and to the sink.
 *
 * A window that the sink has keeps its length, so that it is replaced by one of its like; `window`
 * is for what it does not have. The same query gives the same shards on every machine, whatever the
 * sink holds.
 * @param[out] plan  free with ets_export_free(); NULL on failure
 * @return ETS_OK; ETS_E_USAGE for a query that cannot be right; failures of a Retrieve and of the
 *         sink */
ETS_API ets_status ets_export_plan(ets_export **plan, ets_session *session,
                                   const ets_export_query *query, const ets_sink *sink,
                                   ets_error *error) ETS_WARN_UNUSED;

/** How many windows a plan has, due or not. */
ETS_API size_t ets_export_count(const ets_export *plan);

/** One of them. Belongs to the plan. */
ETS_API const ets_export_span *ets_export_get(const ets_export *plan, size_t index);

/** Whether it is to be read. */
ETS_API bool ets_export_due(const ets_export *plan, size_t index);

/** What the sink knew of it when the plan was made; NULL: nothing. Its shares are the plan's. */
ETS_API const ets_export_record *ets_export_last(const ets_export *plan, size_t index);

/** Reads a window and replaces it in the sink. Talks to the network. Where the service gives up on
 * a query, it is cut in halves, its pages made smaller, and read send by send at last.
 * @param[out] record  what the sink got; may be NULL; its shares are not filled
 * @return ETS_OK when the window is in the sink; ETS_E_BUSY when somebody else is at it; or a
 *         failure: then what the sink had before stands */
ETS_API ets_status ets_export_window(ets_session *session, const ets_export *plan, size_t index,
                                     const ets_sink *sink, ets_export_record *record,
                                     ets_error *error) ETS_WARN_UNUSED;

/** Helps those who read windows of a plan by ets_export_window() in other threads: as long as one
 * of them is at it, reads parts of windows that turned out to be more than a page. Their rows go to
 * the sink of who reads the window, whose calls then come from several threads, one at a time.
 * Talks to the network; what goes wrong is the window's failure.
 *
 * A session that has no window to read any more does well to call it: a window of many pages is
 * then read by all of them at once. A sink sees the whole window either way. */
ETS_API void ets_export_help(ets_session *session, const ets_export *plan);

/** Frees a plan. NULL is allowed. */
ETS_API void ets_export_free(ets_export *plan);

ETS_END_DECLS
#endif
