/* The SOAP service: one request body in, one envelope out. */
#ifndef ETSIM_SERVICE_SERVICE_H
#define ETSIM_SERVICE_SERVICE_H

#include <stdbool.h>
#include <stddef.h>

#include "service/auth.h"
#include "ground/buffer.h"
#include "query/query.h"
#include "query/since.h"
#include "store/world.h"

struct soap;

/* What the threads share. */
struct service {
  struct world *world;
  struct auth *auth;
  struct paging *paging;
  struct since *since;
  size_t page_size;
};

/* One call while it is served; the struct soap of its thread points to it. */
struct call {
  struct service *service;
  struct soap *soap;
  const char *request;
  size_t request_size;
  size_t read; /* of the request */
  struct buffer *out;
  struct buffer rows;      /* kept over calls, for its memory */
  struct buffer ordered;   /* the request with its header first */
  struct buffer qualified; /* the request with the token's namespace put in */
  struct caller caller;
  const char *message_id; /* of the request */
  int soap_version;
  bool faulted;
};

struct call *call_new(struct service *service);
void call_free(struct call *call);

/* Makes a call ready for an answer that no request is read for. */
void call_prepare(struct call *call, int soap_version, struct buffer *out);

/* Serves one envelope, which has to be NUL-terminated.
 * @param action  SOAPAction without quotes, "" when none was given
 * @param[out] soap_version  1 or 2: the answer's content type follows it
 * @return the HTTP status */
int call_serve(struct call *call, const char *action, const char *request, size_t size,
               struct buffer *out, int *soap_version);

/* The operations of the contract by name, for SOAPAction. */
bool service_knows_action(const char *action);

/* The operation that a request is for, by its SOAPAction or else by its body; "" when it cannot be
 * told. Static. */
const char *service_operation(const char *action, const char *request);

#endif
