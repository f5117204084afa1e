/* Properties as name/value pairs: the PartnerProperties of any object, the columns of a data
 * extension row. The walks return what stopped them, 0 at the end. */
#ifndef ETS_PAIRS_H
#define ETS_PAIRS_H

#include <etsoap/object.h>

/* Whether the object is a data extension row, whose columns win over members of the same name. */
bool ets_object_is_row(ets_object object);

/* A column of a row by its name; absent when the object is no row or has no such column. */
ets_value ets_column_read(ets_object object, const char *name);

/* The value of a PartnerProperty by its name. */
ets_value ets_partner_read(ets_object object, const char *name);

/* Each column of a row under its own name, one without a name as the pair that it is. */
int ets_columns_walk(ets_object row, ets_visitor *visit, void *context);

/* The same for PartnerProperties. */
int ets_partners_walk(ets_object object, ets_visitor *visit, void *context);

#endif
