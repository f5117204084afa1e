#include "http/media_type.h"

#include "base/text.h"

#include <string.h>

/* Copies up to one of `ends`, in lower case, without blanks and quotes at the ends. */
static void copy_lower(char *target, size_t room, const char *text, const char *ends) {
  size_t size = strcspn(text, ends);
  while (size > 0 && strchr(" \t\"'", text[size - 1]))
    size--;
  target[0] = '\0';
  if (size >= room)
    return;
  for (size_t i = 0; i < size; i++)
    target[i] = ets_text_lower(text[i]);
  target[size] = '\0';
}

void ets_media_type(char *type, size_t room, const char *content_type) {
  copy_lower(type, room, content_type, ";");
}

void ets_media_charset(char *charset, size_t room, const char *content_type) {
  charset[0] = '\0';
  for (const char *at = strchr(content_type, ';'); at; at = strchr(at, ';')) {
    at++;
    at += strspn(at, " \t");
    size_t size = strcspn(at, "=; ");
    if (at[size] == '=' && ets_text_is(at, size, "charset")) {
      at += size + 1;
      copy_lower(charset, room, at + strspn(at, "\"' "), "\"';");
      return;
    }
  }
}
