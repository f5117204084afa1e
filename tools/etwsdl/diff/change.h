/* One change of a contract. */
#ifndef ETWSDL_DIFF_CHANGE_H
#define ETWSDL_DIFF_CHANGE_H

#include "etwsdl/judge/judge.h"

struct diff;
struct change;

/* A kind of change: how it is shown, said and judged. Who finds changes of a kind has its row. */
struct change_kind {
  char sign;
  const char *word;
  const char *(*describe)(const struct diff *diff, const struct change *change);
  void (*judge)(struct opinion *opinion, const struct diff *diff, const struct change *change);
};

extern const struct change_kind change_added, change_removed, change_altered, change_documented;
extern const struct change_kind change_moved, change_reordered;

struct change {
  const struct change_kind *kind;
  const struct fact *before; /* NULL for an addition */
  const struct fact *after;  /* NULL for a removal */
  struct list moved_to;      /* struct fact, of a move down or up: where it is now */
  struct list moved_from;    /* struct fact: where it was */
  struct list details;       /* struct fact: what comes or goes with it, e.g. fields of a type */
  const char *group;         /* type, operation or protocol it is shown under */
  const char *text;          /* "field SentEvent.BatchID xsd:int 0..1" */
  struct judgement sender, reader;
  bool folded; /* part of another change, or none at all */
};

struct diff {
  struct contract *before, *after;
  struct list before_facts, after_facts;
  struct list changes;        /* struct change, by group */
  struct known_fields *known; /* see moves.c */
  size_t sender_breaks, reader_breaks, breaking;
};

/* The side that there is, the new one when there are both. */
const struct fact *change_fact(const struct change *change);

/* That of a change which is one of the first three kinds. */
void change_add(struct diff *diff, const struct fact *before, const struct fact *after);

/* The same fact, as if it had said this. */
const struct fact *change_with(struct diff *diff, const struct fact *fact,
                               const struct aspect *said);
const struct fact *change_without(struct diff *diff, const struct fact *fact,
                                  enum aspect_kind kind);

const char *diff_format(const struct diff *diff, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
