/* Counts what a program allocates, the shared libraries that it uses included. */
#ifndef COUNTED_H
#define COUNTED_H

#include <stdint.h>

/* Calls of malloc, calloc and realloc so far; 0 where a sanitizer has them. */
uint64_t counted_allocations(void);

#endif
