/* Facts of types, elements, attributes. */
#ifndef ETWSDL_FACTS_SCHEMA_H
#define ETWSDL_FACTS_SCHEMA_H

#include "etwsdl/facts/maker.h"

void facts_of_schemas(struct fact_maker *maker);

#endif
