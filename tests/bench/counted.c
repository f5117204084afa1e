#define _GNU_SOURCE /* RTLD_NEXT */
#include "counted.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static uint64_t allocations;

uint64_t counted_allocations(void) {
  return allocations;
}

#ifndef __SANITIZE_ADDRESS__

/* Seen by the shared libraries, or they would go on using the C library's. */
#define EXPORTED __attribute__((visibility("default")))

EXPORTED void *malloc(size_t size);
EXPORTED void *calloc(size_t count, size_t size);
EXPORTED void *realloc(void *bytes, size_t size);
EXPORTED void free(void *bytes);

/* dlsym() allocates itself; it gets this. */
static char early[4096];
static size_t early_used;

static void *early_alloc(size_t size) {
  size_t at = (early_used + 15) & ~(size_t)15;
  if (at + size > sizeof early)
    return NULL;
  early_used = at + size;
  return early + at;
}

static int is_early(const void *bytes) {
  return (const char *)bytes >= early && (const char *)bytes < early + sizeof early;
}

/* The next definition of a function, looked for once. NULL while it is being looked for. */
static void *next(void **found, int *looking, const char *name) {
  if (!*found && !*looking) {
    *looking = 1;
    *found = dlsym(RTLD_NEXT, name);
    *looking = 0;
  }
  return *found;
}

void *malloc(size_t size) {
  static void *found;
  static int looking;
  void *(*function)(size_t);
  void *there = next(&found, &looking, "malloc");
  memcpy(&function, &there, sizeof function);
  allocations++;
  return function ? function(size) : early_alloc(size);
}

void *calloc(size_t count, size_t size) {
  static void *found;
  static int looking;
  void *(*function)(size_t, size_t);
  void *there = next(&found, &looking, "calloc");
  memcpy(&function, &there, sizeof function);
  allocations++;
  return function ? function(count, size) : early_alloc(count * size);
}

void *realloc(void *bytes, size_t size) {
  static void *found;
  static int looking;
  void *(*function)(void *, size_t);
  void *there = next(&found, &looking, "realloc");
  memcpy(&function, &there, sizeof function);
  allocations++;
  return function ? function(bytes, size) : NULL;
}

void free(void *bytes) {
  static void *found;
  static int looking;
  void (*function)(void *);
  if (is_early(bytes))
    return;
  void *there = next(&found, &looking, "free");
  memcpy(&function, &there, sizeof function);
  if (function)
    function(bytes);
}

#endif
