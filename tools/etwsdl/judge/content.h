/* What another arrangement of the same fields does: order, choices, what repeats as a whole. */
#ifndef ETWSDL_JUDGE_CONTENT_H
#define ETWSDL_JUDGE_CONTENT_H

#include "etwsdl/judge/opinion.h"

void judge_content(struct opinion *opinion, struct type *before, struct type *after);

#endif
