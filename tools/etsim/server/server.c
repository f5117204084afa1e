#include "server/server.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "faults/effects.h"
#include "ground/random.h"
#include "server/listener.h"

enum { STACK_SIZE = 1 << 20, STOP_MS = 5000, TICK_MS = 100, REQUEST_TIMEOUT = 408 };

/* After how long a connection gives way to one that waits: it is idle, its peer neither sends the
 * rest of a request nor takes an answer, or its request has been coming for long. */
enum { IDLE_MS = 50, SILENT_MS = 1000, SLOW_MS = 5000 };

struct slot {
  struct server *server;
  int fd; /* -1: free */
  pthread_t thread;
  bool started;          /* the thread is still to be joined, though it may have ended */
  struct stream *stream; /* of its thread; NULL: not there yet, or no more */
  int64_t idle_since;    /* it waits for a request since then, 0: it serves one */
  int64_t reads_since;   /* it reads a request since then */
  bool evicted;          /* it gave way to another */
};

struct server {
  struct server_options options;
  struct site *site;
  int listener;
  int stop_pipe[2];
  pthread_mutex_t lock;
  pthread_cond_t idle; /* a connection ended, or became idle */
  size_t busy;         /* connections */
  struct call **calls; /* those that serve nothing now, kept for their memory */
  size_t call_count;
  atomic_bool stopping;
  struct slot *slots;
};

/* --- a connection --------------------------------------------------------------------------- */

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
  return status < 0 && evicted && poll(&pollfd, 1, 0) == 1 ? REQUEST_TIMEOUT : status;
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
  int64_t deadline = stream_clock() + 200;
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

static void *run_connection(void *argument) {
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

/* --- accepting ------------------------------------------------------------------------------ */

static struct slot *free_slot(struct server *server) {
  for (size_t i = 0; i < server->options.connections; i++)
    if (server->slots[i].fd < 0)
      return &server->slots[i];
  return NULL;
}

static void join(struct slot *slot) {
  if (slot->started)
    (void)pthread_join(slot->thread, NULL);
  slot->started = false;
}

static bool start_thread(struct slot *slot) {
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes))
    return false;
  (void)pthread_attr_setstacksize(&attributes, STACK_SIZE);
  slot->started = pthread_create(&slot->thread, &attributes, run_connection, slot) == 0;
  (void)pthread_attr_destroy(&attributes);
  return slot->started;
}

