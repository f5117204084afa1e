/* Starts an e-mail send at a time of one's own (Schedule).
 *
 *   schedule_send CUSTOMERKEY 2026-12-01T08:00:00
 */
#include <etsoap/etsoap.h>

#include <stdio.h>

int main(int argc, char **argv) {
  ets_session *session = NULL;
  ets_error error;
  ets_object response;
  if (argc != 3 || ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "schedule_send: %s\n", argc == 3 ? error.message : "give CUSTOMERKEY and TIME");
    return argc == 3 ? 1 : 2;
  }
  ets_pool *pool = ets_pool_new();
  ets_object send = ets_object_new(pool, "EmailSendDefinition");
  ets_set(pool, send, "CustomerKey", argv[1]);
  ets_object schedule = ets_object_new(pool, "ScheduleDefinition");
  ets_set(pool, schedule, "StartDateTime", argv[2]);
  ets_set(pool, schedule, "RecurrenceRangeType", "EndAfter");
  ets_set_integer(pool, schedule, "Occurrences", 1);
  ets_status status = ets_pool_status(pool);
  if (status != ETS_OK)
    fprintf(stderr, "schedule_send: %s\n", ets_pool_error(pool)->message);
  else if ((status = ets_schedule(&response, session, "start", schedule, &send, 1)) != ETS_OK)
    fprintf(stderr, "schedule_send: %s\n", ets_session_error(session)->message);
  else if (puts("scheduled") == EOF || fflush(stdout))
    fputs("schedule_send: scheduled, but cannot write to stdout\n", stderr);
  ets_pool_free(pool);
  ets_session_free(session);
  return status != ETS_OK ? 1 : ferror(stdout) ? 3 : 0;
}
