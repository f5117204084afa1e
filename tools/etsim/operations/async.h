/* Requests that are answered later: each object is kept, and done when its time has come; what came
 * of it can be retrieved as AsyncRequestResult, ResultMessage and ResultItem. */
#ifndef ETSIM_OPERATIONS_ASYNC_H
#define ETSIM_OPERATIONS_ASYNC_H

#include "operations/object_type.h"
#include "store/agenda.h"

struct async_request {
  struct object_request request;
  const char *operation;    /* "Create", "Update", "Delete" */
  const char *id;           /* RequestID that the client was given */
  const char *conversation; /* NULL: none */
};

/* Says that the request is there. Wants the write lock. */
bool async_begin(const struct async_request *request);

/* Keeps one object of it; `tree` stays the caller's. Wants the write lock. */
bool async_add(const struct async_request *request, const struct node *tree, int ordinal);

/* Does one object. */
happen async_do;
/* The request is over: all its objects are done. */
happen async_end;

/* The end of a request, after its objects. Wants the write lock. */
bool async_close(const struct async_request *request);

#endif
