#include <etsoap/batch.h>

#include "call/fault.h"
#include "contract/types.h"
#include "object/pool_private.h"
#include "operations/request.h"
#include "operations/verdict.h"

#include <etsoap/pool.h>

#include <stdio.h>
#include <string.h>

enum { SYNCHRONOUS_CHUNK = 50, ASYNCHRONOUS_CHUNK = 32000 };

/* A batch under way. Results are copied out of the session's arena chunk by chunk into the
 * session's results, since each call frees what the last one returned. */
struct batch {
  ets_session *session;
  const struct ets_operation *operation;
  const ets_batch_options *options;
  ets_pool *kept; /* takes the results */
  ets_item *items;
  size_t count;
  ets_batch_result *result;
};

static void set_options(ets_pool *pool, ets_object options, const ets_batch_options *wanted) {
  if (wanted->client_id)
    ets_set_integer(pool, options, "Client.ID", wanted->client_id);
  if (wanted->send_response_to) {
    ets_set(pool, options, "SendResponseTo[0].ResponseType", "HTTPPost");
    ets_set(pool, options, "SendResponseTo[0].ResponseAddress", wanted->send_response_to);
  }
  if (wanted->upsert) {
    ets_set(pool, options, "SaveOptions.SaveOption[0].PropertyName", "*");
    ets_set(pool, options, "SaveOptions.SaveOption[0].SaveAction", "UpdateAdd");
  }
  if (wanted->conversation_id)
    ets_set(pool, options, "ConversationID", wanted->conversation_id);
  if (wanted->request_type == ETS_ASYNCHRONOUS)
    ets_set(pool, options, "RequestType", "Asynchronous");
}

/* Part of the objects, in one request. */
struct chunk {
  const struct batch *batch;
  const ets_object *objects;
  size_t count;
};

static void fill_chunk(ets_pool *pool, ets_object request, const void *arguments) {
  const struct chunk *chunk = arguments;
  const struct ets_operation *operation = chunk->batch->operation;
  const struct ets_field *field =
      request.type ? ets_type_field(request.type, ETS_NAME("Options")) : NULL;
  ets_object options = ets_object_new(pool, field ? field->type->name : operation->request);
  set_options(pool, options, chunk->batch->options);
  ets_set_object(pool, request, "Options", options);
  for (size_t i = 0; i < chunk->count; i++)
    ets_set_object(pool, request, operation->takes, chunk->objects[i]);
}

/* What the service says, without credentials that it quotes. */
static const char *quote(const struct batch *batch, const char *text) {
  return ets_session_quote(batch->session, &batch->kept->arena, text);
}

static void take_item(const struct batch *batch, ets_item *item, ets_object result) {
  const char *status_code = ets_get_text(result, "StatusCode");
  item->result = result;
  item->sent = true;
  item->status = ets_verdict_of(result);
  item->status_code = status_code ? quote(batch, status_code) : "";
  item->message = quote(batch, ets_verdict_reason(result, &item->error_code));
  item->new_id = ets_get_integer(result, "NewID", 0);
  item->new_object_id = ets_get_text(result, "NewObjectID");
  if (item->status == ETS_E_PROTOCOL)
    item->message = "fate unknown: its result has no StatusCode";
}

/* A second result for the same object: which one is its own is not known. */
static void contest(ets_item *item) {
  item->status = ETS_E_PROTOCOL;
  item->message = "fate unknown: the answer has two results for it";
  item->error_code = 0;
  item->new_id = 0;
  item->new_object_id = NULL;
}

/* More results than objects, and none says which one it is about. */
static void leave_open(const struct batch *batch, size_t from, size_t count, size_t results) {
  char text[100];
  snprintf(text, sizeof text,
           "fate unknown: the answer has %zu results, and none says which object it is about",
           results);
  for (size_t i = from; i < from + count; i++) {
    batch->items[i].sent = true;
    batch->items[i].status = ETS_E_PROTOCOL;
    batch->items[i].status_code = "";
    batch->items[i].message = quote(batch, text);
  }
}

static size_t count_results(const struct batch *batch, ets_object response) {
  size_t results = 0;
  while (ets_verdict_item(response, batch->operation, results).type)
    results++;
  return results;
}

/* Whether results are about the objects that OrdinalID says. Without it, or with 0 in each of just
 * as many results as objects, they are in the order of the request. */
static bool has_ordinals(const struct batch *batch, ets_object response, size_t count) {
  int64_t first = INT64_MIN;
  size_t i = 0;
  for (;; i++) {
    ets_object result = ets_verdict_item(response, batch->operation, i);
    int64_t ordinal = ets_get_integer(result, "OrdinalID", INT64_MIN);
    if (!result.type)
      break;
    if (i > 0 && ordinal != first)
      return true;
    first = ordinal;
  }
  return first != INT64_MIN && (first != 0 || i != count);
}

