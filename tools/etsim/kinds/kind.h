/* Object types as rows: which properties they have, and where the rows come from. A type is a
 * table of properties, each with what computes it, and a function that finds the next row. */
#ifndef ETSIM_KINDS_KIND_H
#define ETSIM_KINDS_KIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "demo/demo.h"
#include "ground/names.h"
#include "ground/value.h"

struct node;
struct record;
struct row;
struct scan;
struct world;

/* Computes the property of a row that no record is behind. */
typedef void property_get(struct world *world, struct row *row, struct value *value);

/* Properties stand in the order of the contract, those of one sub-object side by side. */
struct property {
  const char *path; /* "SendID", "Client.ID" */
  enum value_kind kind;
  unsigned flags;
  property_get *get;  /* NULL: absent in what is computed */
  const char *source; /* the path that it is kept under, NULL: this one */
  /* The contract wants it: the element that stands there when nobody asks, or there is no value.
   * NULL: it does not. */
  const char *required;
};

enum {
  PROPERTY_UNDECLARED = 1,  /* goes out as a PartnerProperty */
  PROPERTY_CLOSED = 2,      /* of the type, but not retrievable: only there to be nil */
  PROPERTY_FILTER_ONLY = 4, /* may stand in a filter, but not be asked for */
  PROPERTY_TREE = 8,        /* an element with others in it, given as a whole */
  PROPERTY_FLAT = 16        /* the dots in its name are no levels */
};

/* One row. What the demo computes and what the store keeps are both seen through it. */
struct row {
  const struct kind *kind;
  const struct send *send;
  struct event event;
  unsigned index;              /* which list or link of the send */
  const struct record *record; /* row of the store, NULL for a computed one */
  struct names leaves;         /* of the record, when there are many: see row_spread() */
  const struct record *owner;  /* of a column: its data extension */
  const struct node *field;    /* and its definition there */
  size_t key_size;
  char key[DEMO_KEY_SIZE];
  char email[DEMO_KEY_SIZE];
  char scratch[256];
};

struct kind {
  const char *name;
  const char *table; /* of the store, for what was told or loaded */
  const struct property *properties;
  size_t property_count;
  enum event_type event;
  bool rows; /* rows of a data extension: the properties are its columns */
  /* What is computed. Fills the next row that may match and moves the position behind it; false at
   * the end. NULL: nothing is computed. */
  bool (*next)(struct scan *scan, struct row *row);
  struct property *own; /* the properties, when they are this kind's own */
  struct names by_path; /* and by their paths, when there may be thousands */
  struct kind *older;   /* the kind that this one took the place of: pages may still use it */
};

void kind_free(struct kind *kind);

/* Index of a property that may be filtered on, or -1. */
int kind_filterable(const struct kind *kind, const char *path);

/* Index of a property that may be asked for, or -1. */
int kind_retrievable(const struct kind *kind, const char *path);

/* For the tables of properties. */
property_get property_nil;
#define PROPERTY_COUNT(properties) (sizeof(properties) / sizeof((properties)[0]))
#define PROPERTY(path, kind, flags, get) \
  { path, kind, flags, get, NULL, NULL }
#define NIL_MEMBER(path) PROPERTY(path, VALUE_TEXT, PROPERTY_CLOSED, property_nil)

#endif
