#include "net/stream.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>

int64_t stream_clock(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool wait_until(const struct stream *stream, short events, int64_t deadline) {
  for (;;) {
    int64_t left = deadline - stream_clock();
    if (left <= 0)
      return false;
    struct pollfd pollfd = {stream->fd, events, 0};
    int ready = poll(&pollfd, 1, left > INT_MAX ? INT_MAX : (int)left);
    if (ready > 0)
      return true;
    if (ready < 0 && errno != EINTR)
      return false;
  }
}

static bool wait_for(struct stream *stream, short events, int64_t deadline) {
  atomic_store(&stream->waits_since, stream_clock());
  bool ready = wait_until(stream, events, deadline);
  atomic_store(&stream->waits_since, 0);
  return ready;
}

/* What a TLS call that did not get through waits for; 0: it failed. */
static short tls_wants(const struct stream *stream, int result) {
  switch (SSL_get_error(stream->ssl, result)) {
  case SSL_ERROR_WANT_READ:
    return POLLIN;
  case SSL_ERROR_WANT_WRITE:
    return POLLOUT;
  default:
    return 0;
  }
}

static long tls_read(struct stream *stream, void *bytes, size_t size, int64_t deadline) {
  for (;;) {
    int got = SSL_read(stream->ssl, bytes, size > INT_MAX ? INT_MAX : (int)size);
    if (got > 0)
      return got;
    if (SSL_get_error(stream->ssl, got) == SSL_ERROR_ZERO_RETURN)
      return 0;
    short wants = tls_wants(stream, got);
    if (!wants || !wait_for(stream, wants, deadline))
      return -1;
  }
}

static long plain_read(struct stream *stream, void *bytes, size_t size, int64_t deadline) {
  for (;;) {
    ssize_t got = recv(stream->fd, bytes, size, 0);
    if (got >= 0)
      return (long)got;
    if (errno == EINTR)
      continue;
    if ((errno != EAGAIN && errno != EWOULDBLOCK) || !wait_for(stream, POLLIN, deadline))
      return -1;
  }
}

long stream_read(struct stream *stream, void *bytes, size_t size, int64_t deadline) {
  long got = stream->ssl ? tls_read(stream, bytes, size, deadline)
                         : plain_read(stream, bytes, size, deadline);
  if (got > 0)
    atomic_fetch_add(&stream->received, (uint64_t)got);
  return got;
}

static long write_some(struct stream *stream, const char *bytes, size_t size, short *wants) {
  if (stream->ssl) {
    int put = SSL_write(stream->ssl, bytes, size > INT_MAX ? INT_MAX : (int)size);
    *wants = put > 0 ? 0 : tls_wants(stream, put);
    return put > 0 ? put : -1;
  }
  ssize_t put = send(stream->fd, bytes, size, MSG_NOSIGNAL);
  *wants = put < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) ? POLLOUT : 0;
  return (long)put;
}

bool stream_write(struct stream *stream, const void *bytes, size_t size, int64_t deadline) {
  const char *next = bytes;
  while (size) {
    short wants;
    long put = write_some(stream, next, size, &wants);
    if (put > 0) {
      next += put;
      size -= (size_t)put;
    } else if (!wants || !wait_for(stream, wants, deadline)) {
      return false;
    }
  }
  return true;
}
