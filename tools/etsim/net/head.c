#include "net/head.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool copy(char *to, size_t size, const char *from, size_t length) {
  if (length >= size)
    return false;
  memcpy(to, from, length);
  to[length] = 0;
  return true;
}

static int read_request_line(struct http_request *request, char *line) {
  char *target = strchr(line, ' ');
  char *version = target ? strchr(target + 1, ' ') : NULL;
  if (!version || strncmp(version + 1, "HTTP/1.", 7) != 0 || !isdigit((unsigned char)version[8]) ||
      version[9] || !copy(request->method, sizeof request->method, line, (size_t)(target - line)))
    return HTTP_BAD_REQUEST;
  request->keep_alive = request->needs_host = strcmp(version + 1, "HTTP/1.0") != 0;
  target++;
  if (strncmp(target, "http://", 7) == 0 || strncmp(target, "https://", 8) == 0) {
    const char *authority = strstr(target, "//") + 2;
    target = strchr(authority, '/');
    if (!target || target > version || target == authority)
      return HTTP_BAD_REQUEST;
  }
  size_t length = (size_t)(version - target);
  const char *question = memchr(target, '?', length);
  size_t path = question ? (size_t)(question - target) : length;
  if (!copy(request->path, sizeof request->path, target, path) ||
      (question && !copy(request->query, sizeof request->query, question + 1, length - path - 1)))
    return HTTP_URI_TOO_LONG;
  return 0;
}

static void unquote(char *to, size_t size, const char *value) {
  size_t length = strlen(value);
  if (length >= 2 && value[0] == '"' && value[length - 1] == '"') {
    value++;
    length -= 2;
  }
  if (length >= size)
    length = size - 1;
  memcpy(to, value, length);
  to[length] = 0;
}

/* `application/soap+xml; charset=utf-8; action="Retrieve"` */
static void read_content_type(struct http_request *request, const char *value) {
  unquote(request->content_type, sizeof request->content_type, value);
  const char *action = strstr(value, "action=\"");
  const char *end = action ? strchr(action + 8, '"') : NULL;
  if (end && !request->soap_action[0])
    (void)copy(request->soap_action, sizeof request->soap_action, action + 8,
               (size_t)(end - action - 8));
}

static bool has_word(const char *value, const char *word) {
  size_t size = strlen(word);
  for (; *value; value++)
    if (strncasecmp(value, word, size) == 0)
      return true;
  return false;
}

static int read_length(struct http_request *request, const char *value) {
  char *end;
  errno = 0;
  unsigned long long length = strtoull(value, &end, 10);
  if (errno || *end || *value < '0' || *value > '9' || length > SIZE_MAX / 2 || request->has_length)
    return HTTP_BAD_REQUEST;
  request->content_length = (size_t)length;
  request->has_length = true;
  return 0;
}

static int read_header(struct http_request *request, const char *name, const char *value) {
  if (strcasecmp(name, "Content-Length") == 0)
    return read_length(request, value);
  if (strcasecmp(name, "Content-Type") == 0) {
    read_content_type(request, value);
  } else if (strcasecmp(name, "SOAPAction") == 0) {
    unquote(request->soap_action, sizeof request->soap_action, value);
  } else if (strcasecmp(name, "Host") == 0) {
    if (request->has_host)
      return HTTP_BAD_REQUEST;
    request->has_host = true;
    unquote(request->host, sizeof request->host, value);
  } else if (strcasecmp(name, "Transfer-Encoding") == 0) {
    if (strcasecmp(value, "chunked") != 0 || request->chunked)
      return HTTP_UNSUPPORTED;
    request->chunked = true;
  } else if (strcasecmp(name, "Content-Encoding") == 0) {
    request->gzipped = has_word(value, "gzip") || has_word(value, "deflate");
    if (!request->gzipped && !has_word(value, "identity"))
      return HTTP_UNSUPPORTED;
  } else if (strcasecmp(name, "Accept-Encoding") == 0) {
    request->takes_gzip = has_word(value, "gzip");
  } else if (strcasecmp(name, "Expect") == 0) {
    if (strcasecmp(value, "100-continue") != 0)
      return HTTP_EXPECTATION_FAILED;
    request->expects = true;
  } else if (strcasecmp(name, "Connection") == 0) {
    if (has_word(value, "close"))
      request->keep_alive = false;
    else if (has_word(value, "keep-alive"))
      request->keep_alive = true;
  }
  return 0;
}

/* A name of a header: no blank in it, in front of it, which would fold it, or behind it. */
static bool is_name(const char *name) {
  static const char others[] = "!#$%&'*+-.^_`|~";
  size_t size = 0;
  while (isalnum((unsigned char)name[size]) || (name[size] && strchr(others, name[size])))
    size++;
  return size && !name[size];
}

int head_parse(struct http_request *request, char *head) {
  char *line = head;
  for (int number = 0; *line; number++) {
    char *end = strstr(line, "\r\n");
    *end = 0;
    int status;
    if (number == 0) {
      status = read_request_line(request, line);
    } else {
      char *colon = strchr(line, ':');
      if (!colon)
        return HTTP_BAD_REQUEST;
      *colon = 0;
      if (!is_name(line))
        return HTTP_BAD_REQUEST;
      char *value = colon + 1 + strspn(colon + 1, " \t");
      for (char *last = end; last > value && (last[-1] == ' ' || last[-1] == '\t');)
        *--last = 0;
      status = read_header(request, line, value);
    }
    if (status)
      return status;
    line = end + 2;
  }
  return request->needs_host && !request->has_host ? HTTP_BAD_REQUEST : 0;
}
