/* From flags, environment and config file to a session. */
#include "ettrack.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SECRET_MAX = 8192, CONNECT_TIMEOUT = 10 };

static void wipe(char *bytes, size_t n) {
  volatile char *at = bytes;
  while (n-- > 0)
    *at++ = '\0';
}

static bool set(struct ettrack *ettrack, const char *name, const char *value) {
  ets_error error;
  if (!value || ets_settings_set(ettrack->settings, name, value, &error) == ETS_OK)
    return true;
  complain("%s", error.message);
  return false;
}

/* The file's first line becomes the setting. */
static bool set_from_file(struct ettrack *ettrack, const char *name, const char *path) {
  char line[SECRET_MAX + 1];
  size_t size = 0;
  ssize_t n = 0;
  if (!path)
    return true;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  while (file >= 0 && size < SECRET_MAX && (n = read(file, line + size, SECRET_MAX - size)) > 0)
    size += (size_t)n;
  int error = file < 0 || n < 0 ? errno : 0;
  if (file >= 0)
    close(file);
  line[size] = '\0';
  line[strcspn(line, "\r\n")] = '\0';
  bool good = false;
  if (error)
    complain("cannot read %s: %s", path, strerror(error));
  else if (!*line)
    complain("%s has nothing in its first line: expected the %s", path, name);
  else if (strlen(line) == SECRET_MAX)
    complain("the first line of %s is too long for a secret", path);
  else
    good = set(ettrack, name, line);
  wipe(line, sizeof line);
  return good;
}

int settings_read(struct ettrack *ettrack) {
  const struct options *options = &ettrack->options;
  ets_error error;
  if (ets_settings_new(&ettrack->settings) != ETS_OK) {
    complain("out of memory");
    return EXIT_CODE_FAILED;
  }
  if (!set(ettrack, "endpoint", options->endpoint) ||
      !set(ettrack, "username", options->username) || !set(ettrack, "ca_file", options->ca_file) ||
      !set(ettrack, "auth_url", options->auth_url) ||
      !set(ettrack, "client_id", options->client_id) ||
      !set(ettrack, "account_id", options->account_id) ||
      !set_from_file(ettrack, "password", options->password_file) ||
      !set_from_file(ettrack, "access_token", options->token_file) ||
      !set_from_file(ettrack, "client_secret", options->client_secret_file))
    return EXIT_CODE_USAGE;
  ets_status status = ets_settings_environment(ettrack->settings, &error);
  if (status == ETS_OK && options->config)
    status = ets_settings_file(ettrack->settings, options->config, &error);
  if (status == ETS_OK && options->account_id && !ets_settings_get(ettrack->settings, "client_id"))
    status = ets_error_set(&error, ETS_E_USAGE,
                           "--account-id says for which business unit a client fetches its token, "
                           "and there is no client: use --mid");
  if (status == ETS_OK)
    return EXIT_CODE_DONE;
  complain("%s", error.message);
  return status == ETS_E_NOMEM ? EXIT_CODE_FAILED : EXIT_CODE_USAGE;
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

ets_status session_open(ets_session **session, const struct ettrack *ettrack, int number,
                        ets_error *error) {
  const struct options *options = &ettrack->options;
  ets_session_options how = ETS_SESSION_OPTIONS_INIT;
  how.server_utc_offset = options->utc_offset;
  if (options->timeout) {
    how.send_timeout = how.receive_timeout = options->timeout;
    how.connect_timeout = options->timeout < CONNECT_TIMEOUT ? options->timeout : CONNECT_TIMEOUT;
  }
  if (options->tries)
    how.retry.tries = options->tries;
  if (options->max_rps)
    how.retry.max_requests_per_second =
        (double)options->max_rps / (ettrack->sessions > 1 ? ettrack->sessions : 1);
  ets_status status = ets_settings_session(session, ettrack->settings, &how, error);
  if (status != ETS_OK || !options->trace)
    return status;
  status = trace(*session, options, number);
  if (status != ETS_OK) {
    *error = *ets_session_error(*session);
    ets_session_free(*session);
    *session = NULL;
  }
  return status;
}

void session_close(ets_session *session, struct ettrack *ettrack) {
  if (!session)
    return;
  const ets_counters *did = ets_session_counters(session);
  ettrack->traffic.requests += did->requests;
  ettrack->traffic.retries += did->retries;
  ettrack->traffic.pages += did->pages;
  ettrack->traffic.rows += did->rows;
  ettrack->traffic.bytes_received += did->bytes_received;
  ets_session_free(session);
}

void traffic_print(const struct ettrack *ettrack) {
  const ets_counters *all = &ettrack->traffic;
  if (ettrack->options.traffic)
    complain("requests %" PRIu64 ", retries %" PRIu64 ", pages %" PRIu64 ", rows %" PRIu64
             ", bytes %" PRIu64,
             all->requests, all->retries, all->pages, all->rows, all->bytes_received);
}

ets_scope scope_of(const struct options *options) {
  ets_scope scope = ETS_SCOPE_INIT;
  scope.client_ids = options->mids.items;
  scope.client_id_count = options->mids.count;
  scope.all_accounts = options->all_accounts;
  scope.batch_size = options->batch_size;
  if (options->limit && (!scope.batch_size || options->limit < scope.batch_size))
    scope.batch_size = options->limit < 2500 ? options->limit : 0;
  return scope;
}

ets_status send_confirm(ets_session *session, int32_t job_id, const ets_scope *scope) {
  ets_object send;
  return ets_send_summary(&send, session, job_id, scope);
}
