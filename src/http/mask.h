/* A text on its way into a file, with known secrets in it replaced by `***`: as they are, and as
 * XML writes them, with references for any of their characters. */
#ifndef ETS_HTTP_MASK_H
#define ETS_HTTP_MASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { ETS_MASK_SECRETS = 4, ETS_MASK_SHORTEST = 4 };

struct ets_mask {
  FILE *file;
  char *secrets[ETS_MASK_SECRETS];
  char *held; /* what may be the begin of a secret */
  size_t held_size;
  size_t room;
};

/* @param secrets  copied; NULL-terminated, at most ETS_MASK_SECRETS; NULL: none. Those shorter than
 *                 ETS_MASK_SHORTEST are found too often in what is none, and are left alone.
 * @return false when out of memory */
bool ets_mask_begin(struct ets_mask *mask, FILE *file, const char *const *secrets);

void ets_mask_write(struct ets_mask *mask, const char *bytes, size_t size);

/* Writes what is held back, and wipes the secrets. The file stays open. */
void ets_mask_end(struct ets_mask *mask);

#endif
