#include "base/mask.h"

#include "base/text.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Longest escape that is understood, and more than any that is written: `&#x0010FFFF;`. */
enum { ESCAPE_MAX = 16, UTF8_MAX = 4 };

/* What an escape at the begin of a text stands for. */
struct escape {
  size_t size;          /* of it in the text, 0: there is none */
  char means[UTF8_MAX]; /* UTF-8 */
  size_t count;         /* of `means` */
  bool perhaps;         /* the text ends within it */
};

static size_t number(char *target, const char *digits, int base, size_t size) {
  char text[ESCAPE_MAX + 1], *end;
  memcpy(text, digits, size);
  text[size] = '\0';
  if (size == 0 || strchr("+- ", *text))
    return 0;
  unsigned long code = strtoul(text, &end, base);
  return *end || code == 0 || code > 0x10FFFF ? 0 : ets_text_utf8(target, code);
}

/* `&lt;`, `&#60;`, `&#x3C;` */
static void read_reference(struct escape *escape, struct ets_mask_text text) {
  static const struct {
    const char *name;
    char c;
  } named[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
  const char *name = text.at + 1;
  size_t left = (size_t)(text.end - name);
  const char *semicolon = memchr(name, ';', left < ESCAPE_MAX ? left : ESCAPE_MAX);
  escape->perhaps = !semicolon && left < ESCAPE_MAX;
  if (!semicolon)
    return;
  size_t size = (size_t)(semicolon - name);
  for (size_t i = 0; i < sizeof named / sizeof *named; i++)
    if (strlen(named[i].name) == size && memcmp(named[i].name, name, size) == 0)
      escape->count = ets_text_utf8(escape->means, (unsigned char)named[i].c);
  bool hex = size > 1 && (name[1] | 0x20) == 'x';
  if (*name == '#')
    escape->count = number(escape->means, name + 1 + hex, hex ? 16 : 10, size - 1 - hex);
  escape->size = size + 2;
}

/* `\/`, `\u002f` */
static void read_json(struct escape *escape, struct ets_mask_text text) {
  size_t left = (size_t)(text.end - text.at);
  bool code = left > 1 && text.at[1] == 'u';
  size_t size = code ? 6 : 2;
  escape->perhaps = left < size;
  if (left < size)
    return;
  escape->size = size;
  if (code)
    escape->count = number(escape->means, text.at + 2, 16, 4);
  else if (strchr("\"\\/", text.at[1]))
    escape->means[escape->count++] = text.at[1];
}

/* `%2F`, a byte */
static void read_percent(struct escape *escape, struct ets_mask_text text) {
  size_t left = (size_t)(text.end - text.at);
  char digits[3] = "", *end;
  escape->perhaps = left < 3;
  if (left < 3)
    return;
  memcpy(digits, text.at + 1, 2);
  escape->means[0] = (char)strtoul(digits, &end, 16);
  escape->count = !*end && end == digits + 2 && !strchr("+- ", *digits);
  escape->size = 3;
}

static struct escape read_escape(struct ets_mask_text text) {
  struct escape escape = {0};
  if (*text.at == '&')
    read_reference(&escape, text);
  else if (*text.at == '\\')
    read_json(&escape, text);
  else if (*text.at == '%')
    read_percent(&escape, text);
  if (escape.count == 0)
    escape.size = 0;
  escape.perhaps = escape.perhaps && !text.whole;
  return escape;
}

/* Whether `size` characters are the same, the case of ASCII letters aside. */
static bool is_same(const char *secret, const char *text, size_t size) {
  for (size_t i = 0; i < size; i++)
    if (ets_text_lower(secret[i]) != ets_text_lower(text[i]) || !secret[i])
      return false;
  return true;
}

enum ets_mask_found ets_mask_find(struct ets_mask_text text, const char *secret,
                                  const char **behind) {
  enum ets_mask_found later = ETS_MASK_NO;
  for (; *secret; secret++, text.at++) {
    if (text.at == text.end)
      return text.whole ? later : ETS_MASK_PERHAPS;
    struct escape escape = read_escape(text);
    if (escape.perhaps)
      later = ETS_MASK_PERHAPS;
    if (escape.size > 0 && is_same(secret, escape.means, escape.count)) {
      struct ets_mask_text rest = {text.at + escape.size, text.end, text.whole};
      enum ets_mask_found found = ets_mask_find(rest, secret + escape.count, behind);
      if (found == ETS_MASK_YES)
        return found;
      later = found == ETS_MASK_PERHAPS ? found : later;
    }
    if (!is_same(secret, text.at, 1))
      return later;
  }
  *behind = text.at;
  return ETS_MASK_YES;
}

static void mask(char *text, const char *secret, bool whole) {
  if (!secret || strlen(secret) < ETS_MASK_SHORTEST)
    return;
  struct ets_mask_text from = {text, text + strlen(text), whole};
  char *to = text;
  while (from.at < from.end) {
    const char *behind;
    enum ets_mask_found found = ets_mask_find(from, secret, &behind);
    if (found == ETS_MASK_PERHAPS)
      break;
    if (found == ETS_MASK_NO) {
      *to++ = *from.at++;
      continue;
    }
    memcpy(to, "***", 3); /* never longer than what it replaces */
    to += 3;
    from.at = behind;
  }
  *to = '\0';
}

void ets_mask(char *text, const char *secret) {
  mask(text, secret, true);
}

void ets_mask_cut(char *text, const char *secret) {
  mask(text, secret, false);
}
