/* Names to what has them: what would otherwise be a search for each of many. */
#ifndef ETSIM_GROUND_NAMES_H
#define ETSIM_GROUND_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* Begin with {0}, or with .exact: upper and lower case of ASCII are told apart. */
struct names {
  bool exact;
  struct names_slot *slots;
  size_t size; /* a power of two, or 0 */
  size_t used;
};

/* What the name was put with; NULL: it was not put. */
void *names_get(const struct names *names, const char *name);

/* The first item of a name stays. Both are borrowed, `item` is not NULL. @return false: out of
 * memory */
bool names_put(struct names *names, const char *name, const void *item);

/* The item in one of `size` places; NULL: that one is free. */
void *names_at(const struct names *names, size_t place);

/* Forgets all, and keeps the memory for others. */
void names_clear(struct names *names);
void names_free(struct names *names);

#endif
