/*
 * What a new contract changes on the wire, one change per fact, each judged for a sender (a
 * program made from the old contract that sends to a service of the new one) and for a reader (one
 * that reads what such a service answers).
 */
#ifndef ETWSDL_DIFF_DIFF_H
#define ETWSDL_DIFF_DIFF_H

#include "facts/facts.h"

enum change_kind {
  CHANGE_ADDED,
  CHANGE_REMOVED,
  CHANGE_ALTERED,
  CHANGE_MOVED,    /* a field between a base type and types derived from it */
  CHANGE_REORDERED /* the same fields of a type in another order */
};

struct judgement {
  bool breaking;
  const char *reason;
};

struct change {
  enum change_kind kind;
  const struct fact *before; /* NULL for an addition */
  const struct fact *after;  /* NULL for a removal */
  struct list moved_to;      /* struct fact, of a move down or up: where it is now */
  struct list moved_from;    /* struct fact: where it was */
  struct list details;       /* struct fact: what comes or goes with it, e.g. fields of a type */
  const char *group;         /* type, message, operation or binding it is shown under */
  const char *text;          /* "field SentEvent.BatchID xsd:int 0..1" */
  struct judgement sender, reader;
  bool folded; /* part of another change */
};

struct diff {
  struct contract *before, *after;
  struct list before_facts, after_facts;
  struct list changes; /* struct change, by group */
  size_t sender_breaks, reader_breaks, breaking;
};

/* The contracts have to outlive the diff. With `documentation`, changed texts are changes too. */
void diff_make(struct diff *diff, struct contract *before, struct contract *after,
               bool documentation);

/* One paragraph. Allocated in the new contract's arena. */
const char *diff_verdict(const struct diff *diff);

/* Free with text_free. */
struct text diff_text(const struct diff *diff);
struct text diff_markdown(const struct diff *diff);
struct text diff_json(const struct diff *diff);

/* What the readers did not understand, of both contracts: then the diff may miss something. */
size_t diff_notes(const struct contract *contract);

#endif
