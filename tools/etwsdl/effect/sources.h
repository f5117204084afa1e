/*
 * Programs on the generated bindings: which of the names that they use a new contract takes away or
 * gives another type.
 */
#ifndef ETWSDL_EFFECT_SOURCES_H
#define ETWSDL_EFFECT_SOURCES_H

#include "etwsdl/effect/source_effect.h"
#include "etwsdl/meta/meta.h"

/* Reads every C source below `path`, a folder or a file. Lines are in the arena of the new
 * contract. False after saying what cannot be read. */
bool sources_check(struct source_effect *effect, const char *path, const struct meta *old,
                   const struct meta *new);

#endif
