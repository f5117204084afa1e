#include "batch.h"

#include "value.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 64 * 1024 };

struct block {
  struct block *next;
  size_t used;
  size_t size;
  char bytes[];
};

void batch_init(struct batch *batch, size_t columns) {
  *batch = (struct batch){.columns = columns, .scratch = {.file = -1}};
}

static void *store(struct batch *batch, const void *bytes, size_t n) {
  struct block *block = batch->blocks;
  if (!block || block->size - block->used < n) {
    size_t size = n > BLOCK_SIZE ? n : BLOCK_SIZE;
    block = malloc(sizeof *block + size);
    if (!block)
      return NULL;
    block->next = batch->blocks;
    block->used = 0;
    block->size = size;
    batch->blocks = block;
  }
  void *copy = memcpy(block->bytes + block->used, bytes, n);
  block->used += n;
  batch->bytes += n;
  return copy;
}

/* Text with its NUL, or false. */
static bool store_text(struct batch *batch, ets_value *value, const char *text, size_t n) {
  char *copy = store(batch, text, n + 1);
  value->text = copy;
  return copy != NULL;
}

static bool copy_value(struct batch *batch, ets_value *copy, const ets_value *value) {
  *copy = *value;
  if (value->presence == ETS_ABSENT || value->presence == ETS_NIL)
    return true;
  if (value->text)
    return store_text(batch, copy, value->text, strlen(value->text));
  if (value->kind == ETS_VALUE_BINARY) {
    copy->bytes = store(batch, value->bytes, value->size);
    return copy->bytes || value->size == 0;
  }
  if (value->kind != ETS_VALUE_OBJECT)
    return true;
  value_text(value, &batch->scratch);
  sink_char(&batch->scratch, '\0');
  copy->object = (ets_object){0};
  return !batch->scratch.error &&
         store_text(batch, copy, batch->scratch.bytes, batch->scratch.used - 1);
}

static bool make_room(struct batch *batch) {
  if (batch->rows < batch->capacity)
    return true;
  size_t capacity = batch->capacity ? batch->capacity * 2 : 16;
  ets_value *values = realloc(batch->values, capacity * batch->columns * sizeof *values);
  if (values)
    batch->values = values;
  const char **types = realloc(batch->types, capacity * sizeof *types);
  if (types)
    batch->types = types;
  if (!values || !types)
    return false;
  batch->capacity = capacity;
  return true;
}

bool batch_add(struct batch *batch, const char *type, const ets_value *values) {
  if (!make_room(batch))
    return false;
  ets_value *row = batch_row(batch, batch->rows);
  for (size_t i = 0; i < batch->columns; i++)
    if (!copy_value(batch, &row[i], &values[i]))
      return false;
  batch->types[batch->rows++] = type;
  return true;
}

ets_value *batch_row(struct batch *batch, size_t row) {
  return batch->values + row * batch->columns;
}

void batch_free(struct batch *batch) {
  while (batch->blocks) {
    struct block *next = batch->blocks->next;
    free(batch->blocks);
    batch->blocks = next;
  }
  free(batch->values);
  free(batch->types);
  sink_free(&batch->scratch);
  batch_init(batch, batch->columns);
}
