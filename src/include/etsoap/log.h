/** @file
 * What a session does on the network, told to a sink of the caller: one event for each request,
 * answer, repetition and failure. Events hold no credentials. */
#ifndef ETSOAP_LOG_H
#define ETSOAP_LOG_H

#include <stdint.h>

#include <etsoap/session.h>

ETS_BEGIN_DECLS

/** What happened. */
typedef enum ets_log_kind {
  ETS_LOG_REQUEST, /**< a request goes out */
  ETS_LOG_ANSWER,  /**< its answer has begun to arrive and is what was asked for */
  ETS_LOG_RETRY,   /**< the request failed and is sent again after `milliseconds` */
  ETS_LOG_FAILURE  /**< the request failed for good */
} ets_log_kind;

/** Lives for the call of the sink only. */
typedef struct ets_log_event {
  ets_log_kind kind;     /**< what happened */
  const char *operation; /**< "Retrieve" */
  int attempt;           /**< 1 for the first */
  ets_status status;     /**< RETRY, FAILURE: what went wrong; ETS_OK otherwise */
  int64_t milliseconds;  /**< ANSWER: since the request; RETRY: the wait that follows */
  const char *message;   /**< RETRY, FAILURE: one line; "" otherwise */
} ets_log_event;

/** Takes an event; `context` is the one given to ets_session_log(). */
typedef void ets_log_sink(void *context, const ets_log_event *event);

/** Sets the sink, NULL for none. It is called from the thread that uses the session and must not
 * use the session itself. */
ETS_API void ets_session_log(ets_session *session, ets_log_sink *sink, void *context);

ETS_END_DECLS
#endif
