#include "net/http.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "net/head.h"
#include "net/inflate.h"

enum { HEAD_LIMIT = 65536, CHUNK_LINE_LIMIT = 1024 };

const char *http_reason(int status) {
  static const struct {
    int status;
    const char *reason;
  } reasons[] = {{200, "OK"},
                 {400, "Bad Request"},
                 {401, "Unauthorized"},
                 {403, "Forbidden"},
                 {302, "Found"},
                 {404, "Not Found"},
                 {405, "Method Not Allowed"},
                 {408, "Request Timeout"},
                 {411, "Length Required"},
                 {413, "Content Too Large"},
                 {414, "URI Too Long"},
                 {415, "Unsupported Media Type"},
                 {417, "Expectation Failed"},
                 {429, "Too Many Requests"},
                 {431, "Request Header Fields Too Large"},
                 {500, "Internal Server Error"},
                 {502, "Bad Gateway"},
                 {503, "Service Unavailable"},
                 {504, "Gateway Timeout"}};
  for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
    if (reasons[i].status == status)
      return reasons[i].reason;
  return "Status";
}

void http_request_reset(struct http_request *request) {
  struct buffer body = request->body;
  buffer_reset(&body);
  *request = (struct http_request){.body = body};
}

/* Reads more into the input. @return bytes, 0 at the end, -1 on failure */
static long more(struct http_connection *connection, int64_t deadline) {
  struct buffer *input = &connection->input;
  enum { PIECE = 65536 };
  if (!buffer_reserve(input, PIECE))
    return -1;
  long got = stream_read(connection->stream, input->data + input->size, PIECE, deadline);
  if (got > 0)
    input->size += (size_t)got;
  return got;
}

/* What was used makes room. */
static void settle(struct http_connection *connection) {
  struct buffer *input = &connection->input;
  if (connection->used) {
    memmove(input->data, input->data + connection->used, input->size - connection->used);
    input->size -= connection->used;
    connection->used = 0;
  }
}

/* Where the blank line after the head begins; NULL when it is not there yet. */
static char *end_of_head(struct http_connection *connection) {
  const struct buffer *input = &connection->input;
  for (size_t i = connection->scanned < 3 ? 3 : connection->scanned; i < input->size; i++)
    if (memcmp(input->data + i - 3, "\r\n\r\n", 4) == 0)
      return input->data + i - 3;
  connection->scanned = input->size;
  return NULL;
}

/* Whether the head may become one of HTTP: a TLS client, say, waits for an answer to its first
 * bytes, which are no method. */
static bool may_be_head(const struct buffer *input) {
  size_t blank = 0;
  while (blank < input->size && strchr("\r\n", input->data[blank]))
    blank++;
  return blank == input->size || isalpha((unsigned char)input->data[blank]);
}

bool http_wait(struct http_connection *connection) {
  settle(connection);
  connection->scanned = 0;
  return connection->input.size || more(connection, stream_clock() + connection->limits->idle) > 0;
}

static int read_head(struct http_connection *connection, struct http_request *request,
                     int64_t *deadline) {
  struct buffer *input = &connection->input;
  *deadline = stream_clock() + connection->limits->request;
  char *end;
  while ((end = end_of_head(connection)) == NULL) {
    if (input->size > HEAD_LIMIT)
      return HTTP_HEAD_TOO_LARGE;
    if (!may_be_head(input))
      return HTTP_BAD_REQUEST;
    long got = more(connection, *deadline);
    if (got <= 0)
      return got < 0 && stream_clock() >= *deadline ? HTTP_TIMEOUT : -1;
  }
  connection->used = (size_t)(end - input->data) + 4;
  end[2] = 0;
  if (memchr(input->data, 0, (size_t)(end - input->data)))
    return HTTP_BAD_REQUEST;
  size_t blank = strspn(input->data, "\r\n");
  return head_parse(request, input->data + blank);
}

/* Moves `size` bytes of the input to the body. */
static int take(struct http_connection *connection, struct http_request *request, size_t size,
                int64_t deadline) {
  if (size > connection->limits->body - request->body.size)
    return HTTP_TOO_LARGE;
  while (size) {
    struct buffer *input = &connection->input;
    size_t there = input->size - connection->used;
    if (there > size)
      there = size;
    buffer_add(&request->body, input->data + connection->used, there);
    connection->used += there;
    size -= there;
    if (!size)
      break;
    settle(connection);
    long got = more(connection, deadline);
    if (got <= 0)
      return got < 0 && stream_clock() >= deadline ? HTTP_TIMEOUT : -1;
  }
  return request->body.failed ? HTTP_TOO_LARGE : 0;
}

