/* Calls each of the 13 operations by its generated stub, or the one that is named, with an empty
 * request, and prints what came of it. ETSOAP_ENDPOINT and the credentials come from the
 * environment. */
#include <etsoap/etsoap.h>
#include <etsoap/stubs.h>

#include <stdio.h>
#include <string.h>

#define EVERY_STUB(X)                                                 \
  X(Retrieve, RetrieveRequestMsg, RetrieveResponseMsg)                \
  X(Create, CreateRequest, CreateResponse)                            \
  X(Update, UpdateRequest, UpdateResponse)                            \
  X(Delete, DeleteRequest, DeleteResponse)                            \
  X(Perform, PerformRequestMsg, PerformResponseMsg)                   \
  X(Execute, ExecuteRequestMsg, ExecuteResponseMsg)                   \
  X(Configure, ConfigureRequestMsg, ConfigureResponseMsg)             \
  X(Schedule, ScheduleRequestMsg, ScheduleResponseMsg)                \
  X(Describe, DefinitionRequestMsg, DefinitionResponseMsg)            \
  X(Extract, ExtractRequestMsg, ExtractResponseMsg)                   \
  X(Query, QueryRequestMsg, QueryResponseMsg)                         \
  X(GetSystemStatus, SystemStatusRequestMsg, SystemStatusResponseMsg) \
  X(VersionInfo, VersionInfoRequestMsg, VersionInfoResponseMsg)

static ets_session *session;
static int failed;

static void report(const char *operation, const char *response_type, void *response) {
  ets_status status = ets_stub_end(session);
  ets_object answer = ets_object_of(response_type, response);
  const char *request_id = ets_get_text(answer, "RequestID");
  bool good = (status == ETS_OK || status == ETS_E_REFUSED) && request_id && *request_id;
  printf("%s %s\n", operation,
         good     ? "answered"
         : status ? ets_session_error(session)->message
                  : "without a RequestID");
  failed += !good;
}

#define CALL(operation, request_type, response_type)                                       \
  static void call_##operation(void) {                                                     \
    struct _et__##request_type request;                                                    \
    struct _et__##response_type response;                                                  \
    struct soap *soap = ets_stub_begin(session);                                           \
    if (!soap) {                                                                           \
      failed++;                                                                            \
      return;                                                                              \
    }                                                                                      \
    soap_default__et__##request_type(soap, &request);                                      \
    soap_default__et__##response_type(soap, &response);                                    \
    soap_call___et__##operation(soap, ets_session_endpoint(session), #operation, &request, \
                                &response);                                                \
    report(#operation, #response_type, &response);                                         \
  }
EVERY_STUB(CALL)

int main(int argc, char **argv) {
  ets_error error;
  if (ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "every_stub: %s\n", error.message);
    return 2;
  }
#define NOW(operation, request_type, response_type) \
  if (argc < 2 || strcmp(argv[1], #operation) == 0) \
    call_##operation();
  EVERY_STUB(NOW)
  ets_session_free(session);
  return failed > 0;
}
