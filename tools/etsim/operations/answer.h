/* Envelopes of answers, written as the service writes them. */
#ifndef ETSIM_OPERATIONS_ANSWER_H
#define ETSIM_OPERATIONS_ANSWER_H

#include "operations/call.h"

enum fault_kind {
  FAULT_SECURITY, /* faultcode Security of WS-Security */
  FAULT_CLIENT,
  FAULT_SERVER,
  FAULT_MUST_UNDERSTAND
};

/* Makes a call ready for an answer that no request is read for. */
void answer_prepare(struct call *call, int soap_version, struct buffer *out);

/* From <Envelope> to <Body>, with the header that belongs to an answer of this action. */
void answer_begin(struct call *call, const char *action);
void answer_end(struct call *call);

/* A whole envelope with a fault; `code` is that of the apifault detail, 0: no detail. */
void answer_fault(struct call *call, enum fault_kind kind, int code, const char *text);

/* The client fault for a request that cannot be read; `text` says why. */
void answer_unreadable(struct call *call, const char *text);

/* The generated reader takes any text for a date. `data` is a generated struct of this type.
 * @return whether one in it is none, which the fault names */
bool answer_wrong_date(struct call *call, const char *type, const void *data);

/* A RetrieveResponse with a status and nothing else. */
void answer_status(struct call *call, const char *status);

#endif
