#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 32 * 1024, ALIGNMENT = 16 };

struct ets_arena_block {
  struct ets_arena_block *next;
  size_t size; /* of the bytes that follow */
};

static char *block_bytes(struct ets_arena_block *block) {
  return (char *)block + ((sizeof *block + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1));
}

static void enter(struct ets_arena *arena, struct ets_arena_block *block) {
  arena->current = block;
  arena->next = block_bytes(block);
  arena->end = arena->next + block->size;
}

/* Moves on to a block that holds `size` bytes: the next one when it is large enough, else a new
 * one in front of it. */
static int grow(struct ets_arena *arena, size_t size) {
  struct ets_arena_block *next = arena->current ? arena->current->next : arena->first;
  if (!next || next->size < size) {
    size_t wanted = size > BLOCK_SIZE ? size : BLOCK_SIZE;
    if (wanted > SIZE_MAX - 64)
      return 0;
    struct ets_arena_block *block = malloc(wanted + sizeof *block + ALIGNMENT);
    if (!block)
      return 0;
    block->size = wanted;
    block->next = next;
    if (arena->current)
      arena->current->next = block;
    else
      arena->first = block;
    next = block;
  }
  enter(arena, next);
  return 1;
}

void *ets_arena_alloc(struct ets_arena *arena, size_t size) {
  if (size == 0) /* a type without properties: what is not NULL is enough */
    size = 1;
  size_t pad = (size_t)(-(intptr_t)arena->next & (ALIGNMENT - 1));
  if ((size_t)(arena->end - arena->next) < pad || (size_t)(arena->end - arena->next) - pad < size) {
    if (!grow(arena, size))
      return NULL;
    pad = 0;
  }
  char *bytes = arena->next + pad;
  arena->next = bytes + size;
  return bytes;
}

void *ets_arena_zalloc(struct ets_arena *arena, size_t size) {
  void *bytes = ets_arena_alloc(arena, size);
  return bytes ? memset(bytes, 0, size) : NULL;
}

char *ets_arena_text(struct ets_arena *arena, const char *text, size_t length) {
  if ((size_t)(arena->end - arena->next) <= length && !grow(arena, length + 1))
    return NULL;
  char *copy = arena->next;
  memcpy(copy, text, length);
  copy[length] = '\0';
  arena->next = copy + length + 1;
  return copy;
}

void ets_arena_reset(struct ets_arena *arena) {
  if (arena->first)
    enter(arena, arena->first);
}

void ets_arena_free(struct ets_arena *arena) {
  for (struct ets_arena_block *block = arena->first, *next; block; block = next) {
    next = block->next;
    free(block);
  }
  *arena = (struct ets_arena){0};
}
