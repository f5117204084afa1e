/* The operation Execute. */
#include <string.h>

#include "operations/answer.h"
#include "operations/unsub.h"
#include "common/escape.h"

#include "etH.h"

enum { UNKNOWN_REQUEST = 5 };

static struct node *read_parameters(const struct et__ExecuteRequest *request) {
  struct node *tree = node_new(NULL, "Parameters");
  for (int i = 0; tree && i < request->__sizeParameters; i++) {
    const struct et__APIProperty *parameter = &request->Parameters[i];
    if (parameter->Name && parameter->Value && *parameter->Value)
      (void)node_put(tree, parameter->Name, parameter->Value);
  }
  return tree;
}

static bool execute(struct call *call, const struct et__ExecuteRequest *request, int ordinal,
                    struct buffer *out) {
  struct outcome outcome = {0};
  const char *name = request->Name ? request->Name : "";
  struct node *parameters = read_parameters(request);
  if (!parameters)
    outcome_fail(&outcome, 2, "Out of memory.");
  else if (strcmp(name, "LogUnsubEvent") == 0)
    unsub_log(call->service->world, call_account(call, request->Client), parameters, &outcome);
  else
    outcome_fail(&outcome, UNKNOWN_REQUEST, "Unable to find a handler for the request %.100s.",
                 name);
  buffer_printf(out, "<Results><StatusCode>%s</StatusCode><StatusMessage>",
                outcome.code ? "Error" : "OK");
  escape_xml(out, outcome.message, strlen(outcome.message));
  buffer_printf(out, "</StatusMessage><OrdinalID>%d</OrdinalID>", ordinal);
  if (outcome.code)
    buffer_printf(out, "<ErrorCode>%d</ErrorCode>", outcome.code);
  buffer_add_text(out, "</Results>");
  node_free(parameters);
  buffer_free(&outcome.extra);
  return outcome.code == 0;
}

int __et__Execute(struct soap *soap, struct _et__ExecuteRequestMsg *request,
                  struct _et__ExecuteResponseMsg *unused) {
  (void)unused;
  struct call *call = soap->user;
  struct store *store = &call->service->world->store;
  struct buffer results = {0};
  char id[GUID_SIZE];
  int done = 0, failed = 0;
  store_write(store);
  for (int i = 0; request && i < request->__sizeRequests; i++) {
    bool good = execute(call, &request->Requests[i], i, &results);
    done += good;
    failed += !good;
  }
  store_release(store);
  random_guid(id, random_number());
  answer_begin(call, "ExecuteResponse");
  buffer_printf(call->out,
                "<ExecuteResponseMsg xmlns=\"http://exacttarget.com/wsdl/partnerAPI\">"
                "<OverallStatus>%s</OverallStatus><RequestID>%s</RequestID>",
                done + failed == 0 ? "Error: The request has no Requests."
                : !failed          ? "OK"
                : done             ? "Has Errors"
                                   : "Error",
                id);
  buffer_add(call->out, results.data, results.size);
  buffer_add_text(call->out, "</ExecuteResponseMsg>");
  answer_end(call);
  bool broken = results.failed || call->out->failed;
  buffer_free(&results);
  return broken ? SOAP_EOM : SOAP_STOP;
}
