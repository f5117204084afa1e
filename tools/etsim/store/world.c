#include "store/world.h"

#include <stdio.h>
#include <string.h>

#include "contract/types.h"
#include "ground/date.h"
#include "ground/random.h"

enum { PARENT_MID = 10001, FIRST_CHILD_MID = 10002 };

/* The lists of the demo data are objects like any other: they can be changed. */
static bool add_list(struct store *store, int id, const char *name) {
  char number[16];
  struct node *tree = node_new(NULL, "Object");
  (void)snprintf(number, sizeof number, "%d", id);
  bool done = tree && node_put(tree, "Client.ID", "10001") &&
              node_put(tree, "CreatedDate", "2021-03-01T09:15:00.25") &&
              node_put(tree, "ModifiedDate", "2021-03-01T09:15:00.25") &&
              node_put(tree, "ID", number) && node_put(tree, "CustomerKey", number) &&
              node_put(tree, "ListName", name) && node_put(tree, "Type", "Public") &&
              node_put(tree, "ListClassification", "ExactTargetList") &&
              node_put(tree, "Category", "510002");
  if (!done) {
    node_free(tree);
    return false;
  }
  return store_add(store, store_make_table(store, "List"), tree, PARENT_MID) != NULL;
}

static bool add_lists(struct world *world) {
  for (size_t i = 0; i < DEMO_LISTS; i++)
    if (!add_list(&world->store, demo_list_id(i), demo_list_name(demo_list_id(i))))
      return false;
  return true;
}

bool world_init(struct world *world, uint64_t seed, size_t sends, uint32_t subscribers) {
  *world = (struct world){.accounts = {PARENT_MID, FIRST_CHILD_MID, FIRST_CHILD_MID + 1}};
  return store_init(&world->store) &&
         demo_init(&world->demo, seed, sends, sends ? subscribers : 0, world->accounts,
                   WORLD_ACCOUNTS) &&
         (!sends || add_lists(world));
}

void world_free(struct world *world) {
  demo_free(&world->demo);
  store_free(&world->store);
}

struct record *world_keep(struct world *world, const char *type, struct node *tree, int account) {
  char guid[GUID_SIZE];
  const struct ets_type *known = ets_type_find(type, strlen(type));
  bool done = true;
  if (!node_text(tree, "ID"))
    done = node_put_number(tree, "ID", world->store.next_id++);
  if (!node_text(tree, "ObjectID")) {
    random_guid(guid, random_number());
    done = done && node_put(tree, "ObjectID", guid);
  }
  if (known && !node_text(tree, "CustomerKey") && strcmp(type, "Subscriber") != 0) {
    random_guid(guid, random_number());
    done = done && node_put(tree, "CustomerKey", guid);
  }
  done = done && node_put_number(tree, "Client.ID", account) &&
         node_put_date(tree, "CreatedDate", world_now(world)) &&
         node_put_date(tree, "ModifiedDate", world_now(world));
  if (!done) {
    node_free(tree);
    return NULL;
  }
  return store_add(&world->store, store_make_table(&world->store, type), tree, account);
}

bool world_has_account(const struct world *world, long account) {
  for (size_t i = 0; i < WORLD_ACCOUNTS; i++)
    if (world->accounts[i] == account)
      return true;
  return false;
}
