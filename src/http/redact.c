#include "http/redact.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_one_of(const char *name, const char *const *names) {
  for (; *names; names++)
    if (strcasecmp(name, *names) == 0)
      return true;
  return false;
}

/* Elements whose text is a credential, by local name. */
static bool is_secret(const struct ets_redactor *redactor, const char *name) {
  static const char *const credentials[] = {"Password",
                                            "Nonce",
                                            "fueloauth",
                                            "oAuthToken",
                                            "BinarySecurityToken",
                                            "internalOauthToken",
                                            "TemporaryPassword",
                                            "access_token",
                                            "client_secret",
                                            NULL};
  static const char *const subscribers[] = {"SubscriberKey",
                                            "SubscriberID",
                                            "OptInSubscriberKey",
                                            "EmailAddress",
                                            "PrimaryEmailAddress",
                                            "PrimarySMSAddress",
                                            "Email",
                                            "Address",
                                            "ContactID",
                                            "ContactKey",
                                            "Value",
                                            NULL};
  return is_one_of(name, credentials) || (redactor->subscribers && is_one_of(name, subscribers));
}

/* --- XML ------------------------------------------------------------------------------------- */

/* Local name of the tag in hand, without the `/` of an end tag; its length into `length`. */
static const char *local_name(const struct ets_redactor *redactor, size_t *length) {
  const char *name = redactor->tag + (redactor->tag[0] == '/');
  size_t n = strcspn(name, " \t\r\n/>");
  const char *colon = memchr(name, ':', n);
  if (colon) {
    n -= (size_t)(colon + 1 - name);
    name = colon + 1;
  }
  *length = n;
  return name;
}

static void add_to_tag(struct ets_redactor *redactor, char c) {
  if (redactor->tag_length < sizeof redactor->tag - 1)
    redactor->tag[redactor->tag_length++] = c;
  redactor->tag[redactor->tag_length] = '\0';
}

static void begin_tag(struct ets_redactor *redactor) {
  redactor->tag_length = 0;
  redactor->tag[0] = '\0';
  redactor->in_name = true;
  redactor->quote = 0;
}

static void end_tag(struct ets_redactor *redactor) {
  size_t length;
  const char *name = local_name(redactor, &length);
  redactor->place = ETS_REDACT_TEXT;
  if (strchr("/!?", redactor->tag[0]) || redactor->last[0] == '/' ||
      length >= sizeof redactor->hidden)
    return;
  memcpy(redactor->hidden, name, length);
  redactor->hidden[length] = '\0';
  if (!is_secret(redactor, redactor->hidden))
    return;
  redactor->place = ETS_REDACT_HIDDEN;
  redactor->depth = 1;
  redactor->in_hidden_tag = false;
  fputs("***", redactor->file);
}

static void in_tag(struct ets_redactor *redactor, char c) {
  putc(c, redactor->file);
  if (redactor->in_name) {
    add_to_tag(redactor, c);
    if (strcmp(redactor->tag, "!--") == 0 || strcmp(redactor->tag, "![CDATA[") == 0)
      redactor->place = ETS_REDACT_COMMENT;
    redactor->in_name = !strchr(" \t\r\n>", c);
  }
  if (redactor->quote)
    redactor->quote = c == redactor->quote ? 0 : redactor->quote;
  else if (!redactor->in_name && (c == '"' || c == '\''))
    redactor->quote = c;
  else if (c == '>')
    end_tag(redactor);
}

static void in_comment(struct ets_redactor *redactor, char c) {
  char closes = redactor->tag[1] == '-' ? '-' : ']';
  putc(c, redactor->file);
  if (c == '>' && redactor->last[0] == closes && redactor->last[1] == closes)
    redactor->place = ETS_REDACT_TEXT;
}

/* Whatever stands in a secret element stays hidden, up to the end tag of its own. */
static void in_hidden(struct ets_redactor *redactor, char c) {
  if (c == '<') {
    begin_tag(redactor);
    redactor->in_hidden_tag = true;
    return;
  }
  if (!redactor->in_hidden_tag)
    return;
  if (c != '>') {
    add_to_tag(redactor, c);
    return;
  }
  redactor->in_hidden_tag = false;
  size_t length;
  const char *name = local_name(redactor, &length);
  if (length != strlen(redactor->hidden) || strncasecmp(name, redactor->hidden, length) != 0)
    return;
  if (redactor->tag[0] != '/')
    redactor->depth += redactor->last[0] != '/';
  else if (--redactor->depth == 0) {
    fprintf(redactor->file, "<%s>", redactor->tag);
    redactor->place = ETS_REDACT_TEXT;
  }
}

