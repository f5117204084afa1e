/*
 * The texts that a simple type takes, whatever it restricts, lists or unites to say so: types with
 * the same key take the same ones.
 */
#ifndef ETWSDL_MODEL_VALUES_H
#define ETWSDL_MODEL_VALUES_H

#include "etwsdl/model/model.h"

/* Interned in the contract's arena. `type` is simple or built in. */
const char *values_key(struct contract *contract, struct type *type);

/* A value as the type's canonical text where there is one: "0" for an int's "00", "true" for "1".
 * `type` may be NULL. Interned. */
const char *values_canonical(struct contract *contract, struct type *type, const char *text);

#endif
