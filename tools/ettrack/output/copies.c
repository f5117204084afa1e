#include "ettrack/output/copies.h"

#include "ettrack/output/value.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 64 * 1024 };

struct block {
  struct block *next;
  size_t used;
  size_t size;
  char bytes[];
};

void copies_init(struct copies *copies, size_t columns) {
  *copies = (struct copies){.columns = columns, .scratch = {0}};
}

static void *store(struct copies *copies, const void *bytes, size_t n) {
  struct block *block = copies->blocks;
  if (!block || block->size - block->used < n) {
    size_t size = n > BLOCK_SIZE ? n : BLOCK_SIZE;
    block = malloc(sizeof *block + size);
    if (!block)
      return NULL;
    block->next = copies->blocks;
    block->used = 0;
    block->size = size;
    copies->blocks = block;
  }
  void *copy = memcpy(block->bytes + block->used, bytes, n);
  block->used += n;
  copies->bytes += n;
  return copy;
}

/* Text with its NUL, or false. */
static bool store_text(struct copies *copies, ets_value *value, const char *text, size_t n) {
  char *copy = store(copies, text, n + 1);
  value->text = copy;
  return copy != NULL;
}

static bool copy_value(struct copies *copies, ets_value *copy, const ets_value *value) {
  *copy = *value;
  if (value->presence == ETS_ABSENT || value->presence == ETS_NIL)
    return true;
  if (value->text)
    return store_text(copies, copy, value->text, strlen(value->text));
  if (value->kind == ETS_VALUE_BINARY) {
    copy->bytes = store(copies, value->bytes, value->size);
    return copy->bytes || value->size == 0;
  }
  if (value->kind != ETS_VALUE_OBJECT)
    return true;
  struct text text = value_text(value, &copies->scratch);
  copy->object = (ets_object){0};
  return !copies->scratch.failed && store_text(copies, copy, text.bytes, text.size);
}

static bool make_room(struct copies *copies) {
  if (copies->rows < copies->capacity)
    return true;
  size_t capacity = copies->capacity ? copies->capacity * 2 : 16;
  ets_value *values = realloc(copies->values, capacity * copies->columns * sizeof *values);
  if (values)
    copies->values = values;
  const char **types = realloc(copies->types, capacity * sizeof *types);
  if (types)
    copies->types = types;
  if (!values || !types)
    return false;
  copies->capacity = capacity;
  return true;
}

bool copies_add(struct copies *copies, const char *type, const ets_value *values) {
  if (!make_room(copies))
    return false;
  ets_value *row = copies_row(copies, copies->rows);
  for (size_t i = 0; i < copies->columns; i++)
    if (!copy_value(copies, &row[i], &values[i]))
      return false;
  copies->types[copies->rows++] = type;
  return true;
}

ets_value *copies_row(struct copies *copies, size_t row) {
  return copies->values + row * copies->columns;
}

void copies_free(struct copies *copies) {
  while (copies->blocks) {
    struct block *next = copies->blocks->next;
    free(copies->blocks);
    copies->blocks = next;
  }
  free(copies->values);
  free(copies->types);
  buffer_free(&copies->scratch);
  copies_init(copies, copies->columns);
}
