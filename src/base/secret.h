/* What is secret stays in memory no longer than it is needed, and out of messages. */
#ifndef ETS_SECRET_H
#define ETS_SECRET_H

#include <stdbool.h>
#include <stddef.h>

/* Overwrites a secret and frees it. NULL is allowed. */
void ets_wipe(char *secret);

/* The same for memory of `size` bytes. NULL is allowed. */
void ets_wipe_bytes(void *bytes, size_t size);

/* Takes the text value of a member out of a JSON object, before a parser makes copies of it that
 * nobody wipes: its characters in `json` become `x`. A value with escapes, or one that is no
 * text, is left alone. The text that is not JSON may be anything.
 * @param[out] value  free with ets_wipe(); NULL when there is no such member
 * @return false when out of memory */
bool ets_secret_lift(char **value, char *json, const char *member);

/* Overwrites each place where `secret` occurs in a text with `*`. */
void ets_secret_mask(char *text, const char *secret);

#endif
