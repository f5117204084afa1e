/* The operations Perform, Configure and Schedule: an action on each of some objects. */
#include <string.h>
#include <strings.h>

#include "common/escape.h"
#include "contract/types.h"
#include "operations/actions.h"
#include "operations/answer.h"
#include "operations/echo.h"
#include "operations/find.h"
#include "operations/object_types.h"
#include "operations/objects.h"

#include "etH.h"

enum { PROPERTY_EXISTS = 67006, PROPERTY_MISSING = 67020 };

struct work;

/* What one of the three operations does with an object, and what it adds to its result. */
struct method {
  const char *name;
  void (*act)(struct work *work, const struct node *tree, struct outcome *outcome);
  void (*add)(struct work *work, const struct node *tree, const struct outcome *outcome);
};

/* One request. */
struct work {
  const struct method *method;
  struct object_request request;
  const char *action;
  const struct et__ScheduleDefinition *schedule;
  struct buffer results;
  struct task task; /* of the object that is worked on */
  int count, failed;
};

static struct node *tree_of(const char *name, const char *type, const void *data) {
  return node_from_struct(NULL, name, ets_type_find(type, strlen(type)), data);
}

/* --- Perform -------------------------------------------------------------------------------- */

static void perform(struct work *work, const struct node *tree, struct outcome *outcome) {
  action_perform(&work->request, work->action, tree, outcome, &work->task);
}

static void add_task(struct work *work, const struct outcome *outcome) {
  struct buffer *out = &work->results;
  const char *status = outcome->code ? "Error" : "OK";
  buffer_printf(out, "<Task><StatusCode>%s</StatusCode><StatusMessage>%s</StatusMessage>", status,
                status);
  if (*work->task.id)
    buffer_printf(out, "<ID>%s</ID>", work->task.id);
  buffer_add_text(out, "</Task>");
}

static void add_performed(struct work *work, const struct node *tree,
                          const struct outcome *outcome) {
  echo_write(&work->results, tree, "Object", "APIObject");
  add_task(work, outcome);
}

/* --- Configure ------------------------------------------------------------------------------ */

static void configure(struct work *work, const struct node *tree, struct outcome *outcome) {
  const char *name = node_text(tree, "Name");
  struct node *copy;
  if (!tree->type || strcmp(tree->type, "PropertyDefinition") != 0) {
    outcome_fail(outcome, ERROR_NOT_APPLICABLE, "Configure takes PropertyDefinition.");
    return;
  }
  if (!name || !(copy = node_copy(NULL, tree))) {
    outcome_fail(outcome, ERROR_FAILED, "The property has no Name.");
    return;
  }
  bool deletes = strcasecmp(work->action, "Delete") == 0;
  if (deletes && !object_find(work->request.world, work->request.account, tree->type, tree))
    outcome->code = ERROR_FAILED;
  else if (deletes)
    objects_delete(&work->request, copy, outcome);
  if (deletes) {
    node_free(copy);
  } else {
    work->request.mode = strcasecmp(work->action, "Update") == 0 ? SAVE_UPDATE : SAVE_ADD;
    objects_save(&work->request, copy, outcome);
  }
  if (outcome->code == ERROR_EXISTS)
    outcome_fail(outcome, PROPERTY_EXISTS, "There is a property %.100s already.", name);
  else if (outcome->code == ERROR_FAILED)
    outcome_fail(outcome, PROPERTY_MISSING, "There is no property %.100s.", name);
}

static void add_configured(struct work *work, const struct node *tree,
                           const struct outcome *outcome) {
  (void)outcome;
  echo_write(&work->results, tree, "Object", "APIObject");
}

/* --- Schedule ------------------------------------------------------------------------------- */

static void schedule(struct work *work, const struct node *tree, struct outcome *outcome) {
  const char *type = tree->type ? tree->type : "APIObject";
  const char *action = *work->action ? work->action : "start";
  if (!action_is_known(type, action))
    outcome_fail(outcome, ERROR_NOT_APPLICABLE, "%.60s does not take the action %.60s.", type,
                 action);
  else if (!object_find(work->request.world, work->request.account, type, tree))
    outcome_fail(outcome, object_type_find(type)->missing, "There is no %.60s with this key.",
                 type);
  else
    outcome_say(outcome, "%.60s: %.60s is scheduled.", type, action);
  if (!outcome->code)
    random_guid(work->task.id, random_number());
}

static void add_scheduled(struct work *work, const struct node *tree,
                          const struct outcome *outcome) {
  struct node *given = work->schedule ? tree_of("Object", "ScheduleDefinition", work->schedule)
                                      : node_new(NULL, "Object");
  (void)tree;
  if (given)
    echo_write(&work->results, given, "Object", "ScheduleDefinition");
  work->results.failed |= !given;
  node_free(given);
  add_task(work, outcome);
}

