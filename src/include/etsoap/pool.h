/** @file
 * Objects of your own: made by name, set by path, copied deep. They live in a pool and are freed
 * with it. Errors are sticky: after the first one every call on the pool does nothing, so a
 * sequence of sets needs one check at its end, with ets_pool_status().
 *
 *     ets_pool *pool = ets_pool_new();
 *     ets_object subscriber = ets_object_new(pool, "Subscriber");
 *     ets_set(pool, subscriber, "EmailAddress", "ann@example.com");
 *     ets_set(pool, subscriber, "Attributes[0].Name", "City");
 *     ets_set(pool, subscriber, "Attributes[0].Value", "Ulm");
 *     if (ets_pool_status(pool) == ETS_OK) ...
 *
 * None of these functions talks to the network. */
#ifndef ETSOAP_POOL_H
#define ETSOAP_POOL_H

#include <etsoap/error.h>
#include <etsoap/object.h>

ETS_BEGIN_DECLS

/** Holds objects and the first error. Use it from one thread at a time. */
typedef struct ets_pool ets_pool;

/** An empty pool; NULL when out of memory. Free with ets_pool_free(). */
ETS_API ets_pool *ets_pool_new(void);
/** Frees the pool and every object in it. NULL is allowed. */
ETS_API void ets_pool_free(ets_pool *pool);
/** ETS_OK, or the first thing that went wrong; ETS_E_NOMEM for a NULL pool. */
ETS_API ets_status ets_pool_status(const ets_pool *pool);
/** Detail of the first thing that went wrong, for a NULL pool that there was no memory. Never NULL;
 * owned by the pool. */
ETS_API const ets_error *ets_pool_error(const ets_pool *pool);

/** A new object with nothing set.
 * @param type  name of a type of the contract, "TriggeredSend", or of a message element
 * @return an object without type after an error (unknown or abstract type) */
ETS_API ets_object ets_object_new(ets_pool *pool, const char *type);

/** Sets a property by path from text, making the objects on the way: "Client.ID",
 * "Fields.Field[0].Name". An array index may be the one behind the last, which appends; a path to
 * an array without index appends, too. Numbers, booleans (`true`, `false`, `1`, `0`) and enum
 * values are read from the text; strings and dates are taken as they are, but for what XML
 * cannot carry: control characters, and what is not UTF-8, are ETS_E_USAGE. A DataExtensionObject
 * takes the names of its columns as well. Strings are copied. */
ETS_API void ets_set(ets_pool *pool, ets_object object, const char *path, const char *value);
/** The same with an integer. */
ETS_API void ets_set_integer(ets_pool *pool, ets_object object, const char *path, int64_t value);
/** The same with a boolean. */
ETS_API void ets_set_boolean(ets_pool *pool, ets_object object, const char *path, bool value);
/** Sets a nillable property to nil: it goes out as xsi:nil, which empties it on the service. */
ETS_API void ets_set_nil(ets_pool *pool, ets_object object, const char *path);
/** Puts an object, of the declared type or one derived from it, into a property; appends when the
 * property is an array. The object is shared, not copied: it has to live as long. */
ETS_API void ets_set_object(ets_pool *pool, ets_object object, const char *path, ets_object value);

/** A deep copy, that outlives the page or call it came from.
 * @return an object without type after an error */
ETS_API ets_object ets_object_copy(ets_pool *pool, ets_object object);

ETS_END_DECLS
#endif
