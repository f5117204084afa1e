/* A direct stub call against a port where nobody listens: it links, runs, and the session says
 * what went wrong. */
#include <stdio.h>
#include <string.h>

#include <etsoap/auth.h>
#include <etsoap/stubs.h>

int main(void) {
  int result = 1;
  ets_session *session = NULL;
  ets_error error;
  ets_session_options options = ETS_SESSION_OPTIONS_INIT;
  options.endpoint = "http://127.0.0.1:1/Service.asmx";
  if (ets_session_new(&session, &options, &error) != ETS_OK) {
    fprintf(stderr, "%s\n", error.message);
    return 1;
  }
  if (ets_auth_username(session, "demo", "demo") != ETS_OK)
    goto cleanup;

  struct soap *soap = ets_stub_begin(session);
  if (!soap) {
    printf("%s\n", ets_session_error(session)->message);
    goto cleanup;
  }
  struct _et__SystemStatusRequestMsg request;
  struct _et__SystemStatusResponseMsg response;
  memset(&request, 0, sizeof request);
  memset(&response, 0, sizeof response);
  int code = soap_call___et__GetSystemStatus(soap, ets_session_endpoint(session), "GetSystemStatus",
                                             &request, &response);
  ets_status status = ets_stub_end(session);
  printf("%s: %s\n", ets_status_name(status), ets_session_error(session)->message);
  result = code != SOAP_OK && status == ETS_E_CONNECT ? 0 : 1;

cleanup:
  ets_session_free(session);
  return result;
}
