#include "ground/node.h"

#include <stdlib.h>
#include <string.h>

#include "ground/buffer.h"

struct node *node_new(struct node *parent, const char *name) {
  struct node *node = calloc(1, sizeof *node);
  if (!node || !(node->name = strdup(name))) {
    free(node);
    return NULL;
  }
  if (parent) {
    if (parent->last)
      parent->last->next = node;
    else
      parent->first = node;
    parent->last = node;
  }
  return node;
}

struct node *node_new_after(struct node *parent, struct node *before, const char *name) {
  struct node *node = node_new(NULL, name);
  if (!node)
    return NULL;
  struct node **link = before ? &before->next : &parent->first;
  node->next = *link;
  *link = node;
  if (!node->next)
    parent->last = node;
  return node;
}

void node_free(struct node *node) {
  if (!node)
    return;
  for (struct node *child = node->first; child;) {
    struct node *next = child->next;
    node_free(child);
    child = next;
  }
  free(node->name);
  free(node->type);
  free(node->text);
  free(node);
}

bool node_set_text(struct node *node, const char *text) {
  char *copy = strdup(text);
  if (!copy)
    return false;
  free(node->text);
  node->text = copy;
  node->nil = false;
  return true;
}

struct node *node_child_named(const struct node *node, const char *name, size_t size) {
  for (struct node *child = node->first; child; child = child->next)
    if (strncmp(child->name, name, size) == 0 && !child->name[size])
      return child;
  return NULL;
}

struct node *node_child(const struct node *node, const char *name) {
  return node_child_named(node, name, strlen(name));
}

struct node *node_find(const struct node *node, const char *path) {
  struct node *found = NULL;
  while (*path) {
    size_t size = strcspn(path, ".");
    found = node_child_named(node, path, size);
    if (!found)
      return NULL;
    node = found;
    path += size + (path[size] == '.');
  }
  return found;
}

struct node *node_property(const struct node *node, const char *path) {
  struct node *found = node_child(node, path); /* columns may have dots in their names */
  if (!found)
    found = node_find(node, path);
  if (found)
    return found;
  for (struct node *child = node->first; child; child = child->next) {
    if (strcmp(child->name, "PartnerProperties") != 0)
      continue;
    const struct node *name = node_child(child, "Name");
    if (name && name->text && strcmp(name->text, path) == 0)
      return node_child(child, "Value");
  }
  return NULL;
}

const char *node_text(const struct node *node, const char *path) {
  const struct node *found = node_property(node, path);
  return found && !found->nil ? found->text : NULL;
}

bool node_put(struct node *node, const char *path, const char *text) {
  while (strchr(path, '.')) {
    size_t size = strcspn(path, ".");
    struct node *child = node_child_named(node, path, size);
    if (!child) {
      char name[128];
      if (size >= sizeof name)
        return false;
      memcpy(name, path, size);
      name[size] = 0;
      child = node_new(node, name);
    }
    if (!child)
      return false;
    node = child;
    path += size + 1;
  }
  struct node *leaf = node_child(node, path);
  if (!leaf)
    leaf = node_new(node, path);
  return leaf && node_set_text(leaf, text);
}

void node_remove(struct node *node, const char *name) {
  struct node **link = &node->first;
  node->last = NULL;
  while (*link) {
    struct node *child = *link;
    if (strcmp(child->name, name) == 0) {
      *link = child->next;
      node_free(child);
    } else {
      node->last = child;
      link = &child->next;
    }
  }
}

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

void node_write(struct buffer *out, const struct node *node, const char *name) {
  buffer_printf(out, "<%s", name);
  if (node->type)
    buffer_printf(out, " xsi:type=\"%s\"", node->type);
  if (node->nil) {
    buffer_add_text(out, " xsi:nil=\"true\" />");
    return;
  }
  buffer_add_text(out, ">");
  if (node->text)
    buffer_add_escaped(out, node->text, strlen(node->text));
  for (const struct node *child = node->first; child; child = child->next)
    node_write(out, child, child->name);
  buffer_printf(out, "</%s>", name);
}
