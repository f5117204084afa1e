/* The operations Create, Update and Delete. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ground/word.h"
#include "operations/answer.h"
#include "operations/async.h"
#include "contract/types.h"
#include "operations/echo.h"
#include "operations/nil.h"
#include "operations/objects.h"
#include "common/escape.h"

#include "etH.h"

enum { OBJECT_LIMIT = 50, ASYNC_LIMIT = 32000 };

struct batch {
  struct call *call;
  const char *operation;
  struct object_request request;
  bool deletes;
  bool later; /* the request is asynchronous */
  struct async_request async;
  char id[GUID_SIZE];  /* of the request */
  const char *refusal; /* of every object, NULL: none */
  int refusal_code;
  struct nils *nils;
  struct buffer results;
  int done, failed;
};

static void write_result(struct batch *batch, const struct outcome *outcome, int ordinal,
                         const struct node *object) {
  struct buffer *out = &batch->results;
  bool creates = strcmp(batch->operation, "Create") == 0;
  char type[64] = "";
  if (outcome->result_type)
    snprintf(type, sizeof type, "%s%sResult", outcome->result_type, batch->operation);
  bool special = ets_type_find(type, strlen(type)) != NULL;
  buffer_add_text(out, "<Results");
  if (special)
    buffer_printf(out, " xsi:type=\"%s\"", type);
  buffer_printf(out, "><StatusCode>%s</StatusCode><StatusMessage>", outcome->code ? "Error" : "OK");
  escape_xml(out, outcome->message, strlen(outcome->message));
  buffer_printf(out, "</StatusMessage><OrdinalID>%d</OrdinalID>", ordinal);
  if (outcome->code)
    buffer_printf(out, "<ErrorCode>%d</ErrorCode>", outcome->code);
  if (creates)
    buffer_printf(out, "<NewID>%s</NewID>", *outcome->new_id ? outcome->new_id : "0");
  if (creates && *outcome->new_object_id)
    buffer_printf(out, "<NewObjectID>%s</NewObjectID>", outcome->new_object_id);
  echo_write(out, object, "Object", "APIObject");
  if (special && outcome->extra.size)
    buffer_add(out, outcome->extra.data, outcome->extra.size);
  buffer_add_text(out, "</Results>");
  batch->failed += outcome->code != 0;
  batch->done += outcome->code == 0;
}

static void serve_object(struct batch *batch, const struct et__APIObject *object, int ordinal) {
  const struct ets_type *type = ets_type_find("APIObject", sizeof "APIObject" - 1);
  struct node *tree = node_from_struct(NULL, "Object", type, object);
  bool marked = tree && nils_mark(batch->nils, tree);
  struct node *echo = marked ? node_copy(NULL, tree) : NULL; /* as an object, nil or not */
  struct outcome outcome = {0};
  if (!tree || !echo) {
    node_free(tree);
    node_free(echo);
    batch->results.failed = true;
    return;
  }
  if (batch->refusal) {
    outcome_fail(&outcome, batch->refusal_code, "%s", batch->refusal);
    node_free(tree);
  } else if (tree->nil) {
    outcome_fail(&outcome, ERROR_FAILED, "The object is nil.");
    node_free(tree);
  } else if (batch->later) {
    if (async_add(&batch->async, tree, ordinal))
      outcome_say(&outcome, "Queued.");
    else
      outcome_fail(&outcome, ERROR_FAILED, "Out of memory.");
    node_free(tree);
  } else if (batch->deletes) {
    objects_delete(&batch->request, tree, &outcome);
    node_free(tree);
  } else {
    objects_save(&batch->request, tree, &outcome);
  }
  write_result(batch, &outcome, ordinal, echo);
  buffer_free(&outcome.extra);
  node_free(echo);
}

/* The contract wants a result also when there is nothing that it could be of. */
static void write_refusal(struct batch *batch) {
  const struct node nothing = {.name = NULL};
  struct outcome outcome = {0};
  outcome_fail(&outcome, ERROR_FAILED, "The request has no objects.");
  write_result(batch, &outcome, 0, &nothing);
}

static int answer(struct batch *batch, const char *status) {
  struct call *call = batch->call;
  struct buffer action = {0};
  buffer_printf(&action, "%sResponse", batch->operation);
  answer_begin(call, action.data ? action.data : "");
  buffer_printf(call->out, "<%sResponse xmlns=\"http://exacttarget.com/wsdl/partnerAPI\">",
                batch->operation);
  buffer_add(call->out, batch->results.data, batch->results.size);
  buffer_printf(call->out,
                "<RequestID>%s</RequestID><OverallStatus>%s</OverallStatus>"
                "</%sResponse>",
                batch->id, status, batch->operation);
  answer_end(call);
  bool failed = batch->results.failed || call->out->failed || action.failed;
  buffer_free(&action);
  buffer_free(&batch->results);
  return failed ? SOAP_EOM : SOAP_STOP;
}

