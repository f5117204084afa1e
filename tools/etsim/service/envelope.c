#include "service/envelope.h"

#include <stdbool.h>
#include <string.h>

/* Whether `at`, a `<`, starts the tag of an element of this name, whatever its prefix. */
static bool is_tag(const char *at, bool end, const char *name) {
  if ((at[1] == '/') != end)
    return false;
  at += end ? 2 : 1;
  size_t length = strcspn(at, " \t\r\n/>");
  const char *colon = memchr(at, ':', length);
  if (colon) {
    length -= (size_t)(colon + 1 - at);
    at = colon + 1;
  }
  return length == strlen(name) && strncmp(at, name, length) == 0;
}

/* The first tag at or behind `at` that is no declaration, comment or instruction. */
static const char *next_tag(const char *at) {
  while ((at = strchr(at, '<')) && (at[1] == '?' || at[1] == '!')) {
    bool comment = strncmp(at, "<!--", 4) == 0;
    at = strstr(at, comment ? "-->" : ">");
    if (!at)
      return NULL;
  }
  return at;
}

static const char *tag_before(const char *start, const char *at) {
  while (at > start)
    if (*--at == '<')
      return at;
  return NULL;
}

void envelope_header_first(const char **request, size_t *size, struct buffer *copy) {
  const char *start = *request, *end = start + *size;
  const char *envelope = next_tag(start);
  const char *body = envelope ? next_tag(envelope + 1) : NULL;
  if (!body || !is_tag(envelope, false, "Envelope") || !is_tag(body, false, "Body"))
    return;
  const char *tail = tag_before(start, end);
  const char *last = tail ? tag_before(start, tail) : NULL;
  if (!last || !is_tag(tail, true, "Envelope") || !is_tag(last, true, "Header"))
    return;
  while (last && !is_tag(last, true, "Body"))
    last = tag_before(body, last);
  const char *header = last ? next_tag(last + 1) : NULL;
  if (!header || !is_tag(header, false, "Header"))
    return;
  buffer_reset(copy);
  buffer_add(copy, start, (size_t)(body - start));
  buffer_add(copy, header, (size_t)(tail - header));
  buffer_add(copy, body, (size_t)(header - body));
  buffer_add(copy, tail, (size_t)(end - tail));
  if (copy->failed)
    return;
  *request = copy->data;
  *size = copy->size;
}
