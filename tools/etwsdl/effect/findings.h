/* What is said of places in a C source, in their order. */
#ifndef ETWSDL_EFFECT_FINDINGS_H
#define ETWSDL_EFFECT_FINDINGS_H

#include "etwsdl/effect/search.h"

/* A name that is lost. */
void lose(struct search *search, const struct token *token, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* `what` goes on from "not understood". */
void say_unclear(struct search *search, const struct token *at, const char *what);

/* Adds what was found in the source to what is reported. */
void findings_hand_over(struct search *search, const struct source *source);

#endif
