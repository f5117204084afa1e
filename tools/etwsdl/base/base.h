/*
 * What every part of etwsdl stands on: an arena that lives as long as a contract, interned
 * strings (equal text is the same pointer within one arena), pointer lists and a text builder.
 * Running out of memory ends the program: there is nothing useful left to do.
 */
#ifndef ETWSDL_BASE_BASE_H
#define ETWSDL_BASE_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#if defined(__GNUC__)
#define ETWSDL_PRINTF(form, first) __attribute__((format(printf, form, first)))
#else
#define ETWSDL_PRINTF(form, first)
#endif

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is allowed */

/* Zeroed memory, aligned for anything. */
void *arena_alloc(struct arena *arena, size_t size);
char *arena_copy(struct arena *arena, const char *text, size_t length);
char *arena_format(struct arena *arena, const char *format, ...) ETWSDL_PRINTF(2, 3);

/* The one copy of this text in the arena. */
const char *intern(struct arena *arena, const char *text);
const char *intern_n(struct arena *arena, const char *text, size_t length);

/* Pointers in the order they were added. */
struct list {
  void **items;
  size_t count;
  size_t capacity;
};
void list_add(struct arena *arena, struct list *list, void *item);

/* Text that grows; `data` is always terminated. Free with text_free. */
struct text {
  char *data;
  size_t length;
  size_t capacity;
};
void text_add(struct text *text, const char *format, ...) ETWSDL_PRINTF(2, 3);
void text_add_n(struct text *text, const char *data, size_t length);
void text_vadd(struct text *text, const char *format, va_list arguments);
const char *text_get(const struct text *text); /* never NULL */
void text_free(struct text *text);

/* Memory or the end of the program. */
void *need_alloc(size_t size);
void *need_realloc(void *memory, size_t size);
char *need_copy(const char *text);

#endif
