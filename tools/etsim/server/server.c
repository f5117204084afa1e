#include "server/server.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "faults/effects.h"
#include "ground/random.h"

enum { BACKLOG = 128, STACK_SIZE = 1 << 20, STOP_MS = 5000 };

struct slot {
  struct server *server;
  int fd; /* -1: free */
  pthread_t thread;
  bool started;      /* the thread is still to be joined, though it may have ended */
  struct call *call; /* kept for the next connection */
};

struct server {
  struct server_options options;
  struct site *site;
  int listener;
  int stop_pipe[2];
  pthread_mutex_t lock;
  pthread_cond_t idle;
  size_t busy;
  atomic_bool stopping;
  struct slot *slots;
};

static bool set_nonblocking(int fd) {
  int flags = fcntl(fd, F_GETFL);
  return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0 &&
         fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

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

static void refuse(struct http_request *request, struct http_answer *answer, int status) {
  request->keep_alive = false;
  buffer_reset(&answer->body);
  answer->status = status;
  answer->content_type = "text/plain; charset=utf-8";
  answer->allow = NULL;
  buffer_printf(&answer->body, "%s\n", http_reason(status));
}

static void ask_site(void *context, const struct affected *affected) {
  const struct slot *slot = context;
  site_answer(slot->server->site, slot->call, affected->request, affected->answer);
}

/* The service's answer, as the rule wants it. @return whether the connection goes on */
static bool answer_by_rule(struct slot *slot, struct http_connection *connection,
                           const struct rule *rule, const struct http_request *request,
                           struct http_answer *answer) {
  const struct affected affected = {.value = rule->value,
                                    .call = slot->call,
                                    .connection = connection,
                                    .request = request,
                                    .answer = answer,
                                    .stopping = &slot->server->stopping};
  return effect_apply(rule->effect, &affected, ask_site, slot);
}

static bool serve_request(struct slot *slot, struct http_connection *connection,
                          struct http_request *request, struct http_answer *answer) {
  struct server *server = slot->server;
  const struct server_options *options = &server->options;
  int64_t began = stream_clock();
  const char *operation = site_operation(request);
  const struct rule *rule = *operation ? rules_match(options->rules, operation) : NULL;
  if (options->latency || options->jitter)
    effect_wait(options->latency + (options->jitter ? random_number() % (options->jitter + 1) : 0),
                &server->stopping);
  if (atomic_load(&server->stopping))
    request->keep_alive = false;
  bool open;
  if (rule) {
    open = answer_by_rule(slot, connection, rule, request, answer);
  } else {
    site_answer(server->site, slot->call, request, answer);
    open = !answer->body.failed && http_write(connection, request, answer);
  }
  log_request(options->log, request, operation, answer->status, answer->body.size,
              stream_clock() - began, rule ? rule->text : NULL);
  return open && request->keep_alive;
}

static void serve_requests(struct slot *slot, struct http_connection *connection) {
  struct http_request request = {0};
  struct http_answer answer = {0};
  bool open = true;
  while (open) {
    int status = http_read(connection, &request);
    if (status == 0) {
      open = serve_request(slot, connection, &request, &answer);
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
  serve_requests(slot, &connection);
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
  if (slot && !slot->call)
    slot->call = call_new(server->site->service);
  if (slot && slot->call && set_nonblocking(fd)) {
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

/* Waits until a connection is free to be taken. @return false after a second without one */
static bool wait_for_slot(struct server *server) {
  struct timespec until;
  (void)clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec++;
  int failed = 0;
  (void)pthread_mutex_lock(&server->lock);
  while (server->busy >= server->options.connections && !failed)
    failed = pthread_cond_timedwait(&server->idle, &server->lock, &until);
  bool free = server->busy < server->options.connections;
  (void)pthread_mutex_unlock(&server->lock);
  return free;
}

static int time_left(int64_t deadline) {
  if (!deadline)
    return -1;
  int64_t left = deadline - stream_clock();
  return left <= 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}

void server_run(struct server *server, long seconds) {
  int64_t deadline = seconds ? stream_clock() + seconds * INT64_C(1000) : 0;
  for (;;) {
    bool room = wait_for_slot(server);
    struct pollfd fds[2] = {{server->stop_pipe[0], POLLIN, 0},
                            {room ? server->listener : -1, POLLIN, 0}};
    int wait = room ? time_left(deadline) : 0;
    int ready = poll(fds, 2, wait);
    if (ready < 0 && errno != EINTR)
      break;
    if (fds[0].revents || (deadline && stream_clock() >= deadline))
      break;
    if (ready > 0 && fds[1].revents) {
      int fd = accept(server->listener, NULL, NULL);
      if (fd >= 0)
        take_connection(server, fd);
    }
  }
}

void server_stop(struct server *server) {
  ssize_t written = write(server->stop_pipe[1], "", 1);
  (void)written;
}

/* --- setting up and down -------------------------------------------------------------------- */

static int open_listener(const struct server_options *options) {
  struct addrinfo hints = {.ai_flags = AI_PASSIVE, .ai_socktype = SOCK_STREAM};
  struct addrinfo *addresses;
  int failed = getaddrinfo(options->host, options->port, &hints, &addresses);
  if (failed) {
    fprintf(stderr, "etsim: cannot listen on %s:%s: %s\n", options->host, options->port,
            gai_strerror(failed));
    return -1;
  }
  int fd = -1, on = 1;
  for (struct addrinfo *a = addresses; a && fd < 0; a = a->ai_next) {
    fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
    if (fd < 0)
      continue;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (!set_nonblocking(fd) || bind(fd, a->ai_addr, a->ai_addrlen) || listen(fd, BACKLOG)) {
      int error = errno;
      (void)close(fd);
      errno = error;
      fd = -1;
    }
  }
  if (fd < 0)
    fprintf(stderr, "etsim: cannot listen on %s:%s: %s\n", options->host, options->port,
            strerror(errno));
  freeaddrinfo(addresses);
  return fd;
}

static bool name_authority(const struct server *server) {
  struct sockaddr_storage address = {0};
  socklen_t size = sizeof address;
  if (getsockname(server->listener, (struct sockaddr *)&address, &size))
    return false;
  in_port_t port;
  if (address.ss_family == AF_INET6)
    port = ((const struct sockaddr_in6 *)(const void *)&address)->sin6_port;
  else
    port = ((const struct sockaddr_in *)(const void *)&address)->sin_port;
  const char *host = server->options.host;
  bool bare = strchr(host, ':') != NULL;
  int length = snprintf(server->site->authority, sizeof server->site->authority, "%s%s%s:%u",
                        bare ? "[" : "", host, bare ? "]" : "", (unsigned)ntohs(port));
  return length > 0 && (size_t)length < sizeof server->site->authority;
}

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
  for (size_t i = 0; server->slots && i < options->connections; i++)
    server->slots[i] = (struct slot){.server = server, .fd = -1};
  if (server->slots && pipe(server->stop_pipe) == 0 && set_nonblocking(server->stop_pipe[1]))
    server->listener = open_listener(options);
  if (server->listener >= 0 && name_authority(server))
    return server;
  server_free(server);
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

static void end_slot(struct slot *slot) {
  join(slot);
  call_free(slot->call);
}

void server_free(struct server *server) {
  if (!server)
    return;
  close_fd(server->listener);
  if (!end_connections(server))
    return; /* a thread still uses what would be freed; the process ends now */
  close_fd(server->stop_pipe[0]);
  close_fd(server->stop_pipe[1]);
  for (size_t i = 0; server->slots && i < server->options.connections; i++)
    end_slot(&server->slots[i]);
  free(server->slots);
  (void)pthread_cond_destroy(&server->idle);
  (void)pthread_mutex_destroy(&server->lock);
  free(server);
}
