/* The Retrieve operation. */
#include <stdlib.h>
#include <string.h>

#include "common/escape.h"
#include "kinds/registry.h"
#include "operations/answer.h"
#include "query/compile.h"
#include "query/match.h"

#include "etH.h"

enum { FEW = 16 }; /* columns that are looked for one by one */

static void fail(struct buffer *status, const char *format, const char *what) {
  buffer_reset(status);
  buffer_printf(status, format, what);
}

/* The properties that do not exist, as a list. @return whether there is none */
static bool resolve(const struct et__RetrieveRequest *request, const struct kind *kind, bool *asked,
                    struct buffer *status) {
  struct buffer unknown = {0};
  for (int i = 0; i < request->__sizeProperties; i++) {
    const char *name = request->Properties[i] ? request->Properties[i] : "";
    int property = kind_retrievable(kind, name);
    if (property >= 0)
      asked[property] = true;
    else
      buffer_printf(&unknown, "%s%.200s", unknown.size ? "," : "", name);
  }
  bool done = unknown.size == 0 && !unknown.failed;
  if (!done) {
    buffer_printf(status,
                  "Error: The Request Property(s) %s do not match with the fields of %s "
                  "retrieve",
                  unknown.data ? unknown.data : "", kind->name);
  }
  buffer_free(&unknown);
  return done;
}

static bool add_account(struct query *query, const struct caller *caller, int account) {
  if (account != caller->account && !caller->parent)
    return false;
  for (size_t i = 0; i < query->account_count; i++)
    if (query->accounts[i] == account)
      return true;
  if (query->account_count == WORLD_ACCOUNTS)
    return false;
  query->accounts[query->account_count++] = account;
  return true;
}

static bool is_true(const enum xsd__boolean *flag) {
  return flag && *flag == xsd__boolean__true_;
}

static bool choose_accounts(const struct call *call, const struct et__RetrieveRequest *request,
                            struct query *query, struct buffer *status) {
  const struct caller *caller = &call->caller;
  if (is_true(request->QueryAllAccounts)) {
    query->all_accounts = caller->parent;
    return caller->parent || add_account(query, caller, caller->account);
  }
  const struct et__RetrieveOptions *options = request->Options;
  if (request->__sizeClientIDs == 0) {
    int account = call_account(call, options ? options->Client : NULL);
    if (!account)
      fail(status, "Error: API Permission Failed. %s", NO_ACCOUNT);
    return account && add_account(query, caller, account);
  }
  for (int i = 0; i < request->__sizeClientIDs; i++) {
    const int *account = request->ClientIDs[i].ID;
    if (!account || !world_has_account(call->service->world, *account) ||
        !add_account(query, caller, *account)) {
      fail(status, "Error: API Permission Failed. %s",
           "The ClientID is not an account that the "
           "caller may read.");
      return false;
    }
  }
  return true;
}

static bool compile(const struct call *call, const struct et__RetrieveRequest *request,
                    struct query *query, struct buffer *status) {
  const char *type = request->ObjectType ? request->ObjectType : "";
  query->kind = kind_find(call->service->world, type);
  if (!query->kind) {
    buffer_printf(status,
                  "Error: Unable to find a handler for object type: %.200s. Object types "
                  "are case-sensitive, check spelling.",
                  type);
    return false;
  }
  bool *asked = calloc(query->kind->property_count, sizeof *asked);
  bool done = asked && resolve(request, query->kind, asked, status) &&
              filter_compile(&query->filter, status, query->kind, request->Filter) &&
              choose_accounts(call, request, query, status);
  if (done && !page_plan_init(&query->plan, query->kind, asked))
    done = false;
  if (!done && !status->size)
    buffer_add_text(status, "Error: out of memory");
  free(asked);
  return done;
}

static size_t page_size(const struct call *call, const struct et__RetrieveRequest *request) {
  size_t size = call->service->page_size;
  const struct et__RetrieveOptions *options = request->Options;
  if (options && options->BatchSize && *options->BatchSize > 0 &&
      (size_t)*options->BatchSize < size)
    size = (size_t)*options->BatchSize;
  return size;
}

/* @param[out] at  where the scan stood right before the row */
static bool next_match(struct scan *scan, struct row *row, struct position *at) {
  for (;;) {
    *at = scan->position;
    if (!scan_next(scan, row))
      return false;
    if (filter_matches(scan->filter, scan->world, row))
      return true;
  }
}

