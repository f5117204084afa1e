/* A text on its way into a file, with known secrets in it replaced by `***`, see base/mask.h. */
#ifndef ETS_HTTP_MASKER_H
#define ETS_HTTP_MASKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { ETS_MASKER_SECRETS = 4 };

struct ets_masker {
  FILE *file;
  char *secrets[ETS_MASKER_SECRETS];
  char *held; /* what may be the begin of a secret */
  size_t held_size;
  size_t room;
};

/* @param secrets  copied; NULL-terminated, at most ETS_MASKER_SECRETS; NULL: none. Those shorter
 *                 than ETS_MASK_SHORTEST are left alone
 * @return false when out of memory */
bool ets_masker_begin(struct ets_masker *mask, FILE *file, const char *const *secrets);

void ets_masker_write(struct ets_masker *mask, const char *bytes, size_t size);

/* Writes what is held back, and wipes the secrets. The file stays open. */
void ets_masker_end(struct ets_masker *mask);

#endif
