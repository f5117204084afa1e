#include "server/server.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "common/program.h"
#include "server/listener.h"
#include "server/slots.h"

enum { STACK_SIZE = 1 << 20, STOP_MS = 5000, TICK_MS = 100 };

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
  slot->started = pthread_create(&slot->thread, &attributes, connection_run, slot) == 0;
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

static int time_left(int64_t deadline) {
  int64_t left = deadline ? deadline - stream_clock() : TICK_MS;
  return left <= 0 ? 0 : left > TICK_MS ? TICK_MS : (int)left;
}

static void accept_all(struct server *server, int64_t deadline) {
  for (;;) {
    struct pollfd fds[2] = {{server->stop_pipe[0], POLLIN, 0}, {server->listener, POLLIN, 0}};
    int ready = poll(fds, 2, time_left(deadline));
    if (ready < 0 && errno != EINTR)
      break;
    if (fds[0].revents || (deadline && stream_clock() >= deadline))
      break;
    if (ready <= 0 || !fds[1].revents)
      continue;
    if (!room_there_is(server)) {
      room_make(server);
      continue;
    }
    int fd = accept(server->listener, NULL, NULL);
    if (fd >= 0)
      take_connection(server, fd);
  }
}

/* Beside accepting, which is not to wait for a disk. */
static void *tick_until_stopped(void *context) {
  const struct server *server = context;
  struct pollfd stop = {server->stop_pipe[0], POLLIN, 0};
  do
    server->options.tick(server->options.tick_context);
  while (poll(&stop, 1, TICK_MS) <= 0);
  return NULL;
}

bool server_run(struct server *server, long seconds) {
  int64_t deadline = seconds ? stream_clock() + seconds * INT64_C(1000) : 0;
  pthread_t ticker;
  int error = pthread_create(&ticker, NULL, tick_until_stopped, server);
  if (error) {
    complain("cannot start a thread: %s", strerror(error));
    return false;
  }
  accept_all(server, deadline);
  server_stop(server);
  (void)pthread_join(ticker, NULL);
  return true;
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
