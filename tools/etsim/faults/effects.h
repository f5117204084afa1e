/* What a rule does to an answer. */
#ifndef ETSIM_FAULTS_EFFECTS_H
#define ETSIM_FAULTS_EFFECTS_H

#include <stdatomic.h>

#include "net/http.h"
#include "faults/rules.h"
#include "service/service.h"

/* Waits until the time is over or the server stops. */
void effect_wait(uint64_t milliseconds, const atomic_bool *stopping);

/* Keeps the peer waiting until the rule's time is over or the peer has gone. */
void effect_stall(const struct rule *rule, struct stream *stream);

/* Effects that stand in for the service: fills the answer. @return false: ask the service. */
bool effect_instead(const struct rule *rule, struct call *call, const struct http_request *request,
                    struct http_answer *answer);

/* Effects on the body of an answer that the service gave. */
void effect_on_body(const struct rule *rule, struct http_answer *answer);

/* Sends the answer the way the rule says. @return whether the connection goes on */
bool effect_write(const struct rule *rule, struct http_connection *connection,
                  const struct http_request *request, const struct http_answer *answer,
                  const atomic_bool *stopping);

#endif
