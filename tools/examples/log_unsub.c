/* Unsubscribes a subscriber and books it on the send that it is due to.
 *
 *   log_unsub SUBSCRIBERKEY JOBID
 */
#include <etsoap/etsoap.h>

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  ets_session *session = NULL;
  ets_error error;
  ets_object response;
  if (argc != 3 || ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "log_unsub: %s\n", argc == 3 ? error.message : "give SUBSCRIBERKEY and JOBID");
    return argc == 3 ? 1 : 2;
  }
  ets_unsubscription what = ETS_UNSUBSCRIPTION_INIT;
  what.subscriber_key = argv[1];
  what.job_id = (int32_t)strtol(argv[2], NULL, 10);
  what.reason = "asked for by telephone";
  ets_status status = ets_unsubscribe(&response, session, &what);
  if (status == ETS_OK)
    puts("unsubscribed");
  else
    fprintf(stderr, "log_unsub: %s\n", ets_session_error(session)->message);
  ets_session_free(session);
  return status == ETS_OK ? 0 : 1;
}
