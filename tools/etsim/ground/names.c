#include "ground/names.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/hash.h"

enum { FIRST_SIZE = 16 };

struct names_slot {
  const char *name; /* NULL: free */
  const void *item;
  size_t hash;
};

static size_t hash_of(const struct names *names, const char *name) {
  uint64_t hash = HASH_BEGIN;
  for (; *name; name++) {
    char c = *name;
    if (!names->exact && c >= 'A' && c <= 'Z')
      c = (char)(c | ('a' - 'A'));
    hash = hash_bytes(hash, &c, 1);
  }
  return (size_t)(hash ^ hash >> 32);
}

static bool is_same(const struct names *names, const char *one, const char *other) {
  return (names->exact ? strcmp(one, other) : strcasecmp(one, other)) == 0;
}

/* Where the name is, or would be. */
static struct names_slot *slot_of(const struct names *names, const char *name, size_t hash) {
  size_t at = hash & (names->size - 1);
  while (names->slots[at].name &&
         (names->slots[at].hash != hash || !is_same(names, names->slots[at].name, name)))
    at = (at + 1) & (names->size - 1);
  return &names->slots[at];
}

static bool grow(struct names *names) {
  struct names grown = *names;
  grown.size = names->size ? names->size * 2 : FIRST_SIZE;
  grown.slots = calloc(grown.size, sizeof *grown.slots);
  if (!grown.slots)
    return false;
  for (size_t i = 0; i < names->size; i++)
    if (names->slots[i].name)
      *slot_of(&grown, names->slots[i].name, names->slots[i].hash) = names->slots[i];
  free(names->slots);
  *names = grown;
  return true;
}

void *names_get(const struct names *names, const char *name) {
  return names->used ? (void *)(uintptr_t)slot_of(names, name, hash_of(names, name))->item : NULL;
}

void *names_at(const struct names *names, size_t place) {
  return (void *)(uintptr_t)names->slots[place].item;
}

bool names_put(struct names *names, const char *name, const void *item) {
  if (names->used * 2 >= names->size && !grow(names))
    return false;
  size_t hash = hash_of(names, name);
  struct names_slot *slot = slot_of(names, name, hash);
  if (slot->name)
    return true;
  *slot = (struct names_slot){name, item, hash};
  names->used++;
  return true;
}

void names_clear(struct names *names) {
  if (names->used)
    memset(names->slots, 0, names->size * sizeof *names->slots);
  names->used = 0;
}

void names_free(struct names *names) {
  free(names->slots);
  names->slots = NULL;
  names->size = names->used = 0;
}
