#include "faults/effects.h"

#include <string.h>
#include <strings.h>
#include <time.h>

#include "operations/answer.h"
#include "net/inflate.h"

enum { SLICE_MS = 20, CHUNK = 4096, DRIP = 256, HTTP_OK = 200 };

void effect_wait(uint64_t milliseconds, const atomic_bool *stopping) {
  int64_t until = stream_clock() + (int64_t)milliseconds;
  while (!atomic_load(stopping)) {
    int64_t left = until - stream_clock();
    if (left <= 0)
      return;
    if (left > SLICE_MS)
      left = SLICE_MS;
    struct timespec slice = {0, (long)left * 1000000};
    (void)nanosleep(&slice, NULL);
  }
}

static const char garbage[] = "\x7f"
                              "ELF\0\xff\xfe<<<&&&\r\n\0\x01 not what was asked for";

static const char *fault_text(uint64_t code) {
  switch (code) {
  case 9:
    return "The system is in maintenance.";
  case 10:
    return "The system is down.";
  case 11:
    return "The account is not authorized for the API.";
  case 12:
    return "Bad user name or password.";
  case 13:
    return "The database cannot be reached, the request was not processed.";
  case 17:
    return "Rate Limited";
  default:
    return "An unexpected error occurred.";
  }
}

static void page(struct http_answer *answer, uint64_t status) {
  answer->status = (int)status;
  answer->content_type = "text/html; charset=utf-8";
  buffer_printf(&answer->body,
                "<!DOCTYPE html>\n<html><head><title>%d %s</title></head>\n"
                "<body><h1>%d %s</h1><hr>gateway<br>\n</body></html>\n",
                answer->status, http_reason(answer->status), answer->status,
                http_reason(answer->status));
}

void effect_stall(const struct rule *rule, struct stream *stream) {
  char rest[4096];
  int64_t deadline = rule->number ? stream_clock() + (int64_t)rule->number : INT64_MAX;
  while (stream_read(stream, rest, sizeof rest, deadline) > 0)
    ;
}

bool effect_instead(const struct rule *rule, struct call *call, const struct http_request *request,
                    struct http_answer *answer) {
  bool soap12 = strncasecmp(request->content_type, "application/soap+xml", 20) == 0;
  buffer_reset(&answer->body);
  answer->allow = NULL;
  if (rule->effect == EFFECT_HTTP) {
    page(answer, rule->number);
    return true;
  }
  call_prepare(call, soap12 ? 2 : 1, &answer->body);
  answer->content_type = soap12 ? "application/soap+xml; charset=utf-8" : "text/xml; charset=utf-8";
  answer->status = 500;
  switch (rule->effect) {
  case EFFECT_FAULT:
    answer_fault(call, FAULT_SERVER, (int)rule->number,
                 rule->words ? rule->words : fault_text(rule->number));
    return true;
  case EFFECT_CLIENT_FAULT:
    answer_fault(call, FAULT_CLIENT, 0,
                 rule->words ? rule->words : "Server was unable to read request.");
    return true;
  case EFFECT_LOGIN_FAILED:
    answer_fault(call, FAULT_SECURITY, 0, "Login Failed");
    return true;
  case EFFECT_TOKEN_EXPIRED:
    answer_fault(call, FAULT_SECURITY, 0, "Token Expired");
    return true;
  case EFFECT_STATUS:
    answer_status(call, rule->words);
    answer->status = HTTP_OK;
    return true;
  default:
    return false;
  }
}

/* Puts `what` behind every start tag that begins with `tag`. */
static void insert_after(struct buffer *body, const char *tag, const char *what) {
  struct buffer out = {0};
  const char *from = body->data ? body->data : "";
  const char *place;
  while ((place = strstr(from, tag)) != NULL) {
    const char *end = strchr(place, '>');
    if (!end)
      break;
    buffer_add(&out, from, (size_t)(end + 1 - from));
    buffer_add_text(&out, what);
    from = end + 1;
  }
  buffer_add_text(&out, from);
  buffer_free(body);
  *body = out;
}

/* Gives every result another type. */
static void replace_types(struct buffer *body, const char *type) {
  static const char before[] = "<Results xsi:type=\"";
  struct buffer out = {0};
  const char *from = body->data ? body->data : "";
  const char *place;
  while ((place = strstr(from, before)) != NULL) {
    const char *name = place + sizeof before - 1;
    buffer_add(&out, from, (size_t)(name - from));
    buffer_add_escaped(&out, type, strlen(type));
    from = name + strcspn(name, "\"");
  }
  buffer_add_text(&out, from);
  buffer_free(body);
  *body = out;
}

