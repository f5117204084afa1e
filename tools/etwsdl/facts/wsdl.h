/* Facts of what the service does: operations, their headers and faults, the protocols. */
#ifndef ETWSDL_FACTS_WSDL_H
#define ETWSDL_FACTS_WSDL_H

#include "etwsdl/facts/maker.h"

void facts_of_wsdl(struct fact_maker *maker);

#endif
