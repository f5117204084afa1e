/* Object types that can be retrieved: their properties and where the rows come from. */
#ifndef ETSIM_KINDS_KIND_H
#define ETSIM_KINDS_KIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "demo/demo.h"
#include "ground/value.h"

struct filter;
struct record;
struct world;

/* Properties stand in the order of the contract, those of one sub-object side by side. */
struct property {
  const char *path; /* "SendID", "Client.ID" */
  enum value_kind kind;
  unsigned flags;
};

enum {
  PROPERTY_UNDECLARED = 1,  /* goes out as a PartnerProperty */
  PROPERTY_CLOSED = 2,      /* of the type, but not retrievable: only there to be nil */
  PROPERTY_FILTER_ONLY = 4, /* may stand in a filter, but not be asked for */
  PROPERTY_TREE = 8,        /* an element with others in it, given as a whole */
  PROPERTY_FLAT = 16        /* the dots in its name are no levels */
};

enum { PROPERTY_LEVELS = 64 }; /* of a path at most */

/* Where a scan stands: enough to go on with the next page. */
struct position {
  uint64_t outer; /* send, or first level */
  uint64_t inner; /* row in it */
};

/* One row. What the demo computes and what the store keeps are both seen through it. */
struct row {
  const struct kind *kind;
  const struct send *send;
  struct event event;
  unsigned index;              /* which list or link of the send */
  const struct record *record; /* row of the store, NULL for a computed one */
  size_t key_size;
  char key[DEMO_KEY_SIZE];
  char email[DEMO_KEY_SIZE];
  char scratch[256];
};

/* What an event scan takes out of the filter once, instead of once a row. */
struct scan_hints {
  bool ready;
  bool one_subscriber;
  uint32_t subscriber; /* UINT32_MAX: nobody */
  bool one_send;
  const struct send *send;   /* NULL: none that exists */
  int64_t from, to;          /* dates */
  const struct send *ranged; /* the send that first and end are of */
  uint32_t first, end;
};

struct scan {
  struct world *world;
  const struct kind *kind;
  const struct filter *filter; /* for the parts that a scan can use as an index */
  const int *accounts;         /* only rows of these business units; NULL: all */
  size_t account_count;
  uint64_t from, to;        /* only records after `from` up to `to`; 0: what is computed too */
  struct position position; /* of the next row to look at */
  struct scan_hints hints;
};

struct kind {
  const char *name;
  const char *table; /* of the store, for what was told or loaded */
  const struct property *properties;
  size_t property_count;
  enum event_type event;
  bool rows; /* rows of a data extension: the properties are its columns */
  /* What is computed. `next` fills the next row that may match and moves the position behind it;
   * false at the end. NULL: nothing is computed. */
  bool (*next)(struct scan *scan, struct row *row);
  void (*get)(struct world *world, struct row *row, size_t property, struct value *value);
  int *map; /* from these properties to those that `get` knows, -1: none; NULL: the same */
  struct property *own; /* the properties, when they are this kind's own */
  struct kind *older;   /* the kind that this one took the place of: pages may still use it */
};

/* NULL when there is no such type; names are case-sensitive. Takes the lock of the store. */
const struct kind *kind_find(struct world *world, const char *name);
void kind_free(struct kind *kind);

/* The next row that may match, computed or stored. Wants the lock of the store. */
bool scan_next(struct scan *scan, struct row *row);

/* Any property of any row. Wants the lock of the store. */
void row_get(struct world *world, struct row *row, size_t property, struct value *value);

/* Index of a property that may be filtered on, or -1. */
int kind_filterable(const struct kind *kind, const char *path);

/* Index of a property that may be asked for, or -1. */
int kind_retrievable(const struct kind *kind, const char *path);

/* Whether a scan may show rows of this business unit. */
bool scan_sees(const struct scan *scan, int account);

extern const struct kind event_kinds[EVENT_TYPES];
extern const struct kind send_kind;
extern const struct kind link_send_kind;
extern const struct kind list_send_kind;
extern const struct kind subscriber_kind;

#endif
