#include "operations/actions.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "ground/date.h"
#include "operations/find.h"
#include "operations/object_types.h"
#include "operations/rows.h"
#include "store/job.h"

struct acting {
  const struct object_request *request;
  const struct action *action;
  struct record *record; /* NULL for a computed send */
  const struct send *send;
  struct outcome *outcome;
  struct task *task;
};

struct action {
  const char *type; /* NULL: any that has no row with this name */
  const char *name;
  void (*act)(const struct acting *acting);
  const char *word; /* a status, or what to say */
};

static void accept(const struct acting *acting) {
  random_guid(acting->task->id, random_number());
  outcome_say(acting->outcome, "%s", acting->action->word);
}

static void set_trigger(const struct acting *acting) {
  (void)node_put(acting->record->tree, "TriggeredSendStatus", acting->action->word);
  outcome_say(acting->outcome, "The TriggeredSendDefinition is %s.", acting->action->word);
}

static void clear_rows(const struct acting *acting) {
  rows_clear(&acting->request->world->store, acting->record);
  outcome_say(acting->outcome, "The data extension is empty.");
}

/* Only what is not over can be paused, resumed or cancelled. */
static void change_send(const struct acting *acting) {
  const char *status = acting->record ? node_text(acting->record->tree, "Status") : "Complete";
  if (status && (strcmp(status, "Complete") == 0 || strcmp(status, "Canceled") == 0)) {
    outcome_fail(acting->outcome, ERROR_NOT_APPLICABLE, "The send is %s: it cannot be changed.",
                 status);
    return;
  }
  (void)node_put(acting->record->tree, "Status", acting->action->word);
  outcome_say(acting->outcome, "The send is %s.", acting->action->word);
}

static void start_automation(const struct acting *acting) {
  (void)node_put_date(acting->record->tree, "LastRunTime", date_now());
  random_guid(acting->task->id, random_number());
  (void)node_put(acting->record->tree, "LastRunInstanceID", acting->task->id);
  outcome_say(acting->outcome, "%s", acting->action->word);
}

/* The send waits to be sent: nobody was sent to yet. The task is called as the job is. */
static void start_send(const struct acting *acting) {
  struct world *world = acting->request->world;
  const struct node *definition = acting->record->tree;
  long job = job_next(&world->store);
  struct record *send =
      job_show(world, acting->request->account, definition, job, "Scheduled", date_now());
  const char *key = node_text(definition, "CustomerKey");
  const char *id = node_text(definition, "ObjectID");
  if (!send || (key && !node_put(send->tree, "EmailSendDefinition.CustomerKey", key)) ||
      (id && !node_put(send->tree, "EmailSendDefinition.ObjectID", id))) {
    outcome_fail(acting->outcome, ERROR_FAILED, "Out of memory.");
    return;
  }
  (void)snprintf(acting->task->id, sizeof acting->task->id, "%ld", job);
  outcome_say(acting->outcome, "%s", acting->action->word);
}

static const struct action actions[] = {
    {"TriggeredSendDefinition", "start", set_trigger, "Active"},
    {"TriggeredSendDefinition", "publish", set_trigger, "Active"},
    {"TriggeredSendDefinition", "pause", set_trigger, "Inactive"},
    {"TriggeredSendDefinition", "stop", set_trigger, "Inactive"},
    {"TriggeredSendDefinition", "cancel", set_trigger, "Canceled"},
    {"DataExtension", "ClearData", clear_rows, NULL},
    {"Send", "pause", change_send, "Paused"},
    {"Send", "resume", change_send, "Sending"},
    {"Send", "cancel", change_send, "Canceled"},
    {"EmailSendDefinition", "start", start_send, "EmailSendDefinition started."},
    {"EmailSendDefinition", "test", accept, "EmailSendDefinition tested."},
    {"EmailSendDefinition", "GetMaxCount", accept, "EmailSendDefinition counted."},
    {"Automation", "start", start_automation, "Automation started."},
    {"Automation", "stop", accept, "Automation stopped."},
    {"Automation", "pause", accept, "Automation paused."},
    {"Campaign", "stop", accept, "Campaign stopped."},
    {"ContentValidation", "validate", accept, "The content is valid."},
    {NULL, "start", accept, "Started."}};

/* A type that has actions of its own takes no others. */
static const struct action *find(const char *type, const char *name) {
  const struct action *general = NULL;
  bool special = false;
  for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
    const struct action *action = &actions[i];
    bool own = action->type && strcmp(action->type, type) == 0;
    bool named = strcasecmp(action->name, name) == 0;
    if (own && named)
      return action;
    special |= own;
    if (!action->type && named)
      general = action;
  }
  return special ? NULL : general;
}

bool action_is_known(const char *type, const char *action) {
  return find(type, action) != NULL;
}

void action_perform(const struct object_request *request, const char *name, const struct node *tree,
                    struct outcome *outcome, struct task *task) {
  const char *type = tree->type ? tree->type : "APIObject";
  struct acting acting = {.request = request,
                          .action = find(type, name),
                          .record = object_find(request->world, type, tree),
                          .outcome = outcome,
                          .task = task};
  bool is_send = strcmp(type, "Send") == 0;
  if (is_send && !acting.record)
    acting.send = demo_send_find(&request->world->demo, node_number(tree, "ID", 0));
  if (!acting.action)
    outcome_fail(outcome, ERROR_NOT_APPLICABLE, "%.60s does not take the action %.60s.", type,
                 *name ? name : "that is missing");
  else if (!acting.record && !acting.send)
    outcome_fail(outcome, object_type_find(type)->missing, "There is no %.60s with this key.",
                 type);
  else
    acting.action->act(&acting);
}
