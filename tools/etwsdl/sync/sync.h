/* `etwsdl sync`: from a new contract to a report, and to a source tree that has it. */
#ifndef ETWSDL_SYNC_SYNC_H
#define ETWSDL_SYNC_SYNC_H

#include "source/fetch.h"

struct sync_options {
  const char *tree; /* the source tree */
  bool apply;
  bool force; /* apply although the helper layer misses something */
  struct http_options http;
  struct load_options load;
};

/* The exit code. The report goes to stdout, errors to stderr. */
int sync_contract(const char *origin, const struct sync_options *options);

#endif
