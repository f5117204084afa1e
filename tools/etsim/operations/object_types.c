#include "operations/object_types.h"

#include <stdlib.h>
#include <string.h>

#include "contract/types.h"
#include "operations/data_extension.h"
#include "operations/rows.h"
#include "operations/subscriber.h"
#include "operations/triggered.h"
#include "store/data_extension.h"
#include "store/job.h"

/* Not one that a client made: events name it. */
static bool is_sent(const struct world *world, const struct node *tree) {
  const char *id = node_text(tree, "ID");
  return id && (demo_send_find(&world->demo, strtoll(id, NULL, 10)) || job_is_shown(world, id));
}

/* Everything names its account. */
static bool end_account(struct world *world, const struct node *tree, struct outcome *outcome) {
  if (!world_has_account(world, node_number(tree, "ID", 0)))
    return true;
  outcome_fail(outcome, ERROR_NOT_ALLOWED, "Delete is not allowed on account %.20s: it is in use.",
               node_text(tree, "ID"));
  return false;
}

static bool end_folder(struct world *world, const struct node *tree, struct outcome *outcome) {
  const char *id = node_text(tree, "ID");
  const struct table *folders = store_table(&world->store, "DataFolder");
  if (!id || store_find(folders, "ParentFolder.ID", id, 0) == SIZE_MAX)
    return true;
  outcome_fail(outcome, ERROR_NOT_ALLOWED,
               "Delete is not allowed on DataFolder %.20s: there are folders in it.", id);
  return false;
}

static bool end_user(struct world *world, const struct node *tree, struct outcome *outcome) {
  (void)outcome;
  const char *id = node_text(tree, "AccountUserID");
  if (id)
    store_remove_all(store_table(&world->store, "AccountUserAccount"), "AccountUser.AccountUserID",
                     id);
  return true;
}

static bool end_list(struct world *world, const struct node *tree, struct outcome *outcome) {
  (void)outcome;
  store_remove_all(store_table(&world->store, "ListSubscriber"), "ListID", node_text(tree, "ID"));
  return true;
}

static bool end_subscriber(struct world *world, const struct node *tree, struct outcome *outcome) {
  (void)outcome;
  store_remove_all(store_table(&world->store, "ListSubscriber"), "SubscriberKey",
                   node_text(tree, "SubscriberKey"));
  return true;
}

static bool end_triggered(struct world *world, const struct node *tree, struct outcome *outcome) {
  (void)outcome;
  store_remove_all(store_table(&world->store, "TriggeredSendSummary"),
                   "TriggeredSendDefinition.ObjectID", node_text(tree, "ObjectID"));
  return true;
}

static bool end_data_extension(struct world *world, const struct node *tree,
                               struct outcome *outcome) {
  char name[DATA_EXTENSION_NAME_SIZE];
  (void)outcome;
  data_extension_table(name, sizeof name, node_text(tree, "CustomerKey"));
  store_remove_all(store_table(&world->store, name), NULL, NULL);
  return true;
}

static const struct object_type others = {
    .exists = ERROR_EXISTS,
    .missing = ERROR_FAILED,
};

static const struct object_type types[] = {
    {
        .name = "Account",
        .exists = ERROR_EXISTS,
        .missing = ERROR_FAILED,
        .end = end_account,
    },
    {
        .name = "AccountUser",
        .exists = ERROR_EXISTS,
        .missing = ERROR_FAILED,
        .end = end_user,
    },
    {
        .name = "BusinessUnit",
        .exists = ERROR_EXISTS,
        .missing = ERROR_FAILED,
        .end = end_account,
    },
    {
        .name = "DataExtension",
        .exists = DATA_EXTENSION_EXISTS,
        .exists_text = "Updating an existing data extension is not allowed when adding one.",
        .missing = DATA_EXTENSION_MISSING,
        .delete_missing = DATA_EXTENSION_DELETE_MISSING,
        .nothing_to_delete = "The data extension to delete was not found.",
        .check = data_extension_check,
        .complete = data_extension_complete,
        .change = data_extension_change,
        .end = end_data_extension,
    },
    {
        .name = "DataExtensionObject",
        .save = rows_save,
        .remove = rows_delete,
    },
    {
        .name = "DataFolder",
        .exists = ERROR_EXISTS,
        .missing = ERROR_FAILED,
        .end = end_folder,
    },
    {
        .name = "List",
        .exists = ERROR_EXISTS,
        .missing = ERROR_FAILED,
        .end = end_list,
    },
    {
        .name = "Send",
        .exists = ERROR_EXISTS,
        .missing = ERROR_FAILED,
        .is_fixed = is_sent,
    },
    {
        .name = "Subscriber",
        .exists = SUBSCRIBER_EXISTS,
        .exists_text = "The subscriber is already on the list.",
        .missing = SUBSCRIBER_NOT_FOUND,
        .check = subscriber_check,
        .complete = subscriber_complete,
        .change = subscriber_change,
        .end = end_subscriber,
    },
    {
        .name = "TriggeredSend",
        .save = triggered_send,
    },
    {
        .name = "TriggeredSendDefinition",
        .exists = ERROR_EXISTS,
        .missing = TRIGGERED_DEFINITION_NOT_FOUND,
        .complete = triggered_complete,
        .end = end_triggered,
    },
};

const struct object_type *object_type_find(const char *name) {
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (strcmp(types[i].name, name) == 0)
      return &types[i];
  return &others;
}

/* What the service makes by itself. */
static bool is_made_by_service(const char *name) {
  static const char *const names[] = {"Link",
                                      "LinkSend",
                                      "ListSend",
                                      "ListSubscriber",
                                      "Portfolio",
                                      "SendSummary",
                                      "SubscriberSendResult",
                                      "DataExtensionField",
                                      "DataExtensionTemplate",
                                      "ImportResultsSummary",
                                      "TriggeredSendSummary",
                                      "ResultItem",
                                      "ResultMessage",
                                      "SendAdditionalAttribute",
                                      "ImportDefinitionFieldMap",
                                      "FieldMap"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(names[i], name) == 0)
      return true;
  return false;
}

bool object_type_is_writable(const char *name) {
  const struct ets_type *type = ets_type_find(name, strlen(name));
  const struct ets_type *event = ets_type_find("TrackingEvent", sizeof "TrackingEvent" - 1);
  return type && type->base && !(event && ets_type_is(type, event)) && !is_made_by_service(name);
}
