#include "canned.h"

#include "call/session_private.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REQUEST_MAX = 1 << 18 };

/* --- the peer -------------------------------------------------------------------------------- */

/* The length of the request's body, as its header says. */
static size_t body_length(const char *request) {
  static const char name[] = "\r\nContent-Length:";
  for (const char *at = request; *at; at++)
    if (strncasecmp(at, name, sizeof name - 1) == 0)
      return strtoul(at + sizeof name - 1, NULL, 10);
  return 0;
}

/* False: the client went away before it was whole. */
static bool read_request(int fd, char *request) {
  size_t size = 0;
  for (;;) {
    ssize_t n = recv(fd, request + size, REQUEST_MAX - 1 - size, 0);
    if (n <= 0)
      return false;
    size += (size_t)n;
    request[size] = '\0';
    const char *body = strstr(request, "\r\n\r\n");
    if (body && size >= (size_t)(body + 4 - request) + body_length(request))
      return true;
  }
}

static void keep_request(struct canned *canned, const char *request) {
  size_t size = strlen(request);
  if (!canned->sent || canned->sent_length + size >= canned->sent_size)
    return;
  memcpy(canned->sent + canned->sent_length, request, size + 1);
  canned->sent_length += size;
}

static void write_answer(const struct canned *canned, int fd, size_t number) {
  const char *at = number < canned->count ? canned->answers[number] : NULL;
  size_t left = at ? canned->sizes[number] : 0;
  while (left > 0) {
    size_t piece = canned->piece && canned->piece < left ? canned->piece : left;
    ssize_t n = send(fd, at, piece, MSG_NOSIGNAL);
    if (n <= 0)
      return;
    at += n;
    left -= (size_t)n;
  }
}

/* A connection for each request, until the listener is shut down. Answers say that it ends: a
 * client that keeps it may send into it before it hears of the end. */
static void *serve(void *context) {
  struct canned *canned = context;
  int fd;
  while ((fd = accept(canned->listener, NULL, NULL)) >= 0) {
    if (read_request(fd, canned->request)) {
      keep_request(canned, canned->request);
      if (canned->silent)
        (void)recv(fd, canned->request, REQUEST_MAX, 0);
      write_answer(canned, fd, canned->next++);
    }
    close(fd);
  }
  return NULL;
}

static bool listen_on_loopback(struct canned *canned, unsigned *port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  canned->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (canned->listener < 0 || bind(canned->listener, (struct sockaddr *)&address, size) != 0 ||
      listen(canned->listener, 4) != 0 ||
      getsockname(canned->listener, (struct sockaddr *)&address, &size) != 0)
    return false;
  *port = ntohs(address.sin_port);
  return true;
}

/* --- the session ----------------------------------------------------------------------------- */

ets_status canned_install(ets_session *session, struct canned *canned) {
  static _Thread_local char request[REQUEST_MAX];
  char endpoint[64];
  unsigned port;
  canned_end(canned);
  canned->request = request;
  if (!listen_on_loopback(canned, &port) ||
      pthread_create(&canned->thread, NULL, serve, canned) != 0) {
    perror("canned");
    exit(1);
  }
  canned->serving = true;
  snprintf(endpoint, sizeof endpoint, "http://127.0.0.1:%u/Service.asmx", port);
  return ets_session_set_endpoint(session, endpoint, NULL);
}

void canned_end(struct canned *canned) {
  if (!canned->serving)
    return;
  shutdown(canned->listener, SHUT_RDWR);
  pthread_join(canned->thread, NULL);
  close(canned->listener);
  canned->serving = false;
}

void canned_rewind(struct canned *canned) {
  canned->next = canned->sent_length = 0;
}

static char *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  long length = file && fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
  char *bytes = length >= 0 ? malloc((size_t)length + 1) : NULL;
  if (bytes) {
    rewind(file);
    *size = fread(bytes, 1, (size_t)length, file);
    bytes[*size] = '\0';
  }
  if (file)
    fclose(file);
  return bytes;
}

static char *put_chunks(char *to, const char *body, size_t size, size_t chunk) {
  for (size_t at = 0; at < size; at += chunk) {
    size_t n = size - at < chunk ? size - at : chunk;
    to += snprintf(to, 16, "%zx\r\n", n);
    memcpy(to, body + at, n);
    to += n;
    memcpy(to, "\r\n", 2);
    to += 2;
  }
  memcpy(to, "0\r\n\r\n", 5);
  return to + 5;
}

char *canned_add_file(struct canned *canned, const char *folder, const char *name, size_t chunk) {
  enum { HEADER_ROOM = 200 };
  char path[1024];
  size_t size = 0;
  snprintf(path, sizeof path, "%s/%s.xml", folder, name);
  char *body = read_file(path, &size);
  size_t room = HEADER_ROOM + size + (chunk ? (size / chunk + 2) * 20 : 0);
  char *whole = body && canned->count < CANNED_MAX ? malloc(room) : NULL;
  if (whole) {
    char length[40];
    snprintf(length, sizeof length, "Content-Length: %zu", size);
    char *end = whole + snprintf(whole, HEADER_ROOM,
                                 "HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\n"
                                 "Set-Cookie: id=cookie-secret\r\nConnection: close\r\n%s\r\n\r\n",
                                 chunk ? "Transfer-Encoding: chunked" : length);
    if (chunk)
      end = put_chunks(end, body, size, chunk);
    else
      end = (char *)memcpy(end, body, size) + size;
    canned->answers[canned->count] = whole;
    canned->sizes[canned->count++] = (size_t)(end - whole);
  } else {
    fprintf(stderr, "cannot read %s\n", path);
  }
  free(body);
  return whole;
}
