/* The connections of a server, shared by what takes them, serves them, and ends them. */
#ifndef ETSIM_SERVER_SLOTS_H
#define ETSIM_SERVER_SLOTS_H

#include <pthread.h>
#include <stdatomic.h>

#include "server/server_options.h"
#include "server/site.h"

struct slot {
  struct server *server;
  int fd; /* -1: free */
  pthread_t thread;
  bool started;          /* the thread is still to be joined, though it may have ended */
  struct stream *stream; /* of its thread; NULL: not there yet, or no more */
  int64_t idle_since;    /* it waits for a request since then, 0: it serves one */
  int64_t reads_since;   /* it reads a request since then, 0: it does not */
  uint64_t received;     /* bytes of the stream before that request */
  bool evicted;          /* it gave way to another */
};

struct server {
  struct server_options options;
  struct site *site;
  int listener;
  int stop_pipe[2];
  pthread_mutex_t lock; /* everything below, and what slots are about */
  pthread_cond_t idle;  /* a connection ended, or became idle */
  size_t busy;          /* connections */
  struct call **calls;  /* those that serve nothing now, kept for their memory */
  size_t call_count;
  atomic_bool stopping;
  struct slot *slots;
};

/* Serves the connection of a slot until it ends, for pthread_create(). */
void *connection_run(void *slot);

/* Whether there is a slot for one more. */
bool room_there_is(struct server *server);

/* Somebody waits and there is no room: a connection that is of no use gives way, when there is one.
 * Returns when there may be room, or soon. */
void room_make(struct server *server);

#endif
