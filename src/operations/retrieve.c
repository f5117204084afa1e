#include <etsoap/retrieve.h>

#include "call/call.h"
#include "call/fault.h"
#include "filter/to_wire.h"
#include "operations/cursor.h"
#include "operations/pages.h"

#include "etH.h"

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
  bool kept; /* the row that was handed out last outlives the cursor */
  ets_status failed;
};

static ets_status fail(ets_cursor *cursor, ets_status status) {
  cursor->failed = status;
  return status;
}

/* --- the request ----------------------------------------------------------------------------- */

static char **copy_names(struct soap *soap, const char *const *names, size_t count) {
  char **copies = soap_malloc(soap, count * sizeof *copies);
  for (size_t i = 0; copies && i < count; i++)
    copies[i] = (char *)(uintptr_t)names[i];
  return copies;
}

static struct et__ClientID *make_clients(struct soap *soap, const int32_t *ids, size_t count) {
  struct et__ClientID *clients = soap_malloc(soap, count * sizeof *clients);
  for (size_t i = 0; clients && i < count; i++) {
    soap_default_et__ClientID(soap, &clients[i]);
    clients[i].ID = soap_malloc(soap, sizeof(int));
    if (!clients[i].ID)
      return NULL;
    *clients[i].ID = ids[i];
  }
  return clients;
}

static enum xsd__boolean *make_true(struct soap *soap) {
  enum xsd__boolean *value = soap_malloc(soap, sizeof *value);
  if (value)
    *value = xsd__boolean__true_;
  return value;
}

/* Whether any of the options is asked for; an empty Options element is not sent. */
static bool has_options(const struct ets_cursor *cursor) {
  return cursor->batch_size > 0 || cursor->on_behalf_of || cursor->only_base ||
         cursor->include_objects;
}

static struct et__RetrieveOptions *make_options(struct soap *soap, const ets_cursor *cursor) {
  struct et__RetrieveOptions *options = soap_malloc(soap, sizeof *options);
  if (!options)
    return NULL;
  soap_default_et__RetrieveOptions(soap, options);
  if ((cursor->batch_size > 0 && !(options->BatchSize = soap_malloc(soap, sizeof(int)))) ||
      (cursor->on_behalf_of && !(options->Client = make_clients(soap, &cursor->on_behalf_of, 1))) ||
      (cursor->only_base && !(options->OnlyIncludeBase = make_true(soap))) ||
      (cursor->include_objects && !(options->IncludeObjects = make_true(soap))))
    return NULL;
  if (options->BatchSize)
    *options->BatchSize = cursor->batch_size;
  return options;
}

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

static ets_status fill(ets_session *session, struct et__RetrieveRequest *wire,
                       const ets_retrieve *request) {
  struct soap *soap = session->soap;
  wire->Properties = copy_names(soap, request->properties, request->property_count);
  wire->__sizeProperties = (int)request->property_count;
  if (!wire->Properties)
    return no_memory(session);
  if (request->client_id_count > 0 && !request->all_accounts) {
    wire->ClientIDs = make_clients(soap, request->client_ids, request->client_id_count);
    wire->__sizeClientIDs = (int)request->client_id_count;
    if (!wire->ClientIDs)
      return no_memory(session);
  }
  if ((request->all_accounts && !(wire->QueryAllAccounts = make_true(soap))) ||
      (request->since_last_batch && !(wire->RetrieveAllSinceLastBatch = make_true(soap))) ||
      (request->repeat_last_result && !(wire->RepeatLastResult = make_true(soap))))
    return no_memory(session);
  if (!request->filter)
    return ETS_OK;
  ets_status status = ets_filter_to_wire(&wire->Filter, soap, request->filter, request->object_type,
                                         session->utc_offset, &session->error);
  return status;
}

/* ObjectType and Options go out with every page: the contract requires the one, and without the
 * other the service falls back to its own batch size. */
static ets_status start_request(ets_cursor *cursor, struct et__RetrieveRequest *wire) {
  struct soap *soap = cursor->session->soap;
  soap_default_et__RetrieveRequest(soap, wire);
  wire->ObjectType = cursor->object_type;
  if (has_options(cursor) && !(wire->Options = make_options(soap, cursor)))
    return no_memory(cursor->session);
  return ETS_OK;
}

/* --- the answer ------------------------------------------------------------------------------ */

/* Behind the last row: the page is whole, or the answer was an error. */
static ets_status finish_page(ets_cursor *cursor) {
  ets_session *session = cursor->session;
  ets_object page = ets_exchange_response(cursor->exchange);
  const char *overall_status = ets_get_text(page, "OverallStatus");
  const char *request_id = ets_get_text(page, "RequestID");
  ets_status status;
  session->counters.pages++;
  cursor->page_done = true;
  if (!overall_status)
    return fail(cursor,
                ets_session_fail(session, ETS_E_PROTOCOL, "the answer of %s has no OverallStatus",
                                 session->endpoint));
  switch (ets_overall_of(overall_status)) {
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

static ets_status exchange(ets_cursor *cursor, struct et__RetrieveRequest *wire) {
  struct _et__RetrieveRequestMsg message = {wire};
  cursor->page_done = false;
  ets_exchange_close(cursor->exchange);
  ets_status status = ets_exchange_open(
      &cursor->exchange, cursor->session, &ets_operations[ETS_OP_RETRIEVE],
      ets_object_of("RetrieveRequestMsg", &message), cursor->flags, &cursor->page);
  return status == ETS_OK ? ETS_OK : fail(cursor, status);
}

static ets_status next_page(ets_cursor *cursor) {
  struct et__RetrieveRequest wire;
  ets_status status = start_request(cursor, &wire);
  wire.ContinueRequest = cursor->request_id;
  return status == ETS_OK ? exchange(cursor, &wire) : fail(cursor, status);
}

ets_status ets_cursor_open(ets_cursor **cursor, ets_session *session, const ets_retrieve *request) {
  *cursor = NULL;
  ets_session_start(session, "Retrieve");
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
  struct et__RetrieveRequest wire;
  status = made->object_type ? start_request(made, &wire) : no_memory(session);
  if (status == ETS_OK)
    status = fill(session, &wire, request);
  if (status == ETS_OK)
    status = exchange(made, &wire);
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
  if (cursor->failed)
    return cursor->failed;
  ets_status status = row->type ? ETS_OK : cursor->page_done ? ETS_END : step(cursor, row);
  while (status == ETS_END && !cursor->ended) {
    status = next_page(cursor);
    if (status == ETS_OK)
      status = step(cursor, row);
  }
  if (status == ETS_OK)
    cursor->session->counters.rows++;
  return status;
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
