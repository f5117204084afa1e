#include "http/redact.h"

#include "base/text.h"

#include <openssl/crypto.h>

#include <string.h>

static bool is_one_of(const char *name, size_t size, const char *const *names) {
  for (; *names; names++)
    if (ets_text_is(name, size, *names))
      return true;
  return false;
}

/* Elements, by local name, and members of JSON whose text is a credential. */
static bool is_secret(const struct ets_redactor *redactor, const char *name, size_t size) {
  static const char *const credentials[] = {"Password",
                                            "Nonce",
                                            "fueloauth",
                                            "oAuthToken",
                                            "BinarySecurityToken",
                                            "internalOauthToken",
                                            "TemporaryPassword",
                                            "ChallengeAnswer",
                                            "access_token",
                                            "refresh_token",
                                            "client_secret",
                                            NULL};
  static const char *const subscribers[] = {"SubscriberKey",
                                            "SubscriberID",
                                            "OptInSubscriberKey",
                                            "EmailAddress",
                                            "PrimaryEmailAddress",
                                            "PrimarySMSAddress",
                                            "MobileTelephoneNumber",
                                            "Email",
                                            "Address",
                                            "ContactID",
                                            "ContactKey",
                                            "Value",
                                            NULL};
  return is_one_of(name, size, credentials) ||
         (redactor->subscribers && is_one_of(name, size, subscribers));
}

static void put(struct ets_redactor *redactor, const char *bytes, size_t size) {
  if (redactor->depth == 0 && redactor->member != ETS_REDACT_VALUE)
    ets_masker_write(&redactor->mask, bytes, size);
}

/* --- XML ------------------------------------------------------------------------------------- */

static void end_of_start_tag(struct ets_redactor *redactor, const char *name, size_t size) {
  bool empty = redactor->last[0] == '/';
  if (redactor->depth > 0)
    redactor->depth += !empty;
  else if (!empty && is_secret(redactor, name, size)) {
    put(redactor, "***", 3);
    redactor->depth = 1;
  }
}

/* Whatever stands in a secret element stays hidden, up to the end tag of its own. */
static void end_of_end_tag(struct ets_redactor *redactor) {
  if (redactor->depth == 0 || --redactor->depth > 0)
    return;
  put(redactor, "<", 1);
  put(redactor, redactor->tag, redactor->tag_size);
  put(redactor, ">", 1);
}

static void end_of_tag(struct ets_redactor *redactor) {
  const char *name = redactor->tag;
  size_t size = redactor->tag_size;
  redactor->place = ETS_REDACT_TEXT;
  if (size > 0 && *name == '/') {
    end_of_end_tag(redactor);
    return;
  }
  if (size > 0 && *name == '!')
    return;
  size_t length = 0;
  while (length < size && !strchr(" \t\r\n/>", name[length]))
    length++;
  const char *colon = memchr(name, ':', length);
  if (colon) {
    length -= (size_t)(colon + 1 - name);
    name = colon + 1;
  }
  end_of_start_tag(redactor, name, length);
}

static void in_tag(struct ets_redactor *redactor, char c) {
  if (redactor->quote) {
    redactor->quote = c == redactor->quote ? 0 : redactor->quote;
    return;
  }
  if (c == '>')
    end_of_tag(redactor);
  else if (c == '"' || c == '\'')
    redactor->quote = c;
  else if (redactor->tag_size < sizeof redactor->tag)
    redactor->tag[redactor->tag_size++] = c;
}

/* Which kind of markup the first bytes behind `<` begin. */
static void in_markup(struct ets_redactor *redactor, char c) {
  static const struct {
    const char *begin;
    enum ets_redact_place place;
  } kinds[] = {{"?", ETS_REDACT_PI}, {"!--", ETS_REDACT_COMMENT}, {"![CDATA[", ETS_REDACT_CDATA}};
  in_tag(redactor, c);
  if (redactor->place == ETS_REDACT_TEXT) /* the tag was as short as that */
    return;
  size_t size = redactor->tag_size;
  redactor->place = ETS_REDACT_TAG;
  for (size_t i = 0; !redactor->quote && i < sizeof kinds / sizeof *kinds; i++) {
    if (strncmp(redactor->tag, kinds[i].begin, size) != 0)
      continue;
    bool known = strlen(kinds[i].begin) == size;
    redactor->place = known ? kinds[i].place : ETS_REDACT_MARKUP;
    if (known)
      redactor->last[0] = redactor->last[1] = '\0';
    return;
  }
}

