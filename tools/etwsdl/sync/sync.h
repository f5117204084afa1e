/* `etwsdl sync`: from a new contract to a report, and to a source tree that has it. */
#ifndef ETWSDL_SYNC_SYNC_H
#define ETWSDL_SYNC_SYNC_H

#include "common/options.h"
#include "etwsdl/source/fetch.h"

struct sync_options {
  const char *tree;    /* the source tree */
  const char *sources; /* programs on the stubs, or NULL */
  bool apply;
  bool force; /* apply although the helper layer misses something */
  struct http_options http;
  struct option_list imports;
  struct import_folders folders;
};

/* The exit code. The report goes to stdout, errors to stderr. */
int sync_contract(const char *origin, const struct sync_options *options);

#endif
