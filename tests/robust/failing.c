#include "failing.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t size);
void __wrap_free(void *block);

static struct {
  bool running;
  bool onwards;
  size_t at;
  size_t calls;
  long blocks;
} state;

void failing_begin(size_t at, bool onwards) {
  state.running = true;
  state.onwards = onwards;
  state.at = at;
  state.calls = 0;
}

size_t failing_end(void) {
  state.running = false;
  return state.calls;
}

long failing_blocks(void) {
  return state.blocks;
}

static bool fails(void) {
  if (!state.running)
    return false;
  state.calls++;
  bool fail = state.at && (state.calls == state.at || (state.onwards && state.calls > state.at));
  if (fail)
    errno = ENOMEM;
  return fail;
}

static void *count(void *block) {
  state.blocks += block != NULL;
  return block;
}

void *__wrap_malloc(size_t size) {
  return fails() ? NULL : count(__real_malloc(size));
}

void *__wrap_calloc(size_t items, size_t size) {
  return fails() ? NULL : count(__real_calloc(items, size));
}

void *__wrap_realloc(void *block, size_t size) {
  if (fails())
    return NULL;
  void *moved = __real_realloc(block, size);
  return block ? moved : count(moved);
}

char *__wrap_strndup(const char *text, size_t size) {
  size_t length = strnlen(text, size);
  char *copy = __wrap_malloc(length + 1);
  if (copy) {
    memcpy(copy, text, length);
    copy[length] = '\0';
  }
  return copy;
}

char *__wrap_strdup(const char *text) {
  return __wrap_strndup(text, SIZE_MAX - 1);
}

void __wrap_free(void *block) {
  state.blocks -= block != NULL;
  __real_free(block);
}
