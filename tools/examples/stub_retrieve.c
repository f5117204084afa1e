/* Retrieve by hand: the generated types and stub, with the session's credentials on the call.
 *
 *   stub_retrieve JOBID
 */
#include <etsoap/etsoap.h>
#include <etsoap/stubs.h>

#include <stdio.h>

int main(int argc, char **argv) {
  ets_session *session;
  ets_error error;
  if (argc != 2 || ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "stub_retrieve: %s\n", argc == 2 ? error.message : "give a JOBID");
    return argc == 2 ? 1 : 2;
  }

  char *properties[] = {"SendID", "SubscriberKey", "EventDate"};
  char *values[] = {argv[1]};
  struct et__SimpleFilterPart simple = {.Property = "SendID",
                                        .SimpleOperator = et__SimpleOperators__equals,
                                        .__sizeValue = 1,
                                        .Value = values};
  struct et__FilterPart filter = {.et__SimpleFilterPart = &simple};
  struct et__RetrieveRequest request = {.ObjectType = "SentEvent",
                                        .__sizeProperties = 3,
                                        .Properties = properties,
                                        .Filter = &filter};
  struct _et__RetrieveRequestMsg message = {&request};
  struct _et__RetrieveResponseMsg response;

  struct soap *soap = ets_stub_begin(session);
  if (soap)
    soap_call___et__Retrieve(soap, ets_session_endpoint(session), "Retrieve", &message, &response);
  ets_status status = soap ? ets_stub_end(session) : ets_session_error(session)->status;

  if (status == ETS_OK) {
    printf("%s\n", response.OverallStatus);
    for (int i = 0; i < response.__sizeResults; i++) {
      const struct et__TrackingEvent *event = response.Results[i].et__TrackingEvent;
      const struct et__SentEvent *sent = event ? event->et__SentEvent : NULL;
      if (sent && sent->SendID && sent->SubscriberKey && sent->EventDate)
        printf("%d %s %s\n", *sent->SendID, sent->SubscriberKey, sent->EventDate);
    }
  }
  if (status != ETS_OK || fflush(stdout) || ferror(stdout))
    fprintf(stderr, "stub_retrieve: %s\n",
            status != ETS_OK ? ets_session_error(session)->message : "cannot write to stdout");
  ets_session_free(session);
  return status == ETS_OK && !ferror(stdout) ? 0 : 1;
}
