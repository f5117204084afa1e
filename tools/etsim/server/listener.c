#include "server/listener.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/program.h"

enum { BACKLOG = 128 };

bool socket_prepare(int fd) {
  int flags = fcntl(fd, F_GETFL);
  return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0 &&
         fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

int listener_open(const char *host, const char *port) {
  struct addrinfo hints = {.ai_flags = AI_PASSIVE, .ai_socktype = SOCK_STREAM};
  struct addrinfo *addresses;
  int failed = getaddrinfo(host, port, &hints, &addresses);
  if (failed) {
    complain("cannot listen on %s:%s: %s", host, port, gai_strerror(failed));
    return -1;
  }
  int fd = -1, on = 1;
  for (struct addrinfo *a = addresses; a && fd < 0; a = a->ai_next) {
    fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
    if (fd < 0)
      continue;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (!socket_prepare(fd) || bind(fd, a->ai_addr, a->ai_addrlen) || listen(fd, BACKLOG)) {
      int error = errno;
      (void)close(fd);
      errno = error;
      fd = -1;
    }
  }
  if (fd < 0)
    complain("cannot listen on %s:%s: %s", host, port, strerror(errno));
  freeaddrinfo(addresses);
  return fd;
}

bool listener_name(int fd, const char *host, char *authority, size_t size) {
  struct sockaddr_storage address = {0};
  socklen_t length = sizeof address;
  if (getsockname(fd, (struct sockaddr *)&address, &length))
    return false;
  in_port_t port;
  if (address.ss_family == AF_INET6)
    port = ((const struct sockaddr_in6 *)(const void *)&address)->sin6_port;
  else
    port = ((const struct sockaddr_in *)(const void *)&address)->sin_port;
  bool bare = strchr(host, ':') != NULL;
  int written = snprintf(authority, size, "%s%s%s:%u", bare ? "[" : "", host, bare ? "]" : "",
                         (unsigned)ntohs(port));
  return written > 0 && (size_t)written < size;
}
