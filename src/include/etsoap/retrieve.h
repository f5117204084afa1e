/** @file
 * Retrieve as a cursor: open, next, close. It pages by itself (ContinueRequest, with ObjectType
 * and Options sent again) and hands rows out while the answer is still arriving, so memory stays
 * flat however many pages follow. A session may have any number of open cursors, and other calls
 * may come between their rows. */
#ifndef ETSOAP_RETRIEVE_H
#define ETSOAP_RETRIEVE_H

#include <stddef.h>
#include <stdint.h>

#include <etsoap/filter.h>
#include <etsoap/object.h>
#include <etsoap/pool.h>
#include <etsoap/rows.h>
#include <etsoap/session.h>

ETS_BEGIN_DECLS

/** An open Retrieve. Belongs to its session and is closed before that is freed. */
typedef struct ets_cursor ets_cursor;

/** What to retrieve. Start from ETS_RETRIEVE_INIT. Everything is borrowed until ets_cursor_open()
 * returns. */
typedef struct ets_retrieve {
  unsigned version;              /**< ETS_RETRIEVE_VERSION */
  const char *object_type;       /**< "Send", "DataExtensionObject[SendLog]" */
  const char *const *properties; /**< names, dotted for sub-objects */
  size_t property_count;         /**< of properties, 1 or more */
  const ets_filter *filter;      /**< NULL: no filter */
  int batch_size;                /**< rows a page; 0: the service's 2,500; larger counts as that */
  const int32_t *client_ids;     /**< MIDs of business units to read; none: the caller's */
  size_t client_id_count;        /**< of client_ids */
  int32_t on_behalf_of;    /**< Options.Client.ID: act as this child of the account; 0: as itself */
  bool only_base;          /**< Options.OnlyIncludeBase: properties of the base type only */
  bool include_objects;    /**< Options.IncludeObjects: related objects as well */
  bool all_accounts;       /**< QueryAllAccounts: parent and children */
  bool since_last_batch;   /**< RetrieveAllSinceLastBatch: moves a mark on the server, so
                                       that the next such call returns only what is new */
  bool repeat_last_result; /**< RepeatLastResult */
} ets_retrieve;

/** The version member of ets_retrieve. */
#define ETS_RETRIEVE_VERSION 1
/** An ets_retrieve to start from. */
#define ETS_RETRIEVE_INIT \
  { ETS_RETRIEVE_VERSION, 0, 0, 0, 0, 0, 0, 0, 0, false, false, false, false, false }

/** Sends the request and reads the answer up to the first row. Talks to the network.
 * @param[out] cursor  close with ets_cursor_close(); NULL on failure
 * @return ETS_OK also when there are no rows; ETS_E_USAGE for a request that cannot be right
 *         (nothing is sent), ETS_E_REFUSED when the service answers Error, and the failures of
 *         any call */
ETS_API ets_status ets_cursor_open(ets_cursor **cursor, ets_session *session,
                                   const ets_retrieve *request) ETS_WARN_UNUSED;

/** The next row; asks for the next page when the current one is used up.
 * @param[out] row  lives until the next call with this cursor
 * @return ETS_OK with a row, ETS_END after the last one, or a failure: then rows are missing */
ETS_API ets_status ets_cursor_next(ets_cursor *cursor, ets_object *row) ETS_WARN_UNUSED;

/** The rows that are left, copied into a pool, so that they outlive the cursor. For results of a
 * size that is known to be small; millions of rows are better taken one by one. Talks to the
 * network.
 * @param[out] rows   the array, in the pool; what came before a failure is in it too
 * @param[out] count  of rows
 * @param limit       the most to take; 0: no limit
 * @return ETS_OK when these are all; ETS_E_PARTIAL when there are more than `limit`, which the
 *         cursor still has; or a failure */
ETS_API ets_status ets_cursor_fetch(ets_object **rows, size_t *count, ets_cursor *cursor,
                                    ets_pool *pool, size_t limit) ETS_WARN_UNUSED;

/** A whole Retrieve, as ets_cursor_open() and ets_cursor_fetch(). */
ETS_API ets_status ets_fetch(ets_object **rows, size_t *count, ets_session *session,
                             const ets_retrieve *request, ets_pool *pool,
                             size_t limit) ETS_WARN_UNUSED;

/** Writes the rows that are left to a descriptor, as CSV, TSV, NDJSON or JSON. Talks to the
 * network.
 * @param options  see etsoap/rows.h
 * @return ETS_OK when all rows were written; ETS_E_IO when they cannot be (errno says why), or why
 *         rows are missing: ets_session_error() has the detail of either */
ETS_API ets_status ets_cursor_write(ets_cursor *cursor, int file,
                                    const ets_rows_options *options) ETS_WARN_UNUSED;

/** Lets the row that was returned last outlive the cursor: it then lives until the next call on
 * the session that is not a cursor's. Does not talk to the network. */
ETS_API void ets_cursor_keep(ets_cursor *cursor);

/** Ends it; an answer in mid-air is dropped with its connection. NULL is allowed. */
ETS_API void ets_cursor_close(ets_cursor *cursor);

ETS_END_DECLS
#endif
