/* One page of rows of a kind, as the service writes it. */
#ifndef PAGES_H
#define PAGES_H

#include <stddef.h>

enum { PAGE_KINDS = 6 };

extern const char *const page_kinds[PAGE_KINDS];

/* A RetrieveResponseMsg with so many rows; free() it. NULL when out of memory. */
char *page_make(int kind, int rows, size_t *size);

#endif
