/*
 * What a new contract changes on the wire, one change per fact, each judged for a sender and for a
 * reader: judge/opinion.h.
 */
#ifndef ETWSDL_DIFF_DIFF_H
#define ETWSDL_DIFF_DIFF_H

#include "etwsdl/diff/change.h"

/* The contracts have to outlive the diff. With `documentation`, changed texts are changes too. */
void diff_make(struct diff *diff, struct contract *before, struct contract *after,
               bool documentation);

/* What the readers did not understand, of both contracts: then the diff may miss something. */
size_t diff_notes(const struct diff *diff);

#endif
