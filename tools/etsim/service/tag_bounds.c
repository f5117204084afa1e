#include "service/tag_bounds.h"

#include <string.h>

/* Where what begins at `at` ends, `end` when it does not. */
static const char *skip_to(const char *at, const char *end, const char *close) {
  size_t size = strlen(close);
  for (; (at = memchr(at, close[0], (size_t)(end - at))) != NULL; at++)
    if ((size_t)(end - at) >= size && memcmp(at, close, size) == 0)
      return at + size;
  return end;
}

static bool begins(const char *at, const char *end, const char *open) {
  size_t size = strlen(open);
  return (size_t)(end - at) >= size && memcmp(at, open, size) == 0;
}

/* Behind a tag; NULL when it is out of bounds. */
static const char *skip_tag(const char *at, const char *end) {
  const char *begin = at;
  int attributes = 0;
  char quote = 0;
  for (; at < end; at++) {
    if (at - begin > TAG_BYTES)
      return NULL;
    if (quote) {
      quote = *at == quote ? '\0' : quote;
    } else if (*at == '"' || *at == '\'') {
      quote = *at;
    } else if (*at == '=' && ++attributes > TAG_ATTRIBUTES) {
      return NULL;
    } else if (*at == '>') {
      return at + 1;
    }
  }
  return end;
}

bool tag_bounds_keep(const char *bytes, size_t size) {
  const char *end = bytes + size;
  for (const char *at = bytes; at && at < end;) {
    at = memchr(at, '<', (size_t)(end - at));
    if (!at)
      return true;
    if (begins(at, end, "<!--"))
      at = skip_to(at + 4, end, "-->");
    else if (begins(at, end, "<![CDATA["))
      at = skip_to(at + 9, end, "]]>");
    else if (begins(at, end, "<?"))
      at = skip_to(at + 2, end, "?>");
    else if ((at = skip_tag(at, end)) == NULL)
      return false;
  }
  return true;
}
