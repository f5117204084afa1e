#include "etwsdl/base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/hash.h"

enum { BLOCK_SIZE = 64 * 1024, FIRST_SLOTS = 4096 };

struct block {
  struct block *next;
  size_t used;
  size_t size;
  max_align_t data[];
};

/* With its hash: a text that is not the one looked for is not read. */
struct slot {
  const char *text;
  size_t hash, length;
};

struct arena {
  struct block *blocks;
  struct slot *slots; /* open addressing; size is a power of two */
  size_t slot_count;
  size_t interned;
};

static _Noreturn void out_of_memory(void) {
  fputs("etwsdl: out of memory\n", stderr);
  exit(EXIT_FAILURE);
}

void *need_alloc(size_t size) {
  void *memory = calloc(1, size ? size : 1);
  if (!memory)
    out_of_memory();
  return memory;
}

void *need_realloc(void *memory, size_t size) {
  void *grown = realloc(memory, size ? size : 1);
  if (!grown)
    out_of_memory();
  return grown;
}

char *need_copy(const char *text) {
  size_t length = strlen(text);
  char *copy = need_alloc(length + 1);
  memcpy(copy, text, length);
  return copy;
}

char *need_format(const char *format, ...) {
  struct buffer buffer = {0};
  va_list arguments;
  va_start(arguments, format);
  buffer_vprintf(&buffer, format, arguments);
  va_end(arguments);
  if (buffer.failed)
    out_of_memory();
  return buffer.data ? buffer.data : need_copy("");
}

struct arena *arena_new(void) {
  struct arena *arena = need_alloc(sizeof *arena);
  arena->slot_count = FIRST_SLOTS;
  arena->slots = need_alloc(FIRST_SLOTS * sizeof *arena->slots);
  return arena;
}

void arena_free(struct arena *arena) {
  if (!arena)
    return;
  while (arena->blocks) {
    struct block *next = arena->blocks->next;
    free(arena->blocks);
    arena->blocks = next;
  }
  free(arena->slots);
  free(arena);
}

void *arena_alloc(struct arena *arena, size_t size) {
  size_t step = sizeof(max_align_t);
  size = (size + step - 1) / step * step;
  struct block *block = arena->blocks;
  if (!block || block->size - block->used < size) {
    size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
    block = need_alloc(sizeof *block + room);
    block->size = room;
    block->next = arena->blocks;
    arena->blocks = block;
  }
  void *memory = (char *)block->data + block->used;
  block->used += size;
  return memory;
}

char *arena_copy(struct arena *arena, const char *text, size_t length) {
  char *copy = arena_alloc(arena, length + 1);
  memcpy(copy, text, length);
  return copy;
}

const char *intern_vformat(struct arena *arena, const char *format, va_list arguments) {
  struct buffer buffer = {0};
  buffer_vprintf(&buffer, format, arguments);
  return intern_buffer(arena, &buffer);
}

const char *intern_format(struct arena *arena, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const char *text = intern_vformat(arena, format, arguments);
  va_end(arguments);
  return text;
}

const char *intern_buffer(struct arena *arena, struct buffer *buffer) {
  if (buffer->failed)
    out_of_memory();
  const char *kept = intern_n(arena, buffer_text(buffer), buffer->size);
  buffer_free(buffer);
  return kept;
}

char *arena_keep(struct arena *arena, struct buffer *buffer, size_t *size) {
  if (buffer->failed)
    out_of_memory();
  char *kept = arena_copy(arena, buffer_text(buffer), buffer->size);
  *size = buffer->size;
  buffer_free(buffer);
  return kept;
}

static void grow_slots(struct arena *arena) {
  size_t old_count = arena->slot_count;
  struct slot *old = arena->slots;
  arena->slot_count = old_count * 2;
  arena->slots = need_alloc(arena->slot_count * sizeof *arena->slots);
  for (size_t i = 0; i < old_count; i++) {
    if (!old[i].text)
      continue;
    size_t at = old[i].hash & (arena->slot_count - 1);
    while (arena->slots[at].text)
      at = (at + 1) & (arena->slot_count - 1);
    arena->slots[at] = old[i];
  }
  free(old);
}

const char *intern_n(struct arena *arena, const char *text, size_t length) {
  if (arena->interned * 2 >= arena->slot_count)
    grow_slots(arena);
  size_t hash = hash_text(text, length), at = hash & (arena->slot_count - 1);
  for (; arena->slots[at].text; at = (at + 1) & (arena->slot_count - 1)) {
    const struct slot *known = &arena->slots[at];
    if (known->hash == hash && known->length == length && memcmp(known->text, text, length) == 0)
      return known->text;
  }
  arena->slots[at] = (struct slot){arena_copy(arena, text, length), hash, length};
  arena->interned++;
  return arena->slots[at].text;
}

const char *intern(struct arena *arena, const char *text) {
  return !text ? NULL : intern_n(arena, text, strlen(text));
}

void list_add(struct arena *arena, struct list *list, const void *item) {
  if (list->count == list->capacity) {
    size_t capacity = list->capacity ? list->capacity * 2 : 4;
    void **items = arena_alloc(arena, capacity * sizeof *items);
    if (list->count > 0)
      memcpy(items, list->items, list->count * sizeof *items);
    list->items = items;
    list->capacity = capacity;
  }
  list->items[list->count++] = (void *)(uintptr_t)item;
}
