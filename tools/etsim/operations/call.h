/* One call while it is served, and what all calls share. */
#ifndef ETSIM_OPERATIONS_CALL_H
#define ETSIM_OPERATIONS_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/buffer.h"
#include "query/paging.h"
#include "query/since.h"
#include "store/world.h"

struct auth;
struct soap;

/* What the threads share. */
struct service {
  struct world *world;
  struct auth *auth;
  struct paging *paging;
  struct since *since;
  size_t page_size;
};

struct caller {
  uint64_t id; /* of the user, or of the client and the account that its tokens are for */
  int account; /* MID that the call acts in */
  bool parent; /* may read every account */
};

/* The struct soap of a call's thread points to it. */
struct call {
  struct service *service;
  struct soap *soap;
  const char *request;
  size_t request_size;
  size_t read; /* of the request */
  struct buffer *out;
  struct buffer rows;  /* kept over calls, for its memory */
  struct buffer plain; /* the request as the generated reader takes it */
  struct caller caller;
  const char *message_id; /* of the request */
  int soap_version;
  bool faulted;
};

struct et__ClientID;

#define NO_ACCOUNT "The ClientID is not an account that the caller may act in."

/* The account that a request names, or else the caller's own.
 * @return 0: there is none like that, or the caller may not act in it; NO_ACCOUNT says so */
int call_account(const struct call *call, const struct et__ClientID *client);

#endif
