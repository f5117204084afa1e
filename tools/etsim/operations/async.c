#include "operations/async.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "operations/objects.h"

enum { DELAY_MS = 3000 };

static const char queued[] = "Queued", complete[] = "Complete";

static bool name(struct node *tree, const struct async_request *request) {
  return tree && node_put(tree, "RequestID", request->id) &&
         node_put(tree, "ConversationID",
                  request->conversation ? request->conversation : request->id);
}

bool async_begin(const struct async_request *request) {
  struct world *world = request->request.world;
  struct node *result = node_new(NULL, "Object");
  bool done = result && node_put(result, "ObjectID", request->id) &&
              node_put(result, "Status", queued) && node_put(result, "CallStatus", queued) &&
              node_put(result, "CallMessage", request->operation);
  if (done)
    return world_keep(world, "AsyncRequestResult", result, request->request.account) != NULL;
  node_free(result);
  return false;
}

bool async_add(const struct async_request *request, const struct node *tree, int ordinal) {
  struct world *world = request->request.world;
  struct node *what = node_new(NULL, "Object");
  bool done = name(what, request) && node_put(what, "Operation", request->operation) &&
              node_put_number(what, "Mode", request->request.mode) &&
              node_put_number(what, "Ordinal", ordinal) && node_copy(what, tree);
  if (done)
    return agenda_add(world, "AsyncObject", world_now(world) + DELAY_MS, what,
                      request->request.account);
  node_free(what);
  return false;
}

bool async_close(const struct async_request *request) {
  struct world *world = request->request.world;
  struct node *what = node_new(NULL, "Object");
  if (name(what, request) && node_put(what, "Operation", request->operation))
    return agenda_add(world, "AsyncEnd", world_now(world) + DELAY_MS + 1, what,
                      request->request.account);
  node_free(what);
  return false;
}

static void keep_item(struct world *world, int account, const struct node *what, const char *type,
                      const struct outcome *outcome) {
  struct node *item = node_new(NULL, "Object");
  bool done = item && node_put(item, "RequestID", node_text(what, "RequestID")) &&
              node_put(item, "ConversationID", node_text(what, "ConversationID")) &&
              node_put(item, "StatusCode", outcome->code ? "Error" : "OK") &&
              node_put(item, "StatusMessage", outcome->message) &&
              node_put_number(item, "OrdinalID", node_number(what, "Ordinal", 0)) &&
              (!outcome->code || node_put_number(item, "ErrorCode", outcome->code)) &&
              node_put(item, "RequestType", "Asynchronous") &&
              node_put(item, "RequestObjectType", type);
  if (done)
    (void)world_keep(world, "ResultItem", item, account);
  else
    node_free(item);
}

void async_do(struct world *world, int account, const struct node *what, int64_t date) {
  const struct node *given = node_child(what, "Object");
  struct node *tree = given ? node_copy(NULL, given) : NULL;
  struct outcome outcome = {0};
  const struct object_request request = {
      .world = world, .account = account, .mode = (enum save_mode)node_number(what, "Mode", 0)};
  char type[128];
  (void)date;
  if (!tree)
    return;
  snprintf(type, sizeof type, "%s", tree->type ? tree->type : "APIObject");
  if (strcmp(node_text(what, "Operation"), "Delete") == 0) {
    objects_delete(&request, tree, &outcome);
    node_free(tree);
  } else {
    objects_save(&request, tree, &outcome);
  }
  keep_item(world, account, what, type, &outcome);
  buffer_free(&outcome.extra);
}

/* @return how many items of the request were refused, of how many */
static unsigned count_failed(const struct world *world, const char *id, unsigned *all) {
  const struct table *items = store_table(&world->store, "ResultItem");
  unsigned failed = 0;
  *all = 0;
  for (size_t i = 0; items && i < items->count; i++) {
    const struct node *item = items->records[i] ? items->records[i]->tree : NULL;
    const char *of = item ? node_text(item, "RequestID") : NULL;
    if (!of || strcmp(of, id) != 0)
      continue;
    ++*all;
    failed += node_text(item, "ErrorCode") != NULL;
  }
  return failed;
}

void async_end(struct world *world, int account, const struct node *what, int64_t date) {
  const char *id = node_text(what, "RequestID");
  unsigned all, failed = count_failed(world, id, &all);
  const char *status = !failed ? "OK" : failed < all ? "Has Errors" : "Error";
  const struct table *results = store_table(&world->store, "AsyncRequestResult");
  size_t index = store_find(results, "ObjectID", id, 0);
  if (index != SIZE_MAX) {
    struct node *result = results->records[index]->tree;
    (void)node_put(result, "Status", complete);
    (void)node_put(result, "CallStatus", status);
    (void)node_put_date(result, "CompleteDate", date);
  }
  struct node *message = node_new(NULL, "Object");
  bool done = message && node_put(message, "RequestID", id) &&
              node_put(message, "ConversationID", node_text(what, "ConversationID")) &&
              node_put(message, "OverallStatusCode", status) &&
              node_put(message, "StatusCode", status) && node_put(message, "StatusMessage", "") &&
              node_put(message, "RequestType", "Asynchronous") &&
              node_put(message, "ResultType", node_text(what, "Operation"));
  if (done)
    (void)world_keep(world, "ResultMessage", message, account);
  else
    node_free(message);
}
