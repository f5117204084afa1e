/* (A | B)? and (A? | B?) allow the same: then how often A comes has not changed. */
#include "etwsdl/diff/steps.h"
#include "etwsdl/judge/fit.h"

struct occurs {
  struct diff *diff;
  struct map fits; /* owner to its enum fit, as an element of `known` */
};

static const enum fit known[] = {FIT_SAME, FIT_WIDER, FIT_NARROWER, FIT_OTHER};

static bool is_the_same(struct occurs *occurs, const struct change *change) {
  struct diff *diff = occurs->diff;
  const struct fact *was = change->before, *is = change->after;
  const enum fit *fit = map_get(&occurs->fits, is->owner);
  if (!fit) {
    fit = &known[content_fit(diff->before, was->type, diff->after, is->type)];
    map_put(diff->after->arena, &occurs->fits, is->owner, fit);
  }
  return *fit == FIT_SAME;
}

void diff_find_occurs(struct diff *diff) {
  struct occurs occurs = {.diff = diff};
  for (size_t i = 0; i < diff->changes.count; i++) {
    struct change *change = diff->changes.items[i];
    if (change->kind != &change_altered || change->before->kind != FACT_FIELD || change->folded)
      continue;
    const struct aspect *was = fact_aspect(change->before, ASPECT_OCCURS);
    const struct aspect *is = fact_aspect(change->after, ASPECT_OCCURS);
    if ((was->min == is->min && was->max == is->max) || !is_the_same(&occurs, change))
      continue;
    change->before = change_with(diff, change->before, is);
    change->folded = fact_says_same(change->before, change->after);
  }
}
