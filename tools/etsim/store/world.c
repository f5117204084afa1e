#include "store/world.h"

#include <stdio.h>
#include <string.h>

#include "contract/retrievable.h"
#include "contract/types.h"
#include "ground/date.h"
#include "ground/random.h"

enum { PARENT_MID = 10001, FIRST_CHILD_MID = 10002 };

bool world_init(struct world *world, uint64_t seed, size_t sends, uint32_t subscribers) {
  *world = (struct world){.next_due = INT64_MAX,
                          .accounts = {PARENT_MID, FIRST_CHILD_MID, FIRST_CHILD_MID + 1}};
  return store_init(&world->store) && demo_init(&world->demo, seed, sends, sends ? subscribers : 0,
                                                world->accounts, WORLD_ACCOUNTS);
}

void world_free(struct world *world) {
  demo_free(&world->demo);
  store_free(&world->store);
  due_free(&world->agenda);
}

bool world_complete(const char *type, struct node *tree) {
  if (!ets_retrievable_find(type, "IsPlatformObject") || node_child(tree, "IsPlatformObject"))
    return true;
  return node_put(tree, "IsPlatformObject", "false");
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
  done = done && world_complete(type, tree) && node_put_number(tree, "Client.ID", account) &&
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
