/* What the names of a C source stand for, as far as structs go. */
#ifndef ETWSDL_EFFECT_DECLARED_H
#define ETWSDL_EFFECT_DECLARED_H

#include "etwsdl/effect/search.h"

bool is_sign(const struct search *search, size_t i, const char *sign);
bool is_word(const struct search *search, size_t i);
bool is_text(const struct search *search, size_t i, const char *word);

/* The bracket that belongs to the one at `i`, looking back or ahead; `i` when there is none. */
size_t opening(const struct search *search, size_t i);
size_t closing(const struct search *search, size_t i);

/* Structs are named as in C, "et__Send". One that is not of the bindings: */
extern const char other_struct[];

/* Notes what the source declares: `struct et__Send *a, b[2]`, typedefs, parameters, functions. */
void declared_note(struct search *search);

/* That the name at token `at` is of this struct; NULL: not understood. */
void declared_add(struct search *search, size_t at, const char *type);

/* Whether a name is declared in the source with the token before it as its type. */
bool is_no_type(const struct search *search, size_t i);

/* The struct that a name is of, points to or returns, seen from token `i`, as the source declares
 * it, or what it includes where it does not; NULL: not understood. */
const char *declared_struct(const struct search *search, const char *name, size_t i);

/* That of a member; NULL: not understood. */
const char *member_struct(const struct search *search, const char *owner, const char *member,
                          size_t i);

#endif
