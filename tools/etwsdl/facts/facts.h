/*
 * A contract as a set of facts, one line each: what goes over the wire and nothing else. Two
 * contracts that say the same have the same facts, however they are written. `surface` prints
 * them sorted, `diff` compares them.
 */
#ifndef ETWSDL_FACTS_FACTS_H
#define ETWSDL_FACTS_FACTS_H

#include "model/fields.h"

enum fact_kind {
  FACT_ACTION,
  FACT_ATTRIBUTE,
  FACT_BINDING,
  FACT_CONTENT, /* order and choices of a type's own fields */
  FACT_ELEMENT,
  FACT_FACET,
  FACT_FAULT,
  FACT_FIELD,
  FACT_HEADER,
  FACT_MESSAGE,
  FACT_NAMESPACE, /* the target namespace, which names are spelled without */
  FACT_OPERATION,
  FACT_PART,
  FACT_PORT,
  FACT_SIMPLE,
  FACT_TYPE,
  FACT_VALUE,
  FACT_KINDS
};

struct fact {
  enum fact_kind kind;
  const char *owner;  /* "Account", "Account.Roles", "SoapBinding"; what the fact is grouped by */
  const char *name;   /* within the owner, "" when the fact is about the owner itself */
  const char *detail; /* "xsd:int 0..1 nillable" */
  struct place at;
  struct field *field; /* FACT_FIELD */
  struct type *type;   /* FACT_TYPE, FACT_SIMPLE, FACT_CONTENT: the type; others: what owns it */
  const char *documentation;
};

extern const char *const fact_words[FACT_KINDS]; /* "field" */

/* Sorted by kind word, owner, name. The array's items are struct fact. */
struct list facts_of(struct contract *contract);

/* "field SentEvent.BatchID xsd:int 0..1"; interned. */
const char *fact_line(struct contract *contract, const struct fact *fact);
/* The same without the detail. */
const char *fact_subject(struct contract *contract, const struct fact *fact);

/* All lines, sorted byte by byte, each with a line feed. Free with text_free. */
struct text surface_of(struct contract *contract);

#endif
