/* One tree taken over into another. */
#include <stdint.h>
#include <stdlib.h>
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

/* What a pair is called; NULL: it is none, or has no name. */
static const char *name_of(const struct node *node) {
  return is_pair(node) ? node_text(node, "Name") : NULL;
}

/* The pairs of a tree by what they are called: there may be tens of thousands. */
struct pairs {
  struct node **slots; /* NULL: not made yet, or out of memory */
  size_t size;         /* a power of two, above the pairs that there may be */
};

static uint64_t hash_text(uint64_t hash, const char *text) {
  for (; *text; text++)
    hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
  return hash;
}

/* Where a pair is, or belongs. */
static struct node **slot_of(const struct pairs *pairs, const struct node *pair) {
  const char *name = name_of(pair);
  uint64_t hash = hash_text(hash_text(UINT64_C(14695981039346656037), pair->name), name);
  size_t at = (size_t)(hash ^ hash >> 32) & (pairs->size - 1);
  for (struct node *there; (there = pairs->slots[at]); at = (at + 1) & (pairs->size - 1))
    if (strcmp(there->name, pair->name) == 0 && strcmp(name_of(there), name) == 0)
      break;
  return &pairs->slots[at];
}

static size_t count_children(const struct node *tree) {
  size_t count = 0;
  for (const struct node *child = tree->first; child; child = child->next)
    count++;
  return count;
}

/* @param coming  at most so many more are added */
static bool index_pairs(struct pairs *pairs, const struct node *tree, size_t coming) {
  if (pairs->slots)
    return true;
  size_t most = 2 * (count_children(tree) + coming);
  for (pairs->size = 8; pairs->size <= most;)
    pairs->size *= 2;
  pairs->slots = calloc(pairs->size, sizeof(struct node *));
  for (struct node *child = tree->first; pairs->slots && child; child = child->next) {
    struct node **slot = name_of(child) ? slot_of(pairs, child) : NULL;
    if (slot && !*slot)
      *slot = child;
  }
  return pairs->slots != NULL;
}

/* Some of the tree's children are gone. */
static void forget_pairs(struct pairs *pairs) {
  free(pairs->slots);
  pairs->slots = NULL;
}

/* @param coming  pairs, this one and what may be behind it */
static void merge_pair(struct pairs *pairs, struct node *into, struct node *pair, size_t coming) {
  struct node **old =
      name_of(pair) && index_pairs(pairs, into, coming) ? slot_of(pairs, pair) : NULL;
  if (!old || !*old) {
    append(into, pair);
    if (old)
      *old = pair;
    return;
  }
  node_merge(*old, pair);
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
  struct pairs pairs = {0};
  size_t coming = count_children(from);
  const char *replaced = NULL; /* name of a repeated element whose old ones are gone */
  for (struct node *child = from->first, *next; child; child = next) {
    next = child->next;
    if (child->nil) {
      forget_pairs(&pairs);
      node_remove(into, child->name);
      node_free(child);
    } else if (is_pair(child)) {
      merge_pair(&pairs, into, child, coming);
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
