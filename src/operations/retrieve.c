#include <etsoap/retrieve.h>

#include "call/fault.h"
#include "filter/to_wire.h"
#include "operations/cursor.h"
#include "operations/pages.h"
#include "operations/request.h"

#include <stdlib.h>
#include <string.h>

enum { SERVICE_BATCH_SIZE = 2500 };

struct ets_cursor {
  ets_session *session;
  char *object_type;
  int batch_size;
  int32_t on_behalf_of;
  bool only_base;
  bool include_objects;
  unsigned flags; /* of its exchanges */
  struct ets_exchange *exchange;
  struct ets_arena page; /* what its answer holds besides rows */
  ets_object first;      /* row of the first page, read when the cursor was opened */
  char *request_id;      /* of the last page */
  struct ets_pages pages;
  bool had_rows;  /* the page in hand */
  bool page_done; /* it has been read to its end */
  bool ended;
  bool kept;        /* the row that was handed out last outlives the cursor */
  ets_error failed; /* ETS_OK: it has not */
};

static ets_status fail(ets_cursor *cursor, ets_status status) {
  cursor->failed = *ets_session_error(cursor->session);
  return status;
}

/* --- the request ----------------------------------------------------------------------------- */

static ets_status check(ets_session *session, const ets_retrieve *request) {
  if (request->version != ETS_RETRIEVE_VERSION)
    return ets_session_fail(session, ETS_E_USAGE, "retrieve: start from ETS_RETRIEVE_INIT");
  if (!request->object_type || !*request->object_type)
    return ets_session_fail(session, ETS_E_USAGE, "retrieve: object_type is missing");
  if (request->property_count == 0)
    return ets_session_fail(session, ETS_E_USAGE,
                            "retrieve of %s: no properties; name at least one",
                            request->object_type);
  if (request->batch_size < 0)
    return ets_session_fail(session, ETS_E_USAGE, "batch size %d: expected 1 to %d",
                            request->batch_size, SERVICE_BATCH_SIZE);
  return ETS_OK;
}

static ets_status no_memory(ets_session *session) {
  return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
}

/* One page of a cursor. */
struct page {
  const ets_cursor *cursor;
  const ets_retrieve *request; /* the first page; NULL: one behind it, which continues that */
  ets_object filter;           /* of the request; no object: none */
};

static void fill_question(ets_pool *pool, ets_object message, const struct page *page) {
  const ets_retrieve *request = page->request;
  for (size_t i = 0; i < request->property_count; i++)
    ets_set(pool, message, "RetrieveRequest.Properties", request->properties[i]);
  for (size_t i = 0; !request->all_accounts && i < request->client_id_count; i++) {
    ets_object client = ets_object_new(pool, "ClientID");
    ets_set_integer(pool, client, "ID", request->client_ids[i]);
    ets_set_object(pool, message, "RetrieveRequest.ClientIDs", client);
  }
  if (request->all_accounts)
    ets_set_boolean(pool, message, "RetrieveRequest.QueryAllAccounts", true);
  if (request->since_last_batch)
    ets_set_boolean(pool, message, "RetrieveRequest.RetrieveAllSinceLastBatch", true);
  if (request->repeat_last_result)
    ets_set_boolean(pool, message, "RetrieveRequest.RepeatLastResult", true);
  if (page->filter.type)
    ets_set_object(pool, message, "RetrieveRequest.Filter", page->filter);
}

/* ObjectType and Options go out with every page: the contract requires the one, and without the
 * other the service falls back to its own batch size. */
static void fill_page(ets_pool *pool, ets_object message, const void *arguments) {
  const struct page *page = arguments;
  const ets_cursor *cursor = page->cursor;
  ets_set(pool, message, "RetrieveRequest.ObjectType", cursor->object_type);
  if (cursor->batch_size > 0)
    ets_set_integer(pool, message, "RetrieveRequest.Options.BatchSize", cursor->batch_size);
  if (cursor->on_behalf_of)
    ets_set_integer(pool, message, "RetrieveRequest.Options.Client.ID", cursor->on_behalf_of);
  if (cursor->only_base)
    ets_set_boolean(pool, message, "RetrieveRequest.Options.OnlyIncludeBase", true);
  if (cursor->include_objects)
    ets_set_boolean(pool, message, "RetrieveRequest.Options.IncludeObjects", true);
  if (cursor->request_id)
    ets_set(pool, message, "RetrieveRequest.ContinueRequest", cursor->request_id);
  if (page->request)
    fill_question(pool, message, page);
}

static ets_status make_filter(ets_object *filter, ets_pool *pool, ets_session *session,
                              const ets_retrieve *request) {
  ets_error error;
  ets_status status = ets_filter_to_wire(filter, pool, request->filter, request->object_type,
                                         session->utc_offset, &error);
  return status == ETS_OK ? ETS_OK : ets_session_fail(session, status, "%s", error.message);
}

/* --- the answer ------------------------------------------------------------------------------ */

