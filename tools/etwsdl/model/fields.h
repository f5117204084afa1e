/*
 * The fields of a complex type, one after the other as messages show them (sent.h): groups
 * expanded, references followed, occurrences multiplied out.
 */
#ifndef ETWSDL_MODEL_FIELDS_H
#define ETWSDL_MODEL_FIELDS_H

#include "etwsdl/model/model.h"

struct field {
  const char *name; /* local name; "##any" for a wildcard */
  struct qname qname;
  struct type *owner;      /* the type that declares it */
  struct element *element; /* declaration, never a reference; NULL for a wildcard */
  struct particle *particle;
  struct type *type;       /* NULL: anyType, or a wildcard */
  unsigned min, max;       /* what may come of it in one value of the type */
  struct particle *choice; /* innermost choice around it, or NULL */
  unsigned choice_index;   /* position in it, from 0 */
  bool repeated_parent;    /* stands in a sequence or choice that may repeat */
  const char *next;        /* name of the one after it among its owner's own, or NULL */
  struct place at;
};

/* Appends the type's own fields (struct field), without those of its base. */
void fields_own(struct contract *contract, struct type *type, struct list *fields);

/* Whether it is in every value of its type. */
bool field_is_required(const struct field *field);

/* So often, each time so often. */
unsigned occurs_times(unsigned a, unsigned b);

/* Appends those of the bases first, then its own. A restriction says its fields anew. */
void fields_all(struct contract *contract, struct type *type, struct list *fields);

#endif
