#include "operations/recipient.h"

#include <string.h>

#include "operations/membership.h"
#include "store/member.h"

static bool is_set(const struct node *definition, const char *name) {
  const char *text = node_text(definition, name);
  return text && strcmp(text, "true") == 0;
}

/* A subscriber of the demo data whose place on the list nobody has changed; UINT32_MAX: none. */
static uint32_t computed_member(const struct world *world, const struct node *subscriber,
                                long list) {
  for (size_t i = 0; i < DEMO_LISTS; i++)
    if (demo_list_id(i) == list)
      return demo_subscriber_by_id(&world->demo, node_number(subscriber, "ID", 0));
  return UINT32_MAX;
}

bool recipient_has_left(const struct world *world, const struct node *definition,
                        const struct node *subscriber) {
  long list = node_number(definition, "List.ID", 0);
  if (!membership_knows(world, list))
    return false;
  const struct record *member =
      member_find(&world->store, node_text(subscriber, "SubscriberKey"), list);
  if (member) {
    const char *status = node_text(member->tree, "Status");
    return status && strcmp(status, "Unsubscribed") == 0;
  }
  int64_t date;
  uint32_t computed = computed_member(world, subscriber, list);
  return computed != UINT32_MAX &&
         demo_status(&world->demo, computed, (int)list, &date) == DEMO_UNSUBSCRIBED;
}

static void update(const struct world *world, struct node *subscriber, const struct node *given) {
  const struct table *profile = store_table(&world->store, "PropertyDefinition");
  struct node *changes = node_new(NULL, "Object");
  for (const struct node *pair = given->first; changes && pair; pair = pair->next) {
    const char *name = strcmp(pair->name, "Attributes") == 0 ? node_text(pair, "Name") : NULL;
    if (name && store_find(profile, "Name", name, 0) != SIZE_MAX)
      (void)node_copy(changes, pair);
  }
  if (changes && changes->first)
    node_merge(subscriber, changes);
  node_free(changes);
}

void recipient_take(struct world *world, int account, const struct node *definition,
                    struct node *subscriber, const struct node *given) {
  long list = node_number(definition, "List.ID", 0);
  const char *key = node_text(subscriber, "SubscriberKey");
  if (list && is_set(definition, "AutoAddSubscribers") && membership_knows(world, list) &&
      !member_find(&world->store, key, list) &&
      computed_member(world, subscriber, list) == UINT32_MAX)
    membership_join(world, key, node_text(definition, "List.ID"), account);
  if (is_set(definition, "AutoUpdateSubscribers"))
    update(world, subscriber, given);
}
