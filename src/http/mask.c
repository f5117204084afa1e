#include "http/mask.h"

#include "base/secret.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* Longest reference that is understood, and more than any that is written: `&#x0010FFFF;`. */
enum { REFERENCE_MAX = 16, UTF8_MAX = 4 };

enum found { NO, YES, PERHAPS };

/* --- references ------------------------------------------------------------------------------ */

/* The character of the reference in the `size` bytes between & and ; as UTF-8; 0: none. */
static size_t character_of(char *target, const char *name, size_t size) {
  static const struct {
    const char *name;
    char c;
  } named[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
  char text[REFERENCE_MAX + 1], *end;
  memcpy(text, name, size);
  text[size] = '\0';
  for (size_t i = 0; i < sizeof named / sizeof *named; i++)
    if (strcmp(text, named[i].name) == 0)
      return ets_text_utf8(target, (unsigned char)named[i].c);
  if (text[0] != '#' || size < 2)
    return 0;
  bool hex = text[1] == 'x' || text[1] == 'X';
  unsigned long code = strtoul(text + (hex ? 2 : 1), &end, hex ? 16 : 10);
  return *end || code == 0 || code > 0x10FFFF ? 0 : ets_text_utf8(target, code);
}

/* --- matching -------------------------------------------------------------------------------- */

struct text {
  const char *at;
  const char *end;
  bool whole; /* nothing comes behind it */
};

/* Whether the text goes on with the secret; `*end` is where the text is then. */
static enum found matches(struct text text, const char *secret, const char **end) {
  enum found later = NO;
  for (; *secret; secret++, text.at++) {
    if (text.at == text.end)
      return text.whole ? NO : PERHAPS;
    if (*text.at == '&') {
      char character[UTF8_MAX];
      size_t left = (size_t)(text.end - text.at) - 1;
      size_t limit = left < REFERENCE_MAX ? left : REFERENCE_MAX;
      const char *semicolon = memchr(text.at + 1, ';', limit);
      size_t size =
          semicolon ? character_of(character, text.at + 1, (size_t)(semicolon - text.at - 1)) : 0;
      if (!semicolon && left < REFERENCE_MAX && !text.whole)
        later = PERHAPS;
      if (size > 0 && strncmp(secret, character, size) == 0) {
        struct text rest = {semicolon + 1, text.end, text.whole};
        enum found found = matches(rest, secret + size, end);
        if (found == YES)
          return YES;
        later = found == PERHAPS ? PERHAPS : later;
      }
    }
    if (*text.at != *secret)
      return later;
  }
  *end = text.at;
  return YES;
}

static enum found find(const struct ets_mask *mask, struct text text, const char **end) {
  enum found found = NO;
  for (size_t i = 0; i < ETS_MASK_SECRETS && mask->secrets[i]; i++) {
    enum found one = matches(text, mask->secrets[i], end);
    if (one == YES)
      return YES;
    found = one == PERHAPS ? PERHAPS : found;
  }
  return found;
}

/* Writes what is certain. What is held stays below the room: it is at most one secret. */
static void flush(struct ets_mask *mask, bool whole) {
  const char *from = mask->held, *at = from, *end = from + mask->held_size, *behind;
  while (at < end) {
    struct text text = {at, end, whole};
    enum found found = find(mask, text, &behind);
    if (found == PERHAPS && (size_t)(end - at) < mask->room / 2)
      break;
    if (found == YES) {
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

bool ets_mask_begin(struct ets_mask *mask, FILE *file, const char *const *secrets) {
  size_t count = 0, longest = 0;
  *mask = (struct ets_mask){.file = file};
  for (; secrets && *secrets && count < ETS_MASK_SECRETS; secrets++) {
    size_t size = strlen(*secrets);
    if (size < ETS_MASK_SHORTEST)
      continue;
    if (!(mask->secrets[count++] = strdup(*secrets)))
      return false;
    longest = size > longest ? size : longest;
  }
  mask->room = 4096 + 2 * longest * REFERENCE_MAX;
  mask->held = count ? malloc(mask->room) : NULL;
  return count == 0 || mask->held;
}

void ets_mask_write(struct ets_mask *mask, const char *bytes, size_t size) {
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

void ets_mask_end(struct ets_mask *mask) {
  if (mask->held)
    flush(mask, true);
  for (size_t i = 0; i < ETS_MASK_SECRETS; i++)
    ets_wipe(mask->secrets[i]);
  ets_wipe_bytes(mask->held, mask->room);
  *mask = (struct ets_mask){0};
}
