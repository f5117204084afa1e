#include "server/log.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/escape.h"
#include "common/program.h"
#include "ground/date.h"
#include "http/redact.h"

enum { TEXT_LIMIT = 65536 };

static void add_json(struct buffer *out, const char *text) {
  escape_json(out, text, strlen(text));
}

bool log_open(struct request_log *log, const char *file) {
  *log = (struct request_log){0};
  (void)pthread_mutex_init(&log->lock, NULL);
  if (!file)
    return true;
  log->file = file;
  log->stream = fopen(file, "a");
  if (!log->stream)
    complain("--log %s: %s", file, strerror(errno));
  return log->stream != NULL;
}

/* Once is enough. */
static void lose(struct request_log *log) {
  if (!log->failed)
    complain("--log %s: %s: requests are missing in it", log->file, strerror(errno));
  log->failed = true;
}

bool log_close(struct request_log *log) {
  if (log->stream && fclose(log->stream) != 0)
    lose(log);
  log->stream = NULL;
  (void)pthread_mutex_destroy(&log->lock);
  return !log->failed;
}

/* The body without secrets. NULL: out of memory */
static char *redacted(const struct buffer *body, size_t *size) {
  struct ets_redactor redactor;
  char *text = NULL;
  FILE *file = open_memstream(&text, size);
  if (!file)
    return NULL;
  bool ok = ets_redact_begin(&redactor, file, false, NULL);
  if (ok)
    ets_redact_body(&redactor, body->data, body->size < TEXT_LIMIT ? body->size : TEXT_LIMIT);
  ets_redact_end(&redactor);
  ok = !ferror(file) && ok;
  if (fclose(file) == 0 && ok)
    return text;
  free(text);
  return NULL;
}

void log_request(struct request_log *log, const struct http_request *request, const char *operation,
                 int status, size_t sent, int64_t milliseconds, const char *rule) {
  if (!log->stream)
    return;
  struct buffer line = {0};
  char now[DATE_TEXT_SIZE + 2];
  size_t size = 0;
  char *text = redacted(&request->body, &size);
  date_write_utc(now, date_now());
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
  escape_json(&line, text, size);
  buffer_add_text(&line, "}\n");
  if (text && !line.failed) {
    (void)pthread_mutex_lock(&log->lock);
    if (fwrite(line.data, 1, line.size, log->stream) != line.size || fflush(log->stream) != 0)
      lose(log);
    (void)pthread_mutex_unlock(&log->lock);
  }
  buffer_free(&line);
  free(text);
}
