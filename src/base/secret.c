#include "base/secret.h"

#include <openssl/crypto.h>

#include <stdlib.h>
#include <string.h>

void ets_wipe_bytes(void *bytes, size_t size) {
  if (!bytes)
    return;
  OPENSSL_cleanse(bytes, size);
  free(bytes);
}

void ets_wipe(char *secret) {
  if (secret)
    ets_wipe_bytes(secret, strlen(secret));
}

/* The quote that ends the text whose first character is at `text`; NULL when none does. */
static char *end_of_text(char *text) {
  while (*text && *text != '"')
    text += *text == '\\' && text[1] ? 2 : 1;
  return *text ? text : NULL;
}

static char *skip_blanks(char *text) {
  return text + strspn(text, " \t\r\n");
}

/* The first character of the member's text value in the outermost object; NULL when none. */
static char *find_value(char *json, const char *member) {
  int depth = 0;
  size_t length = strlen(member);
  for (char *at = json; *at; at++) {
    if (*at == '{' || *at == '[')
      depth++;
    else if (*at == '}' || *at == ']')
      depth--;
    if (*at != '"')
      continue;
    char *name = at + 1;
    at = end_of_text(name);
    if (!at)
      return NULL;
    if (depth != 1 || (size_t)(at - name) != length || memcmp(name, member, length) != 0)
      continue;
    char *colon = skip_blanks(at + 1);
    char *value = *colon == ':' ? skip_blanks(colon + 1) : colon;
    if (*colon == ':' && *value == '"')
      return value + 1;
  }
  return NULL;
}

bool ets_secret_lift(char **value, char *json, const char *member) {
  *value = NULL;
  char *text = find_value(json, member);
  char *end = text ? end_of_text(text) : NULL;
  if (!end || memchr(text, '\\', (size_t)(end - text)))
    return true;
  size_t size = (size_t)(end - text);
  char *copy = malloc(size + 1);
  if (!copy)
    return false;
  memcpy(copy, text, size);
  copy[size] = '\0';
  memset(text, 'x', size);
  *value = copy;
  return true;
}

void ets_secret_mask(char *text, const char *secret) {
  size_t size = secret ? strlen(secret) : 0;
  if (size == 0)
    return;
  for (char *at = strstr(text, secret); at; at = strstr(at + size, secret))
    memset(at, '*', size);
}
