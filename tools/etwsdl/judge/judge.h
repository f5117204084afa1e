/* What a fact that came, went or says something else does to programs of the old contract. */
#ifndef ETWSDL_JUDGE_JUDGE_H
#define ETWSDL_JUDGE_JUDGE_H

#include "etwsdl/judge/opinion.h"

void judge_added(struct opinion *opinion, const struct fact *fact);
void judge_removed(struct opinion *opinion, const struct fact *fact);

/* Aspect by aspect. */
void judge_altered(struct opinion *opinion, const struct fact *before, const struct fact *after);

#endif
