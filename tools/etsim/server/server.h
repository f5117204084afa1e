/* Listens, and serves every connection in a thread of its own, so many at a time. */
#ifndef ETSIM_SERVER_SERVER_H
#define ETSIM_SERVER_SERVER_H

#include <stdbool.h>

#include "server/server_options.h"
#include "server/site.h"

struct server;

/* Opens the socket and fills in site->authority. Says on stderr what failed. */
struct server *server_new(const struct server_options *options, struct site *site);

/* Serves until server_stop() or `seconds` have passed (0: no limit). @return false after saying on
 * stderr why it cannot */
bool server_run(struct server *server, long seconds);
/* @return whether all connections ended; if not, their threads still use what they were given */
bool server_free(struct server *server);

/* May be called from a signal handler. */
void server_stop(struct server *server);

#endif
