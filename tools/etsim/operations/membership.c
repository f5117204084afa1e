#include "operations/membership.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ground/date.h"
#include "store/member.h"
#include "store/tracked.h"

enum { SUBSCRIBE_ERROR = 12010 };

bool membership_knows(const struct world *world, long list) {
  char id[24];
  snprintf(id, sizeof id, "%ld", list);
  return list == ALL_SUBSCRIBERS ||
         store_find(store_table(&world->store, "List"), "ID", id, 0) != SIZE_MAX;
}

bool membership_check(const struct world *world, const struct node *subscriber,
                      struct outcome *outcome) {
  for (const struct node *list = subscriber->first; list; list = list->next) {
    const char *id = strcmp(list->name, "Lists") == 0 ? node_text(list, "ID") : NULL;
    if (id && !membership_knows(world, strtol(id, NULL, 10))) {
      outcome_fail(outcome, SUBSCRIBE_ERROR, "There is no list %.20s to subscribe to.", id);
      return false;
    }
  }
  return true;
}

void membership_set_status(const struct world *world, struct node *tree, const char *status) {
  static const char gone[] = "Unsubscribed", date[] = "UnsubscribedDate";
  const char *before = node_text(tree, "Status");
  bool was_gone = before && strcmp(before, gone) == 0;
  if (strcmp(status, gone) != 0)
    node_remove(tree, date);
  else if (!was_gone || !node_text(tree, date))
    (void)node_put_date(tree, date, world_now(world));
  (void)node_put(tree, "Status", status);
}

struct record *membership_join(struct world *world, const char *key, const char *list,
                               int account) {
  struct node *member = node_new(NULL, "Object");
  if (member && node_put(member, "ListID", list) && node_put(member, "SubscriberKey", key) &&
      node_put(member, "Status", "Active"))
    return world_keep(world, "ListSubscriber", member, account);
  node_free(member);
  return NULL;
}

static void take(struct world *world, const char *key, const struct node *list, int account) {
  const char *id = node_text(list, "ID"), *status = node_text(list, "Status");
  if (!id)
    return;
  struct record *member = member_find(&world->store, key, strtol(id, NULL, 10));
  if (!member)
    member = membership_join(world, key, id, account);
  if (!member || !status)
    return;
  membership_set_status(world, member->tree, status);
  (void)node_put_date(member->tree, "ModifiedDate", world_now(world));
}

void membership_take(struct world *world, const struct node *subscriber, const char *key,
                     int account) {
  for (const struct node *list = subscriber->first; list && key; list = list->next)
    if (strcmp(list->name, "Lists") == 0)
      take(world, key, list, account);
}