/* The worst of what the chunks were answered. */
static void take_overall(ets_batch_result *result, const char *overall) {
  if (overall &&
      (!result->overall_status || ets_overall_of(overall) > ets_overall_of(result->overall_status)))
    result->overall_status = overall;
}

/* Returns how many results there are. */
static size_t take_results(struct batch *batch, ets_object response, size_t from, size_t count) {
  bool by_ordinal = has_ordinals(batch, response, count);
  size_t results = count_results(batch, response);
  bool in_order = by_ordinal || results <= count;
  if (!in_order) {
    batch->result->surplus += results - count;
    leave_open(batch, from, count, results);
  }
  for (size_t i = 0; in_order && i < results; i++) {
    ets_object result = ets_verdict_item(response, batch->operation, i);
    int64_t at = by_ordinal ? ets_get_integer(result, "OrdinalID", -1) : (int64_t)i;
    ets_item *item = at >= 0 && (size_t)at < count ? &batch->items[from + (size_t)at] : NULL;
    if (!item)
      batch->result->surplus++;
    else if (item->result.type)
      contest(item);
    else
      take_item(batch, item, result);
  }
  batch->result->request_id = ets_get_text(response, "RequestID");
  const char *overall = ets_get_text(response, "OverallStatus");
  take_overall(batch->result, overall ? quote(batch, overall) : NULL);
  return results;
}

/* Objects without a result of their own. An asynchronous request is only queued: its answer has
 * none to wait for. A request that was refused as a whole has none either. Otherwise nothing
 * confirms that they were done. */
static void settle(const struct batch *batch, ets_object response, size_t results, size_t from,
                   size_t count) {
  const char *text = ets_get_text(response, "OverallStatus");
  enum ets_overall overall = ets_overall_of(text);
  bool queued = batch->options->request_type == ETS_ASYNCHRONOUS && overall == ETS_OVERALL_OK;
  bool refused = results == 0 && overall > ETS_OVERALL_OK;
  for (size_t i = from; i < from + count; i++) {
    ets_item *item = &batch->items[i];
    if (item->result.type || item->sent)
      continue;
    item->sent = true;
    item->status = queued ? ETS_OK : refused ? ETS_E_REFUSED : ETS_E_PROTOCOL;
    item->status_code = "";
    item->message = queued    ? "accepted, without a result of its own"
                    : refused ? quote(batch, text)
                              : "fate unknown: the answer has no result for it";
  }
}

static ets_status send_chunk(struct batch *batch, const ets_object *objects, size_t from,
                             size_t count) {
  ets_session *session = batch->session;
  const struct chunk chunk = {batch, objects + from, count};
  ets_object response;
  ets_call_begin(session, batch->operation->name);
  ets_status status = ets_request_send(&response, session, batch->operation, fill_chunk, &chunk);
  if (status != ETS_OK)
    return status;
  ets_object copy = ets_object_copy(batch->kept, response);
  if (ets_pool_status(batch->kept) != ETS_OK)
    return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  size_t results = take_results(batch, copy, from, count);
  settle(batch, copy, results, from, count);
  return ets_verdict_check(session, response, batch->operation);
}

static void give_up(struct batch *batch, size_t from, size_t count, ets_status status,
                    bool requested) {
  bool sent = requested && ets_error_leaves_open(&batch->session->error);
  for (size_t i = from; i < from + count; i++) {
    ets_item *item = &batch->items[i];
    if (item->sent) /* answered */
      continue;
    item->status = status;
    item->sent = sent;
    item->message = sent ? "fate unknown: the request failed on its way"
                         : "not carried out: the request was refused";
  }
}

/* What it all came to, when every chunk was answered. */
static ets_status judge(struct batch *batch) {
  ets_batch_result *result = batch->result;
  ets_session *session = batch->session;
  const ets_item *first = NULL;
  size_t unknown = 0, partial = 0;
  for (size_t i = 0; i < batch->count; i++) {
    const ets_item *item = &batch->items[i];
    unknown += item->status == ETS_E_PROTOCOL;
    partial += item->status == ETS_E_PARTIAL;
    if (item->status != ETS_OK &&
        (!first || (first->status == ETS_E_PROTOCOL && item->status != ETS_E_PROTOCOL)))
      first = item;
  }
  enum ets_overall overall = ets_overall_of(result->overall_status);
  if (!first && overall <= ETS_OVERALL_OK && result->surplus == 0)
    return ETS_OK;
  if (!first && overall <= ETS_OVERALL_OK)
    return ets_verdict_surplus(session, batch->count, result->surplus);
  if (!first)
    return ets_session_fail(session, ETS_E_PARTIAL,
                            "each of %zu objects is confirmed, and the service says %s of all",
                            batch->count, result->overall_status);
  ets_status status = result->failed < batch->count || partial > 0 ? ETS_E_PARTIAL
                      : unknown == result->failed                  ? ETS_E_PROTOCOL
                                                                   : ETS_E_REFUSED;
  if (status == ETS_E_REFUSED && !first->result.type)
    return ets_session_refused(session, first->message, 0);
  const char *what = partial == result->failed   ? "refused in part"
                     : unknown == result->failed ? "not confirmed"
                     : unknown > 0               ? "refused or not confirmed"
                                                 : "refused";
  ets_session_fail(session, status, "%zu of %zu objects %s; the first, number %zu: %s",
                   result->failed, batch->count, what, first->index,
                   *first->message ? first->message : "no reason given");
  session->error.code = first->error_code;
  return status;
}

