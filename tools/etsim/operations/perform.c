/* The operations Perform, Configure and Schedule: an action on each of some objects. */
#include <string.h>
#include <strings.h>

#include "operations/answer.h"
#include "contract/types.h"
#include "operations/objects.h"
#include "operations/rows.h"
#include "operations/triggered.h"
#include "common/escape.h"

#include "etH.h"

enum {
  NAME_EXISTS = 1,
  FAILED = 2,
  NOT_APPLICABLE = 3,
  PROPERTY_EXISTS = 67006,
  PROPERTY_MISSING = 67020,
  DEFINITION_NOT_FOUND = 17010
};

typedef void act(struct call *call, const char *action, struct node *tree, struct outcome *outcome);

static struct record *find(struct store *store, const struct node *tree) {
  static const char *const names[] = {"ObjectID", "CustomerKey", "ID"};
  struct table *table = store_table(store, tree->type ? tree->type : "");
  for (int i = 0; i < 3; i++) {
    const char *text = node_text(tree, names[i]);
    size_t index = text ? store_find(table, names[i], text, 0) : SIZE_MAX;
    if (index != SIZE_MAX)
      return table->records[index];
  }
  return NULL;
}

static void start_or_pause(struct record *record, const char *action, struct outcome *outcome) {
  static const struct {
    const char *action, *status;
  } actions[] = {{"start", "Active"},
                 {"publish", "Active"},
                 {"pause", "Inactive"},
                 {"stop", "Inactive"},
                 {"cancel", "Canceled"}};
  for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
    if (strcasecmp(actions[i].action, action) == 0) {
      (void)node_put(record->tree, "TriggeredSendStatus", actions[i].status);
      outcome_say(outcome, "The TriggeredSendDefinition is %s.", actions[i].status);
      return;
    }
  outcome_fail(outcome, NOT_APPLICABLE, "A TriggeredSendDefinition takes start and pause.");
}

static void perform(struct call *call, const char *action, struct node *tree,
                    struct outcome *outcome) {
  struct store *store = &call->service->world->store;
  const char *type = tree->type ? tree->type : "APIObject";
  struct record *record = find(store, tree);
  if (!record)
    outcome_fail(outcome,
                 strcmp(type, "TriggeredSendDefinition") == 0 ? DEFINITION_NOT_FOUND : FAILED,
                 "There is no %.60s with this key.", type);
  else if (strcmp(type, "TriggeredSendDefinition") == 0)
    start_or_pause(record, action, outcome);
  else if (strcmp(type, "DataExtension") == 0 && strcasecmp(action, "ClearData") == 0)
    rows_clear(store, record), outcome_say(outcome, "The data extension is empty.");
  else if (strcasecmp(action, "start") == 0)
    outcome_say(outcome, "%.60s started.", type);
  else
    outcome_fail(outcome, NOT_APPLICABLE, "%.60s does not take the action %.60s.", type, action);
}

static void configure(struct call *call, const char *action, struct node *tree,
                      struct outcome *outcome) {
  struct object_request request = {.world = call->service->world, .account = call->caller.account};
  const char *name = node_text(tree, "Name");
  struct node *copy;
  if (!tree->type || strcmp(tree->type, "PropertyDefinition") != 0) {
    outcome_fail(outcome, NOT_APPLICABLE, "Configure takes PropertyDefinition.");
    return;
  }
  if (!name || !(copy = node_copy(NULL, tree))) {
    outcome_fail(outcome, FAILED, "The property has no Name.");
    return;
  }
  size_t there =
      store_find(store_table(&request.world->store, "PropertyDefinition"), "Name", name, 0);
  if (strcasecmp(action, "Delete") == 0) {
    if (there == SIZE_MAX)
      outcome_fail(outcome, PROPERTY_MISSING, "There is no property %.100s.", name);
    else
      objects_delete(&request, copy, outcome);
    node_free(copy);
    return;
  }
  request.mode = strcasecmp(action, "Update") == 0 ? SAVE_UPDATE : SAVE_ADD;
  objects_save(&request, copy, outcome);
  if (outcome->code == NAME_EXISTS)
    outcome_fail(outcome, PROPERTY_EXISTS, "There is a property %.100s already.", name);
  else if (outcome->code == FAILED)
    outcome_fail(outcome, PROPERTY_MISSING, "There is no property %.100s.", name);
}

