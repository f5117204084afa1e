#include "faults/effects.h"

#include <string.h>
#include <strings.h>
#include <time.h>

#include "common/escape.h"
#include "net/inflate.h"
#include "operations/answer.h"

enum { SLICE_MS = 20, CHUNK = 4096, DRIP = 256, HTTP_OK = 200, HTTP_ERROR = 500 };

/* --- before an answer ----------------------------------------------------------------------- */

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

static bool run_delay(const struct affected *affected) {
  effect_wait(affected->value.number, affected->stopping);
  return true;
}

/* Until the time is over or the peer has gone. */
static bool run_stall(const struct affected *affected) {
  char rest[4096];
  uint64_t number = affected->value.number;
  int64_t deadline = number ? stream_clock() + (int64_t)number : INT64_MAX;
  while (stream_read(affected->connection->stream, rest, sizeof rest, deadline) > 0)
    ;
  return false;
}

static bool run_close(const struct affected *affected) {
  (void)affected;
  return false;
}

/* --- in place of the service ---------------------------------------------------------------- */

static const char *fault_text(uint64_t code) {
  static const struct {
    uint64_t code;
    const char *text;
  } texts[] = {{9, "The system is in maintenance."},
               {10, "The system is down."},
               {11, "The account is not authorized for the API."},
               {12, "Bad user name or password."},
               {13, "The database cannot be reached, the request was not processed."},
               {17, "Rate Limited"}};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    if (texts[i].code == code)
      return texts[i].text;
  return "An unexpected error occurred.";
}

static bool fault(const struct affected *affected, enum fault_kind kind, int code,
                  const char *text) {
  affected->answer->status = HTTP_ERROR;
  answer_fault(affected->call, kind, code, text);
  return true;
}

static bool run_fault(const struct affected *affected) {
  const struct effect_value *value = &affected->value;
  return fault(affected, FAULT_SERVER, (int)value->number,
               value->words ? value->words : fault_text(value->number));
}

static bool run_client_fault(const struct affected *affected) {
  const char *words = affected->value.words;
  return fault(affected, FAULT_CLIENT, 0, words ? words : "Server was unable to read request.");
}

static bool run_login_failed(const struct affected *affected) {
  return fault(affected, FAULT_SECURITY, 0, "Login Failed");
}

static bool run_token_expired(const struct affected *affected) {
  return fault(affected, FAULT_SECURITY, 0, "Token Expired");
}

static bool run_status(const struct affected *affected) {
  affected->answer->status = HTTP_OK;
  answer_status(affected->call, affected->value.words);
  return true;
}

static bool run_http(const struct affected *affected) {
  struct http_answer *answer = affected->answer;
  answer->status = (int)affected->value.number;
  answer->content_type = "text/html; charset=utf-8";
  const char *reason = http_reason(answer->status);
  buffer_printf(&answer->body,
                "<!DOCTYPE html>\n<html><head><title>%d %s</title></head>\n"
                "<body><h1>%d %s</h1><hr>gateway<br>\n</body></html>\n",
                answer->status, reason, answer->status, reason);
  return true;
}

static void prepare_envelope(const struct affected *affected) {
  bool soap12 = strncasecmp(affected->request->content_type, "application/soap+xml", 20) == 0;
  struct http_answer *answer = affected->answer;
  buffer_reset(&answer->body);
  answer->allow = NULL;
  answer->content_type = soap12 ? "application/soap+xml; charset=utf-8" : "text/xml; charset=utf-8";
  answer_prepare(affected->call, soap12 ? 2 : 1, &answer->body);
}

/* --- on the body ---------------------------------------------------------------------------- */

static bool run_truncate(const struct affected *affected) {
  struct buffer *body = &affected->answer->body;
  uint64_t number = affected->value.number;
  size_t size = number ? (size_t)number : body->size / 2;
  if (size < body->size)
    body->size = size;
  return true;
}