static void take_connection(struct server *server, int fd) {
  int on = 1;
  (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  (void)pthread_mutex_lock(&server->lock);
  struct slot *slot = free_slot(server);
  (void)pthread_mutex_unlock(&server->lock);
  if (slot)
    join(slot); /* it has ended but for its last few instructions */
  (void)pthread_mutex_lock(&server->lock);
  bool started = false;
  if (slot && socket_prepare(fd)) {
    slot->fd = fd;
    server->busy++;
    started = start_thread(slot);
    if (!started) {
      slot->fd = -1;
      server->busy--;
    }
  }
  (void)pthread_mutex_unlock(&server->lock);
  if (!started)
    (void)close(fd);
}

static bool has_room(struct server *server) {
  (void)pthread_mutex_lock(&server->lock);
  bool room = server->busy < server->options.connections;
  (void)pthread_mutex_unlock(&server->lock);
  return room;
}

static bool has_input(const struct slot *slot) {
  struct pollfd pollfd = {slot->fd, POLLIN, 0};
  return poll(&pollfd, 1, 0) != 0;
}

/* How readily a connection gives way: idle ones first, then those that are stuck for longest, then
 * slow ones; 0: it is in use. */
static int64_t readiness(const struct slot *slot, int64_t now) {
  if (slot->fd < 0 || slot->evicted || !slot->stream)
    return 0;
  if (slot->idle_since)
    return slot->idle_since + IDLE_MS <= now && !has_input(slot)
               ? INT64_MAX / 2 + (now - slot->idle_since)
               : 0;
  int64_t waits_since = atomic_load(&slot->stream->waits_since);
  if (slot->reads_since && has_input(slot))
    return 0;
  if (waits_since && waits_since + SILENT_MS <= now)
    return SLOW_MS + (now - waits_since);
  return slot->reads_since && slot->reads_since + SLOW_MS <= now ? 1 : 0;
}

/* The one that is to give way, NULL when all are in use. Wants the lock. */
static struct slot *readiest(struct server *server) {
  struct slot *found = NULL;
  int64_t now = stream_clock(), most = 0;
  for (size_t i = 0; i < server->options.connections; i++) {
    int64_t ready = readiness(&server->slots[i], now);
    if (ready > most) {
      most = ready;
      found = &server->slots[i];
    }
  }
  return found;
}

/* Somebody waits and there is no room: a connection that is of no use gives way.
 * @return when there may be room, or soon */
static void make_room(struct server *server) {
  struct timespec until;
  (void)clock_gettime(CLOCK_REALTIME, &until);
  until.tv_nsec += IDLE_MS * 1000000L;
  if (until.tv_nsec >= 1000000000L) {
    until.tv_sec++;
    until.tv_nsec -= 1000000000L;
  }
  (void)pthread_mutex_lock(&server->lock);
  struct slot *slot = readiest(server);
  if (slot) {
    slot->evicted = true;
    (void)shutdown(slot->fd, slot->reads_since ? SHUT_RD : SHUT_RDWR);
  }
  if (server->busy >= server->options.connections)
    (void)pthread_cond_timedwait(&server->idle, &server->lock, &until);
  (void)pthread_mutex_unlock(&server->lock);
}

static int time_left(int64_t deadline) {
  int64_t left = deadline ? deadline - stream_clock() : TICK_MS;
  return left <= 0 ? 0 : left > TICK_MS ? TICK_MS : (int)left;
}

void server_run(struct server *server, long seconds) {
  int64_t deadline = seconds ? stream_clock() + seconds * INT64_C(1000) : 0;
  int64_t next = 0;
  for (;;) {
    if (stream_clock() >= next) {
      server->options.tick(server->options.tick_context);
      next = stream_clock() + TICK_MS;
    }
    struct pollfd fds[2] = {{server->stop_pipe[0], POLLIN, 0}, {server->listener, POLLIN, 0}};
    int ready = poll(fds, 2, time_left(deadline));
    if (ready < 0 && errno != EINTR)
      break;
    if (fds[0].revents || (deadline && stream_clock() >= deadline))
      break;
    if (ready <= 0 || !fds[1].revents)
      continue;
    if (!has_room(server)) {
      make_room(server);
      continue;
    }
    int fd = accept(server->listener, NULL, NULL);
    if (fd >= 0)
      take_connection(server, fd);
  }
}

void server_stop(struct server *server) {
  ssize_t written = write(server->stop_pipe[1], "", 1);
  (void)written;
}

/* --- setting up and down -------------------------------------------------------------------- */

struct server *server_new(const struct server_options *options, struct site *site) {
  struct server *server = calloc(1, sizeof *server);
  if (!server)
    return NULL;
  server->options = *options;
  server->site = site;
  server->listener = -1;
  server->stop_pipe[0] = server->stop_pipe[1] = -1;
  (void)pthread_mutex_init(&server->lock, NULL);
  (void)pthread_cond_init(&server->idle, NULL);
  server->slots = calloc(options->connections, sizeof *server->slots);
  server->calls = calloc(options->connections, sizeof(struct call *));
  for (size_t i = 0; server->slots && i < options->connections; i++)
    server->slots[i] = (struct slot){.server = server, .fd = -1};
  if (server->slots && server->calls && pipe(server->stop_pipe) == 0 &&
      socket_prepare(server->stop_pipe[1]))
    server->listener = listener_open(options->host, options->port);
  if (server->listener >= 0 &&
      listener_name(server->listener, options->host, site->authority, sizeof site->authority))
    return server;
  (void)server_free(server);
  return NULL;
}

/* Ends what is under way and waits for the threads. @return whether all ended */
static bool end_connections(struct server *server) {
  struct timespec until;
  (void)clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += STOP_MS / 1000;
  (void)pthread_mutex_lock(&server->lock);
  atomic_store(&server->stopping, true);
  for (size_t i = 0; server->slots && i < server->options.connections; i++)
    if (server->slots[i].fd >= 0)
      (void)shutdown(server->slots[i].fd, SHUT_RD);
  int failed = 0;
  while (server->busy && !failed)
    failed = pthread_cond_timedwait(&server->idle, &server->lock, &until);
  bool ended = server->busy == 0;
  (void)pthread_mutex_unlock(&server->lock);
  return ended;
}

static void close_fd(int fd) {
  if (fd >= 0)
    (void)close(fd);
}

bool server_free(struct server *server) {
  if (!server)
    return true;
  close_fd(server->listener);
  if (!end_connections(server))
    return false; /* a thread still uses what would be freed */
  close_fd(server->stop_pipe[0]);
  close_fd(server->stop_pipe[1]);
  for (size_t i = 0; server->slots && i < server->options.connections; i++)
    join(&server->slots[i]);
  for (size_t i = 0; i < server->call_count; i++)
    call_free(server->calls[i]);
  free(server->calls);
  free(server->slots);
  (void)pthread_cond_destroy(&server->idle);
  (void)pthread_mutex_destroy(&server->lock);
  free(server);
  return true;
}
