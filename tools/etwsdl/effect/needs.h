/*
 * What the helper layer uses of the contract, as src/contract/needs.def states it, held against a
 * contract: a missing or changed part is named before a compiler meets it, or a user.
 */
#ifndef ETWSDL_EFFECT_NEEDS_H
#define ETWSDL_EFFECT_NEEDS_H

#include <stdio.h>

#include "etwsdl/meta/meta.h"

/* Lines (const char *). */
struct needs_result {
  struct list needed;  /* nothing can do without: src/ does not build */
  struct list missing; /* "ets_extract cannot work: ..." */
  struct list without; /* "UnsubEvent.List.ID is not retrieved" */
};

void needs_check(struct needs_result *result, const struct meta *meta);

/* The table, tab-separated: what, file, owner, name, kind, and the helper that is lost without it
 * ("" when nothing can do without it). */
void needs_list(FILE *out);

#endif
