/* Create, Update and Delete of one object each. All of this wants the write lock of the store. */
#ifndef ETSIM_OPERATIONS_OBJECTS_H
#define ETSIM_OPERATIONS_OBJECTS_H

#include <stdbool.h>

#include "ground/buffer.h"
#include "ground/random.h"
#include "store/store.h"
#include "store/world.h"

enum save_mode { SAVE_ADD, SAVE_UPDATE, SAVE_BOTH };

/* What one object of a request came to. */
struct outcome {
  int code; /* ErrorCode; 0: done */
  char message[320];
  char new_id[16]; /* "" when there is none */
  char new_object_id[GUID_SIZE];
  const char *result_type; /* xsi:type of the result; NULL: the plain one */
  struct buffer extra;     /* elements of that type, behind those of its base */
};

struct object_request {
  struct world *world;
  int account; /* that the caller acts in */
  enum save_mode mode;
};

void objects_save(const struct object_request *request, struct node *tree, struct outcome *outcome);
void objects_delete(const struct object_request *request, struct node *tree,
                    struct outcome *outcome);

void outcome_fail(struct outcome *outcome, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void outcome_say(struct outcome *outcome, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The record of a subscriber by whatever the tree names it by; a computed one becomes a record.
 * NULL: there is none. */
struct record *subscriber_find(struct world *world, const struct node *tree);
struct record *subscriber_by_number(struct world *world, uint32_t subscriber);

/* The record that a tree names, by whatever it gives of ObjectID, CustomerKey, ID and Name. NULL:
 * there is none. */
struct record *object_find(struct world *world, const char *type, const struct node *tree);

/* Gives a tree ID, ObjectID, CustomerKey and dates where they are missing, and keeps it. Takes over
 * the tree. NULL: out of memory. */
struct record *objects_keep(struct world *world, const char *type, struct node *tree, int account);

bool node_put_number(struct node *node, const char *path, long long number);
bool node_put_date(struct node *node, const char *path, int64_t milliseconds);
bool is_address(const char *text);

/* rows.c: a row of a data extension. */
void rows_save(const struct object_request *request, struct node *tree, struct outcome *outcome);
void rows_delete(const struct object_request *request, struct node *tree, struct outcome *outcome);
/* Adds a row with what `values` has of the columns; nothing is checked. */
bool rows_add(struct world *world, const struct record *definition, const struct node *values);

/* triggered.c: firing a triggered send. */
void triggered_send(const struct object_request *request, const struct node *tree,
                    struct outcome *outcome);

#endif