/* A line of the chunked coding, without its end. */
static int take_line(struct http_connection *connection, char *line, size_t size,
                     int64_t deadline) {
  for (size_t length = 0;;) {
    struct buffer *input = &connection->input;
    while (connection->used < input->size) {
      char c = input->data[connection->used++];
      bool returned = length && line[length - 1] == '\r';
      if (c == '\n') {
        line[length - returned] = 0;
        return 0;
      }
      if (returned || length + 1 >= size)
        return HTTP_BAD_REQUEST;
      line[length++] = c;
    }
    settle(connection);
    long got = more(connection, deadline);
    if (got <= 0)
      return got < 0 && stream_clock() >= deadline ? HTTP_TIMEOUT : -1;
  }
}

/* What stands in front of a chunk: its size in hexadecimal digits, then perhaps extensions. */
static bool read_chunk_size(const char *line, unsigned long long *size) {
  char *end;
  errno = 0;
  if (!isxdigit((unsigned char)*line) || (line[0] == '0' && (line[1] == 'x' || line[1] == 'X')))
    return false;
  *size = strtoull(line, &end, 16);
  end += strspn(end, " \t");
  return !errno && (!*end || *end == ';');
}

static int read_chunks(struct http_connection *connection, struct http_request *request,
                       int64_t deadline) {
  char line[CHUNK_LINE_LIMIT];
  for (;;) {
    int status = take_line(connection, line, sizeof line, deadline);
    if (status)
      return status;
    unsigned long long size;
    if (!read_chunk_size(line, &size))
      return HTTP_BAD_REQUEST;
    if (size > connection->limits->body)
      return HTTP_TOO_LARGE;
    if (size == 0)
      break;
    status = take(connection, request, (size_t)size, deadline);
    if (!status)
      status = take_line(connection, line, sizeof line, deadline);
    if (!status && *line)
      status = HTTP_BAD_REQUEST;
    if (status)
      return status;
  }
  int status;
  do
    status = take_line(connection, line, sizeof line, deadline);
  while (!status && line[0]);
  return status;
}

static int read_body(struct http_connection *connection, struct http_request *request,
                     int64_t deadline) {
  static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
  if (request->has_length && request->content_length > connection->limits->body)
    return HTTP_TOO_LARGE;
  if (strcmp(request->method, "POST") == 0 && !request->chunked && !request->has_length)
    return HTTP_LENGTH_REQUIRED;
  if (request->expects && !stream_write(connection->stream, go_on, sizeof go_on - 1, deadline))
    return -1;
  if (request->chunked)
    return read_chunks(connection, request, deadline);
  return take(connection, request, request->content_length, deadline);
}

int http_read(struct http_connection *connection, struct http_request *request) {
  int64_t deadline;
  http_request_reset(request);
  int status = read_head(connection, request, &deadline);
  if (!status && request->chunked && request->has_length)
    status = HTTP_BAD_REQUEST; /* two answers to where the body ends */
  if (!status)
    status = read_body(connection, request, deadline);
  if (!status && request->gzipped && !inflate_body(&request->body, connection->limits->body))
    status = HTTP_BAD_REQUEST;
  return status;
}

void http_head(struct buffer *out, const struct http_request *request,
               const struct http_answer *answer, size_t length, const char *more_headers) {
  buffer_printf(out, "HTTP/1.1 %d %s\r\nServer: etsim\r\nCache-Control: private, max-age=0\r\n",
                answer->status, http_reason(answer->status));
  if (answer->content_type)
    buffer_printf(out, "Content-Type: %s\r\n", answer->content_type);
  if (*answer->location)
    buffer_printf(out, "Location: %s\r\n", answer->location);
  if (answer->allow)
    buffer_printf(out, "Allow: %s\r\n", answer->allow);
  if (length == SIZE_MAX)
    buffer_add_text(out, "Transfer-Encoding: chunked\r\n");
  else
    buffer_printf(out, "Content-Length: %zu\r\n", length);
  buffer_printf(out, "%sConnection: %s\r\n\r\n", more_headers,
                request->keep_alive ? "keep-alive" : "close");
}

bool http_write(struct http_connection *connection, const struct http_request *request,
                const struct http_answer *answer) {
  int64_t deadline = stream_clock() + connection->limits->answer;
  struct buffer head = {0};
  http_head(&head, request, answer, answer->body.size, "");
  bool whole = strcmp(request->method, "HEAD") != 0;
  bool done = !head.failed;
  /* small answers go out in one piece */
  if (done && whole && answer->body.size < 16384) {
    buffer_add(&head, answer->body.data, answer->body.size);
    whole = false;
    done = !head.failed;
  }
  done = done && stream_write(connection->stream, head.data, head.size, deadline);
  if (done && whole)
    done = stream_write(connection->stream, answer->body.data, answer->body.size, deadline);
  buffer_free(&head);
  return done;
}
