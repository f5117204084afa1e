/* The sockets of a client's connections. libcurl takes an idle connection for good on which bytes
 * have come that nobody asked for, and would read them as the answer to the next request. */
#ifndef ETS_HTTP_SOCKETS_H
#define ETS_HTTP_SOCKETS_H

#include "http/libcurl.h"

#include <stdbool.h>
#include <stddef.h>

struct ets_sockets {
  int *all;
  size_t count;
  size_t room;
  bool no_memory; /* the last one could not be remembered */
};

/* Has libcurl make and close its sockets here; `sockets` has to outlive all connections. */
void ets_sockets_watch(struct ets_sockets *sockets, CURL *easy);

/* Spoils those on which something has come, but for the `count` ones in use, which are told by
 * their local ports: libcurl finds them closed then. */
void ets_sockets_spoil(const struct ets_sockets *sockets, const long *ports, size_t count);

void ets_sockets_free(struct ets_sockets *sockets);

#endif
