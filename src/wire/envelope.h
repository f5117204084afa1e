/* A request as text: envelope, header with credentials, body. */
#ifndef ETS_ENVELOPE_H
#define ETS_ENVELOPE_H

#include <etsoap/object.h>

#include <stdbool.h>
#include <stddef.h>

struct ets_credential;
struct ets_operation;
struct soap;

/* Holds credentials: free it with ets_envelope_free(). */
struct ets_envelope {
  char *text;
  size_t size;
  size_t room;
};

/* What is written, all of it borrowed. */
struct ets_envelope_parts {
  const struct ets_credential *credential;
  int lifetime; /* seconds that the message claims to be valid; 0: it does not say */
  const struct ets_operation *operation;
  ets_object request; /* a message of the operation's request element */
};

/* Writes by a context of gSOAP, whose hooks are lent for the time.
 * @return false when out of memory */
bool ets_envelope_write(struct ets_envelope *envelope, struct soap *soap,
                        const struct ets_envelope_parts *parts);

/* Adds what a context of gSOAP sends, and wipes it where it lies in the context's own buffer, since
 * it holds credentials. False: out of memory. */
bool ets_envelope_collect(struct ets_envelope *envelope, struct soap *soap, const char *bytes,
                          size_t size);

/* Wipes and frees the text. */
void ets_envelope_free(struct ets_envelope *envelope);

#endif
