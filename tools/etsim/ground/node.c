#include "ground/node.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/buffer.h"
#include "ground/date.h"
#include "common/escape.h"

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
  char *copy = text ? strdup(text) : NULL;
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
  if (!text)
    return false;
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

bool node_put_number(struct node *node, const char *path, long long number) {
  char text[24];
  snprintf(text, sizeof text, "%lld", number);
  return node_put(node, path, text);
}

bool node_put_date(struct node *node, const char *path, int64_t milliseconds) {
  char text[DATE_TEXT_SIZE + 1];
  text[date_write(text, milliseconds)] = 0;
  return node_put(node, path, text);
}

long node_number(const struct node *node, const char *path, long otherwise) {
  const char *text = node_text(node, path);
  return text ? strtol(text, NULL, 10) : otherwise;
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
    escape_xml(out, node->text, strlen(node->text));
  for (const struct node *child = node->first; child; child = child->next)
    node_write(out, child, child->name);
  buffer_printf(out, "</%s>", name);
}