static int serve(struct batch *batch, const struct et__APIObject *objects, int count) {
  struct call *call = batch->call;
  struct store *store = &call->service->world->store;
  batch->request.world = call->service->world;
  for (int i = 0; i < count; i++)
    if (answer_wrong_date(call, "APIObject", &objects[i]))
      return SOAP_STOP;
  random_guid(batch->id, random_number());
  batch->refusal_code = batch->request.account ? ERROR_FAILED : ERROR_NO_ACCESS;
  batch->refusal = batch->request.account ? NULL : NO_ACCOUNT;
  if (count > (batch->later ? ASYNC_LIMIT : OBJECT_LIMIT))
    batch->refusal = batch->later ? "An asynchronous request takes 32000 objects at most."
                                  : "A request takes 50 objects at most.";
  if (count == 0)
    write_refusal(batch);
  batch->nils = nils_read(call->request, call->request_size);
  store_write(store);
  batch->async.request = batch->request;
  batch->async.operation = batch->operation;
  batch->async.id = batch->id;
  bool later = batch->later && count && !batch->refusal && async_begin(&batch->async);
  for (int i = 0; i < count; i++)
    serve_object(batch, &objects[i], i);
  if (later)
    (void)async_close(&batch->async);
  store_release(store);
  nils_free(batch->nils);
  if (batch->refusal) {
    char status[80];
    snprintf(status, sizeof status, "Error: %s", batch->refusal);
    return answer(batch, status);
  }
  if (count == 0)
    return answer(batch, "Error: The request has no objects.");
  return answer(batch, !batch->failed ? "OK" : batch->done ? "Has Errors" : "Error");
}

/* What the options of all three operations have; they share no type in C. */
#define READ_OPTIONS(batch, type, options)                                                         \
  read_options(batch, (options)->Client,                                                           \
               (options)->RequestType ? word_of(type, "RequestType", (int)*(options)->RequestType) \
                                      : "",                                                        \
               (options)->ConversationID)

static void read_options(struct batch *batch, const struct et__ClientID *client, const char *type,
                         const char *conversation) {
  batch->request.account = call_account(batch->call, client);
  batch->later = strcmp(type, "Asynchronous") == 0;
  batch->async.conversation = conversation;
}

static enum save_mode mode_of(const struct et__SaveOption *option, enum save_mode otherwise) {
  const char *action = word_of("SaveOption", "SaveAction", (int)option->SaveAction);
  if (strcmp(action, "AddOnly") == 0)
    return SAVE_ADD;
  if (strcmp(action, "UpdateAdd") == 0)
    return SAVE_BOTH;
  return strcmp(action, "UpdateOnly") == 0 ? SAVE_UPDATE : otherwise;
}

int __et__Create(struct soap *soap, struct _et__CreateRequest *request,
                 struct _et__CreateResponse *unused) {
  (void)unused;
  static const struct et__CreateOptions none;
  const struct et__CreateOptions *options = request && request->Options ? request->Options : &none;
  struct batch batch = {.call = soap->user, .operation = "Create"};
  batch.request.mode = SAVE_ADD;
  if (options->SaveOptions && options->SaveOptions->__sizeSaveOption > 0)
    batch.request.mode = mode_of(options->SaveOptions->SaveOption, SAVE_ADD);
  READ_OPTIONS(&batch, "CreateOptions", options);
  return serve(&batch, request ? request->Objects : NULL, request ? request->__sizeObjects : 0);
}

int __et__Update(struct soap *soap, struct _et__UpdateRequest *request,
                 struct _et__UpdateResponse *unused) {
  (void)unused;
  static const struct et__UpdateOptions none;
  const struct et__UpdateOptions *options = request && request->Options ? request->Options : &none;
  struct batch batch = {.call = soap->user, .operation = "Update"};
  batch.request.mode = SAVE_UPDATE;
  if (options->SaveOptions && options->SaveOptions->__sizeSaveOption > 0)
    batch.request.mode = mode_of(options->SaveOptions->SaveOption, SAVE_UPDATE);
  READ_OPTIONS(&batch, "UpdateOptions", options);
  return serve(&batch, request ? request->Objects : NULL, request ? request->__sizeObjects : 0);
}

int __et__Delete(struct soap *soap, struct _et__DeleteRequest *request,
                 struct _et__DeleteResponse *unused) {
  (void)unused;
  static const struct et__DeleteOptions none;
  const struct et__DeleteOptions *options = request && request->Options ? request->Options : &none;
  struct batch batch = {.call = soap->user, .operation = "Delete", .deletes = true};
  READ_OPTIONS(&batch, "DeleteOptions", options);
  return serve(&batch, request ? request->Objects : NULL, request ? request->__sizeObjects : 0);
}