static bool run_garbage(const struct affected *affected) {
  static const char garbage[] = "\x7f"
                                "ELF\0\xff\xfe<<<&&&\r\n\0\x01 not what was asked for";
  buffer_reset(&affected->answer->body);
  buffer_add(&affected->answer->body, garbage, sizeof garbage - 1);
  return true;
}

/* Puts `what` behind every start tag that begins with `tag`. */
static void insert_after(struct buffer *body, const char *tag, const char *what) {
  struct buffer out = {0};
  const char *from = buffer_text(body);
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

static bool run_element(const struct affected *affected) {
  struct buffer *body = &affected->answer->body;
  insert_after(body, "<Results",
               "<SomethingNewer><Deep xsi:nil=\"true\" /><Deep>1</Deep></SomethingNewer>");
  insert_after(body, "</RequestID", "<NewerStatus>fine</NewerStatus>");
  return true;
}

/* Gives every result another type. */
static bool run_type(const struct affected *affected) {
  static const char before[] = "<Results xsi:type=\"";
  struct buffer *body = &affected->answer->body;
  const char *type = affected->value.words ? affected->value.words : "SomethingNewerEvent";
  struct buffer out = {0};
  const char *from = buffer_text(body);
  const char *place;
  while ((place = strstr(from, before)) != NULL) {
    const char *name = place + sizeof before - 1;
    buffer_add(&out, from, (size_t)(name - from));
    escape_xml(&out, type, strlen(type));
    from = name + strcspn(name, "\"");
  }
  buffer_add_text(&out, from);
  buffer_free(body);
  *body = out;
  return true;
}

/* --- on sending ----------------------------------------------------------------------------- */

static bool send_all(const struct affected *affected, const struct buffer *out) {
  struct http_connection *connection = affected->connection;
  return !out->failed && stream_write(connection->stream, out->data, out->size,
                                      stream_clock() + connection->limits->answer);
}

/* The head promises all of it, then the connection goes. */
static bool run_cut(const struct affected *affected) {
  const struct buffer *body = &affected->answer->body;
  uint64_t number = affected->value.number;
  size_t size = number ? (size_t)number : body->size / 2;
  struct buffer out = {0};
  http_head(&out, affected->request, affected->answer, body->size, "");
  buffer_add(&out, body->data, size < body->size ? size : body->size);
  (void)send_all(affected, &out);
  buffer_free(&out);
  return false;
}

static bool run_gzip(const struct affected *affected) {
  const struct buffer *body = &affected->answer->body;
  struct buffer packed = {0}, out = {0};
  bool done = deflate_body(&packed, body->data, body->size);
  http_head(&out, affected->request, affected->answer, packed.size, "Content-Encoding: gzip\r\n");
  buffer_add(&out, packed.data, packed.size);
  done = done && !packed.failed && send_all(affected, &out);
  buffer_free(&packed);
  buffer_free(&out);
  return done;
}

static bool run_chunked(const struct affected *affected) {
  const struct buffer *body = &affected->answer->body;
  size_t size = affected->value.number ? (size_t)affected->value.number : CHUNK;
  struct buffer out = {0};
  http_head(&out, affected->request, affected->answer, SIZE_MAX, "");
  for (size_t at = 0; at < body->size; at += size) {
    size_t rest = body->size - at;
    buffer_printf(&out, "%zx\r\n", rest < size ? rest : size);
    buffer_add(&out, body->data + at, rest < size ? rest : size);
    buffer_add_text(&out, "\r\n");
  }
  buffer_add_text(&out, "0\r\n\r\n");
  bool done = send_all(affected, &out);
  buffer_free(&out);
  return done;
}

/* A tenth of a second's worth at a time. */
static bool run_drip(const struct affected *affected) {
  const struct buffer *body = &affected->answer->body;
  struct http_connection *connection = affected->connection;
  size_t size = (affected->value.number ? (size_t)affected->value.number : DRIP) / 10 + 1;
  struct buffer out = {0};
  http_head(&out, affected->request, affected->answer, body->size, "");
  buffer_add(&out, body->data, body->size);
  bool done = !out.failed;
  for (size_t at = 0; done && at < out.size && !atomic_load(affected->stopping); at += size) {
    size_t rest = out.size - at;
    done = stream_write(connection->stream, out.data + at, rest < size ? rest : size,
                        stream_clock() + connection->limits->answer);
    effect_wait(100, affected->stopping);
  }
  buffer_free(&out);
  return done;
}

/* --- the effects ---------------------------------------------------------------------------- */

const struct effect effects[] = {
    {"fault", NUMBER_WORDS, 1, 999999, IN_PLACE, run_fault, "=CODE [TEXT]",
     "a server fault; 2, 9, 10, 11, 12, 13, 17 have texts"},
    {"client-fault", MAY_WORDS, 0, 0, IN_PLACE, run_client_fault, "[=TEXT]", "a client fault"},
    {"login-failed", TAKES_NOTHING, 0, 0, IN_PLACE, run_login_failed, "", "a security fault"},
    {"token-expired", TAKES_NOTHING, 0, 0, IN_PLACE, run_token_expired, "", "the other one"},
    {"status", NEEDS_WORDS, 0, 0, IN_PLACE, run_status, "=TEXT",
     "OverallStatus of a Retrieve, with HTTP 200"},
    {"http", NEEDS_NUMBER, 200, 599, IN_PLACE, run_http, "=STATUS",
     "an HTML page, as of a gateway"},
    {"delay", NEEDS_NUMBER, 1, 3600000, BEFORE_ANSWER, run_delay, "=MS", "answer later"},
    {"stall", MAY_NUMBER, 1, 3600000, BEFORE_ANSWER, run_stall, "[=MS]",
     "no answer, then the connection is closed"},
    {"close", TAKES_NOTHING, 0, 0, BEFORE_ANSWER, run_close, "",
     "connection closed without an answer"},
    {"cut", MAY_NUMBER, 1, 1 << 30, ON_SENDING, run_cut, "[=BYTES]",
     "connection closed in mid-answer"},
    {"truncate", MAY_NUMBER, 1, 1 << 30, ON_BODY, run_truncate, "[=BYTES]",
     "XML that breaks off, HTTP that does not"},
    {"garbage", TAKES_NOTHING, 0, 0, ON_BODY, run_garbage, "", "no XML at all"},
    {"element", TAKES_NOTHING, 0, 0, ON_BODY, run_element, "",
     "elements that the contract does not know"},
    {"type", MAY_WORDS, 0, 0, ON_BODY, run_type, "[=NAME]",
     "results of a type that the contract does not know"},
    {"gzip", TAKES_NOTHING, 0, 0, ON_SENDING, run_gzip, "", "the answer compressed"},
    {"chunked", MAY_NUMBER, 1, 1 << 20, ON_SENDING, run_chunked, "[=SIZE]", "the answer in chunks"},
    {"drip", MAY_NUMBER, 1, 1 << 20, ON_SENDING, run_drip, "[=BYTES]",
     "the answer, so many bytes a second"},
    {NULL, TAKES_NOTHING, 0, 0, IN_PLACE, NULL, NULL, NULL}};

bool effect_apply(const struct effect *effect, const struct affected *affected, effect_ask *ask,
                  void *context) {
  affected->answer->status = 0;
  if (effect->phase == BEFORE_ANSWER && !effect->run(affected))
    return false;
  if (effect->phase == IN_PLACE) {
    prepare_envelope(affected);
    (void)effect->run(affected);
  } else {
    ask(context, affected);
  }
  if (effect->phase == ON_BODY)
    (void)effect->run(affected);
  if (affected->answer->body.failed)
    return false;
  if (effect->phase == ON_SENDING)
    return effect->run(affected);
  return http_write(affected->connection, affected->request, affected->answer);
}
