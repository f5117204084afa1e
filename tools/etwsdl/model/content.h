/*
 * What arranges the fields of a type, as one line: "A, B" in this order, "(A | B)" one of them,
 * "all(A, B)" any order; "?" and "{0,5}" after what repeats as a whole. How the fields themselves
 * repeat is in their own facts.
 */
#ifndef ETWSDL_MODEL_CONTENT_H
#define ETWSDL_MODEL_CONTENT_H

#include "etwsdl/model/model.h"

/* Names that are left out are treated as if they were not in the contract. NULL keeps all. */
typedef bool content_keeps(const void *context, const char *name);

/* Interned; "" when nothing is left. */
const char *content_line(struct contract *contract, const struct type *type, content_keeps *keeps,
                         const void *context);

/* Whether there is more than one field, or one that something arranges. */
bool content_matters(const struct type *type);

/* Whether the fields just follow each other: no choice, nothing that repeats as a whole. */
bool content_is_plain(const struct type *type);

#endif
