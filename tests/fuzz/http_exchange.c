/* The bytes are what a server says on a connection, then it closes it; each connection that is made
 * says the same. Two requests follow one on another on a client, so that the second may find the
 * first one's connection. The first byte chooses bounds, a tap, and how much is read. */
#include "../http/options.h"
#include "http/redact.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SOCKETS = 8, INPUT_MAX = 64 * 1024, BODY_LIMIT = 1 << 20 };

enum choice { BOUNDED = 1, TAPPED = 2, REPEATABLE = 4, READ_LITTLE = 8, SECRET = 16, POSTED = 32 };

/* Listens on loopback in the same thread. */
struct server {
  int listener;
  char url[64];
  const char *says;
  size_t size;
  int ends[SOCKETS]; /* of its connections */
  size_t count;
};

static void check(bool right) {
  if (!right)
    abort();
}

static void listen_once(struct server *server) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t size = sizeof address;
  server->listener = socket(AF_INET, SOCK_STREAM, 0);
  check(server->listener >= 0);
  check(bind(server->listener, (struct sockaddr *)&address, size) == 0);
  check(fcntl(server->listener, F_SETFL, O_NONBLOCK) == 0);
  check(listen(server->listener, SOCKETS) == 0);
  check(getsockname(server->listener, (struct sockaddr *)&address, &size) == 0);
  snprintf(server->url, sizeof server->url, "http://127.0.0.1:%u/Service.asmx",
           ntohs(address.sin_port));
}

/* The socket takes all that the server says before anybody reads. */
static void answer(void *context) {
  struct server *server = context;
  int room = 4 * INPUT_MAX;
  int fd = server->count < SOCKETS ? accept(server->listener, NULL, NULL) : -1;
  if (fd < 0) /* a connection that is kept */
    return;
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
  check(send(fd, server->says, server->size, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)server->size);
  shutdown(fd, SHUT_WR);
  server->ends[server->count++] = fd;
}

/* By a reset, or the machine would run out of ports. */
static void hang_up(struct server *server) {
  struct linger at_once = {1, 0};
  for (; server->count > 0; server->count--) {
    int fd = server->ends[server->count - 1];
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(fd);
  }
}

struct record {
  struct ets_redactor request;
  struct ets_redactor answer;
};

static void take(void *context, enum ets_http_part part, const char *bytes, size_t size) {
  struct record *record = context;
  bool sent = part == ETS_HTTP_SENT_HEADER || part == ETS_HTTP_SENT_BODY;
  if (part == ETS_HTTP_SENT_HEADER || part == ETS_HTTP_RECEIVED_HEADER)
    ets_redact_header(sent ? &record->request : &record->answer, bytes, size);
  else
    ets_redact_body(sent ? &record->request : &record->answer, bytes, size);
}

static void exchange(struct ets_http *http, const char *url, unsigned choice,
                     struct ets_http_tap *tap) {
  static const struct ets_http_header headers[] = {{"Content-Type", "text/xml"}};
  struct ets_http_request request = {.url = url,
                                     .headers = headers,
                                     .header_count = 1,
                                     .body = choice & POSTED ? "<request/>" : NULL,
                                     .body_size = choice & POSTED ? 10 : 0,
                                     .repeatable = choice & REPEATABLE,
                                     .secret_answer = choice & SECRET,
                                     .tap = tap};
  struct ets_http_call *call;
  struct ets_http_reply reply;
  ets_error error;
  const char *bytes;
  size_t size = 1, total = 0;
  volatile char last = 0;
  ets_status status = ets_http_open(&call, http, &request, &reply, &error);
  check((status == ETS_OK) == (call != NULL));
  check(status != ETS_OK || reply.status >= 200);
  while (status == ETS_OK && size > 0) {
    status = ets_http_read(call, &bytes, &size, &error);
    check(status == ETS_OK || size == 0);
    if (size > 0)
      last = bytes[size - 1];
    total += size;
    check(!(choice & BOUNDED) || total <= BODY_LIMIT);
    if (choice & READ_LITTLE)
      break;
  }
  (void)last;
  check(reply.complete == (status == ETS_OK && size == 0));
  check(status == ETS_OK || (*error.message && error.status == status));
  ets_http_close(call);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0 || size > INPUT_MAX)
    return 0;
  static struct server server = {.listener = -1};
  static const char *const secrets[] = {"s3cret", NULL};
  unsigned choice = data[0];
  if (server.listener < 0)
    listen_once(&server);
  server.says = (const char *)data + 1;
  server.size = size - 1;
  struct ets_http_options options = HTTP_OPTIONS_INIT;
  options.connected = answer;
  options.connected_context = &server;
  options.limits.body = choice & BOUNDED ? BODY_LIMIT : 16 * BODY_LIMIT;
  options.limits.header = choice & BOUNDED ? 1024 : 0;
  options.total_timeout = 5000;
  struct ets_http *http;
  struct record record;
  struct ets_http_tap tap = {&record, take};
  FILE *file = fopen("/dev/null", "w");
  check(file && ets_http_new(&http, &options, NULL) == ETS_OK);
  check(ets_redact_begin(&record.request, file, true, secrets) &&
        ets_redact_begin(&record.answer, file, true, secrets));
  for (int i = 0; i < 2; i++)
    exchange(http, server.url, choice, choice & TAPPED ? &tap : NULL);
  hang_up(&server);
  ets_http_free(http);
  ets_redact_end(&record.request);
  ets_redact_end(&record.answer);
  fclose(file);
  return 0;
}
