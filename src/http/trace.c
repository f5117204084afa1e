#include <etsoap/trace.h>

#include "http/redact.h"
#include "http/trace_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct ets_trace {
  char *folder;
  bool subscribers;
  unsigned number;
  FILE *request_file;
  FILE *answer_file;
  struct ets_redactor request;
  struct ets_redactor answer;
};

static FILE *open_file(ets_session *session, const char *part) {
  struct ets_trace *trace = session->trace;
  char path[4096];
  int length =
      snprintf(path, sizeof path, "%s/%04u-%s-%s.txt", trace->folder, trace->number,
               session->operation && *session->operation ? session->operation : "call", part);
  int fd = length > 0 && (size_t)length < sizeof path
               ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)
               : -1;
  FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
  if (!file) {
    ets_session_fail(session, ETS_E_IO, "cannot write the trace %s: %s", path, strerror(errno));
    if (fd >= 0)
      close(fd);
  }
  return file;
}

ets_status ets_trace_begin(ets_session *session) {
  struct ets_trace *trace = session->trace;
  if (!trace)
    return ETS_OK;
  ets_trace_end(session);
  trace->number++;
  trace->request_file = open_file(session, "request");
  trace->answer_file = trace->request_file ? open_file(session, "answer") : NULL;
  if (!trace->answer_file)
    return ETS_E_IO;
  ets_redact_begin(&trace->request, trace->request_file, trace->subscribers);
  ets_redact_begin(&trace->answer, trace->answer_file, trace->subscribers);
  return ETS_OK;
}

void ets_trace_sent(ets_session *session, const char *bytes, size_t size) {
  if (session->trace && session->trace->request_file)
    ets_redact(&session->trace->request, bytes, size);
}

void ets_trace_received(ets_session *session, const char *bytes, size_t size) {
  if (session->trace && session->trace->answer_file)
    ets_redact(&session->trace->answer, bytes, size);
}

void ets_trace_end(ets_session *session) {
  struct ets_trace *trace = session->trace;
  if (!trace)
    return;
  if (trace->request_file)
    fclose(trace->request_file);
  if (trace->answer_file)
    fclose(trace->answer_file);
  trace->request_file = trace->answer_file = NULL;
}

void ets_trace_free(struct ets_trace *trace) {
  if (trace)
    free(trace->folder);
  free(trace);
}

ets_status ets_session_trace(ets_session *session, const char *folder, unsigned flags) {
  session->operation = NULL;
  ets_trace_end(session);
  ets_trace_free(session->trace);
  session->trace = NULL;
  if (!folder) {
    if (session->gzip)
      soap_set_imode(session->soap, SOAP_ENC_ZLIB);
    return ETS_OK;
  }
  if (mkdir(folder, 0700) != 0 && errno != EEXIST)
    return ets_session_fail(session, ETS_E_IO, "cannot make the trace folder %s: %s", folder,
                            strerror(errno));
  if (access(folder, W_OK | X_OK) != 0)
    return ets_session_fail(session, ETS_E_IO, "cannot write into the trace folder %s: %s", folder,
                            strerror(errno));
  struct ets_trace *trace = calloc(1, sizeof *trace);
  if (trace)
    trace->folder = strdup(folder);
  if (!trace || !trace->folder) {
    free(trace);
    return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  }
  trace->subscribers = flags & ETS_TRACE_REDACT_SUBSCRIBERS;
  soap_clr_imode(session->soap, SOAP_ENC_ZLIB);
  session->trace = trace;
  return ETS_OK;
}
