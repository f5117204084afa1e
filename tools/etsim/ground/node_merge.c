/* One tree taken over into another. */
#include <stdlib.h>
#include <string.h>

#include "ground/names.h"
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

/* What a pair is called; NULL: it is none, or has no name. */
static const char *name_of(const struct node *node) {
  return is_pair(node) ? node_text(node, "Name") : NULL;
}

/* The pairs of a tree by what they are called: there may be tens of thousands. */
struct pairs {
  bool known;
  struct names attributes, partners;
};

static struct names *pairs_like(struct pairs *pairs, const struct node *pair) {
  return strcmp(pair->name, "Attributes") == 0 ? &pairs->attributes : &pairs->partners;
}

static bool know_pairs(struct pairs *pairs, const struct node *tree) {
  bool done = true;
  for (const struct node *child = tree->first; done && !pairs->known && child;
       child = child->next) {
    const char *name = name_of(child);
    done = !name || names_put(pairs_like(pairs, child), name, child);
  }
  return pairs->known = done;
}

/* Some of the tree's children are gone. */
static void forget_pairs(struct pairs *pairs) {
  names_free(&pairs->attributes);
  names_free(&pairs->partners);
  pairs->known = false;
}

static void merge_pair(struct pairs *pairs, struct node *into, struct node *pair) {
  const char *name = name_of(pair);
  struct names *alike = name && know_pairs(pairs, into) ? pairs_like(pairs, pair) : NULL;
  struct node *old = alike ? names_get(alike, name) : NULL;
  if (old) {
    node_remove(pair, "Name"); /* it is the same, and what the old one is known by */
    node_merge(old, pair);
    node_free(pair);
    return;
  }
  append(into, pair);
  if (alike)
    pairs->known = names_put(alike, name, pair);
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
static void merge_element(struct pairs *pairs, struct node *into, struct node *child, bool again,
                          bool repeated) {
  struct node *old = node_child(into, child->name);
  if (again) {
    append(into, child);
  } else if (old && old->first && child->first && !repeated) {
    node_merge(old, child);
    node_free(child);
  } else {
    forget_pairs(pairs);
    node_remove(into, child->name);
    node_drop_nil(child);
    append(into, child);
  }
}

void node_merge(struct node *into, struct node *from) {
  struct pairs pairs = {.attributes.exact = true, .partners.exact = true};
  const char *replaced = NULL; /* name of a repeated element whose old ones are gone */
  for (struct node *child = from->first, *next; child; child = next) {
    next = child->next;
    if (child->nil) {
      forget_pairs(&pairs);
      node_remove(into, child->name);
      node_free(child);
    } else if (is_pair(child)) {
      merge_pair(&pairs, into, child);
    } else {
      bool again = replaced && strcmp(replaced, child->name) == 0;
      bool repeated = again || is_repeated(child);
      if (repeated)
        replaced = child->name;
      merge_element(&pairs, into, child, again, repeated);
    }
  }
  from->first = from->last = NULL;
  forget_pairs(&pairs);
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
