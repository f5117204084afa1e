/* Records of a table by the text of a property: made when first looked for, kept up from then on,
 * so that many lookups, or many objects, take no longer each than a few. */
#ifndef ETSIM_STORE_INDEX_H
#define ETSIM_STORE_INDEX_H

#include "store/record.h"

/* Between the names of several columns, and between their texts. No XML can hold it. */
#define INDEX_AND '\x01'

/* Goes through the records that have this text at this property, ASCII case aside, in the order
 * they came. Begin with the first three. */
struct search {
  const struct table *table; /* NULL: an empty one */
  const char *property;
  const char *text; /* NULL: nothing has it */
  const struct index_entry *next;
  size_t place;
  bool begun, walks;
};

/* Index of the next record; SIZE_MAX: there is no more. Wants the lock of the store, as long as it
 * goes on. */
size_t search_next(struct search *search);

/* The record's properties have changed. Wants the write lock. */
void index_update(const struct table *table, const struct record *record);

struct indexes *indexes_new(void);           /* NULL: out of memory */
void indexes_clear(struct indexes *indexes); /* records have other places now */
void indexes_free(struct indexes *indexes);

#endif
