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

/* memcpy() takes other registers for other sizes. */
void ets_wipe_registers(void) {
  static const char zeros[4096];
  static void *(*const volatile copy)(void *, const void *, size_t) = memcpy;
  char room[sizeof zeros];
  for (size_t size = 16; size <= sizeof zeros; size *= 2)
    copy(room, zeros, size);
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

static int hex_of(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

/* The ASCII character that an escape stands for, whose backslash is at `at`; steps behind it. Zero:
 * another one. */
static char escaped(const char **at) {
  static const char plain[] = "\"\\/bfnrt";
  static const char means[] = "\"\\/\b\f\n\r\t";
  const char *c = *at + 1;
  const char *found = *c ? strchr(plain, *c) : NULL;
  if (found) {
    *at = c + 1;
    return means[found - plain];
  }
  int code = 0;
  for (int i = 1; *c == 'u' && i <= 4; i++) {
    int digit = hex_of(c[i]);
    if (digit < 0)
      return 0;
    code = code * 16 + digit;
  }
  if (code == 0 || code >= 0x80)
    return 0;
  *at = c + 5;
  return (char)code;
}

/* Into `copy`, which has room for it. False: an escape that is none, or not of ASCII. */
static bool unescape(char *copy, const char *text, const char *end) {
  while (text < end) {
    char c = *text == '\\' ? escaped(&text) : *text++;
    if (!c)
      return false;
    *copy++ = c;
  }
  *copy = '\0';
  return true;
}

bool ets_secret_lift(char **value, char *json, const char *member) {
  *value = NULL;
  char *text = find_value(json, member);
  char *end = text ? end_of_text(text) : NULL;
  if (!end)
    return true;
  size_t size = (size_t)(end - text);
  char *copy = calloc(1, size + 1);
  if (!copy)
    return false;
  if (!unescape(copy, text, end)) {
    ets_wipe_bytes(copy, size + 1);
    return true;
  }
  memset(text, 'x', size);
  *value = copy;
  return true;
}
