/* One line of JSON for every request, without secrets. */
#ifndef ETSIM_SERVER_LOG_H
#define ETSIM_SERVER_LOG_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "net/http.h"

struct request_log {
  FILE *stream; /* NULL: no log */
  const char *file;
  bool failed; /* a line was not written, and it was said */
  pthread_mutex_t lock;
};

bool log_open(struct request_log *log, const char *file);
/* @return false: not all of it was written */
bool log_close(struct request_log *log);

/* `status` 0: no answer was sent. `rule` may be NULL. */
void log_request(struct request_log *log, const struct http_request *request, const char *operation,
                 int status, size_t sent, int64_t milliseconds, const char *rule);

#endif
