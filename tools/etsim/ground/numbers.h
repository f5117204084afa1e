/* A set of numbers. */
#ifndef ETSIM_GROUND_NUMBERS_H
#define ETSIM_GROUND_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Begin with {0}. */
struct numbers {
  uint64_t *slots; /* one more than the number; 0: free */
  size_t size;     /* a power of two, or 0 */
  size_t used;
};

bool numbers_have(const struct numbers *numbers, uint64_t number);

/* @param number  any but UINT64_MAX
 * @return false: out of memory */
bool numbers_add(struct numbers *numbers, uint64_t number);

/* Begin with *at 0, in no order. @return false: there is no more */
bool numbers_next(const struct numbers *numbers, size_t *at, uint64_t *number);

/* Forgets all, and keeps the memory for others. */
void numbers_clear(struct numbers *numbers);
void numbers_free(struct numbers *numbers);

#endif
