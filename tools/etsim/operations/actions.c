#include "operations/actions.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "operations/find.h"
#include "operations/happenings.h"
#include "operations/imports.h"
#include "operations/object_types.h"
#include "operations/rows.h"
#include "store/sends.h"

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

static void refuse_over(const struct acting *acting, const char *status) {
  outcome_fail(acting->outcome, ERROR_NOT_APPLICABLE, "The send is %s: it cannot be changed.",
               status);
}

/* Only what is not over can be paused, resumed or cancelled. */
static void change_told(const struct acting *acting) {
  const char *status = node_text(acting->record->tree, "Status");
  if (status && (strcmp(status, "Complete") == 0 || strcmp(status, "Canceled") == 0)) {
    refuse_over(acting, status);
    return;
  }
  (void)node_put(acting->record->tree, "Status", acting->action->word);
  outcome_say(acting->outcome, "The send is %s.", acting->action->word);
}

static void change_send(const struct acting *acting) {
  struct demo *demo = &acting->request->world->demo;
  if (acting->record) {
    change_told(acting);
    return;
  }
  struct demo_started *started = acting->send->started;
  const char *status = demo_send_status(demo, acting->send);
  if (!started || strcmp(status, "Complete") == 0 || started->canceled) {
    refuse_over(acting, status);
    return;
  }
  bool resumed = strcmp(acting->action->word, "Sending") == 0;
  started->canceled = strcmp(acting->action->word, "Canceled") == 0;
  started->stopped = resumed ? INT64_MAX : clock_now(&demo->clock);
  sends_keep(acting->request->world, acting->send);
  outcome_say(acting->outcome, "The send is %s.", acting->action->word);
}

enum { RUNNING = 3, STOPPED = 5 };

static bool keep_run(const struct acting *acting, const char *id, int64_t now) {
  struct world *world = acting->request->world;
  const struct node *automation = acting->record->tree;
  const char *object_id = node_text(automation, "ObjectID"), *name = node_text(automation, "Name");
  struct node *run = node_new(NULL, "Object");
  bool done = run && node_put(run, "ObjectID", id) && node_put(run, "CustomerKey", id) &&
              node_put(run, "Name", name ? name : "") && node_put_number(run, "Status", RUNNING) &&
              node_put(run, "AutomationID", object_id ? object_id : "") &&
              node_put(run, "StatusMessage", "Running") &&
              node_put_date(run, "StatusLastUpdate", now) && node_put_date(run, "StartTime", now);
  if (!done) {
    node_free(run);
    return false;
  }
  return world_keep(world, "AutomationInstance", run, acting->request->account) &&
         (!object_id || (happenings_of_run(world, acting->request->account, object_id, id, now) &&
                         imports_of_run(world, acting->request->account, object_id, now)));
}

static void start_automation(const struct acting *acting) {
  struct node *automation = acting->record->tree;
  int64_t now = world_now(acting->request->world);
  random_guid(acting->task->id, random_number());
  (void)node_put_date(automation, "LastRunTime", now);
  (void)node_put(automation, "LastRunInstanceID", acting->task->id);
  (void)node_put_number(automation, "Status", RUNNING);
  if (keep_run(acting, acting->task->id, now))
    outcome_say(acting->outcome, "%s", acting->action->word);
  else
    outcome_fail(acting->outcome, ERROR_FAILED, "Out of memory.");
}

/* The run that is under way ends where it is. */
static void stop_automation(const struct acting *acting) {
  struct world *world = acting->request->world;
  const char *id = node_text(acting->record->tree, "LastRunInstanceID");
  const struct table *runs = store_table(&world->store, "AutomationInstance");
  size_t index = id ? store_find(runs, "ObjectID", id, 0) : SIZE_MAX;
  struct node *run = index == SIZE_MAX ? NULL : runs->records[index]->tree;
  const char *state = run ? node_text(run, "StatusMessage") : NULL;
  (void)node_put_number(acting->record->tree, "Status", STOPPED);
  if (state && strcmp(state, "Running") == 0) {
    (void)node_put_number(run, "Status", STOPPED);
    (void)node_put(run, "StatusMessage", "Stopped");
    (void)node_put_date(run, "CompletedTime", world_now(world));
  }
  random_guid(acting->task->id, random_number());
  outcome_say(acting->outcome, "%s", acting->action->word);
}

/* Its result is found by the task. */
static void start_import(const struct acting *acting) {
  struct world *world = acting->request->world;
  long task =
      imports_start(world, acting->request->account, acting->record->tree, world_now(world));
  if (task) {
    snprintf(acting->task->id, sizeof acting->task->id, "%ld", task);
    outcome_say(acting->outcome, "%s", acting->action->word);
  } else {
    outcome_fail(acting->outcome, ERROR_FAILED, "Out of memory.");
  }
}

/* The task is called as the job is. */
static void start_send(const struct acting *acting) {
  long job = sends_start(acting->request->world, acting->request->account, acting->record->tree);
  if (!job) {
    outcome_fail(acting->outcome, ERROR_FAILED,
                 "%d sends were started: that is as many as this stand-in takes.",
                 (int)DEMO_STARTED_LIMIT);
    return;
  }
  snprintf(acting->task->id, sizeof acting->task->id, "%ld", job);
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
    {"ImportDefinition", "start", start_import, "ImportDefinition started."},
    {"Automation", "start", start_automation, "Automation started."},
    {"Automation", "stop", stop_automation, "Automation stopped."},
    {"Automation", "pause", stop_automation, "Automation paused."},
    {"Campaign", "stop", accept, "Campaign stopped."},
    {"ContentValidation", "validate", accept, "The content is valid."},
    {NULL, "start", accept, "Started."}};

/* A type that has actions of its own takes no others. */
static const struct action *find(const char *type, const char *name) {
  const struct action *general = NULL;
  bool special = false;
  for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
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
                          .record = object_find(request->world, request->account, type, tree),
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