static void schedule(struct call *call, const char *action, struct node *tree,
                     struct outcome *outcome) {
  (void)call;
  outcome_say(outcome, "%.60s: %.60s accepted.", tree->type ? tree->type : "Interaction",
              *action ? action : "start");
}

static bool act_on(struct call *call, const char *action, act *action_of,
                   const struct et__APIObject *object, int ordinal, struct buffer *out) {
  struct outcome outcome = {0};
  struct node *tree = node_from_struct(NULL, "Object", ets_type_find("APIObject", 9), object);
  if (tree)
    action_of(call, action, tree, &outcome);
  else
    outcome_fail(&outcome, FAILED, "Out of memory.");
  buffer_printf(out, "<Result><StatusCode>%s</StatusCode><StatusMessage>",
                outcome.code ? "Error" : "OK");
  escape_xml(out, outcome.message, strlen(outcome.message));
  buffer_printf(out, "</StatusMessage><OrdinalID>%d</OrdinalID>", ordinal);
  if (outcome.code)
    buffer_printf(out, "<ErrorCode>%d</ErrorCode>", outcome.code);
  if (tree && action_of != schedule)
    node_write(out, tree, "Object");
  buffer_add_text(out, "</Result>");
  node_free(tree);
  buffer_free(&outcome.extra);
  return outcome.code == 0;
}

static int serve(struct call *call, const char *operation, const char *action, act *action_of,
                 const struct et__APIObject *objects, int count) {
  struct store *store = &call->service->world->store;
  struct buffer results = {0}, name = {0};
  char id[GUID_SIZE];
  int failed = 0;
  store_write(store);
  for (int i = 0; i < count; i++)
    failed += !act_on(call, action ? action : "", action_of, &objects[i], i, &results);
  store_release(store);
  random_guid(id, random_number());
  buffer_printf(&name, "%sResponse", operation);
  answer_begin(call, name.data ? name.data : "");
  buffer_printf(call->out,
                "<%sResponseMsg xmlns=\"http://exacttarget.com/wsdl/partnerAPI\">"
                "<Results>",
                operation);
  buffer_add(call->out, results.data, results.size);
  buffer_printf(call->out,
                "</Results><OverallStatus>%s</OverallStatus><OverallStatusMessage>%s"
                "</OverallStatusMessage><RequestID>%s</RequestID></%sResponseMsg>",
                !count           ? "Error"
                : !failed        ? "OK"
                : failed < count ? "Has Errors"
                                 : "Error",
                count ? "" : "The request has no objects.", id, operation);
  answer_end(call);
  bool broken = results.failed || name.failed || call->out->failed;
  buffer_free(&results);
  buffer_free(&name);
  return broken ? SOAP_EOM : SOAP_STOP;
}

int __et__Perform(struct soap *soap, struct _et__PerformRequestMsg *request,
                  struct _et__PerformResponseMsg *unused) {
  (void)unused;
  const struct _et__PerformRequestMsg_Definitions *objects = request ? request->Definitions : NULL;
  return serve(soap->user, "Perform", request ? request->Action : NULL, perform,
               objects ? objects->Definition : NULL, objects ? objects->__sizeDefinition : 0);
}

int __et__Configure(struct soap *soap, struct _et__ConfigureRequestMsg *request,
                    struct _et__ConfigureResponseMsg *unused) {
  (void)unused;
  const struct _et__ConfigureRequestMsg_Configurations *objects =
      request ? request->Configurations : NULL;
  return serve(soap->user, "Configure", request ? request->Action : NULL, configure,
               objects ? objects->Configuration : NULL, objects ? objects->__sizeConfiguration : 0);
}

int __et__Schedule(struct soap *soap, struct _et__ScheduleRequestMsg *request,
                   struct _et__ScheduleResponseMsg *unused) {
  (void)unused;
  const struct _et__ScheduleRequestMsg_Interactions *objects =
      request ? request->Interactions : NULL;
  return serve(soap->user, "Schedule", request ? request->Action : NULL, schedule,
               objects ? objects->Interaction : NULL, objects ? objects->__sizeInteraction : 0);
}