/* Fills call->rows. @return whether there are more; *position is where they begin */
static bool fill(struct call *call, const struct query *query, size_t size,
                 struct position *position) {
  struct scan scan = {.world = call->service->world,
                      .kind = query->kind,
                      .filter = query->filter,
                      .accounts = query->all_accounts ? NULL : query->accounts,
                      .account_count = query->account_count,
                      .from = query->from,
                      .to = query->to,
                      .position = *position};
  struct row row = {.kind = query->kind, .leaves.exact = true};
  bool more = true, spread = query->plan.step_count > FEW;
  store_read(&scan.world->store);
  for (size_t i = 0; more && i < size; i++) {
    more = next_match(&scan, &row, position);
    if (more && spread)
      row_spread(&row);
    if (more)
      page_write_row(&call->rows, &query->plan, scan.world, &row);
  }
  more = more && next_match(&scan, &row, position);
  row_end(&row);
  store_release(&scan.world->store);
  return more;
}

/* What makes two requests the same: type, properties and filter. */
static uint64_t hash_text(uint64_t hash, const char *text) {
  for (; text && *text; text++)
    hash = mix(hash, (unsigned char)*text, 1);
  return mix(hash, 0, 2);
}

static uint64_t hash_filter(uint64_t hash, const struct filter *filter) {
  if (!filter)
    return hash;
  hash = mix(hash, (uint64_t)filter->op, 3);
  hash = hash_text(hash, filter->property ? filter->property->path : NULL);
  for (size_t i = 0; i < filter->value_count; i++)
    hash = hash_text(hash, filter->values[i].text);
  for (size_t i = 0; i < filter->part_count; i++)
    hash = hash_filter(hash, filter->parts[i]);
  return mix(hash, filter->value_count, filter->part_count);
}

/* All pages are of what was there when the query began: what is changed meanwhile comes neither
 * twice nor not at all. */
static void limit(struct call *call, const struct et__RetrieveRequest *request,
                  struct query *query) {
  struct store *store = &call->service->world->store;
  store_read(store);
  query->to = store->newest;
  store_release(store);
  if (!is_true(request->RetrieveAllSinceLastBatch) && !is_true(request->RepeatLastResult))
    return;
  uint64_t hash = hash_text(1, request->ObjectType);
  for (int i = 0; i < request->__sizeProperties; i++)
    hash = hash_text(hash, request->Properties[i]);
  hash = hash_filter(hash, query->filter);
  since_range(call->service->since, hash ? hash : 1, call->caller.id,
              is_true(request->RepeatLastResult), query->to, &query->from, &query->to);
}

static struct query *begin(struct call *call, const struct et__RetrieveRequest *request,
                           struct position *position, struct buffer *status) {
  *position = (struct position){0, 0};
  const char *continued = request->ContinueRequest;
  if (continued && *continued) {
    struct query *query = paging_get(call->service->paging, continued, call->caller.id, position);
    if (!query)
      fail(status, "Error: The request to continue was not found or has expired: %.100s",
           continued);
    return query;
  }
  struct query *query = query_new();
  if (query && compile(call, request, query, status)) {
    limit(call, request, query);
    return query;
  }
  if (!query)
    buffer_add_text(status, "Error: out of memory");
  else
    query_release(call->service->paging, query);
  return NULL;
}

static void write_message(struct call *call, const struct buffer *status, const char *id) {
  struct buffer *out = call->out;
  answer_begin(call, "RetrieveResponse");
  buffer_add_text(out, "<RetrieveResponseMsg xmlns=\"http://exacttarget.com/wsdl/partnerAPI\">"
                       "<OverallStatus>");
  escape_xml(out, status->data, status->size);
  buffer_printf(out, "</OverallStatus><RequestID>%s</RequestID>", id);
  buffer_add(out, call->rows.data, call->rows.size);
  buffer_add_text(out, "</RetrieveResponseMsg>");
  answer_end(call);
}

int __et__Retrieve(struct soap *soap, struct _et__RetrieveRequestMsg *message,
                   struct _et__RetrieveResponseMsg *unused) {
  (void)unused;
  struct call *call = soap->user;
  static const struct et__RetrieveRequest empty;
  const struct et__RetrieveRequest *request =
      message && message->RetrieveRequest ? message->RetrieveRequest : &empty;
  struct buffer status = {0};
  struct position position;
  char id[GUID_SIZE];
  buffer_reset(&call->rows);
  struct query *query = begin(call, request, &position, &status);
  bool more = false;
  if (query) {
    more = fill(call, query, page_size(call, request), &position);
    buffer_add_text(&status, more ? "MoreDataAvailable" : "OK");
  }
  const char *before = request->ContinueRequest ? request->ContinueRequest : "";
  paging_put(call->service->paging, id, more ? query : NULL, &position, call->caller.id, before);
  write_message(call, &status, id);
  if (query)
    query_release(call->service->paging, query);
  bool failed = call->rows.failed || call->out->failed || status.failed;
  buffer_free(&status);
  return failed ? SOAP_EOM : SOAP_STOP;
}
