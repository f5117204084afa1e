/*
 * A contract as a set of facts: what goes over the wire and nothing else. Two contracts that say
 * the same have the same facts, however they are written. A fact is printed as one line; nobody
 * reads that line again.
 */
#ifndef ETWSDL_FACTS_FACT_H
#define ETWSDL_FACTS_FACT_H

#include "etwsdl/model/fields.h"

enum fact_kind {
  FACT_ATTRIBUTE,
  FACT_BINDING, /* a protocol that the service speaks */
  FACT_CONTENT, /* order and choices of a type's own fields */
  FACT_ELEMENT,
  FACT_FACET,
  FACT_FAULT,
  FACT_FIELD,
  FACT_HEADER,
  FACT_NAMESPACE, /* the target namespace, which names are spelled without */
  FACT_OPERATION,
  FACT_SIMPLE,
  FACT_TYPE,
  FACT_VALUE,
  FACT_KINDS
};

enum aspect_kind {
#define ASPECT(name, form) ASPECT_##name,
#include "etwsdl/facts/aspects.def"
#undef ASPECT
  ASPECT_KINDS
};

/* One thing that a fact says of its subject. */
struct aspect {
  enum aspect_kind kind;
  const char *text;  /* what it says; "" for those that are there or not */
  struct type *type; /* ASPECT_TYPE, ASPECT_DERIVATION: the type; NULL: anything */
  unsigned min, max; /* ASPECT_OCCURS */
};

/* What facts are about: something with a name, or an inline type at its place inside. */
struct owner {
  const char *path;          /* "Account", "Account.Roles" */
  const struct owner *outer; /* NULL: it has a name of its own */
};

struct fact {
  enum fact_kind kind;
  const char *owner;          /* "Account", "Account.Roles", "Retrieve" */
  const struct owner *inside; /* what the owner is an inline part of; NULL: nothing */
  const char *name;           /* within the owner, "" when the fact is about the owner itself */
  struct place at;
  struct list aspects;   /* struct aspect */
  struct field *field;   /* FACT_FIELD */
  bool of_request;       /* FACT_HEADER */
  const unsigned *reach; /* REACH_... bits of what it is about; NULL: both ways */
  struct type *type;     /* FACT_TYPE, FACT_SIMPLE, FACT_CONTENT: the type; others: what owns it */
  const char *documentation;
};

const char *fact_word(enum fact_kind kind); /* "field" */

/* NULL when the fact does not say it. */
const struct aspect *fact_aspect(const struct fact *fact, enum aspect_kind kind);

/* Whether both say the same of what they are about. */
bool fact_says_same(const struct fact *a, const struct fact *b);

/* Whether the type of a field, element or attribute is written there, without a name of its own. */
bool fact_is_inline(const struct fact *fact);

/* "xsd:int 0..1 nillable", "" when it says no more than that there is something; interned. */
const char *fact_detail(struct contract *contract, const struct fact *fact);

/* "field SentEvent.BatchID"; interned. */
const char *fact_subject(struct contract *contract, const struct fact *fact);

/* Both. */
const char *fact_line(struct contract *contract, const struct fact *fact);

#endif
