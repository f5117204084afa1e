/* Memory that is freed all at once: a bump allocator over a list of blocks. Reset keeps the
 * blocks, so a loop over rows allocates nothing once the largest row has been seen. */
#ifndef ETS_ARENA_H
#define ETS_ARENA_H

#include <stddef.h>

struct ets_arena_block;

struct ets_arena {
  struct ets_arena_block *first;
  struct ets_arena_block *current;
  char *next;
  char *end;
};

/* Aligned for any type, not cleared. NULL when out of memory. */
void *ets_arena_alloc(struct ets_arena *arena, size_t size);

/* The same, cleared. */
void *ets_arena_zalloc(struct ets_arena *arena, size_t size);

/* Bytes without alignment, for text. */
char *ets_arena_text(struct ets_arena *arena, const char *text, size_t length);

void ets_arena_reset(struct ets_arena *arena);
void ets_arena_free(struct ets_arena *arena);

#endif
