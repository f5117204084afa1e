/* Reads one <xsd:schema> into the model. References stay names until resolve() ties them. */
#ifndef ETWSDL_READ_SCHEMA_H
#define ETWSDL_READ_SCHEMA_H

#include "etwsdl/source/xml.h"

/* `ns`: for an include the namespace that a schema without one takes over (`included`), for an
 * import the one it must have; NULL when nothing is asked. */
void schema_read(struct reader *reader, xmlNode *schema, bool included, const char *ns);

#endif
