/* Asks for the system status, as often and with such credentials as it is told:
 *
 *   caller [calls N] [pause MS] [digest] [timestamp S] [oauth] [margin S] [no-cache] [cache DIR]
 *          [scope TEXT] [timeout S] [tries N] [stop MS] [stub]
 *
 * `oauth` and `digest` take the ETSOAP_ variables from the environment by themselves, otherwise
 * ets_settings_session() does. Prints a line for each call, and the endpoint. */
#include <etsoap/etsoap.h>
#include <etsoap/stubs.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct plan {
  int calls;
  int pause;
  int timestamp;
  int stop; /* milliseconds after the begin; 0: never */
  bool digest;
  bool oauth;
  bool stub;
  ets_oauth_options oauth_options;
  ets_session_options session_options;
};

static int number(const char *text) {
  return (int)strtol(text, NULL, 10);
}

static bool read_plan(struct plan *plan, int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    const char *name = argv[i];
    bool *flag = strcmp(name, "digest") == 0  ? &plan->digest
                 : strcmp(name, "oauth") == 0 ? &plan->oauth
                 : strcmp(name, "stub") == 0  ? &plan->stub
                                              : NULL;
    if (flag) {
      *flag = true;
      continue;
    }
    if (strcmp(name, "no-cache") == 0) {
      plan->oauth_options.cache = false;
      continue;
    }
    const char *value = argv[++i];
    if (!value)
      return false;
    if (strcmp(name, "calls") == 0)
      plan->calls = number(value);
    else if (strcmp(name, "pause") == 0)
      plan->pause = number(value);
    else if (strcmp(name, "stop") == 0)
      plan->stop = number(value);
    else if (strcmp(name, "timestamp") == 0)
      plan->timestamp = number(value);
    else if (strcmp(name, "margin") == 0)
      plan->oauth_options.margin = number(value);
    else if (strcmp(name, "cache") == 0)
      plan->oauth_options.cache_folder = value;
    else if (strcmp(name, "scope") == 0)
      plan->oauth_options.scope = value;
    else if (strcmp(name, "timeout") == 0)
      plan->session_options.receive_timeout = number(value);
    else if (strcmp(name, "tries") == 0)
      plan->session_options.retry.tries = number(value);
    else
      return false;
  }
  return true;
}

static ets_status set_credentials(ets_session *session, struct plan *plan) {
  ets_oauth_options *oauth = &plan->oauth_options;
  if (plan->digest)
    return ets_auth_username_digest(session, getenv("ETSOAP_USERNAME"), getenv("ETSOAP_PASSWORD"));
  oauth->auth_url = getenv("ETSOAP_AUTH_URL");
  oauth->client_id = getenv("ETSOAP_CLIENT_ID");
  oauth->client_secret = getenv("ETSOAP_CLIENT_SECRET");
  oauth->account_id = getenv("ETSOAP_ACCOUNT_ID");
  return ets_auth_oauth(session, oauth);
}

static ets_status make_session(ets_session **session, struct plan *plan, ets_error *error) {
  ets_settings *settings = NULL;
  *session = NULL;
  if (!plan->digest && !plan->oauth) {
    ets_status status = ets_settings_new(&settings);
    if (status == ETS_OK)
      status = ets_settings_environment(settings, error);
    if (status == ETS_OK)
      status = ets_settings_session(session, settings, &plan->session_options, error);
    ets_settings_free(settings);
    return status;
  }
  plan->session_options.endpoint = getenv("ETSOAP_ENDPOINT");
  plan->session_options.ca_file = getenv("ETSOAP_CA_FILE");
  plan->session_options.proxy = getenv("ETSOAP_PROXY");
  ets_status status = ets_session_new(session, &plan->session_options, error);
  if (status != ETS_OK)
    return status;
  status = set_credentials(*session, plan);
  if (status != ETS_OK)
    *error = *ets_session_error(*session);
  return status;
}

static ets_status call_stub(ets_session *session) {
  struct _et__SystemStatusRequestMsg request;
  struct _et__SystemStatusResponseMsg response;
  struct soap *soap = ets_stub_begin(session);
  if (!soap)
    return ets_session_error(session)->status;
  soap_default__et__SystemStatusRequestMsg(soap, &request);
  soap_call___et__GetSystemStatus(soap, ets_session_endpoint(session), "GetSystemStatus", &request,
                                  &response);
  return ets_stub_end(session);
}

static int64_t milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_over(void *context) {
  return milliseconds() >= *(const int64_t *)context;
}

static int report(ets_status status, const ets_error *error) {
  if (status == ETS_OK)
    puts("ok");
  else
    printf("%s %d %s\n", ets_status_name(status), error->http_status, error->message);
  fflush(stdout);
  return status != ETS_OK;
}

int main(int argc, char **argv) {
  struct plan plan = {.calls = 1,
                      .oauth_options = ETS_OAUTH_OPTIONS_INIT,
                      .session_options = ETS_SESSION_OPTIONS_INIT};
  ets_session *session;
  ets_error error = {0};
  ets_object answer;
  plan.session_options.retry.tries = 1;
  plan.session_options.retry.first_delay = 10;
  if (!read_plan(&plan, argc, argv)) {
    fputs("caller: see the top of caller.c\n", stderr);
    return 2;
  }
  ets_status status = make_session(&session, &plan, &error);
  int failed = status == ETS_OK ? 0 : report(status, &error);
  if (status == ETS_OK && plan.timestamp)
    failed = ets_auth_timestamp(session, plan.timestamp) != ETS_OK;
  int64_t end = milliseconds() + plan.stop;
  if (status == ETS_OK && plan.stop)
    ets_session_on_wait(session, is_over, &end);
  for (int i = 0; i < plan.calls && status == ETS_OK; i++) {
    struct timespec pause = {plan.pause / 1000, plan.pause % 1000 * 1000000L};
    if (i > 0)
      (void)nanosleep(&pause, NULL);
    ets_status called = plan.stub ? call_stub(session) : ets_system_status(&answer, session);
    failed |= report(called, ets_session_error(session));
  }
  if (session)
    printf("endpoint %s\n", ets_session_endpoint(session) ? ets_session_endpoint(session) : "none");
  ets_session_free(session);
  return failed;
}
