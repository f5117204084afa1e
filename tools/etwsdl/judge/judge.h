/* Judgements gathered from several aspects of one change: the worst one wins, reasons add up. */
#ifndef ETWSDL_JUDGE_JUDGE_H
#define ETWSDL_JUDGE_JUDGE_H

#include "diff/steps.h"

struct opinion {
  const struct diff *diff;
  struct change *change;
  bool sent, read; /* whether the thing travels that way at all */
};

/* Looks up which way the change's types travel; a side that it does not travel is fine. */
struct opinion opinion_begin(const struct diff *diff, struct change *change);
void opinion_sender(struct opinion *opinion, bool breaking, const char *reason);
void opinion_reader(struct opinion *opinion, bool breaking, const char *reason);

#endif
