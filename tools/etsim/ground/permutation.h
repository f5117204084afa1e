/* A pseudo-random permutation of 0..n-1 that costs no memory and runs both ways: what lets any row
 * of a send of any size be computed on its own. */
#ifndef ETSIM_GROUND_PERMUTATION_H
#define ETSIM_GROUND_PERMUTATION_H

#include <stdint.h>

struct permutation {
  uint32_t count;
  uint32_t low_mask; /* of the right half */
  uint32_t high_mask;
  int low_bits;
  uint32_t keys[4];
};

/* A well mixed number from a seed and up to two others. */
uint64_t mix(uint64_t seed, uint64_t a, uint64_t b);

void permutation_init(struct permutation *permutation, uint32_t count, uint64_t key);
uint32_t permutation_apply(const struct permutation *permutation, uint32_t x);
uint32_t permutation_invert(const struct permutation *permutation, uint32_t y);

#endif
