/* The steps of diff_make, in the order they are taken. */
#ifndef ETWSDL_DIFF_STEPS_H
#define ETWSDL_DIFF_STEPS_H

#include "diff/diff.h"

/* Fields that went from a type to its base or to derived types become one change. */
void diff_find_moves(struct diff *diff);

/* Order of fields: leaves a change only where fields that both contracts have stand differently. */
void diff_find_order(struct diff *diff);

/* What belongs to something that came or went as a whole goes under it. */
void diff_fold(struct diff *diff);

void diff_judge(const struct diff *diff, struct change *change);
void diff_judge_field(const struct diff *diff, struct change *change);
void diff_judge_move(const struct diff *diff, struct change *change);
void diff_judge_wsdl(const struct diff *diff, struct change *change);

/* For the judges. */
struct judgement fine(const char *reason);
struct judgement breaks(const char *reason);
void judge_both(struct change *change, struct judgement judgement);
const char *diff_format(const struct diff *diff, const char *format, ...) ETWSDL_PRINTF(2, 3);

/* Old and new type changing places: how a value of one fits where the other is expected. */
enum fit { FIT_SAME, FIT_WIDER, FIT_NARROWER, FIT_OTHER };
enum fit type_fit(const struct diff *diff, const struct type *before, const struct type *after);

#endif
