/* What is secret stays in memory no longer than it is needed, and out of messages. */
#ifndef ETS_SECRET_H
#define ETS_SECRET_H

#include <stdbool.h>
#include <stddef.h>

/* Overwrites a secret and frees it. NULL is allowed. */
void ets_wipe(char *secret);

/* The same for memory of `size` bytes. NULL is allowed. */
void ets_wipe_bytes(void *bytes, size_t size);

/* After a secret was copied: the vector registers that memcpy() used still hold it, and whoever
 * binds a symbol next saves them on the stack. */
void ets_wipe_registers(void);

/* Takes the text value of a member out of a JSON object, before a parser makes copies of it that
 * nobody wipes: its characters in `json` become `x`. A value that is no text, or not of ASCII, is
 * left alone. What is not JSON may be anything.
 * @param[out] value  free with ets_wipe(); NULL when there is no such member
 * @return false when out of memory */
bool ets_secret_lift(char **value, char *json, const char *member);

#endif
