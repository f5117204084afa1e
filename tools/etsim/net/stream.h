/* A connection, plain or TLS, with time limits on every wait. */
#ifndef ETSIM_NET_STREAM_H
#define ETSIM_NET_STREAM_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <openssl/ssl.h>

struct stream {
  int fd;
  SSL *ssl; /* NULL: plain */
  /* for the peer to send or to take, by stream_clock; 0: it does not */
  _Atomic int64_t waits_since;
  _Atomic uint64_t received; /* bytes */
};

/* Milliseconds of a clock that only goes forward. */
int64_t stream_clock(void);

/* @return bytes read, 0 at the end, -1 on failure or when `deadline` (of stream_clock) passed */
long stream_read(struct stream *stream, void *bytes, size_t size, int64_t deadline);
bool stream_write(struct stream *stream, const void *bytes, size_t size, int64_t deadline);

#endif
