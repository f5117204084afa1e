#include "etwsdl/judge/content.h"

#include "etwsdl/base/map.h"
#include "etwsdl/judge/fit.h"

/* What is around the fields may make one optional, or repeat it, as if it said so itself. */
static bool fields_come_otherwise(struct opinion *opinion, struct type *before,
                                  struct type *after) {
  struct list old = {0}, new = {0};
  struct map known = {0};
  const struct field *missing = NULL, *more = NULL, *none = NULL;
  fields_own(opinion->before, before, &old);
  fields_own(opinion->after, after, &new);
  for (size_t i = 0; i < old.count; i++) {
    const struct field *field = old.items[i];
    map_put(opinion->after->arena, &known, field->name, field);
  }
  for (size_t i = 0; i < new.count; i++) {
    const struct field *is = new.items[i], *was = map_get(&known, is->name);
    if (was && !missing && field_is_required(was) && !field_is_required(is))
      missing = is;
    if (was && !none && was->choice && was->choice->min > 0 && is->choice && is->choice->min == 0)
      none = is;
    if (was && !more && was->max == 1 && is->max > 1)
      more = is;
  }
  if (missing)
    opinion_reader(opinion, true, opinion_format(opinion, "%s may be missing now", missing->name));
  if (more)
    opinion_reader(opinion, true, opinion_format(opinion, "more than one %s may come", more->name));
  if (none)
    opinion_reader(
        opinion, true,
        opinion_format(opinion, "neither %s nor another of its choice may come", none->name));
  return missing || more || none;
}

/* The struct of a stub has room for one of a choice: whether two of one may come now. */
static bool comes_beside_another(struct opinion *opinion, struct type *before, struct type *after) {
  struct list old = {0}, new = {0};
  struct map names = {0}, places = {0};
  fields_own(opinion->before, before, &old);
  fields_own(opinion->after, after, &new);
  for (size_t i = 0; i < new.count; i++) {
    const struct field *field = new.items[i];
    map_put(opinion->after->arena, &names, field->name, field);
  }
  const struct particle *choice = NULL, *is_in = NULL;
  for (size_t i = 0; i < old.count; i++) {
    const struct field *was = old.items[i], *is = map_get(&names, was->name);
    if (!was->choice || was->max > 1 || !is)
      continue;
    if (was->choice != choice)
      is_in = is->choice;
    choice = was->choice;
    const char *place =
        opinion_format(opinion, "%p %u", (const void *)is->choice, is->choice_index);
    if (!is->choice || is->choice != is_in || is->choice->max > 1 || is->repeated_parent ||
        !map_put(opinion->after->arena, &places, place, is))
      return true;
  }
  return false;
}

void judge_content(struct opinion *opinion, struct type *before, struct type *after) {
  enum fit fit = arrangement_fit(opinion->before, before, opinion->after, after);
  bool accepts = fit == FIT_WIDER || fit == FIT_SAME;
  opinion_sender(opinion, !accepts,
                 accepts ? "every arrangement that was accepted still is"
                         : "other combinations of fields are accepted");
  if (fit == FIT_NARROWER || fit == FIT_SAME)
    opinion_reader(opinion, false, "no arrangement comes that did not");
  else if (fields_come_otherwise(opinion, before, after))
    return;
  else if (comes_beside_another(opinion, before, after))
    opinion_stubs(opinion, "a stub keeps one where several of a choice come",
                  "the helpers keep them all");
  else
    opinion_reader(opinion, false, "stubs and helpers read fields in any order and company");
}
