#include "ettrack/run/landing.h"

#include "common/program.h"
#include "ettrack/run/stop.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEAD_SIZE = 16384, READ_SECONDS = 5 };

/* Host, port and path of an address on this machine. */
static bool split(const char *uri, char *host, size_t size, unsigned *port, char *path,
                  size_t path_size) {
  static const char scheme[] = "http://";
  if (strncmp(uri, scheme, sizeof scheme - 1) != 0)
    return false;
  const char *from = uri + sizeof scheme - 1, *bracket = *from == '[' ? strchr(from, ']') : NULL;
  const char *until = bracket ? bracket + 1 : from + strcspn(from, ":/?#");
  if (*from == '[')
    from++;
  size_t n = (size_t)((bracket ? bracket : until) - from);
  char *end;
  if (*until != ':' || n == 0 || n >= size)
    return false;
  memcpy(host, from, n);
  host[n] = '\0';
  unsigned long number = strtoul(until + 1, &end, 10);
  size_t length = strcspn(end, "?#");
  *port = (unsigned)number;
  if (number < 1 || number > 65535 || length >= path_size || (*end && *end != '/'))
    return false;
  snprintf(path, path_size, "%.*s", (int)length, length > 0 ? end : "/");
  if (length == 0)
    snprintf(path, path_size, "/");
  return true;
}

static int listen_at(const struct sockaddr *address, socklen_t size) {
  int yes = 1, file = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (file < 0)
    return -1;
  setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (address->sa_family == AF_INET6)
    setsockopt(file, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);
  if (bind(file, address, size) == 0 && listen(file, 4) == 0)
    return file;
  close(file);
  return -1;
}

bool landing_open(struct landing *landing, const char *redirect_uri) {
  char host[64] = "";
  unsigned port = 0;
  *landing = (struct landing){.sockets = {-1, -1}, .client = -1};
  bool local = split(redirect_uri, host, sizeof host, &port, landing->path, sizeof landing->path);
  bool any = strcmp(host, "localhost") == 0;
  struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
  four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  six.sin6_addr = in6addr_loopback;
  if (!local || (!any && strcmp(host, "127.0.0.1") != 0 && strcmp(host, "::1") != 0)) {
    complain("redirect_uri %.200s: expected an address of this machine that the package has "
             "registered, such as http://127.0.0.1:8765/",
             redirect_uri);
    return false;
  }
  if (strcmp(host, "::1") != 0)
    landing->sockets[landing->count] = listen_at((struct sockaddr *)&four, sizeof four);
  landing->count += landing->sockets[landing->count] >= 0;
  if (any || strcmp(host, "::1") == 0)
    landing->sockets[landing->count] = listen_at((struct sockaddr *)&six, sizeof six);
  landing->count += landing->count < 2 && landing->sockets[landing->count] >= 0;
  if (landing->count == 0)
    complain("cannot listen at %.200s: the port is in use", redirect_uri);
  return landing->count > 0;
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* The head of a request, up to its empty line. */
static bool read_head(int client, char *head) {
  size_t used = 0;
  int64_t end = now() + READ_SECONDS * 1000;
  while (used + 1 < HEAD_SIZE && now() < end && !stop_asked()) {
    struct pollfd waiting = {client, POLLIN, 0};
    if (poll(&waiting, 1, 200) <= 0)
      continue;
    ssize_t n = read(client, head + used, HEAD_SIZE - 1 - used);
    if (n <= 0)
      return false;
    used += (size_t)n;
    head[used] = '\0';
    if (strstr(head, "\r\n\r\n"))
      return true;
  }
  return false;
}

static void write_answer(int client, const char *status, const char *text) {
  char answer[1024];
  int n = snprintf(answer, sizeof answer,
                   "HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\n"
                   "Content-Length: %zu\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n%s",
                   status, strlen(text), text);
  if (n > 0 && write(client, answer, (size_t)n) < 0)
    return; /* the browser has gone */
}

/* The query of a GET of the page; false for anything else, which is answered. */
static bool read_query(const struct landing *landing, int client, char *query, size_t size) {
  char *head = calloc(1, HEAD_SIZE);
  size_t n = strlen(landing->path);
  bool good = head && read_head(client, head) && strncmp(head, "GET ", 4) == 0 &&
              strncmp(head + 4, landing->path, n) == 0 && head[4 + n] == '?';
  if (good) {
    const char *from = head + 4 + n + 1;
    size_t length = strcspn(from, " \r\n");
    good = length < size;
    snprintf(query, size, "%.*s", (int)length, from);
  }
  if (!good)
    write_answer(client, "404 Not Found", "<!DOCTYPE html><title>ettrack</title>Not here.\n");
  free(head);
  return good;
}

bool landing_wait(struct landing *landing, int seconds, char *query, size_t size) {
  int64_t end = now() + (int64_t)seconds * 1000;
  while (now() < end && !stop_asked()) {
    struct pollfd waiting[2] = {{landing->sockets[0], POLLIN, 0}, {landing->sockets[1], POLLIN, 0}};
    if (poll(waiting, landing->count, 200) <= 0)
      continue;
    for (size_t i = 0; i < landing->count; i++) {
      int client = waiting[i].revents & POLLIN ? accept(landing->sockets[i], NULL, NULL) : -1;
      if (client < 0)
        continue;
      if (read_query(landing, client, query, size)) {
        landing->client = client;
        return true;
      }
      close(client);
    }
  }
  return false;
}

void landing_answer(struct landing *landing, enum landing_page page) {
  static const char *const texts[] = {
      [LANDING_DONE] = "<!DOCTYPE html><html lang=\"en\"><title>Signed in</title>"
                       "<p>Signed in. This window may be closed.</p></html>\n",
      [LANDING_FAILED] = "<!DOCTYPE html><html lang=\"en\"><title>Not signed in</title>"
                         "<p>The sign-in failed; the terminal says why.</p></html>\n",
      [LANDING_ANOTHER] = "<!DOCTYPE html><html lang=\"en\"><title>Another sign-in</title>"
                          "<p>This belongs to another sign-in than the one that waits in the "
                          "terminal: open the address that is printed there.</p></html>\n"};
  if (landing->client < 0)
    return;
  write_answer(landing->client, page == LANDING_DONE ? "200 OK" : "403 Forbidden", texts[page]);
  close(landing->client);
  landing->client = -1;
}

void landing_close(struct landing *landing) {
  if (landing->client >= 0)
    close(landing->client);
  for (size_t i = 0; i < landing->count; i++)
    close(landing->sockets[i]);
  *landing = (struct landing){.sockets = {-1, -1}, .client = -1};
}
