/* Facts of types, elements, attributes. */
#ifndef ETWSDL_FACTS_SCHEMA_H
#define ETWSDL_FACTS_SCHEMA_H

#include "facts/facts.h"

struct fact_sink {
  struct contract *contract;
  struct list facts;
};

void fact_add(struct fact_sink *sink, struct fact fact);
void facts_of_schemas(struct fact_sink *sink);

#endif
