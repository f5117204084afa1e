/* What a rule does to an answer: one row an effect. */
#ifndef ETSIM_FAULTS_EFFECTS_H
#define ETSIM_FAULTS_EFFECTS_H

#include <stdatomic.h>

#include "net/http.h"
#include "operations/call.h"

/* What stands behind the name of an effect. */
struct effect_value {
  uint64_t number;   /* 0 when left out */
  const char *words; /* NULL when left out */
};

enum effect_takes {
  TAKES_NOTHING,
  MAY_NUMBER,
  NEEDS_NUMBER,
  MAY_WORDS,
  NEEDS_WORDS,
  NUMBER_WORDS /* a number, and words when there are any behind a blank */
};

enum effect_phase {
  BEFORE_ANSWER, /* nothing of an answer is there yet */
  IN_PLACE,      /* the answer is the effect's, the service is not asked */
  ON_BODY,       /* the service's answer is changed */
  ON_SENDING     /* it is sent in another way */
};

/* One request that a rule met, and its answer. */
struct affected {
  struct effect_value value;
  struct call *call;
  struct http_connection *connection;
  const struct http_request *request;
  struct http_answer *answer;
  const atomic_bool *stopping;
};

struct effect {
  const char *name;
  enum effect_takes takes;
  uint64_t least, most; /* of the number */
  enum effect_phase phase;
  bool (*run)(const struct affected *affected); /* @return whether the connection goes on */
  const char *argument;                         /* for --help: what it takes, "=MS" */
  const char *help;                             /* and what it does */
};

/* All of them; the last has no name. */
extern const struct effect effects[];

/* Asks the service for an answer. */
typedef void effect_ask(void *context, const struct affected *affected);

/* Answers the request as the effect wants it. `answer->status` stays 0 when nothing was sent.
 * @return whether the connection goes on */
bool effect_apply(const struct effect *effect, const struct affected *affected, effect_ask *ask,
                  void *context);

/* Waits until the time is over or the server stops. */
void effect_wait(uint64_t milliseconds, const atomic_bool *stopping);

#endif
