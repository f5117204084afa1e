/*
 * What the helper layer needs from the contract, as src/contract/needs.def states it, held against
 * a contract: a missing or changed part is named before a compiler meets it.
 */
#ifndef ETWSDL_EFFECT_NEEDS_H
#define ETWSDL_EFFECT_NEEDS_H

#include <stdio.h>

#include "etwsdl/meta/meta.h"

enum need_kind {
  NEED_A_TYPE,
  NEED_A_BASE,
  NEED_A_FIELD,
  NEED_A_VALUE,
  NEED_AN_OPERATION,
  NEED_A_FAULT
};

struct need {
  enum need_kind kind;
  const char *file;   /* "tracking.c" */
  const char *owner;  /* type, enumeration, operation or element */
  const char *name;   /* field, value, base, or request */
  const char *detail; /* kind of a field: "xsd:int", "APIProperty[]"; response */
};

/* The table, tab-separated: what, file, owner, name, kind. */
void needs_list(FILE *out);

/* Adds a line (const char *) for each need that is not met. */
void needs_check(const struct meta *meta, struct list *lines);

#endif
