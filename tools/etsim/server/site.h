/* What the server answers on which path. */
#ifndef ETSIM_SERVER_SITE_H
#define ETSIM_SERVER_SITE_H

#include "net/http.h"
#include "server/answers.h"
#include "service/service.h"

struct site {
  struct service *service;
  const char *scheme;      /* "http" or "https" */
  struct answers *answers; /* NULL: none are kept */
  char authority[128];     /* "127.0.0.1:8080": for requests without a Host header */
};

/* Fills the answer; its body is reset first. */
void site_answer(const struct site *site, struct call *call, const struct http_request *request,
                 struct http_answer *answer);

/* What a request asks for: an operation of the service, "token", or "" for neither. Static. */
const char *site_operation(const struct http_request *request);

#endif