void effect_on_body(const struct rule *rule, struct http_answer *answer) {
  struct buffer *body = &answer->body;
  switch (rule->effect) {
  case EFFECT_TRUNCATE: {
    size_t size = rule->number ? (size_t)rule->number : body->size / 2;
    if (size < body->size)
      body->size = size;
    break;
  }
  case EFFECT_GARBAGE:
    buffer_reset(body);
    buffer_add(body, garbage, sizeof garbage - 1);
    break;
  case EFFECT_ELEMENT:
    insert_after(body, "<Results",
                 "<SomethingNewer><Deep xsi:nil=\"true\" /><Deep>1</Deep></SomethingNewer>");
    insert_after(body, "</RequestID", "<NewerStatus>fine</NewerStatus>");
    break;
  case EFFECT_TYPE:
    replace_types(body, rule->words ? rule->words : "SomethingNewerEvent");
    break;
  default:
    break;
  }
}

static bool write_chunks(const struct rule *rule, struct http_connection *connection,
                         const struct http_request *request, const struct http_answer *answer) {
  size_t size = rule->number ? (size_t)rule->number : CHUNK;
  struct buffer out = {0};
  http_head(&out, request, answer, SIZE_MAX, "");
  for (size_t at = 0; at < answer->body.size; at += size) {
    size_t rest = answer->body.size - at;
    buffer_printf(&out, "%zx\r\n", rest < size ? rest : size);
    buffer_add(&out, answer->body.data + at, rest < size ? rest : size);
    buffer_add_text(&out, "\r\n");
  }
  buffer_add_text(&out, "0\r\n\r\n");
  bool done = !out.failed && stream_write(connection->stream, out.data, out.size,
                                          stream_clock() + connection->limits->answer);
  buffer_free(&out);
  return done;
}

static bool write_gzip(struct http_connection *connection, const struct http_request *request,
                       const struct http_answer *answer) {
  struct buffer packed = {0}, out = {0};
  bool done = deflate_body(&packed, answer->body.data, answer->body.size);
  http_head(&out, request, answer, packed.size, "Content-Encoding: gzip\r\n");
  buffer_add(&out, packed.data, packed.size);
  done = done && !out.failed && !packed.failed &&
         stream_write(connection->stream, out.data, out.size,
                      stream_clock() + connection->limits->answer);
  buffer_free(&packed);
  buffer_free(&out);
  return done;
}

/* A tenth of a second's worth at a time. */
static bool write_drip(const struct rule *rule, struct http_connection *connection,
                       const struct http_request *request, const struct http_answer *answer,
                       const atomic_bool *stopping) {
  size_t size = (rule->number ? (size_t)rule->number : DRIP) / 10 + 1;
  struct buffer out = {0};
  http_head(&out, request, answer, answer->body.size, "");
  buffer_add(&out, answer->body.data, answer->body.size);
  bool done = !out.failed;
  for (size_t at = 0; done && at < out.size && !atomic_load(stopping); at += size) {
    size_t rest = out.size - at;
    done = stream_write(connection->stream, out.data + at, rest < size ? rest : size,
                        stream_clock() + connection->limits->answer);
    effect_wait(100, stopping);
  }
  buffer_free(&out);
  return done;
}

/* The head promises all of it, then the connection goes. */
static void write_cut(const struct rule *rule, struct http_connection *connection,
                      const struct http_request *request, const struct http_answer *answer) {
  size_t size = rule->number ? (size_t)rule->number : answer->body.size / 2;
  struct buffer out = {0};
  http_head(&out, request, answer, answer->body.size, "");
  buffer_add(&out, answer->body.data, size < answer->body.size ? size : answer->body.size);
  if (!out.failed)
    (void)stream_write(connection->stream, out.data, out.size,
                       stream_clock() + connection->limits->answer);
  buffer_free(&out);
}

bool effect_write(const struct rule *rule, struct http_connection *connection,
                  const struct http_request *request, const struct http_answer *answer,
                  const atomic_bool *stopping) {
  switch (rule->effect) {
  case EFFECT_CUT:
    write_cut(rule, connection, request, answer);
    return false;
  case EFFECT_GZIP:
    return write_gzip(connection, request, answer);
  case EFFECT_CHUNKED:
    return write_chunks(rule, connection, request, answer);
  case EFFECT_DRIP:
    return write_drip(rule, connection, request, answer, stopping);
  default:
    return http_write(connection, request, answer);
  }
}