/* What ends with one or two bytes in front of `>`. */
static void in_other(struct ets_redactor *redactor, char c, char first, char second) {
  bool ends = c == '>' && redactor->last[0] == first && (!second || redactor->last[1] == second);
  if (ends)
    redactor->place = ETS_REDACT_TEXT;
}

/* A byte of XML; what is no XML passes as text. */
static void take_xml(struct ets_redactor *redactor, char c) {
  char before = redactor->last[0];
  enum ets_redact_place place = redactor->place;
  switch (place) {
  case ETS_REDACT_TEXT:
    if (c == '<') {
      redactor->place = ETS_REDACT_MARKUP;
      redactor->tag_size = 0;
      redactor->quote = 0;
    }
    break;
  case ETS_REDACT_MARKUP:
    in_markup(redactor, c);
    break;
  case ETS_REDACT_TAG:
    in_tag(redactor, c);
    break;
  case ETS_REDACT_COMMENT:
    in_other(redactor, c, '-', '-');
    break;
  case ETS_REDACT_CDATA:
    in_other(redactor, c, ']', ']');
    break;
  case ETS_REDACT_PI:
    in_other(redactor, c, '?', '\0');
    break;
  }
  if (place == ETS_REDACT_MARKUP && redactor->place != place && redactor->place > ETS_REDACT_TAG)
    return; /* the bytes that begin a comment do not end it */
  redactor->last[1] = before;
  redactor->last[0] = c;
}

/* --- JSON ------------------------------------------------------------------------------------ */

/* A name that is written with escapes is taken for a secret one: no client writes one so. */
static bool is_secret_member(const struct ets_redactor *redactor) {
  bool whole = redactor->name_size <= sizeof redactor->name;
  size_t size = whole ? redactor->name_size : sizeof redactor->name;
  return memchr(redactor->name, '\\', size) || (whole && is_secret(redactor, redactor->name, size));
}

/* A byte of JSON, or of what may be. Every quote may begin a name, so that one too many before it
 * hides none from us. */
static void take_json(struct ets_redactor *redactor, char c) {
  bool blank = strchr(" \t\r\n", c) && c;
  switch (redactor->member) {
  case ETS_REDACT_VALUE:
    if (c == '"' && !redactor->escaped)
      redactor->member = ETS_REDACT_NAME;
    redactor->escaped = c == '\\' && !redactor->escaped;
    break;
  case ETS_REDACT_NAMED:
  case ETS_REDACT_COLON:
    if (blank)
      return;
    if (c == ':') {
      redactor->member = ETS_REDACT_COLON;
      return;
    }
    if (c == '"' && redactor->member == ETS_REDACT_COLON) {
      put(redactor, "***", 3);
      redactor->member = ETS_REDACT_VALUE;
      redactor->escaped = false;
    } else
      redactor->member = ETS_REDACT_NAME;
    break;
  case ETS_REDACT_NAME:
    if (c == '"' && is_secret_member(redactor))
      redactor->member = ETS_REDACT_NAMED;
    else if (c != '"') {
      if (redactor->name_size < sizeof redactor->name)
        redactor->name[redactor->name_size] = c;
      redactor->name_size += redactor->name_size <= sizeof redactor->name;
      return;
    }
    break;
  }
  redactor->name_size = 0;
}

static void take(struct ets_redactor *redactor, char c) {
  bool ends = redactor->member == ETS_REDACT_VALUE && c == '"' && !redactor->escaped;
  if (!ends)
    put(redactor, &c, 1);
  take_json(redactor, c);
  if (ends)
    put(redactor, &c, 1);
  take_xml(redactor, c);
}

/* --- the body -------------------------------------------------------------------------------- */

