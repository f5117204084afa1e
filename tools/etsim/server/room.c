/* Who gives way when there are more connections than may be. */
#include <poll.h>
#include <sys/socket.h>
#include <time.h>

#include "server/slots.h"

/* After how long a connection gives way to one that waits: it is idle, its peer neither sends the
 * rest of a request nor takes an answer, or its request has been coming for long, or hardly comes
 * at all. */
enum { IDLE_MS = 50, SILENT_MS = 1000, SLOW_MS = 5000, DRIPS_MS = 250, LEAST_RATE = 1024 };

bool room_there_is(struct server *server) {
  (void)pthread_mutex_lock(&server->lock);
  bool room = server->busy < server->options.connections;
  (void)pthread_mutex_unlock(&server->lock);
  return room;
}

static bool has_input(const struct slot *slot) {
  struct pollfd pollfd = {slot->fd, POLLIN, 0};
  return poll(&pollfd, 1, 0) != 0;
}

/* A request comes in a few pieces, with next to no time between them. */
static bool drips(const struct slot *slot, int64_t now) {
  int64_t milliseconds = now - slot->reads_since;
  int64_t bytes = (int64_t)(atomic_load(&slot->stream->received) - slot->received);
  return milliseconds >= DRIPS_MS && bytes * 1000 < milliseconds * LEAST_RATE;
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
  if (!slot->reads_since)
    return 0;
  if (drips(slot, now))
    return now - slot->reads_since < SLOW_MS ? now - slot->reads_since : SLOW_MS - 1;
  return slot->reads_since + SLOW_MS <= now ? 1 : 0;
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

void room_make(struct server *server) {
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
