/* The SOAP service: one request body in, one envelope out. */
#ifndef ETSIM_SERVICE_SERVICE_H
#define ETSIM_SERVICE_SERVICE_H

#include "operations/call.h"
#include "service/request.h"

struct call *call_new(struct service *service);
void call_free(struct call *call);

/* Serves one envelope.
 * @param action  SOAPAction without quotes, "" when none was given
 * @param[in,out] soap_version  1 or 2: what the content type says, then what the envelope says; the
 *                              answer's content type follows it
 * @return the HTTP status */
int call_serve(struct call *call, const char *action, const struct request_bytes *request,
               struct buffer *out, int *soap_version);

/* The operation that a request is for, by its SOAPAction or else by its body; "" when it cannot be
 * told. Static. */
const char *service_operation(const char *action, const char *request);

#endif