/* One unit of UTF-16; pairs that do not fit become a question mark. */
static void take_unit(struct ets_redactor *redactor, unsigned unit) {
  bool high = (unit & 0xFC00) == 0xD800, low = (unit & 0xFC00) == 0xDC00;
  unsigned long code = unit;
  if (high) {
    redactor->high = unit;
    return;
  }
  if (low)
    code = redactor->high ? 0x10000 + ((redactor->high & 0x3FFUL) << 10) + (unit & 0x3FFUL) : '?';
  redactor->high = 0;
  char text[4];
  size_t size = ets_text_utf8(text, code);
  for (size_t i = 0; i < size; i++)
    take(redactor, text[i]);
}

static void take_code(struct ets_redactor *redactor) {
  unsigned first = (unsigned char)redactor->begin[0], second = (unsigned char)redactor->begin[1];
  redactor->begun = 0;
  if (redactor->code == ETS_REDACT_UTF16_LE)
    take_unit(redactor, second << 8 | first);
  else
    take_unit(redactor, first << 8 | second);
}

/* Both bytes that tell the coding are there. */
static void find_code(struct ets_redactor *redactor) {
  unsigned first = (unsigned char)redactor->begin[0], second = (unsigned char)redactor->begin[1];
  bool little = (first == 0xFF && second == 0xFE) || (first == '<' && second == 0);
  bool big = (first == 0xFE && second == 0xFF) || (first == 0 && second == '<');
  redactor->code = little ? ETS_REDACT_UTF16_LE : big ? ETS_REDACT_UTF16_BE : ETS_REDACT_BYTES;
  if (little || big) {
    take_code(redactor);
    return;
  }
  take(redactor, redactor->begin[0]);
  take(redactor, redactor->begin[1]);
  redactor->begun = 0;
}

void ets_redact_body(struct ets_redactor *redactor, const char *bytes, size_t size) {
  for (size_t i = 0; i < size; i++) {
    if (redactor->code == ETS_REDACT_BYTES) {
      take(redactor, bytes[i]);
      continue;
    }
    redactor->begin[redactor->begun++] = bytes[i];
    if (redactor->begun < 2)
      continue;
    if (redactor->code == ETS_REDACT_BEGIN)
      find_code(redactor);
    else
      take_code(redactor);
  }
}

/* --- the header ------------------------------------------------------------------------------ */

static void end_of_line(struct ets_redactor *redactor) {
  static const char *const secret[] = {"Authorization", "Proxy-Authorization", "Cookie",
                                       "Set-Cookie", NULL};
  char *line = redactor->line;
  size_t size = redactor->line_size;
  redactor->line_size = 0;
  while (size > 0 && strchr("\r\n", line[size - 1]))
    size--;
  const char *colon = memchr(line, ':', size);
  if (colon && is_one_of(line, (size_t)(colon - line), secret)) {
    ets_masker_write(&redactor->mask, line, (size_t)(colon - line));
    ets_masker_write(&redactor->mask, ": ***", 5);
  } else
    ets_masker_write(&redactor->mask, line, size);
  ets_masker_write(&redactor->mask, "\r\n", 2);
}

/* Of a line that is longer than any the begin is enough. */
void ets_redact_header(struct ets_redactor *redactor, const char *bytes, size_t size) {
  for (size_t i = 0; i < size; i++) {
    if (redactor->line_size < sizeof redactor->line)
      redactor->line[redactor->line_size++] = bytes[i];
    if (bytes[i] == '\n')
      end_of_line(redactor);
  }
}

/* --- a message ------------------------------------------------------------------------------- */

bool ets_redact_begin(struct ets_redactor *redactor, FILE *file, bool subscribers,
                      const char *const *secrets) {
  memset(redactor, 0, sizeof *redactor);
  redactor->subscribers = subscribers;
  return ets_masker_begin(&redactor->mask, file, secrets);
}

void ets_redact_end(struct ets_redactor *redactor) {
  if (redactor->line_size > 0)
    end_of_line(redactor);
  if (redactor->code == ETS_REDACT_BEGIN && redactor->begun > 0)
    take(redactor, redactor->begin[0]);
  ets_masker_end(&redactor->mask);
  OPENSSL_cleanse(redactor->line, sizeof redactor->line);
}
