/* Objects that the server was told, as trees: what stays of an object of any type once its request
 * is answered. Element order and text are kept as they came. */
#ifndef ETSIM_GROUND_NODE_H
#define ETSIM_GROUND_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;
struct ets_type;

enum { NODE_LEVELS = 64 }; /* of a path at most */

struct node {
  char *name;
  char *type; /* xsi:type without prefix; NULL when there was none */
  char *text; /* NULL: it has children, or nothing */
  bool nil;
  struct node *first, *last; /* children */
  struct node *next;
};

/* NULL when out of memory. A node with a parent belongs to it. */
struct node *node_new(struct node *parent, const char *name);
/* Right behind a child of the parent; NULL: the first. */
struct node *node_new_after(struct node *parent, struct node *before, const char *name);
void node_free(struct node *node);
bool node_set_text(struct node *node, const char *text);

/* One child by name, or by a dotted path; NULL when it is not there. */
struct node *node_child(const struct node *node, const char *name);
struct node *node_child_named(const struct node *node, const char *name, size_t size);
struct node *node_find(const struct node *node, const char *path);

/* The property that a path names: an element, or the Value of a PartnerProperty. */
struct node *node_property(const struct node *node, const char *path);

/* Text of a property; NULL when it is absent or nil. */
const char *node_text(const struct node *node, const char *path);

/* Sets the text of a child or dotted path, made where it is missing.
 * @return false: there is no text, or out of memory */
bool node_put(struct node *node, const char *path, const char *text);
bool node_put_number(struct node *node, const char *path, long long number);
bool node_put_date(struct node *node, const char *path, int64_t milliseconds); /* see date.h */

/* The whole number that a property is; `otherwise` when it is absent. */
long node_number(const struct node *node, const char *path, long otherwise);

/* A tree from a generated struct, following the type that it really is of. */
struct node *node_from_struct(struct node *parent, const char *name, const struct ets_type *type,
                              const void *data);

/* The element of a generated struct, or of one in it, that should be a dateTime and is none; NULL:
 * they all are. Empty ones count as absent. */
const char *node_wrong_date(const struct ets_type *type, const void *data);

/* Takes over what `from` holds: elements with children are merged, others replaced, repeated ones
 * replaced as a whole, attributes and PartnerProperties by their names. What is nil is taken out.
 * `from` is emptied. */
void node_merge(struct node *into, struct node *from);
/* Takes out what is nil, at any depth. */
void node_drop_nil(struct node *node);
struct node *node_copy(struct node *parent, const struct node *from);

/* All children of this name. */
void node_remove(struct node *node, const char *name);

/* The element under another name, with its xsi:type. */
void node_write(struct buffer *out, const struct node *node, const char *name);

#endif
