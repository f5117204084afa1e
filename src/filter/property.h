/* What a filter may say of a property, by the contract and by what Describe lists. Private to the
 * filter sources. */
#ifndef ETS_FILTER_PROPERTY_H
#define ETS_FILTER_PROPERTY_H

#include <stddef.h>

enum ets_property_kind {
  ETS_PROPERTY_OPEN,    /* nothing is known: any object type, an unknown one, a column of rows */
  ETS_PROPERTY_MISSING, /* the object type is known and has no such property */
  ETS_PROPERTY_OBJECT,  /* an object or an array: no single value to compare */
  ETS_PROPERTY_VALUE,   /* text, and whatever else is compared as it is written */
  ETS_PROPERTY_DATE,
  ETS_PROPERTY_BOOLEAN,
  ETS_PROPERTY_INTEGER
};

/* object_type: "SentEvent", "DataExtensionObject[Key]"; NULL for any
 * property: a dotted path */
enum ets_property_kind ets_filter_property(const char *object_type, const char *property);

/* The property whose name is nearest to that of a missing one; NULL when none is near, or when a
 * path that is made in `buffer` does not fit there whole. */
const char *ets_filter_property_near(char *buffer, size_t size, const char *object_type,
                                     const char *property);

#endif
