/* From settings to sessions. */
#include "ettrack/run/service.h"

#include "common/program.h"
#include "ettrack/cli/settings.h"
#include "ettrack/run/stop.h"

#include <inttypes.h>
#include <stdio.h>

enum { PAGE_ROWS = 2500 };

int service_open(struct service *service, const struct options *options) {
  *service = (struct service){.options = options};
  if (ets_settings_new(&service->settings) != ETS_OK) {
    complain("out of memory");
    return EXIT_FAILED;
  }
  return settings_read(service->settings, options);
}

bool service_close(struct service *service) {
  const ets_counters *all = &service->traffic;
  if (service->options->traffic)
    complain("requests %" PRIu64 ", retries %" PRIu64 ", pages %" PRIu64 ", rows %" PRIu64
             ", bytes %" PRIu64,
             all->requests, all->retries, all->pages, all->rows, all->bytes_received);
  ets_settings_free(service->settings);
  return !service->untraced;
}

/* Sessions that run side by side number their exchanges each for itself, so each has a folder. */
static ets_status trace(ets_session *session, const struct options *options, int number) {
  char folder[4096];
  unsigned flags = options->redact_subscribers ? ETS_TRACE_REDACT_SUBSCRIBERS : 0;
  if (number == 0)
    return ets_session_trace(session, options->trace, flags);
  ets_status status = ets_session_trace(session, options->trace, flags);
  snprintf(folder, sizeof folder, "%s/session-%d", options->trace, number);
  return status == ETS_OK ? ets_session_trace(session, folder, flags) : status;
}

ets_status service_session(ets_session **session, const struct service *service, int number,
                           ets_error *error) {
  const struct options *options = service->options;
  ets_session_options how = ETS_SESSION_OPTIONS_INIT;
  how.server_utc_offset = options->utc_offset;
  if (options->tries)
    how.retry.tries = (int)options->tries;
  if (options->max_rps)
    how.retry.max_requests_per_second =
        (double)options->max_rps / (service->sessions > 1 ? service->sessions : 1);
  ets_status status = ets_settings_session(session, service->settings, &how, error);
  if (status != ETS_OK)
    return status;
  ets_session_on_wait(*session, stop_callback, NULL);
  if (!options->trace)
    return status;
  status = trace(*session, options, number);
  if (status != ETS_OK) {
    *error = *ets_session_error(*session);
    ets_session_free(*session);
    *session = NULL;
  }
  return status;
}

void service_session_close(struct service *service, ets_session *session) {
  if (!session)
    return;
  const ets_counters *did = ets_session_counters(session);
  service->traffic.requests += did->requests;
  service->traffic.retries += did->retries;
  service->traffic.pages += did->pages;
  service->traffic.rows += did->rows;
  service->traffic.bytes_received += did->bytes_received;
  if (service->options->trace && ets_session_trace(session, NULL, 0) != ETS_OK) {
    complain("%s", ets_session_error(session)->message);
    service->untraced = true;
  }
  ets_session_free(session);
}

ets_scope service_scope(const struct service *service) {
  const struct options *options = service->options;
  ets_scope scope = ETS_SCOPE_INIT;
  scope.client_ids = options->mids.items;
  scope.client_id_count = options->mids.count;
  scope.all_accounts = options->all_accounts;
  scope.batch_size = (int)options->batch_size;
  if (options->limit && !service->ordered &&
      (!scope.batch_size || options->limit < options->batch_size))
    scope.batch_size = options->limit < PAGE_ROWS ? (int)options->limit : 0;
  return scope;
}

ets_scope service_scope_of(const struct service *service, const struct columns *columns) {
  ets_scope scope = service_scope(service);
  scope.properties = columns->items;
  scope.property_count = columns->count;
  return scope;
}

ets_retrieve service_retrieve(const struct service *service, const char *object_type,
                              const struct columns *columns) {
  const ets_scope scope = service_scope(service);
  ets_retrieve request = ETS_RETRIEVE_INIT;
  request.object_type = object_type;
  request.properties = columns->items;
  request.property_count = columns->count;
  request.batch_size = scope.batch_size;
  request.client_ids = scope.client_ids;
  request.client_id_count = scope.client_id_count;
  request.all_accounts = scope.all_accounts;
  return request;
}

ets_status service_find(ets_cursor **cursor, const struct service *service, ets_session *session,
                        const char *object_type, const struct columns *columns,
                        ets_filter *filter) {
  ets_retrieve request = service_retrieve(service, object_type, columns);
  request.filter = filter;
  request.batch_size = 0;
  ets_status status = filter ? ets_cursor_open(cursor, session, &request) : ETS_E_NOMEM;
  ets_filter_free(filter);
  return status;
}
