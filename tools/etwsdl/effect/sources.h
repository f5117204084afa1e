/*
 * Programs on the generated bindings: which of the names that they use a new contract takes away or
 * gives another type.
 */
#ifndef ETWSDL_EFFECT_SOURCES_H
#define ETWSDL_EFFECT_SOURCES_H

#include "etwsdl/meta/meta.h"

struct source_effect {
  size_t files;   /* C sources that were read */
  size_t uses;    /* names of the bindings in them */
  size_t losses;  /* of them, names that are lost */
  size_t unclear; /* members that may be, of what is not understood */
  struct list
      lines; /* const char *, for both: "FILE:LINE:COLUMN: et__Send.PreviewURL ... is gone" */
};

/* Reads every C source below `path`, a folder or a file. Lines are in the arena of the new
 * contract. False after saying what cannot be read. */
bool sources_check(struct source_effect *effect, const char *path, const struct meta *old,
                   const struct meta *new);

#endif
