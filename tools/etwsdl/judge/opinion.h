/*
 * Judgements gathered from several aspects of one change: the worst one wins, reasons add up.
 *
 * A sender is a program made from the old contract that sends to a service of the new one; a
 * reader one that reads what such a service answers. Both are meant as programs on the generated
 * stubs; where those on the helpers fare better, the judgement says so.
 */
#ifndef ETWSDL_JUDGE_OPINION_H
#define ETWSDL_JUDGE_OPINION_H

#include "etwsdl/facts/fact.h"

struct judgement {
  bool breaking;
  const char *reason;
  const char *helpers; /* why it does not break who uses the helpers; NULL: it is the same */
};

struct opinion {
  struct contract *before, *after;
  bool sent, read; /* whether the thing travels that way at all */
  struct judgement sender, reader;
};

/* Looks up which way it travels, by the facts of either side (NULL: none). */
struct opinion opinion_begin(struct contract *before, struct contract *after,
                             const struct fact *was, const struct fact *is);

void opinion_sender(struct opinion *opinion, bool breaking, const char *reason);
void opinion_reader(struct opinion *opinion, bool breaking, const char *reason);
void opinion_both(struct opinion *opinion, bool breaking, const char *reason);
/* Breaks a reader made of stubs only. */
void opinion_stubs(struct opinion *opinion, const char *reason, const char *helpers);

const char *opinion_format(const struct opinion *opinion, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
