/* What gSOAP makes of a choice, and of an enumeration. */
#ifndef ETWSDL_META_GSOAP_H
#define ETWSDL_META_GSOAP_H

#include "etwsdl/model/model.h"

/* A union: nothing in the choice repeats or is a sequence, and it is the only one of its type. */
bool choice_is_union(const struct type *type, const struct particle *choice);

/* Members of the struct, which plain.wsdl has to make of it: another union is in the struct, or a
 * wildcard in the choice. */
bool choice_is_loose(const struct type *type, const struct particle *choice);

/* Whether the constants of an enumeration are its values' places. Those of numbers and of single
 * characters are not, so that a type which has one stays what it restricts. */
bool values_are_constants(const struct type *type);

#endif
