/* The steps of diff_make, in the order they are taken. Each makes several changes one, or none. */
#ifndef ETWSDL_DIFF_STEPS_H
#define ETWSDL_DIFF_STEPS_H

#include "etwsdl/diff/change.h"

/* A type that got a name, or lost it; an operation called otherwise: no message shows it. */
void diff_find_names(struct diff *diff);

/* Order of fields: leaves a change only where fields that both contracts have stand differently. */
void diff_find_order(struct diff *diff);

/* Fields that went from a type to its base or to derived types become one change. */
void diff_find_moves(struct diff *diff);

/* What belongs to something that came or went as a whole goes under it. */
void diff_fold(struct diff *diff);

#endif
