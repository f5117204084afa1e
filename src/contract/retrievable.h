/* Which properties a Retrieve of an object type returns, by retrievable.def. Private to the
 * library and its tools. */
#ifndef ETS_RETRIEVABLE_H
#define ETS_RETRIEVABLE_H

#include <stdbool.h>
#include <stddef.h>

struct ets_retrievable {
  const char *property;      /* "Client.ID", spelled as the service spells it */
  const char *describe_type; /* "Int32", "DateTime"; "" when unknown */
};

/* Whether `object_type` names the rows of a data extension, "DataExtensionObject[Key]": their
 * properties are its columns, which no table knows. */
bool ets_retrievable_is_rows(const char *object_type);

/* Whether the table has the object type; the rows of any data extension count as one. */
bool ets_retrievable_knows(const char *object_type);

/* Properties of an object type in the order of a Describe; NULL and a count of 0 when the table
 * does not have it. Static. */
const struct ets_retrievable *ets_retrievable_properties(size_t *count, const char *object_type);

/* One property by exact name; NULL when there is none. */
const struct ets_retrievable *ets_retrievable_find(const char *object_type, const char *property);

#endif