/* Behind the last row: the page is whole, or the answer was an error. */
static ets_status finish_page(ets_cursor *cursor) {
  ets_session *session = cursor->session;
  ets_object page = ets_exchange_response(cursor->exchange);
  const char *overall_status = ets_get_text(page, "OverallStatus");
  const char *request_id = ets_get_text(page, "RequestID");
  ets_status status;
  cursor->page_done = true;
  switch (ets_overall_of(overall_status)) {
  case ETS_OVERALL_ABSENT:
    return fail(cursor,
                ets_session_fail(session, ETS_E_PROTOCOL, "the answer of %s has no OverallStatus",
                                 session->endpoint));
  case ETS_OVERALL_OK:
    cursor->ended = true;
    return ETS_END;
  case ETS_OVERALL_MORE:
    if (!request_id || !*request_id)
      return fail(cursor, ets_session_fail(session, ETS_E_PROTOCOL,
                                           "%s has more data but names no RequestID to ask with",
                                           session->endpoint));
    status = ets_pages_add(&cursor->pages, session, request_id, cursor->had_rows);
    if (status != ETS_OK)
      return fail(cursor, status);
    cursor->had_rows = false;
    free(cursor->request_id);
    cursor->request_id = strdup(request_id);
    return cursor->request_id ? ETS_END : fail(cursor, no_memory(session));
  default:
    return fail(cursor, ets_session_refused(session, overall_status, 0));
  }
}

/* The next row of the page in hand. ETS_END behind the last one. */
static ets_status step(ets_cursor *cursor, ets_object *row) {
  ets_status status = ets_exchange_next(cursor->exchange, row);
  if (status == ETS_END)
    return finish_page(cursor);
  cursor->had_rows = true;
  return status == ETS_OK ? ETS_OK : fail(cursor, status);
}

/* Asks for a page: the first one of a request, or (NULL) the one behind the last. */
static ets_status ask(ets_cursor *cursor, const ets_retrieve *request) {
  const struct ets_operation *operation = &ets_operations[ETS_OP_RETRIEVE];
  struct page page = {cursor, request, {0}};
  ets_pool *pool = ets_pool_new();
  ets_object message;
  ets_status status = ETS_OK;
  if (request && request->filter)
    status = make_filter(&page.filter, pool, cursor->session, request);
  if (status == ETS_OK)
    status = ets_request_make(&message, pool, cursor->session, operation, fill_page, &page);
  cursor->page_done = false;
  ets_exchange_close(cursor->exchange);
  cursor->exchange = NULL;
  if (status == ETS_OK)
    status = ets_exchange_open(&cursor->exchange, cursor->session, operation, message,
                               cursor->flags, &cursor->page);
  ets_pool_free(pool);
  cursor->session->counters.pages += status == ETS_OK;
  return status == ETS_OK ? ETS_OK : fail(cursor, status);
}

ets_status ets_cursor_open(ets_cursor **cursor, ets_session *session, const ets_retrieve *request) {
  *cursor = NULL;
  ets_session_start(session, ets_operations[ETS_OP_RETRIEVE].name);
  ets_status status = check(session, request);
  if (status != ETS_OK)
    return status;
  ets_cursor *made = calloc(1, sizeof *made);
  if (!made)
    return no_memory(session);
  made->session = session;
  made->object_type = strdup(request->object_type);
  made->batch_size = request->batch_size;
  made->on_behalf_of = request->on_behalf_of;
  made->only_base = request->only_base;
  made->include_objects = request->include_objects;
  made->flags = ETS_EXCHANGE_STREAMS | (request->since_last_batch ? ETS_EXCHANGE_MOVES_MARK : 0);
  status = made->object_type ? ask(made, request) : no_memory(session);
  if (status == ETS_OK)
    status = step(made, &made->first);
  if (status != ETS_OK && status != ETS_END) {
    ets_cursor_close(made);
    return status;
  }
  *cursor = made;
  return ETS_OK;
}

ets_status ets_cursor_next(ets_cursor *cursor, ets_object *row) {
  *row = cursor->first;
  cursor->kept = false;
  cursor->first = (ets_object){0};
  if (cursor->failed.status != ETS_OK) {
    ets_session_start(cursor->session, "Retrieve");
    return ets_session_take(cursor->session, cursor->failed.status, &cursor->failed);
  }
  ets_status status = row->type ? ETS_OK : cursor->page_done ? ETS_END : step(cursor, row);
  while (status == ETS_END && !cursor->ended) {
    status = ask(cursor, NULL);
    if (status == ETS_OK)
      status = step(cursor, row);
  }
  if (status == ETS_OK)
    cursor->session->counters.rows++;
  return status;
}

void ets_cursor_put_back(ets_cursor *cursor, ets_object row) {
  cursor->first = row;
  cursor->session->counters.rows--;
}

void ets_cursor_keep(ets_cursor *cursor) {
  cursor->kept = true;
}

void ets_cursor_close(ets_cursor *cursor) {
  if (!cursor)
    return;
  if (cursor->kept)
    ets_exchange_keep(cursor->exchange);
  else
    ets_exchange_close(cursor->exchange);
  ets_arena_free(&cursor->page);
  free(cursor->object_type);
  free(cursor->request_id);
  ets_pages_free(&cursor->pages);
  free(cursor);
}

ets_session *ets_cursor_session(const ets_cursor *cursor) {
  return cursor->session;
}
