#include <etsoap/trace.h>

#include "http/framing.h"
#include "http/trace_private.h"
#include "http/trace.h"

#include <stdlib.h>

struct ets_session_trace {
  struct ets_trace_folder *folder;
  struct ets_trace *exchange; /* NULL: none in hand */
  struct ets_framing request;
  struct ets_framing answer;
};

ets_status ets_trace_begin(ets_session *session) {
  struct ets_session_trace *trace = session->trace;
  struct ets_credential credential;
  if (!trace)
    return ETS_OK;
  ets_trace_end(session);
  ets_status status = ets_session_credential(session, &credential);
  if (status != ETS_OK)
    return status;
  const char *secrets[3] = {NULL};
  size_t count = 0;
  if (credential.secret)
    secrets[count++] = credential.secret;
  if (session->proxy_secret)
    secrets[count++] = session->proxy_secret;
  ets_error error;
  status = ets_trace_open(&trace->exchange, trace->folder, session->operation, secrets, &error);
  if (status != ETS_OK)
    return ets_session_take(session, status, &error);
  ets_framing_begin(&trace->request, ets_trace_tap(trace->exchange), true);
  ets_framing_begin(&trace->answer, ets_trace_tap(trace->exchange), false);
  return ETS_OK;
}

void ets_trace_sent(ets_session *session, const char *bytes, size_t size) {
  if (session->trace && session->trace->exchange)
    ets_framing_take(&session->trace->request, bytes, size);
}

void ets_trace_received(ets_session *session, const char *bytes, size_t size) {
  if (session->trace && session->trace->exchange)
    ets_framing_take(&session->trace->answer, bytes, size);
}

void ets_trace_end(ets_session *session) {
  if (!session->trace)
    return;
  ets_trace_close(session->trace->exchange);
  session->trace->exchange = NULL;
}

void ets_trace_free(struct ets_session_trace *trace) {
  if (!trace)
    return;
  ets_trace_close(trace->exchange);
  ets_trace_folder_free(trace->folder);
  free(trace);
}

ets_status ets_session_trace(ets_session *session, const char *folder, unsigned flags) {
  ets_session_start(session, NULL);
  ets_trace_free(session->trace);
  session->trace = NULL;
  if (!folder) {
    if (session->gzip)
      soap_set_imode(session->soap, SOAP_ENC_ZLIB);
    return ETS_OK;
  }
  struct ets_session_trace *trace = calloc(1, sizeof *trace);
  if (!trace)
    return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  ets_error error;
  ets_status status =
      ets_trace_folder_new(&trace->folder, folder, flags & ETS_TRACE_REDACT_SUBSCRIBERS, &error);
  if (status != ETS_OK) {
    free(trace);
    return ets_session_take(session, status, &error);
  }
  soap_clr_imode(session->soap, SOAP_ENC_ZLIB);
  session->trace = trace;
  return ETS_OK;
}
