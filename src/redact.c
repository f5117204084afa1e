#include "redact.h"

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
static bool is_secret(const struct ets_redactor *redactor) {
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
                                            "Email",
                                            "ContactKey",
                                            "Value",
                                            NULL};
  return is_one_of(redactor->name, credentials) ||
         (redactor->subscribers && is_one_of(redactor->name, subscribers));
}

/* --- XML ------------------------------------------------------------------------------------- */

static void end_name(struct ets_redactor *redactor) {
  redactor->name[redactor->name_length] = '\0';
  redactor->in_name = false;
}

static void in_tag(struct ets_redactor *redactor, char c) {
  putc(c, redactor->file);
  if (redactor->in_name) {
    if (c == ':')
      redactor->name_length = 0;
    else if (strchr(" \t\r\n/>", c) && redactor->last != '<')
      end_name(redactor);
    else if (redactor->name_length < sizeof redactor->name - 1)
      redactor->name[redactor->name_length++] = c;
  }
  if (redactor->quote) {
    if (c == redactor->quote)
      redactor->quote = 0;
  } else if ((c == '"' || c == '\'') && !redactor->in_name) {
    redactor->quote = c;
  } else if (c == '>') {
    redactor->in_tag = false;
    redactor->hiding = redactor->last != '/' && redactor->name[0] != '/' && is_secret(redactor);
    if (redactor->hiding)
      fputs("***", redactor->file);
  }
  redactor->last = c;
}

static void begin_tag(struct ets_redactor *redactor) {
  putc('<', redactor->file);
  redactor->in_tag = redactor->in_name = true;
  redactor->name_length = 0;
  redactor->quote = 0;
  redactor->last = '<';
}

/* While hiding, whatever markup stands inside stays hidden, up to an end tag. */
static void in_text(struct ets_redactor *redactor, char c) {
  if (!redactor->hiding) {
    if (c == '<')
      begin_tag(redactor);
    else
      putc(c, redactor->file);
    return;
  }
  if (redactor->hidden_open && c == '/') {
    redactor->hiding = false;
    begin_tag(redactor);
    in_tag(redactor, c);
  }
  redactor->hidden_open = c == '<';
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
  redactor->state = redactor->chunked ? ETS_REDACT_CHUNK_SIZE : ETS_REDACT_BODY;
}

static void body_byte(struct ets_redactor *redactor, char c) {
  if (redactor->in_tag)
    in_tag(redactor, c);
  else
    in_text(redactor, c);
  if (redactor->chunked && --redactor->chunk_left == 0)
    redactor->state = ETS_REDACT_CHUNK_END;
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
    case ETS_REDACT_BODY:
      body_byte(redactor, bytes[i]);
      break;
    }
  }
}
