/* Which struct an expression leads to. */
#ifndef ETWSDL_EFFECT_EXPRESSION_H
#define ETWSDL_EFFECT_EXPRESSION_H

#include "etwsdl/effect/declared.h"

/* Notes what is declared with the type of an expression: `__auto_type a = b->c`, `typeof(a) b`. */
void expression_note(struct search *search);

/* That of the expression which ends before token `end`: `a->b[2]`, `(*a)`, `(a + 1)`, a cast. */
const char *expression_struct(const struct search *search, size_t end);

/* That of what the brace at token `i` fills in, below a brace of `around`. `*array`: an array of
 * it, so that braces inside fill in the same. */
const char *brace_struct(const struct search *search, size_t i, const char *around,
                         bool around_array, bool *array);

#endif
