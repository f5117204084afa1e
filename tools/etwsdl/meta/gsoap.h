/* What gSOAP makes of a choice, of an enumeration, and of a builtin type. */
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

/* Whether soapcpp2 reads a text that wsdl2h hands on: a backslash ends none, nor has one the end of
 * a comment. */
bool gsoap_takes_text(const char *text);

/* Whether a default or fixed value of such a type is one in C. */
bool gsoap_takes_value(const struct type *type, const char *value);

/* A builtin type in the field table. */
struct gsoap_kind {
  const char *xsd, *kind, *ctype; /* ctype NULL: char * */
};

/* NULL for anyType. */
const struct gsoap_kind *gsoap_kind(const char *builtin);

/* The name that stands for it in plain.wsdl: "string" for what is kept as text. */
const char *gsoap_builtin(const char *builtin);

#endif
