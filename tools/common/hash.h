/* FNV-1a, 64 bits: tells texts apart, against no one who wants two to be the same. */
#ifndef COMMON_HASH_H
#define COMMON_HASH_H

#include <stddef.h>
#include <stdint.h>

/* The hash of nothing, to begin with. */
#define HASH_BEGIN UINT64_C(14695981039346656037)

/* Goes on with some bytes. */
static inline uint64_t hash_bytes(uint64_t hash, const char *bytes, size_t size) {
  for (size_t i = 0; i < size; i++)
    hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
  return hash;
}

/* Of a text, for a table whose size is a power of two: the upper half counts, too. */
static inline size_t hash_text(const char *text, size_t length) {
  uint64_t hash = hash_bytes(HASH_BEGIN, text, length);
  return (size_t)(hash ^ hash >> 32);
}

#endif
