#include "judge/judge.h"

#include <string.h>

struct judgement fine(const char *reason) {
  return (struct judgement){false, reason};
}

struct judgement breaks(const char *reason) {
  return (struct judgement){true, reason};
}

void judge_both(struct change *change, struct judgement judgement) {
  change->sender = judgement;
  change->reader = judgement;
}

/* The bits of a type, its path's owner included: an anonymous type travels with its owner. */
static unsigned reach_of(const struct fact *fact) {
  if (!fact || !fact->type || fact->type->reach == 0)
    return 3; /* nothing known: both */
  return fact->type->reach;
}

struct opinion opinion_begin(const struct diff *diff, struct change *change) {
  unsigned bits = 0;
  if (change->before)
    bits |= reach_of(change->before);
  if (change->after)
    bits |= reach_of(change->after);
  struct opinion opinion = {diff, change, (bits & 1) != 0, (bits & 2) != 0};
  change->sender = opinion.sent ? (struct judgement){0} : fine("it stands in no request");
  change->reader = opinion.read ? (struct judgement){0} : fine("it stands in no answer");
  return opinion;
}

static void add(const struct diff *diff, struct judgement *judgement, bool breaking,
                const char *reason) {
  if (!judgement->reason || (breaking && !judgement->breaking))
    *judgement = (struct judgement){breaking, reason};
  else if (breaking == judgement->breaking && strcmp(judgement->reason, reason) != 0)
    judgement->reason = diff_format(diff, "%s; %s", judgement->reason, reason);
}

void opinion_sender(struct opinion *opinion, bool breaking, const char *reason) {
  if (opinion->sent)
    add(opinion->diff, &opinion->change->sender, breaking, reason);
}

void opinion_reader(struct opinion *opinion, bool breaking, const char *reason) {
  if (opinion->read)
    add(opinion->diff, &opinion->change->reader, breaking, reason);
}
