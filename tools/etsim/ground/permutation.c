#include "ground/permutation.h"

uint64_t mix(uint64_t seed, uint64_t a, uint64_t b) {
  uint64_t x = seed + a * UINT64_C(0x9E3779B97F4A7C15) + b * UINT64_C(0xC2B2AE3D27D4EB4F);
  for (int i = 0; i < 2; i++) {
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    x ^= x >> 31;
  }
  return x;
}

void permutation_init(struct permutation *permutation, uint32_t count, uint64_t key) {
  int bits = 2;
  while (bits < 32 && (UINT64_C(1) << bits) < count)
    bits++;
  permutation->count = count;
  permutation->low_bits = bits / 2;
  permutation->low_mask = (UINT32_C(1) << (bits / 2)) - 1;
  permutation->high_mask = (UINT32_C(1) << (bits - bits / 2)) - 1;
  for (int i = 0; i < 4; i++)
    permutation->keys[i] = (uint32_t)mix(key, (uint64_t)i, 0x5EED);
}

static uint32_t scramble(uint32_t half, uint32_t key) {
  uint32_t x = (half + key) * UINT32_C(0x9E3779B1);
  x ^= x >> 15;
  x *= UINT32_C(0x85EBCA77);
  return x ^ (x >> 13);
}

/* A Feistel network over the next power of two; a result that is out of range goes round again,
 * on average less than once. */
uint32_t permutation_apply(const struct permutation *permutation, uint32_t x) {
  do {
    uint32_t low = x & permutation->low_mask;
    uint32_t high = x >> permutation->low_bits;
    high ^= scramble(low, permutation->keys[0]) & permutation->high_mask;
    low ^= scramble(high, permutation->keys[1]) & permutation->low_mask;
    high ^= scramble(low, permutation->keys[2]) & permutation->high_mask;
    low ^= scramble(high, permutation->keys[3]) & permutation->low_mask;
    x = high << permutation->low_bits | low;
  } while (x >= permutation->count);
  return x;
}

uint32_t permutation_invert(const struct permutation *permutation, uint32_t y) {
  do {
    uint32_t low = y & permutation->low_mask;
    uint32_t high = y >> permutation->low_bits;
    low ^= scramble(high, permutation->keys[3]) & permutation->low_mask;
    high ^= scramble(low, permutation->keys[2]) & permutation->high_mask;
    low ^= scramble(high, permutation->keys[1]) & permutation->low_mask;
    high ^= scramble(low, permutation->keys[0]) & permutation->high_mask;
    y = high << permutation->low_bits | low;
  } while (y >= permutation->count);
  return y;
}