/* --- one request ---------------------------------------------------------------------------- */

static const struct method perform_method = {"Perform", perform, add_performed};
static const struct method configure_method = {"Configure", configure, add_configured};
static const struct method schedule_method = {"Schedule", schedule, add_scheduled};

static void act_on(struct work *work, const struct et__APIObject *object) {
  struct buffer *out = &work->results;
  struct outcome outcome = {0};
  struct node *tree = tree_of("Object", "APIObject", object);
  work->task = (struct task){""};
  if (!tree) {
    out->failed = true;
    return;
  }
  if (work->request.account)
    work->method->act(work, tree, &outcome);
  else
    outcome_fail(&outcome, ERROR_NO_ACCESS, NO_ACCOUNT);
  buffer_printf(out, "<Result><StatusCode>%s</StatusCode><StatusMessage>",
                outcome.code ? "Error" : "OK");
  escape_xml(out, outcome.message, strlen(outcome.message));
  buffer_printf(out, "</StatusMessage><OrdinalID>%d</OrdinalID>", work->count);
  if (outcome.code)
    buffer_printf(out, "<ErrorCode>%d</ErrorCode>", outcome.code);
  work->method->add(work, tree, &outcome);
  buffer_add_text(out, "</Result>");
  work->count++;
  work->failed += outcome.code != 0;
  node_free(tree);
  buffer_free(&outcome.extra);
}

static int answer(struct call *call, const struct work *work) {
  const char *name = work->method->name;
  struct buffer action = {0};
  char id[GUID_SIZE];
  random_guid(id, random_number());
  buffer_printf(&action, "%sResponse", name);
  answer_begin(call, buffer_text(&action));
  buffer_printf(call->out,
                "<%sResponseMsg xmlns=\"http://exacttarget.com/wsdl/partnerAPI\">"
                "<Results>",
                name);
  buffer_add(call->out, work->results.data, work->results.size);
  buffer_printf(call->out,
                "</Results><OverallStatus>%s</OverallStatus><OverallStatusMessage>%s"
                "</OverallStatusMessage><RequestID>%s</RequestID></%sResponseMsg>",
                !work->count                 ? "Error"
                : !work->failed              ? "OK"
                : work->failed < work->count ? "Has Errors"
                                             : "Error",
                work->count ? "" : "The request has no objects.", id, name);
  answer_end(call);
  bool broken = work->results.failed || action.failed || call->out->failed;
  buffer_free(&action);
  return broken ? SOAP_EOM : SOAP_STOP;
}

static int serve(struct call *call, struct work *work, const char *action,
                 const struct et__ClientID *client, const struct et__APIObject *objects,
                 int count) {
  struct store *store = &call->service->world->store;
  if (work->schedule && answer_wrong_date(call, "ScheduleDefinition", work->schedule))
    return SOAP_STOP;
  for (int i = 0; i < count; i++)
    if (answer_wrong_date(call, "APIObject", &objects[i]))
      return SOAP_STOP;
  work->request =
      (struct object_request){call->service->world, call_account(call, client), SAVE_ADD};
  work->action = action ? action : "";
  store_write(store);
  for (int i = 0; i < count; i++)
    act_on(work, &objects[i]);
  store_release(store);
  int status = answer(call, work);
  buffer_free(&work->results);
  return status;
}

int __et__Perform(struct soap *soap, struct _et__PerformRequestMsg *request,
                  struct _et__PerformResponseMsg *unused) {
  (void)unused;
  struct work work = {.method = &perform_method};
  bool any = request && request->Definitions;
  return serve(soap->user, &work, request ? request->Action : NULL,
               request && request->Options ? request->Options->Client : NULL,
               any ? request->Definitions->Definition : NULL,
               any ? request->Definitions->__sizeDefinition : 0);
}

int __et__Configure(struct soap *soap, struct _et__ConfigureRequestMsg *request,
                    struct _et__ConfigureResponseMsg *unused) {
  (void)unused;
  struct work work = {.method = &configure_method};
  bool any = request && request->Configurations;
  return serve(soap->user, &work, request ? request->Action : NULL,
               request && request->Options ? request->Options->Client : NULL,
               any ? request->Configurations->Configuration : NULL,
               any ? request->Configurations->__sizeConfiguration : 0);
}

int __et__Schedule(struct soap *soap, struct _et__ScheduleRequestMsg *request,
                   struct _et__ScheduleResponseMsg *unused) {
  (void)unused;
  struct work work = {.method = &schedule_method, .schedule = request ? request->Schedule : NULL};
  bool any = request && request->Interactions;
  return serve(soap->user, &work, request ? request->Action : NULL,
               request && request->Options ? request->Options->Client : NULL,
               any ? request->Interactions->Interaction : NULL,
               any ? request->Interactions->__sizeInteraction : 0);
}
