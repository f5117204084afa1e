/*
 * What every part of etwsdl stands on: an arena that lives as long as a contract, interned
 * strings (equal text is the same pointer within one arena) and pointer lists. Running out of
 * memory ends the program: there is nothing useful left to do.
 */
#ifndef ETWSDL_BASE_ARENA_H
#define ETWSDL_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/buffer.h"

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is allowed */

/* Zeroed memory, aligned for anything. */
void *arena_alloc(struct arena *arena, size_t size);
char *arena_copy(struct arena *arena, const char *text, size_t length);

/* The one copy of this text in the arena. */
const char *intern(struct arena *arena, const char *text);
const char *intern_n(struct arena *arena, const char *text, size_t length);
const char *intern_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
const char *intern_vformat(struct arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* What was built, in the arena; the buffer is freed. */
const char *intern_buffer(struct arena *arena, struct buffer *buffer);
char *arena_keep(struct arena *arena, struct buffer *buffer, size_t *size);

/* Pointers in the order they were added. */
struct list {
  void **items;
  size_t count;
  size_t capacity;
};
void list_add(struct arena *arena, struct list *list, const void *item);

/* Memory or the end of the program. */
void *need_alloc(size_t size);
void *need_realloc(void *memory, size_t size);
char *need_copy(const char *text);
char *need_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
