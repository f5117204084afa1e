#include "server/log.h"

#include <errno.h>
#include <string.h>

#include "ground/date.h"
#include "common/escape.h"

enum { TEXT_LIMIT = 65536 };

static void add_json(struct buffer *out, const char *text) {
  escape_json(out, text, strlen(text));
}

bool log_open(struct request_log *log, const char *file) {
  *log = (struct request_log){0};
  (void)pthread_mutex_init(&log->lock, NULL);
  if (!file)
    return true;
  log->stream = fopen(file, "a");
  if (!log->stream)
    fprintf(stderr, "etsim: --log %s: %s\n", file, strerror(errno));
  return log->stream != NULL;
}

void log_close(struct request_log *log) {
  if (log->stream)
    (void)fclose(log->stream);
  log->stream = NULL;
  (void)pthread_mutex_destroy(&log->lock);
}

static bool is_secret_element(const char *name, size_t size) {
  static const char *const names[] = {"Password", "Nonce", "fueloauth", "BinarySecurityToken"};
  const char *colon = memchr(name, ':', size);
  if (colon) {
    size -= (size_t)(colon + 1 - name);
    name = colon + 1;
  }
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (strlen(names[i]) == size && memcmp(names[i], name, size) == 0)
      return true;
  return false;
}

/* The content of a secret element ends where an end tag begins, not before: a CDATA section or a
 * comment in it begins like a tag. */
static size_t redact_element(struct buffer *out, const char *text, size_t at, size_t size) {
  size_t name = at + 1;
  size_t end = name;
  while (end < size && !strchr(" \t\r\n/>", text[end]))
    end++;
  const char *close = memchr(text + end, '>', size - end);
  size_t after = close ? (size_t)(close + 1 - text) : size;
  buffer_add(out, text + at, after - at);
  if (!is_secret_element(text + name, end - name) || (close && close[-1] == '/'))
    return after;
  buffer_add_text(out, "***");
  while (after < size && (text[after] != '<' || after + 1 == size || text[after + 1] != '/'))
    after++;
  return after;
}

/* `"client_secret" : "..."` */
static size_t redact_member(struct buffer *out, const char *text, size_t at, size_t size) {
  static const char name[] = "\"client_secret\"";
  if (size - at < sizeof name - 1 || memcmp(text + at, name, sizeof name - 1) != 0) {
    buffer_add(out, text + at, 1);
    return at + 1;
  }
  size_t value = at + sizeof name - 1;
  while (value < size && strchr(" \t\r\n:", text[value]))
    value++;
  buffer_add(out, text + at, value - at);
  if (value >= size || text[value] != '"')
    return value;
  size_t end = value + 1;
  while (end < size && text[end] != '"')
    end += text[end] == '\\' ? 2 : 1;
  buffer_add_text(out, "\"***\"");
  return end + 1 < size ? end + 1 : size;
}

void log_redact(struct buffer *out, const char *text, size_t size) {
  for (size_t at = 0; at < size;) {
    if (text[at] == '<') {
      at = redact_element(out, text, at, size);
    } else if (text[at] == '"') {
      at = redact_member(out, text, at, size);
    } else {
      if (text[at])
        buffer_add(out, text + at, 1);
      at++;
    }
  }
}

void log_request(struct request_log *log, const struct http_request *request, const char *operation,
                 int status, size_t sent, int64_t milliseconds, const char *rule) {
  if (!log->stream)
    return;
  struct buffer line = {0}, text = {0};
  char now[DATE_TEXT_SIZE + 2];
  size_t size = request->body.size < TEXT_LIMIT ? request->body.size : TEXT_LIMIT;
  date_write_utc(now, date_now());
  log_redact(&text, request->body.data ? request->body.data : "", size);
  buffer_printf(&line, "{\"at\":\"%s\",\"method\":", now);
  add_json(&line, request->method);
  buffer_add_text(&line, ",\"path\":");
  add_json(&line, request->path);
  buffer_add_text(&line, ",\"operation\":");
  add_json(&line, operation);
  buffer_printf(&line, ",\"status\":%d,\"received\":%zu,\"sent\":%zu,\"milliseconds\":%lld", status,
                request->body.size, sent, (long long)milliseconds);
  if (rule) {
    buffer_add_text(&line, ",\"rule\":");
    add_json(&line, rule);
  }
  buffer_add_text(&line, ",\"request\":");
  add_json(&line, text.data ? text.data : "");
  buffer_add_text(&line, "}\n");
  if (!line.failed) {
    (void)pthread_mutex_lock(&log->lock);
    (void)fwrite(line.data, 1, line.size, log->stream);
    (void)fflush(log->stream);
    (void)pthread_mutex_unlock(&log->lock);
  }
  buffer_free(&line);
  buffer_free(&text);
}