static void in_text(struct ets_redactor *redactor, char c) {
  putc(c, redactor->file);
  if (c == '<') {
    begin_tag(redactor);
    redactor->place = ETS_REDACT_TAG;
  }
}

/* --- HTTP ------------------------------------------------------------------------------------ */

static void header_line(struct ets_redactor *redactor) {
  static const char *const secret[] = {"Authorization", "Proxy-Authorization", "Cookie",
                                       "Set-Cookie", NULL};
  char *line = redactor->line;
  size_t name_length = strcspn(line, ":");
  char name[64];
  if (line[name_length] == ':' && name_length < sizeof name) {
    memcpy(name, line, name_length);
    name[name_length] = '\0';
    if (strcasecmp(name, "Transfer-Encoding") == 0 && strstr(line + name_length, "chunked"))
      redactor->chunked = true;
    if (is_one_of(name, secret)) {
      fprintf(redactor->file, "%s: ***\r\n", name);
      return;
    }
  }
  fprintf(redactor->file, "%s\r\n", line);
}

/* Takes one byte of a line; true when the line is complete, without its end. */
static bool take_line(struct ets_redactor *redactor, char c) {
  if (c == '\n') {
    size_t n = redactor->line_length;
    if (n > 0 && redactor->line[n - 1] == '\r')
      n--;
    redactor->line[n] = '\0';
    redactor->line_length = 0;
    return true;
  }
  if (redactor->line_length < sizeof redactor->line - 1)
    redactor->line[redactor->line_length++] = c;
  return false;
}

static void end_header(struct ets_redactor *redactor) {
  if (redactor->line[0]) {
    header_line(redactor);
    return;
  }
  fputs("\r\n", redactor->file);
  redactor->state = redactor->chunked ? ETS_REDACT_CHUNK_SIZE : ETS_REDACT_BODY_START;
}

static void body_byte(struct ets_redactor *redactor, char c) {
  switch (redactor->place) {
  case ETS_REDACT_TEXT:
    in_text(redactor, c);
    break;
  case ETS_REDACT_TAG:
    in_tag(redactor, c);
    break;
  case ETS_REDACT_COMMENT:
    in_comment(redactor, c);
    break;
  case ETS_REDACT_HIDDEN:
    in_hidden(redactor, c);
    break;
  }
  redactor->last[1] = redactor->last[0];
  redactor->last[0] = c;
  if (redactor->chunked && --redactor->chunk_left == 0)
    redactor->state = ETS_REDACT_CHUNK_END;
}

/* The first bytes of a body are held back until it is plain that they begin no other header. */
static void body_start(struct ets_redactor *redactor, char c) {
  static const char *const headers[] = {"HTTP/1.", "POST /"};
  size_t n = redactor->line_length;
  redactor->line[n++] = c;
  redactor->line_length = n;
  for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
    if (strncmp(redactor->line, headers[i], n) == 0) {
      if (n == strlen(headers[i]))
        redactor->state = ETS_REDACT_HEADER;
      return;
    }
  redactor->state = ETS_REDACT_BODY;
  redactor->line_length = 0;
  for (size_t i = 0; i < n; i++)
    body_byte(redactor, redactor->line[i]);
}

void ets_redact_begin(struct ets_redactor *redactor, FILE *file, bool subscribers) {
  memset(redactor, 0, sizeof *redactor);
  redactor->file = file;
  redactor->subscribers = subscribers;
}

void ets_redact(struct ets_redactor *redactor, const char *bytes, size_t size) {
  for (size_t i = 0; i < size; i++) {
    switch (redactor->state) {
    case ETS_REDACT_HEADER:
      if (take_line(redactor, bytes[i]))
        end_header(redactor);
      break;
    case ETS_REDACT_CHUNK_SIZE:
      if (take_line(redactor, bytes[i])) {
        redactor->chunk_left = strtoul(redactor->line, NULL, 16);
        redactor->state = redactor->chunk_left ? ETS_REDACT_BODY : ETS_REDACT_CHUNK_END;
      }
      break;
    case ETS_REDACT_CHUNK_END:
      if (take_line(redactor, bytes[i]))
        redactor->state = ETS_REDACT_CHUNK_SIZE;
      break;
    case ETS_REDACT_BODY_START:
      body_start(redactor, bytes[i]);
      break;
    case ETS_REDACT_BODY:
      body_byte(redactor, bytes[i]);
      break;
    }
  }
}
