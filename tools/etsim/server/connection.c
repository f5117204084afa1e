/* One connection: its requests, one after the other, with the trouble that was asked for. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "faults/effects.h"
#include "ground/random.h"
#include "server/slots.h"

enum { LINGER_MS = 200 };

static SSL *open_tls(const struct server *server, int fd) {
  SSL *ssl = SSL_new(server->options.tls);
  if (ssl && SSL_set_fd(ssl, fd) == 1) {
    SSL_set_accept_state(ssl);
    return ssl;
  }
  SSL_free(ssl);
  return NULL;
}

static struct call *take_call(struct server *server) {
  (void)pthread_mutex_lock(&server->lock);
  struct call *call = server->call_count ? server->calls[--server->call_count] : NULL;
  (void)pthread_mutex_unlock(&server->lock);
  return call ? call : call_new(server->site->service);
}

static void give_call(struct server *server, struct call *call) {
  (void)pthread_mutex_lock(&server->lock);
  server->calls[server->call_count++] = call;
  (void)pthread_mutex_unlock(&server->lock);
}

static void refuse(struct http_request *request, struct http_answer *answer, int status) {
  request->keep_alive = false;
  buffer_reset(&answer->body);
  answer->status = status;
  answer->content_type = "text/plain; charset=utf-8";
  answer->allow = NULL;
  *answer->location = 0;
  buffer_printf(&answer->body, "%s\n", http_reason(status));
}

static void ask_site(void *context, const struct affected *affected) {
  const struct server *server = context;
  site_answer(server->site, affected->call, affected->request, affected->answer);
}

/* @return whether the connection goes on */
static bool answer_request(struct server *server, struct http_connection *connection,
                           const struct rule *rule, const struct http_request *request,
                           struct http_answer *answer) {
  struct call *call = take_call(server);
  if (!call)
    return false;
  const struct affected affected = {.value = rule ? rule->value : (struct effect_value){0, NULL},
                                    .call = call,
                                    .connection = connection,
                                    .request = request,
                                    .answer = answer,
                                    .stopping = &server->stopping};
  bool open;
  if (rule) {
    open = effect_apply(rule->effect, &affected, ask_site, server);
    if (rule->effect->phase == IN_PLACE && strstr(answer->content_type, "xml"))
      answers_keep(server->site->answers, site_operation(request), &answer->body);
    give_call(server, call);
  } else {
    site_answer(server->site, call, request, answer);
    give_call(server, call);
    open = !answer->body.failed && http_write(connection, request, answer);
  }
  return open;
}

static bool serve_request(struct server *server, struct http_connection *connection,
                          struct http_request *request, struct http_answer *answer) {
  const struct server_options *options = &server->options;
  int64_t began = stream_clock();
  const char *operation = site_operation(request);
  const struct rule *rule = *operation ? rules_match(options->rules, operation) : NULL;
  if (options->latency || options->jitter)
    effect_wait(options->latency + (options->jitter ? random_number() % (options->jitter + 1) : 0),
                &server->stopping);
  if (atomic_load(&server->stopping))
    request->keep_alive = false;
  bool open = answer_request(server, connection, rule, request, answer);
  log_request(options->log, request, operation, answer->status, answer->body.size,
              stream_clock() - began, rule ? rule->text : NULL);
  return open && request->keep_alive;
}

/* Waits for a request; meanwhile the connection may have to give way to a new one. */
static bool wait_for_request(struct slot *slot, struct http_connection *connection) {
  struct server *server = slot->server;
  (void)pthread_mutex_lock(&server->lock);
  slot->idle_since = stream_clock();
  slot->received = atomic_load(&slot->stream->received);
  (void)pthread_cond_signal(&server->idle);
  (void)pthread_mutex_unlock(&server->lock);
  bool there = http_wait(connection);
  (void)pthread_mutex_lock(&server->lock);
  slot->idle_since = 0;
  slot->reads_since = stream_clock();
  there = there && !slot->evicted;
  (void)pthread_mutex_unlock(&server->lock);
  return there;
}

/* As http_read; one that had to give way is told so, when it takes that at once. */
static int read_request(struct slot *slot, struct http_connection *connection,
                        struct http_request *request) {
  struct pollfd pollfd = {slot->fd, POLLOUT, 0};
  int status = http_read(connection, request);
  (void)pthread_mutex_lock(&slot->server->lock);
  slot->reads_since = 0;
  bool evicted = slot->evicted;
  (void)pthread_mutex_unlock(&slot->server->lock);
  return status < 0 && evicted && poll(&pollfd, 1, 0) == 1 ? HTTP_TIMEOUT : status;
}

static void set_stream(struct slot *slot, struct stream *stream) {
  (void)pthread_mutex_lock(&slot->server->lock);
  slot->stream = stream;
  (void)pthread_mutex_unlock(&slot->server->lock);
}

static void serve_requests(struct slot *slot, struct http_connection *connection) {
  struct http_request request = {0};
  struct http_answer answer = {0};
  bool open = true;
  while (open && wait_for_request(slot, connection)) {
    int status = read_request(slot, connection, &request);
    if (status == 0) {
      open = serve_request(slot->server, connection, &request, &answer);
    } else {
      open = false;
      if (status > 0) {
        refuse(&request, &answer, status);
        (void)http_write(connection, &request, &answer);
      }
    }
  }
  buffer_free(&request.body);
  buffer_free(&answer.body);
}

/* Lets the peer read what was sent before the connection goes: closing with unread input would
 * reset it. */
static void linger(struct stream *stream) {
  char rest[4096];
  int64_t deadline = stream_clock() + LINGER_MS;
  if (shutdown(stream->fd, SHUT_WR) == 0)
    while (stream_read(stream, rest, sizeof rest, deadline) > 0)
      ;
}

static void serve_connection(struct slot *slot, int fd) {
  struct server *server = slot->server;
  struct stream stream = {.fd = fd};
  struct http_connection connection = {.stream = &stream, .limits = &server->options.limits};
  if (server->options.tls && !(stream.ssl = open_tls(server, fd)))
    return;
  set_stream(slot, &stream);
  serve_requests(slot, &connection);
  set_stream(slot, NULL);
  if (stream.ssl) {
    (void)SSL_shutdown(stream.ssl);
    SSL_free(stream.ssl);
    stream.ssl = NULL;
  }
  linger(&stream);
  buffer_free(&connection.input);
}

void *connection_run(void *argument) {
  struct slot *slot = argument;
  struct server *server = slot->server;
  int fd = slot->fd;
  serve_connection(slot, fd);
  (void)pthread_mutex_lock(&server->lock);
  slot->fd = -1;
  slot->evicted = false;
  server->busy--;
  (void)pthread_cond_signal(&server->idle);
  (void)pthread_mutex_unlock(&server->lock);
  (void)close(fd);
  return NULL;
}
