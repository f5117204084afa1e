/** @file
 * What a Retrieve can be asked for, as far as a Describe of one account tells: accounts differ, so
 * it is a guide, for a user interface or for the completion of a command line. ets_describe() asks
 * the service itself. Nothing here talks to the network. `ettrack complete` prints what is here,
 * `ettrack describe` what one account says. */
#ifndef ETSOAP_RETRIEVABLE_H
#define ETSOAP_RETRIEVABLE_H

#include <stddef.h>

#include <etsoap/visibility.h>

ETS_BEGIN_DECLS

/** The object types that the contract in use has, sorted; `DataExtensionObject[]` stands for the
 * rows of any data extension.
 * @param index  from 0
 * @return static text; NULL behind the last one */
ETS_API const char *ets_retrievable_type(size_t index);

/** The properties of an object type, in the order of the Describe, dotted for sub-objects.
 * @param object_type  "Send"; one that is not known has none
 * @param index        from 0
 * @return static text; NULL behind the last one */
ETS_API const char *ets_retrievable_property(const char *object_type, size_t index);

ETS_END_DECLS
#endif
