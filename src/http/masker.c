#include "http/masker.h"

#include "base/mask.h"
#include "base/secret.h"

#include <stdlib.h>
#include <string.h>

static enum ets_mask_found find(const struct ets_masker *mask, struct ets_mask_text text,
                                const char **end) {
  enum ets_mask_found found = ETS_MASK_NO;
  for (size_t i = 0; i < ETS_MASKER_SECRETS && mask->secrets[i]; i++) {
    enum ets_mask_found one = ets_mask_find(text, mask->secrets[i], end);
    if (one == ETS_MASK_YES)
      return ETS_MASK_YES;
    found = one == ETS_MASK_PERHAPS ? one : found;
  }
  return found;
}

/* More than any escape of a character is long. */
enum { ESCAPE_ROOM = 16 };

/* Writes what is certain. What is held stays below the room: it is at most one secret. */
static void flush(struct ets_masker *mask, bool whole) {
  const char *from = mask->held, *at = from, *end = from + mask->held_size, *behind;
  while (at < end) {
    struct ets_mask_text text = {at, end, whole};
    enum ets_mask_found found = find(mask, text, &behind);
    if (found == ETS_MASK_PERHAPS && (size_t)(end - at) < mask->room / 2)
      break;
    if (found == ETS_MASK_YES) {
      fwrite(from, 1, (size_t)(at - from), mask->file);
      fputs("***", mask->file);
      at = from = behind;
    } else
      at++;
  }
  fwrite(from, 1, (size_t)(at - from), mask->file);
  mask->held_size = (size_t)(end - at);
  memmove(mask->held, at, mask->held_size);
}

/* --- the stream ------------------------------------------------------------------------------ */

bool ets_masker_begin(struct ets_masker *mask, FILE *file, const char *const *secrets) {
  size_t count = 0, longest = 0;
  *mask = (struct ets_masker){.file = file};
  for (; secrets && *secrets && count < ETS_MASKER_SECRETS; secrets++) {
    size_t size = strlen(*secrets);
    if (size < ETS_MASK_SHORTEST)
      continue;
    if (!(mask->secrets[count++] = strdup(*secrets)))
      return false;
    longest = size > longest ? size : longest;
  }
  mask->room = 4096 + 2 * longest * ESCAPE_ROOM;
  mask->held = count ? malloc(mask->room) : NULL;
  return count == 0 || mask->held;
}

void ets_masker_write(struct ets_masker *mask, const char *bytes, size_t size) {
  if (!mask->held)
    fwrite(bytes, 1, size, mask->file);
  while (mask->held && size > 0) {
    size_t fits = mask->room - mask->held_size;
    size_t taken = size < fits ? size : fits;
    memcpy(mask->held + mask->held_size, bytes, taken);
    mask->held_size += taken;
    bytes += taken;
    size -= taken;
    flush(mask, false);
  }
}

void ets_masker_end(struct ets_masker *mask) {
  if (mask->held)
    flush(mask, true);
  for (size_t i = 0; i < ETS_MASKER_SECRETS; i++)
    ets_wipe(mask->secrets[i]);
  ets_wipe_bytes(mask->held, mask->room);
  *mask = (struct ets_masker){0};
}
