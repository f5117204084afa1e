/* Identifiers for messages, requests and tokens. */
#ifndef ETSIM_GROUND_RANDOM_H
#define ETSIM_GROUND_RANDOM_H

#include <stdint.h>

enum { GUID_SIZE = 37 };

uint64_t random_number(void);

/* `8d0a...-....`, NUL-terminated; the last 12 digits are `tail`. */
void random_guid(char guid[GUID_SIZE], uint64_t tail);

#endif
