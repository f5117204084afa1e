/* One tree taken over into another. */
#include <string.h>

#include "ground/node.h"

static bool is_repeated(const struct node *child) {
  for (const struct node *other = child->next; other; other = other->next)
    if (strcmp(other->name, child->name) == 0)
      return true;
  return false;
}

static void append(struct node *into, struct node *child) {
  child->next = NULL;
  if (into->last)
    into->last->next = child;
  else
    into->first = child;
  into->last = child;
}

/* A name with a value, of which an object has many. */
static bool is_pair(const struct node *node) {
  return (strcmp(node->name, "Attributes") == 0 || strcmp(node->name, "PartnerProperties") == 0) &&
         node_child(node, "Name");
}

static struct node *pair_like(const struct node *node, const struct node *pair) {
  const char *name = node_text(pair, "Name");
  for (struct node *child = node->first; child; child = child->next) {
    const char *other = strcmp(child->name, pair->name) == 0 ? node_text(child, "Name") : NULL;
    if (other && name && strcmp(other, name) == 0)
      return child;
  }
  return NULL;
}

static void merge_pair(struct node *into, struct node *pair) {
  struct node *old = pair_like(into, pair);
  if (!old) {
    append(into, pair);
    return;
  }
  node_merge(old, pair);
  node_free(pair);
}

void node_drop_nil(struct node *node) {
  struct node **link = &node->first;
  node->last = NULL;
  while (*link) {
    struct node *child = *link;
    if (child->nil) {
      *link = child->next;
      node_free(child);
      continue;
    }
    node_drop_nil(child);
    node->last = child;
    link = &child->next;
  }
}

/* `again`: one of the same name came before it */
static void merge_element(struct node *into, struct node *child, bool again, bool repeated) {
  struct node *old = node_child(into, child->name);
  if (again) {
    append(into, child);
  } else if (old && old->first && child->first && !repeated) {
    node_merge(old, child);
    node_free(child);
  } else {
    node_remove(into, child->name);
    node_drop_nil(child);
    append(into, child);
  }
}

void node_merge(struct node *into, struct node *from) {
  const char *replaced = NULL; /* name of a repeated element whose old ones are gone */
  for (struct node *child = from->first, *next; child; child = next) {
    next = child->next;
    if (child->nil) {
      node_remove(into, child->name);
      node_free(child);
    } else if (is_pair(child)) {
      merge_pair(into, child);
    } else {
      bool again = replaced && strcmp(replaced, child->name) == 0;
      bool repeated = again || is_repeated(child);
      if (repeated)
        replaced = child->name;
      merge_element(into, child, again, repeated);
    }
  }
  from->first = from->last = NULL;
}

struct node *node_copy(struct node *parent, const struct node *from) {
  struct node *copy = node_new(parent, from->name);
  if (!copy)
    return NULL;
  copy->nil = from->nil;
  if (from->type)
    copy->type = strdup(from->type);
  if (from->text)
    (void)node_set_text(copy, from->text);
  copy->nil = from->nil;
  for (const struct node *child = from->first; child; child = child->next)
    (void)node_copy(copy, child);
  return copy;
}
