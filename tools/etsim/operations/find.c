#include "operations/find.h"

#include <stdlib.h>
#include <string.h>

#include "kinds/computed.h"
#include "kinds/scan.h"

static void put_attributes(const struct world *world, struct node *tree, uint32_t subscriber) {
  for (unsigned i = 0; i < DEMO_ATTRIBUTES; i++) {
    struct node *attribute = node_new(tree, "Attributes");
    if (attribute && node_put(attribute, "Name", demo_attribute_name(i)))
      (void)node_put(attribute, "Value", demo_attribute(&world->demo, subscriber, i));
  }
}

static struct record *subscriber_by_number(struct world *world, uint32_t subscriber) {
  const struct kind *kind = &subscriber_kind;
  struct row row = {.kind = kind};
  row.event.subscriber = subscriber;
  struct node *tree = node_new(NULL, "Object");
  for (size_t i = 0; tree && i < kind->property_count; i++) {
    struct value value;
    char text[DEMO_KEY_SIZE];
    row_get(world, &row, &kind->properties[i], &value);
    const char *path = kind->properties[i].path;
    if (kind->properties[i].flags & PROPERTY_TREE)
      put_attributes(world, tree, subscriber);
    else if (value.kind == VALUE_INTEGER)
      (void)node_put_number(tree, path, value.number);
    else if (value.kind == VALUE_DATE)
      (void)node_put_date(tree, path, value.number);
    else if (value.kind == VALUE_TEXT && value.size < sizeof text) {
      memcpy(text, value.text, value.size);
      text[value.size] = 0;
      (void)node_put(tree, path, text);
    }
  }
  if (!tree || !store_shadow(&world->store, subscriber)) {
    node_free(tree);
    return NULL;
  }
  return store_add(&world->store, store_make_table(&world->store, "Subscriber"), tree,
                   world->accounts[0]);
}

/* A computed subscriber that no record has taken the place of; UINT32_MAX: none. */
static uint32_t computed_subscriber(const struct world *world, const struct node *tree) {
  const struct demo *demo = &world->demo;
  const char *key = node_text(tree, "SubscriberKey");
  const char *id = node_text(tree, "ID");
  const char *email = node_text(tree, "EmailAddress");
  uint32_t found = key     ? demo_subscriber_by_key(demo, key)
                   : id    ? demo_subscriber_by_id(demo, strtoll(id, NULL, 10))
                   : email ? demo_subscriber_by_email(demo, email)
                           : UINT32_MAX;
  return found != UINT32_MAX && store_is_shadowed(&world->store, found) ? UINT32_MAX : found;
}

static size_t find_by(const struct table *table, const struct node *tree, const char *const *names,
                      int account) {
  for (; *names; names++) {
    const char *text = node_text(tree, *names);
    if (text && *text)
      return store_find(table, *names, text, account);
  }
  return SIZE_MAX;
}

struct record *subscriber_find(struct world *world, const struct node *tree) {
  static const char *const names[] = {"SubscriberKey", "ID", "EmailAddress", NULL};
  struct table *table = store_table(&world->store, "Subscriber");
  size_t index = find_by(table, tree, names, 0);
  if (index != SIZE_MAX)
    return table->records[index];
  uint32_t computed = computed_subscriber(world, tree);
  return computed == UINT32_MAX ? NULL : subscriber_by_number(world, computed);
}

struct record *object_find(struct world *world, int account, const char *type,
                           const struct node *tree) {
  static const char *const names[] = {"ObjectID", "CustomerKey", "ID", "Name", NULL};
  if (strcmp(type, "Subscriber") == 0)
    return subscriber_find(world, tree);
  struct table *table = store_table(&world->store, type);
  size_t index = find_by(table, tree, names, account == world->accounts[0] ? 0 : account);
  return index == SIZE_MAX ? NULL : table->records[index];
}
