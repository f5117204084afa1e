/*
 * A file on the way to the parser: read under limits, turned into UTF-8, and scanned once for the
 * place of every start tag (libxml2 keeps lines, not columns, and only those of the tag's end).
 */
#ifndef ETWSDL_SOURCE_DOCUMENT_H
#define ETWSDL_SOURCE_DOCUMENT_H

#include "etwsdl/model/model.h"

#include <stdint.h>

enum {
  SOURCE_MOST_BYTES = 16 * 1024 * 1024,
  SOURCE_MOST_DEPTH = 100,
  SOURCE_MOST_DOCUMENTS = 64,
  SOURCE_MOST_TAGS = 500000,
  SOURCE_MOST_ATTRIBUTES = 1000 /* of a tag and those around it: namespaces add up */
};

struct spot {
  uint32_t line;
  uint32_t column;
  uint32_t offset; /* of the '<' in the text */
};

struct source {
  const char *path;
  const char *bytes; /* as on disk, in the contract's arena */
  size_t size;
  const char *text; /* UTF-8 without byte order mark */
  size_t length;
  struct spot *tags; /* start tags in document order; free with source_free */
  size_t tag_count;
};

#endif
