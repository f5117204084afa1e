/* One judge for each aspect: judge/judge.c calls them. */
#ifndef ETWSDL_JUDGE_ASPECTS_H
#define ETWSDL_JUDGE_ASPECTS_H

#include "etwsdl/judge/opinion.h"

/* NULL on the side that does not say it. */
struct aspect_change {
  const struct fact *before, *after; /* the facts */
  const struct aspect *was, *is;
};

void judge_aspect(struct opinion *opinion, enum aspect_kind kind,
                  const struct aspect_change *change);

#endif
