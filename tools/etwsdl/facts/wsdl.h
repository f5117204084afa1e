/* Facts of messages, operations, bindings and ports. */
#ifndef ETWSDL_FACTS_WSDL_H
#define ETWSDL_FACTS_WSDL_H

#include "facts/schema.h"

void facts_of_wsdl(struct fact_sink *sink);

#endif
