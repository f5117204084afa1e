/* Facts while they are made. */
#ifndef ETWSDL_FACTS_MAKER_H
#define ETWSDL_FACTS_MAKER_H

#include "etwsdl/facts/fact.h"

struct fact_maker {
  struct contract *contract;
  struct list facts; /* struct fact */
};

/* A copy of `fact` that is in the list; aspects are added to it afterwards. */
struct fact *fact_add(struct fact_maker *maker, struct fact fact);

void aspect_add(struct fact_maker *maker, struct fact *fact, enum aspect_kind kind,
                const char *text);
void aspect_flag(struct fact_maker *maker, struct fact *fact, enum aspect_kind kind, bool said);
void aspect_optional(struct fact_maker *maker, struct fact *fact, enum aspect_kind kind,
                     const char *text); /* nothing for NULL */
void aspect_quoted(struct fact_maker *maker, struct fact *fact, enum aspect_kind kind,
                   const char *text); /* nothing for NULL */
void aspect_type(struct fact_maker *maker, struct fact *fact, enum aspect_kind kind,
                 const char *text, struct type *type);
void aspect_occurs(struct fact_maker *maker, struct fact *fact, unsigned min, unsigned max);

/* Text of a contract as it may stand in a line: quoted when it would be ambiguous otherwise. */
const char *fact_shown(struct fact_maker *maker, const char *text);

#endif
