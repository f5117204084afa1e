/*
 * A contract with everything it imports, as it was and as it is kept: the original bytes, and a
 * copy in UTF-8 in which every import names a file beside it.
 */
#ifndef ETWSDL_SOURCE_BUNDLE_H
#define ETWSDL_SOURCE_BUNDLE_H

#include "etwsdl/source/locate.h"

struct bundle_file {
  const char *name;   /* local: "etframework.wsdl" */
  const char *origin; /* where it is from: an address or a path */
  const char *bytes;
  size_t size;
  const char *local; /* text with local imports */
  size_t local_size;
  char digest[65];   /* SHA-256 of the original bytes, in hex */
  const char *asked; /* the address that was asked for, where HTTP options name a cache */
  const char *head;  /* what fetch_keep() keeps with the bytes */
  bool was_kept;     /* the bytes are from there: the server says that it has not changed */
};

/* How documents are found and read: from files, or by HTTP. Errors go to the holder. */
struct bundle_reader {
  void *context;
  /* The origin of an import; interned, or NULL after an error. */
  const char *(*resolve)(void *context, struct contract *holder, const char *base,
                         const char *location, struct place at);
  /* Fills bytes and size, and origin when it moved. */
  bool (*get)(void *context, struct contract *holder, struct bundle_file *file);
};

struct bundle {
  struct contract *holder; /* arena and diagnostics only; free with contract_free */
  struct list files;       /* struct bundle_file, the contract first */
};

/* False after an error was reported. */
bool bundle_collect(struct bundle *bundle, const struct bundle_reader *reader, const char *origin,
                    const char *name);

/* Reads from files: where imports may be besides is in the context, struct import_folders. */
extern const struct bundle_reader bundle_from_files;

/* Writes the local copies into a folder that is there, each by way of a temporary file. */
bool bundle_write(const struct bundle *bundle, const char *folder);

#endif
