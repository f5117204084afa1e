/* All facts of a contract: `surface` prints them sorted, `diff` compares them. */
#ifndef ETWSDL_FACTS_FACTS_H
#define ETWSDL_FACTS_FACTS_H

#include "etwsdl/facts/fact.h"

/* Sorted by kind, owner, name. The array's items are struct fact. */
struct list facts_of(struct contract *contract);

/* The order of the list, whatever the facts say. */
int facts_compare_subjects(const struct fact *a, const struct fact *b);

/* All lines, sorted byte by byte, each with a line feed. Free with buffer_free. */
struct buffer surface_of(struct contract *contract);

#endif
