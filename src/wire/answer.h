/* The strict reader of one answer: envelope, body, one response element or a SOAP fault, the end
 * of the envelope, the end of the body that carried it. Knows neither session nor HTTP: bytes are
 * pulled from a source, in pieces of any size.
 *
 *     ets_answer_open()          up to the first item, the fault, or the end
 *     ets_answer_next()          rows: one item after the other, ETS_END behind the last
 *     ets_answer_response()      the response element's other members; all of it without items
 *     ets_answer_close()
 *
 * What is not well-formed, has a DOCTYPE, a NUL, text where only elements stand, or anything but
 * white space, comments and processing instructions behind the envelope, is ETS_E_PROTOCOL with
 * line and column, also after rows have been handed out. A body that ends within the envelope is
 * ETS_E_CUT. UTF-8, UTF-16, Latin-1 and US-ASCII are read. An error stays: every later call returns
 * it again. */
#ifndef ETS_ANSWER_H
#define ETS_ANSWER_H

#include "base/arena.h"
#include "contract/types.h"
#include "wire/soap_fault.h"

#include <etsoap/error.h>
#include <etsoap/object.h>

struct ets_answer;

/* Where the bytes come from: ets_http_read(). `read` gives the next bytes of the body, borrowed
 * until the next call, and size 0 at its end; what it returns but ETS_OK ends the reading and is
 * returned as it is. */
struct ets_answer_source {
  void *context;
  ets_status (*read)(void *context, const char **bytes, size_t *size, ets_error *error);
};

/* Bounds of what a peer can make this machine do; 0: none. */
struct ets_answer_limits {
  size_t value_bytes; /* of one value */
  size_t tag_bytes;   /* of one start tag with its attributes, one comment, one instruction */
  int attributes;     /* of one start tag, namespaces included */
  int nesting;        /* elements within each other */
  int names;          /* that differ: of elements and attributes, prefixes, namespaces */
};

struct ets_answer_request {
  const struct ets_type *response; /* of the response element: its name is the element's */
  const char *items;               /* member that is streamed, "Results"; NULL: none is */
  const char *peer;                /* for messages: whose answer it is, the endpoint */
  const char *again;               /* advice when it is cut; NULL: "try again" */
  const char *charset;             /* of the Content-Type, NULL or "": not said */
  struct ets_answer_limits limits;
  struct ets_arena *arena; /* takes the response; what is streamed has arenas of its own */
};

/* Reads up to the first item, without items to the end of the body. ETS_OK also for a fault. What
 * `request` and `source` point to, the source's function aside, has to live until the close.
 * After an error there is no answer to close. */
ets_status ets_answer_open(struct ets_answer **answer, const struct ets_answer_source *source,
                           const struct ets_answer_request *request, ets_error *error);

/* The fault that came instead of the response element, whole and checked to the end of the body;
 * NULL when there is none. Borrowed until the close. */
const struct ets_soap_fault *ets_answer_fault(const struct ets_answer *answer);

/* The next item. It lives until the next call of this function. ETS_END only after the end of the
 * envelope and of the body; not for an answer that is a fault. */
ets_status ets_answer_next(struct ets_answer *answer, ets_object *item, ets_error *error);

/* The response element, in the request's arena: OverallStatus, RequestID and so on by path. With
 * items it holds all the others, complete once ets_answer_next() has returned ETS_END. No type
 * when the answer is a fault. */
ets_object ets_answer_response(const struct ets_answer *answer);

/* NULL is allowed. The source is the caller's to close. */
void ets_answer_close(struct ets_answer *answer);

#endif
