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
  char *end = NULL;
  long long job = argc == 3 ? strtoll(argv[2], &end, 10) : 0;
  if (job < 1 || job > INT32_MAX || *end) {
    fputs("log_unsub: give SUBSCRIBERKEY and JOBID, a number from 1 to 2147483647\n", stderr);
    return 2;
  }
  if (ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "log_unsub: %s\n", error.message);
    return 1;
  }
  ets_unsubscription what = ETS_UNSUBSCRIPTION_INIT;
  what.subscriber_key = argv[1];
  what.job_id = (int32_t)job;
  what.reason = "asked for by telephone";
  ets_status status = ets_unsubscribe(&response, session, &what);
  if (status != ETS_OK)
    fprintf(stderr, "log_unsub: %s\n", ets_session_error(session)->message);
  else if (puts("unsubscribed") == EOF || fflush(stdout))
    fputs("log_unsub: unsubscribed, but cannot write to stdout\n", stderr);
  ets_session_free(session);
  return status != ETS_OK ? 1 : ferror(stdout) ? 3 : 0;
}
