/* Types as the reader of one answer has seen them so far. */
#ifndef ETS_PLAN_H
#define ETS_PLAN_H

#include "wire/frame.h"

/* A type, with the parser's own pointers to the names of its fields: as soon as one has been seen,
 * it is found again by comparing pointers, mostly at the first try. */
enum ets_way { ETS_WAY_LONG, ETS_WAY_TEXT, ETS_WAY_INTEGER, ETS_WAY_OBJECT };

struct ets_plan {
  struct ets_plan *next;
  const struct ets_type *type;
  const xmlChar **names;
  struct ets_plan **inner; /* of the declared types of the fields */
  uint16_t *after;         /* the field that came behind each of them last time */
  unsigned char *ways;     /* enum ets_way of each field */
  bool plain;              /* has members whose absence only notes can tell */
  bool any;                /* one field that takes any element */
};

/* NULL, and the reader failed, when out of memory. */
struct ets_plan *ets_plan_of(struct ets_reader *reader, const struct ets_type *type);

/* The field that a child is for; NULL: the type declares none. */
const struct ets_field *ets_plan_find(struct ets_reader *reader, struct ets_frame *frame,
                                      const xmlChar *name, const xmlChar *space);

/* The type that xsi:type names when it derives from `declared`, else `declared`; `unknown`: it
 * names one that the contract does not have there. */
struct ets_plan *ets_plan_actual(struct ets_reader *reader, const struct ets_type *declared,
                                 const struct ets_tag *tag, bool *unknown);

#endif
