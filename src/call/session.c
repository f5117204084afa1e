#include "call/session_private.h"

#include "base/clock.h"
#include "call/exchange.h"
#include "call/fault.h"
#include "call/options.h"
#include "http/client.h"
#include "http/trace.h"
#include "wire/context.h"

#include <etsoap/pool.h>
#include <etsoap/trace.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct ets_http_options http_options(ets_session *session,
                                            const ets_session_options *options) {
  return (struct ets_http_options){.ca_file = options->ca_file,
                                   .proxy = options->proxy,
                                   .no_proxy = options->no_proxy,
                                   .connect_timeout = options->connect_timeout * INT64_C(1000),
                                   .send_timeout = options->send_timeout * INT64_C(1000),
                                   .receive_timeout = options->receive_timeout * INT64_C(1000),
                                   .total_timeout = options->total_timeout * INT64_C(1000),
                                   .least_speed = (uint64_t)options->least_speed,
                                   .least_speed_time = options->least_speed_time * INT64_C(1000),
                                   .compression = options->gzip,
                                   .keep_alive = options->keep_alive,
                                   .limits = {.header = (uint64_t)options->max_header_bytes,
                                              .body = (uint64_t)options->max_answer_bytes,
                                              .ratio = (uint64_t)options->max_decompression_ratio},
                                   .aborted = ets_session_is_aborted,
                                   .abort_context = session};
}

static ets_status set_up(ets_session *session, const ets_session_options *options,
                         ets_error *error) {
  struct ets_http_options http = http_options(session, options);
  session->utc_offset = options->server_utc_offset;
  session->pace.policy = options->retry;
  session->pace.jitter = (uint64_t)ets_monotonic() ^ (uint64_t)(uintptr_t)session;
  session->limits = (struct ets_answer_limits){.value_bytes = (size_t)options->max_value_bytes,
                                               .tag_bytes = (size_t)options->max_tag_bytes,
                                               .attributes = options->max_attributes,
                                               .nesting = options->max_nesting,
                                               .names = options->max_names};
  session->soap = ets_context_new();
  if (!session->soap)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  ets_status status = ets_http_new(&session->http, &http, error);
  if (status == ETS_OK && options->endpoint && *options->endpoint)
    status = ets_session_set_endpoint(session, options->endpoint, error);
  return status;
}

ets_status ets_session_new(ets_session **session, const ets_session_options *options,
                           ets_error *error) {
  ets_session_options full;
  *session = NULL;
  ets_status status = options ? ets_session_options_read(&full, options, error)
                              : ets_error_set(error, ETS_E_USAGE, "no session options given");
  if (status != ETS_OK)
    return status;
  ets_session *made = calloc(1, sizeof *made);
  if (!made)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  status = set_up(made, &full, error);
  if (status != ETS_OK) {
    ets_session_free(made);
    return status;
  }
  *session = made;
  return ETS_OK;
}

void ets_session_free(ets_session *session) {
  if (!session)
    return;
  ets_exchange_drop_kept(session);
  if (session->stub)
    session->free_stub(session->stub);
  ets_context_free(session->soap);
  ets_http_free(session->http);
  ets_trace_folder_free(session->trace_folder);
  ets_auth_clear(&session->auth);
  free(session->endpoint);
  ets_pool_free(session->results);
  ets_arena_free(&session->arena);
  free(session);
}

void ets_session_on_wait(ets_session *session, ets_wait_callback *callback, void *context) {
  session->on_wait = callback;
  session->wait_context = context;
}

const ets_error *ets_session_error(const ets_session *session) {
  return &session->error;
}

const char *ets_session_endpoint(const ets_session *session) {
  return session->endpoint;
}

int ets_session_utc_offset(const ets_session *session) {
  return session->utc_offset;
}

const ets_counters *ets_session_counters(const ets_session *session) {
  return &session->counters;
}

ets_status ets_session_trace(ets_session *session, const char *folder, unsigned flags) {
  ets_error error;
  struct ets_trace_folder *opened = NULL;
  ets_session_start(session, NULL);
  ets_status status = ETS_OK;
  if (session->untraced.status != ETS_OK) {
    error = session->untraced;
    status = error.status;
    session->untraced = (ets_error){0};
  }
  if (status == ETS_OK && folder)
    status = ets_trace_folder_new(&opened, folder, flags & ETS_TRACE_REDACT_SUBSCRIBERS, &error);
  if (status != ETS_OK)
    return ets_session_take(session, status, &error);
  ets_trace_folder_free(session->trace_folder);
  session->trace_folder = opened;
  return ETS_OK;
}
