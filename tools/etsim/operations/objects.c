#include "operations/objects.h"

#include <stdio.h>

#include "ground/date.h"
#include "operations/find.h"
#include "operations/object_types.h"

/* The account that an object names as its own, or else the caller's. In a business unit nothing is
 * done for another one. @return 0: there is none like that */
static int owner_of(const struct object_request *request, const struct node *tree,
                    struct outcome *outcome) {
  long wanted = node_number(tree, "Client.ID", 0);
  const struct world *world = request->world;
  if (!wanted || wanted == request->account)
    return request->account;
  if (request->account == world->accounts[0] && world_has_account(world, wanted))
    return (int)wanted;
  outcome_fail(outcome, ERROR_NO_ACCESS, "There is no account %ld to which you have access.",
               wanted);
  return 0;
}

/* Ids are given once, whatever else the object was found by. */
static void drop_ids(struct node *tree, const struct node *known) {
  static const char *const ids[] = {"ID", "ObjectID"};
  for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
    if (!known || node_text(known, ids[i]))
      node_remove(tree, ids[i]);
}

static void add(const struct object_request *request, const struct object_type *row,
                struct node *tree, struct outcome *outcome) {
  char type[128];
  snprintf(type, sizeof type, "%s", tree->type);
  if (row->check && !row->check(request->world, tree, outcome)) {
    node_free(tree);
    return;
  }
  node_drop_nil(tree);
  drop_ids(tree, NULL);
  if (row->complete)
    row->complete(request->world, tree, request->account);
  struct record *record = world_keep(request->world, type, tree, request->account);
  if (!record) {
    outcome_fail(outcome, ERROR_FAILED, "Out of memory.");
    return;
  }
  snprintf(outcome->new_id, sizeof outcome->new_id, "%s", node_text(record->tree, "ID"));
  snprintf(outcome->new_object_id, sizeof outcome->new_object_id, "%s",
           node_text(record->tree, "ObjectID"));
  outcome_say(outcome, "Created %s.", type);
}

/* Clients send objects back as they read them, ObjectID nil and all: what an object is known by
 * cannot be cleared. */
static void keep_names(struct node *tree) {
  static const char *const names[] = {"ID",          "ObjectID",     "CustomerKey", "SubscriberKey",
                                      "CreatedDate", "ModifiedDate", "Client"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const struct node *child = node_child(tree, names[i]);
    if (child && child->nil)
      node_remove(tree, names[i]);
  }
}

static void refuse_existing(const struct object_type *row, const struct node *tree,
                            struct outcome *outcome) {
  if (row->exists_text)
    outcome_fail(outcome, row->exists, "%s", row->exists_text);
  else
    outcome_fail(outcome, row->exists, "An object of type %.60s with this key exists.", tree->type);
}

/* A key can be another one, that no other object has. */
static bool keep_identity(const struct object_request *request, const struct object_type *row,
                          const struct record *record, struct node *tree, struct outcome *outcome) {
  drop_ids(tree, record->tree);
  const char *key = node_text(tree, "CustomerKey");
  const struct table *table = store_table(&request->world->store, tree->type);
  size_t other = key && *key ? store_find(table, "CustomerKey", key, 0) : SIZE_MAX;
  if (other == SIZE_MAX || table->records[other] == record)
    return true;
  refuse_existing(row, tree, outcome);
  return false;
}

static void update(const struct object_request *request, const struct object_type *row,
                   struct record *record, struct node *tree, struct outcome *outcome) {
  keep_names(tree);
  if (!keep_identity(request, row, record, tree, outcome)) {
    node_free(tree);
    return;
  }
  if (!row->change || row->change(request->world, record, tree, outcome)) {
    outcome_say(outcome, "Updated %s.", tree->type);
    store_merge(store_table(&request->world->store, tree->type), record, tree);
    (void)node_put_date(record->tree, "ModifiedDate", world_now(request->world));
  }
  node_free(tree);
}

static bool check_writable(const struct node *tree, struct outcome *outcome) {
  if (tree->type && object_type_is_writable(tree->type))
    return true;
  outcome_fail(outcome, ERROR_NOT_SUPPORTED,
               "The operation does not support objects of type %.60s.",
               tree->type ? tree->type : "APIObject");
  return false;
}

/* What was sent cannot be told otherwise. */
static void refuse_fixed(const char *method, const struct node *tree, struct outcome *outcome) {
  outcome_fail(outcome, ERROR_NOT_ALLOWED, "%s is not allowed on %.60s %.20s: it is already sent.",
               method, tree->type, node_text(tree, "ID"));
}

static void save(const struct object_request *request, const struct object_type *row,
                 struct node *tree, struct outcome *outcome) {
  struct record *record = object_find(request->world, request->account, tree->type, tree);
  bool fixed = row->is_fixed && row->is_fixed(request->world, tree);
  if (record && request->mode != SAVE_ADD && !fixed) {
    update(request, row, record, tree, outcome);
    return;
  }
  if (fixed) {
    refuse_fixed(request->mode == SAVE_ADD ? "Create" : "Update", tree, outcome);
  } else if (!record && request->mode == SAVE_UPDATE) {
    outcome_fail(outcome, row->missing, "There is no %.60s with this key.", tree->type);
  } else if (record || object_find(request->world, 0, tree->type, tree)) {
    refuse_existing(row, tree, outcome);
  } else {
    add(request, row, tree, outcome);
    return;
  }
  node_free(tree);
}

void objects_save(const struct object_request *request, struct node *tree,
                  struct outcome *outcome) {
  if (!check_writable(tree, outcome)) {
    node_free(tree);
    return;
  }
  const struct object_type *row = object_type_find(tree->type);
  struct object_request owned = *request;
  owned.account = owner_of(request, tree, outcome);
  if (!owned.account) {
    node_free(tree);
  } else if (row->save) {
    row->save(&owned, tree, outcome);
    node_free(tree);
  } else {
    save(&owned, row, tree, outcome);
  }
}

void objects_delete(const struct object_request *request, const struct node *tree,
                    struct outcome *outcome) {
  if (!check_writable(tree, outcome))
    return;
  const struct object_type *row = object_type_find(tree->type);
  if (row->remove) {
    row->remove(request, tree, outcome);
    return;
  }
  struct record *record = object_find(request->world, request->account, tree->type, tree);
  if (row->is_fixed && row->is_fixed(request->world, tree)) {
    refuse_fixed("Delete", tree, outcome);
    return;
  }
  if (!record && row->delete_missing) {
    outcome_fail(outcome, row->delete_missing, "%s", row->nothing_to_delete);
    return;
  }
  if (record && row->end && !row->end(request->world, record->tree, outcome))
    return;
  if (record)
    store_remove_record(store_table(&request->world->store, tree->type), record);
  outcome_say(outcome, "Deleted %s.", tree->type);
}
