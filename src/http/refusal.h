/* Answers that are not what was asked for: what an HTTP status and a body in another language mean
 * to the caller. */
#ifndef ETS_HTTP_REFUSAL_H
#define ETS_HTTP_REFUSAL_H

#include <etsoap/error.h>

/* Who is asked, for messages. */
struct ets_http_peer {
  const char *speaks; /* "SOAP" */
  const char *path;   /* how its address ends */
  const char *again;  /* advice when what was asked may have been done; NULL: "try again" */
};

/* What came instead. */
struct ets_http_refusal {
  const char *url;
  int http_status;
  const char *content_type; /* "": not told */
  const char *text;         /* begin of the body, credentials masked; "": nothing to show */
};

/* Fails with ETS_E_LIMITED for HTTP 429, with ETS_E_HTTP for all others. */
ets_status ets_http_refused(ets_error *error, const struct ets_http_peer *peer,
                            const struct ets_http_refusal *refusal);

#endif
