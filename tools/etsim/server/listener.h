/* The socket that connections come in on. */
#ifndef ETSIM_SERVER_LISTENER_H
#define ETSIM_SERVER_LISTENER_H

#include <stdbool.h>
#include <stddef.h>

/* @return the socket, or -1 after saying what failed */
int listener_open(const char *host, const char *port);

/* `127.0.0.1:8080`, with the port that it really has. */
bool listener_name(int fd, const char *host, char *authority, size_t size);

/* Waits for nothing, and is not inherited. */
bool socket_prepare(int fd);

#endif
