#include "http/sockets.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static bool remember(struct ets_sockets *sockets, int fd) {
  if (sockets->count == sockets->room) {
    size_t room = sockets->room ? 2 * sockets->room : 8;
    int *larger = realloc(sockets->all, room * sizeof *larger);
    sockets->no_memory = !larger;
    if (!larger)
      return false;
    sockets->all = larger;
    sockets->room = room;
  }
  sockets->all[sockets->count++] = fd;
  return true;
}

static curl_socket_t make(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
  struct ets_sockets *sockets = context;
  (void)purpose;
  int fd = socket(address->family, address->socktype, address->protocol);
  if (fd < 0)
    return CURL_SOCKET_BAD;
  fcntl(fd, F_SETFD, FD_CLOEXEC);
  if (remember(sockets, fd))
    return fd;
  close(fd);
  return CURL_SOCKET_BAD;
}

static int forget(void *context, curl_socket_t fd) {
  struct ets_sockets *sockets = context;
  for (size_t i = 0; i < sockets->count; i++)
    if (sockets->all[i] == fd) {
      sockets->all[i] = sockets->all[--sockets->count];
      break;
    }
  return close(fd);
}

void ets_sockets_watch(struct ets_sockets *sockets, CURL *easy) {
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, make);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, sockets);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, forget);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, sockets);
}

/* 0: it has none. */
static long port_of(int fd) {
  union {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    struct sockaddr_storage room;
  } address;
  socklen_t size = sizeof address;
  if (getsockname(fd, &address.any, &size) != 0)
    return 0;
  if (address.any.sa_family == AF_INET)
    return ntohs(address.four.sin_port);
  return address.any.sa_family == AF_INET6 ? ntohs(address.six.sin6_port) : 0;
}

static bool is_used(int fd, const long *ports, size_t count) {
  long port = port_of(fd);
  for (size_t i = 0; i < count; i++)
    if (ports[i] == port)
      return true;
  return false;
}

/* A closed connection takes its place: libcurl, whose socket it is, closes it when it looks. */
static void spoil(int fd) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) {
    shutdown(fd, SHUT_RDWR);
    return;
  }
  close(pair[1]);
  if (dup2(pair[0], fd) < 0)
    shutdown(fd, SHUT_RDWR);
  close(pair[0]);
  fcntl(fd, F_SETFD, FD_CLOEXEC);
  fcntl(fd, F_SETFL, O_NONBLOCK);
}

void ets_sockets_spoil(const struct ets_sockets *sockets, const long *ports, size_t count) {
  for (size_t i = 0; i < sockets->count; i++) {
    struct pollfd wait = {.fd = sockets->all[i], .events = POLLIN};
    if (poll(&wait, 1, 0) > 0 && !is_used(sockets->all[i], ports, count))
      spoil(sockets->all[i]);
  }
}

void ets_sockets_free(struct ets_sockets *sockets) {
  free(sockets->all);
  *sockets = (struct ets_sockets){0};
}
