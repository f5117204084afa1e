/* Fields: each aspect that a change of one may have. */
#include <string.h>

#include "judge/judge.h"

static void judge_type(struct opinion *opinion, const struct field *before,
                       const struct field *after) {
  const struct diff *diff = opinion->diff;
  const char *old = before->type && before->type->anonymous
                        ? "(inline)"
                        : contract_spell_type(diff->before, before->type);
  const char *new = after->type && after->type->anonymous
                        ? "(inline)"
                        : contract_spell_type(diff->after, after->type);
  if (strcmp(old, new) == 0)
    return;
  switch (type_fit(diff, before->type, after->type)) {
  case FIT_SAME:
    opinion_sender(opinion, false, "the new type takes the same values");
    opinion_reader(opinion, false, "the new type has the same values");
    break;
  case FIT_WIDER:
    opinion_sender(opinion, false, diff_format(diff, "every %s is a valid %s", old, new));
    opinion_reader(opinion, true, diff_format(diff, "not every %s is a valid %s", new, old));
    break;
  case FIT_NARROWER:
    opinion_sender(opinion, true, diff_format(diff, "not every %s is a valid %s", old, new));
    opinion_reader(opinion, false, diff_format(diff, "every %s is a valid %s", new, old));
    break;
  case FIT_OTHER:
    opinion_sender(opinion, true, diff_format(diff, "the service expects %s now", new));
    opinion_reader(opinion, true, diff_format(diff, "%s comes where %s did", new, old));
  }
}

static void judge_occurs(struct opinion *opinion, const struct field *before,
                         const struct field *after) {
  const struct particle *old = before->particle, *new = after->particle;
  if (new->min > old->min) {
    opinion_sender(opinion, true, old->min == 0 ? "it has to be sent now" : "more are required");
    opinion_reader(opinion, false, "it comes more reliably than before");
  } else if (new->min < old->min) {
    opinion_sender(opinion, false, "fewer are required");
    opinion_reader(opinion, true, new->min == 0 ? "it may be missing now" : "fewer may come");
  }
  if (new->max > old->max) {
    opinion_sender(opinion, false, "as many as before are accepted");
    opinion_reader(opinion, true, "more than before may come");
  } else if (new->max < old->max) {
    opinion_sender(opinion, true, "fewer are accepted");
    opinion_reader(opinion, false, "no more than before come");
  }
}

static void judge_nillable(struct opinion *opinion, bool before, bool after, bool optional) {
  if (before == after)
    return;
  if (before) {
    opinion_sender(opinion, true, "nil is no longer accepted");
    opinion_reader(opinion, false, "nil no longer comes");
  } else {
    opinion_sender(opinion, false, "nil is accepted besides");
    opinion_reader(opinion, !optional,
                   optional ? "nil reads as no value, which was possible before"
                            : "nil may come where a value always did");
  }
}

static bool same(const char *a, const char *b) {
  return !a || !b ? a == b : strcmp(a, b) == 0;
}

static void judge_values(struct opinion *opinion, const struct element *before,
                         const struct element *after) {
  if (!same(before->default_value, after->default_value)) {
    bool added = !before->default_value;
    const char *reason = added ? "an empty one had no meaning of its own before"
                               : "an empty one means another value now";
    opinion_sender(opinion, !added, reason);
    opinion_reader(opinion, !added, reason);
  }
  if (same(before->fixed, after->fixed))
    return;
  opinion_sender(opinion, after->fixed,
                 after->fixed ? "only the fixed value is accepted" : "any value is accepted");
  opinion_reader(opinion, before->fixed,
                 before->fixed ? "other values than the fixed one may come"
                               : "only the fixed value comes");
}

static void judge_elements(struct opinion *opinion, const struct field *before,
                           const struct field *after) {
  const struct element *old = before->element, *new = after->element;
  judge_type(opinion, before, after);
  judge_nillable(opinion, old->nillable, new->nillable, before->particle->min == 0);
  judge_values(opinion, old, new);
  if (old->qualified != new->qualified) {
    opinion_sender(opinion, true, "its namespace on the wire is another");
    opinion_reader(opinion, true, "its namespace on the wire is another");
  }
  if (!same(old->block, new->block)) {
    opinion_sender(opinion, true, "other derived types are allowed in its place");
    opinion_reader(opinion, false, "it reads as before");
  }
  if (before->particle->element->is_reference != after->particle->element->is_reference) {
    opinion_sender(opinion, false, "the element itself is the same");
    opinion_reader(opinion, false, "the element itself is the same");
  }
}

static bool is_required(const struct fact *fact) {
  return fact->field->min > 0 && !fact->field->choice;
}

static void judge_added(struct opinion *opinion, const struct fact *fact) {
  if (is_required(fact))
    opinion_sender(opinion, true, "it has to be sent");
  else
    opinion_sender(opinion, false, "it may be left out");
  opinion_reader(opinion, false, "readers skip elements they do not know");
}

static void judge_removed(struct opinion *opinion) {
  opinion_sender(opinion, true, "the service no longer knows it");
  opinion_reader(opinion, true, "it no longer comes");
}

void diff_judge_field(const struct diff *diff, struct change *change) {
  struct opinion opinion = opinion_begin(diff, change);
  if (change->kind == CHANGE_ADDED) {
    judge_added(&opinion, change->after);
    return;
  }
  if (change->kind == CHANGE_REMOVED) {
    judge_removed(&opinion);
    return;
  }
  const struct field *before = change->before->field, *after = change->after->field;
  judge_occurs(&opinion, before, after);
  if (before->element && after->element) {
    judge_elements(&opinion, before, after);
  } else {
    opinion_sender(&opinion, true, "other elements are accepted");
    opinion_reader(&opinion, true, "other elements may come");
  }
}
