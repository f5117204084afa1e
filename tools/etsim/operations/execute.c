/* The operation Execute. */
#include <string.h>
#include <strings.h>

#include "operations/answer.h"
#include "operations/unsub.h"
#include "common/escape.h"

#include "etH.h"

static struct node *read_parameters(const struct et__ExecuteRequest *request) {
  struct node *tree = node_new(NULL, "Parameters");
  for (int i = 0; tree && i < request->__sizeParameters; i++) {
    const struct et__APIProperty *parameter = &request->Parameters[i];
    if (parameter->Name && parameter->Value && *parameter->Value)
      (void)node_put(tree, parameter->Name, parameter->Value);
  }
  return tree;
}

typedef void run_request(struct world *world, int account, const struct node *parameters,
                         struct outcome *outcome);

/* One of Results a folder: its path as name, its ID as value. The parameter ContentType, when it is
 * there, chooses. */
static void list_folders(struct world *world, int account, const struct node *parameters,
                         struct outcome *outcome) {
  const struct table *table = store_table(&world->store, "DataFolder");
  const char *wanted = node_text(parameters, "ContentType");
  struct buffer *out = &outcome->extra;
  (void)account;
  for (size_t i = 0; table && i < table->count; i++) {
    const struct node *folder = table->records[i] ? table->records[i]->tree : NULL;
    const char *type = folder ? node_text(folder, "ContentType") : NULL;
    const char *id = folder ? node_text(folder, "ID") : NULL;
    if (!id || (wanted && (!type || strcasecmp(type, wanted) != 0)))
      continue;
    const char *parent = node_text(folder, "ParentFolder.Name");
    const char *name = node_text(folder, "Name");
    buffer_add_text(out, "<Results><Name>");
    if (parent) {
      escape_xml(out, parent, strlen(parent));
      buffer_add_text(out, "/");
    }
    escape_xml(out, name ? name : "", name ? strlen(name) : 0);
    buffer_printf(out, "</Name><Value>%s</Value></Results>", id);
  }
  outcome_say(outcome, "Folders retrieved.");
}

static const struct {
  const char *name;
  run_request *run;
} requests[] = {{"LogUnsubEvent", unsub_log},
                {"MasterUnsub", unsub_master},
                {"GetFolderHierarchy", list_folders}};

static run_request *find(const char *name) {
  for (size_t i = 0; i < sizeof requests / sizeof *requests; i++)
    if (strcmp(requests[i].name, name) == 0)
      return requests[i].run;
  return NULL;
}

static bool execute(struct call *call, const struct et__ExecuteRequest *request, int ordinal,
                    struct buffer *out) {
  struct outcome outcome = {0};
  const char *name = request->Name ? request->Name : "";
  run_request *run = find(name);
  struct node *parameters = read_parameters(request);
  int account = call_account(call, request->Client);
  if (!parameters)
    outcome_fail(&outcome, ERROR_FAILED, "Out of memory.");
  else if (!account)
    outcome_fail(&outcome, ERROR_NO_ACCESS, NO_ACCOUNT);
  else if (run)
    run(call->service->world, account, parameters, &outcome);
  else
    outcome_fail(&outcome, ERROR_NOT_ALLOWED, "Unable to find a handler for the request %.100s.",
                 name);
  buffer_printf(out, "<Results><StatusCode>%s</StatusCode><StatusMessage>",
                outcome.code ? "Error" : "OK");
  escape_xml(out, outcome.message, strlen(outcome.message));
  buffer_printf(out, "</StatusMessage><OrdinalID>%d</OrdinalID>", ordinal);
  buffer_add(out, outcome.extra.data, outcome.extra.size);
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
