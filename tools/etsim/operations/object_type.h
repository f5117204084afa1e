/* What is particular to an object type in Create, Update and Delete: one row a type, see
 * object_types.h. All of these want the write lock of the store. */
#ifndef ETSIM_OPERATIONS_OBJECT_TYPE_H
#define ETSIM_OPERATIONS_OBJECT_TYPE_H

#include <stdbool.h>

#include "operations/outcome.h"
#include "store/world.h"

enum save_mode { SAVE_ADD, SAVE_UPDATE, SAVE_BOTH };

struct object_request {
  struct world *world;
  int account; /* that the caller acts in */
  enum save_mode mode;
};

/* A function may be NULL: nothing particular. */
struct object_type {
  const char *name;
  /* ErrorCodes, and what to say when a Create finds one and when a Delete finds none. */
  int exists, missing;
  const char *exists_text, *nothing_to_delete;
  int delete_missing; /* ErrorCode of a Delete that finds none; 0: that is no error */

  /* Whether an object can be made of the tree; says why not. */
  bool (*check)(const struct world *world, const struct node *tree, struct outcome *outcome);
  /* Fills in what a new object has though it was not given. */
  void (*complete)(struct world *world, struct node *tree, int account);
  /* Looks at the changes of an Update, before they are merged. */
  bool (*change)(struct world *world, struct record *record, struct node *changes,
                 struct outcome *outcome);
  /* Whether the tree names one that cannot be told otherwise. */
  bool (*is_fixed)(const struct world *world, const struct node *tree);
  /* Takes along what is nothing without an object that is deleted, or says why it may not be. */
  bool (*end)(struct world *world, const struct node *tree, struct outcome *outcome);
  /* In place of all of that. */
  void (*save)(const struct object_request *request, const struct node *tree,
               struct outcome *outcome);
  void (*remove)(const struct object_request *request, const struct node *tree,
                 struct outcome *outcome);
};

#endif
