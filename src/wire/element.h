/* What the contract does not declare: kept as elements, and an xsd:any as XML. */
#ifndef ETS_ELEMENT_H
#define ETS_ELEMENT_H

#include "wire/frame.h"

/* An element with no other around, a Fault: from now on all is read into elements, and text may
 * stand between them. NULL, and the reader failed, when out of memory. */
struct ets_element *ets_element_root(struct ets_reader *reader, const struct ets_tag *tag);

/* Inside the object or element on top. */
void ets_element_start(struct ets_reader *reader, const struct ets_tag *tag);

/* A value that turns out to have elements inside, against the contract. */
bool ets_element_from_leaf(struct ets_reader *reader);

void ets_element_end(struct ets_reader *reader);

/* Inside an object whose one member is an xsd:any, `any`, or inside that. */
void ets_any_start(struct ets_reader *reader, const struct ets_field *any,
                   const struct ets_tag *tag);
void ets_any_end(struct ets_reader *reader);

#endif