static ets_status check(ets_session *session, const struct ets_operation *operation, size_t count,
                        const ets_batch_options *options) {
  int most = options->request_type == ETS_ASYNCHRONOUS ? ASYNCHRONOUS_CHUNK : SYNCHRONOUS_CHUNK;
  if (options->version != ETS_BATCH_OPTIONS_VERSION || options->chunk < 0 || options->chunk > most)
    return ets_session_fail(session, ETS_E_USAGE,
                            "batch options: start from ETS_BATCH_OPTIONS_INIT; a chunk has 1 to "
                            "%d objects",
                            most);
  if (count == 0)
    return ets_session_fail(session, ETS_E_USAGE, "%s: no objects", operation->name);
  return ETS_OK;
}

/* One item for each object, as if nothing had been sent. */
static ets_status make_items(struct batch *batch) {
  ets_session *session = batch->session;
  ets_pool_free(session->results);
  session->results = batch->kept = ets_pool_new();
  if (batch->kept)
    batch->items = ets_arena_zalloc(&batch->kept->arena, batch->count * sizeof *batch->items);
  if (!batch->items)
    return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  for (size_t i = 0; i < batch->count; i++)
    batch->items[i] = (ets_item){.index = i,
                                 .status = ETS_E_PARTIAL,
                                 .status_code = "",
                                 .message = "not sent: an earlier request failed"};
  batch->result->items = batch->items;
  batch->result->count = batch->count;
  return ETS_OK;
}

static ets_status run(enum ets_operation_id id, ets_batch_result *result, ets_session *session,
                      const ets_object *objects, size_t count, const ets_batch_options *options) {
  static const ets_batch_options defaults = ETS_BATCH_OPTIONS_INIT;
  const struct ets_operation *operation = &ets_operations[id];
  struct batch batch = {.session = session,
                        .operation = operation,
                        .options = options ? options : &defaults,
                        .count = count,
                        .result = result};
  *result = (ets_batch_result){0};
  ets_call_begin(session, operation->name);
  ets_status status = check(session, operation, count, batch.options);
  if (status == ETS_OK)
    status = make_items(&batch);
  if (status != ETS_OK)
    return status;
  size_t chunk = batch.options->chunk ? (size_t)batch.options->chunk : SYNCHRONOUS_CHUNK;
  for (size_t from = 0; from < count && status == ETS_OK; from += chunk) {
    size_t n = count - from < chunk ? count - from : chunk;
    uint64_t requests = session->counters.requests;
    status = send_chunk(&batch, objects, from, n);
    if (status != ETS_OK)
      give_up(&batch, from, n, status, session->counters.requests != requests);
  }
  for (size_t i = 0; i < count; i++)
    result->failed += batch.items[i].status != ETS_OK;
  return status == ETS_OK ? judge(&batch) : status;
}

ets_status ets_create(ets_batch_result *result, ets_session *session, const ets_object *objects,
                      size_t count, const ets_batch_options *options) {
  return run(ETS_OP_CREATE, result, session, objects, count, options);
}

ets_status ets_update(ets_batch_result *result, ets_session *session, const ets_object *objects,
                      size_t count, const ets_batch_options *options) {
  return run(ETS_OP_UPDATE, result, session, objects, count, options);
}

ets_status ets_upsert(ets_batch_result *result, ets_session *session, const ets_object *objects,
                      size_t count, const ets_batch_options *options) {
  ets_batch_options upsert = ETS_BATCH_OPTIONS_INIT;
  if (options)
    upsert = *options;
  upsert.upsert = true;
  return run(ETS_OP_UPDATE, result, session, objects, count, &upsert);
}

ets_status ets_delete(ets_batch_result *result, ets_session *session, const ets_object *objects,
                      size_t count, const ets_batch_options *options) {
  return run(ETS_OP_DELETE, result, session, objects, count, options);
}
