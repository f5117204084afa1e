/* What the parts of plain.wsdl are written with: names with prefixes, and attributes. */
#ifndef ETWSDL_META_PLAIN_WRITER_H
#define ETWSDL_META_PLAIN_WRITER_H

#include "etwsdl/meta/bodies.h"

struct plain {
  struct contract *contract;
  struct buffer out;
  struct list spaces; /* struct plain_space: that of the contract first */
  struct bodies bodies;
};

/* A namespace that something is declared in. */
struct plain_space {
  const char *ns; /* NULL: none */
  const char *prefix;
  bool qualified; /* what most of its fields are */
};

const struct plain_space *plain_space(const struct plain *plain, const char *ns);

/* ` name="value"`, nothing for NULL. */
void plain_attribute(struct plain *plain, const char *name, const char *value);

/* ` name="prefix:local"`. */
void plain_name(struct plain *plain, const char *name, struct qname value);

#endif
