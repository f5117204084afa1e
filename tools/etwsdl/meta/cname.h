/* Names as wsdl2h 2.8 writes them in C. What it does with every character was tried out. */
#ifndef ETWSDL_META_CNAME_H
#define ETWSDL_META_CNAME_H

#include "etwsdl/base/arena.h"

/* A member: `_` becomes _USCORE, `-` within it _, other signs _xHHHH, keywords get a trailing _. */
const char *cname_member(struct arena *arena, const char *wire);

/* Whether the preprocessor takes the name of a member for something else: `EOF`. */
bool cname_is_macro(const char *member);

/* As cname_member() without the keyword rule, for parts of longer names. */
const char *cname_part(struct arena *arena, const char *wire);

/* What follows et__Type__ in the name of an enum constant. */
const char *cname_constant(struct arena *arena, const char *value);

#endif
