/* probe oneone look|attribute|log|definition|start
 * probe oneone send ADDRESS VALUE
 * probe oneone find VALUE
 * probe oneone events TYPE JOBID BATCHID SUBSCRIBERID PROPERTY...
 *
 * with the names of the service's own documentation, and the conditions as it has them. */
#include "probe.h"

#include <etsoap/one_to_one.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int setup(ets_session *session, const char *step, const ets_one_to_one *how) {
  static const char *const changes[] = {"nothing", "created", "updated"};
  ets_one_to_one_change change;
  if (strcmp(step, "look") == 0)
    return probe_report(session, ets_one_to_one_look(session, how), 0);
  ets_status status =
      strcmp(step, "attribute") == 0    ? ets_one_to_one_attribute(&change, session, how)
      : strcmp(step, "log") == 0        ? ets_one_to_one_send_log(&change, session, how)
      : strcmp(step, "definition") == 0 ? ets_one_to_one_definition(&change, session, how)
                                        : ets_one_to_one_start(&change, session, how);
  printf("%s\n", changes[change]);
  return probe_report(session, status, 0);
}

static int events(ets_session *session, const ets_one_to_one *how, int argc, char **argv) {
  ets_one_to_one_message message;
  ets_event_type type;
  ets_scope scope = ETS_SCOPE_INIT;
  ets_cursor *cursor;
  ets_object row;
  uint64_t rows = 0;
  if (argc < 5 || !ets_event_type_find(&type, argv[0]))
    return 2;
  message.job_id = (int32_t)strtol(argv[1], NULL, 10);
  message.batch_id = (int32_t)strtol(argv[2], NULL, 10);
  message.subscriber_id = strtoll(argv[3], NULL, 10);
  scope.properties = (const char *const *)argv + 4;
  scope.property_count = (size_t)argc - 4;
  ets_status status = ets_one_to_one_events_open(&cursor, session, how, type, &message, &scope);
  for (; status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK; rows++)
    probe_object(row);
  ets_cursor_close(cursor);
  return probe_report(session, status, rows);
}

int probe_one_to_one(ets_session *session, int argc, char **argv) {
  ets_one_to_one how = ETS_ONE_TO_ONE_INIT;
  how.definition = "API Example for Send Logging";
  how.email_id = 3099626;
  how.send_classification = "2239";
  how.additional_operands = true;
  if (strcmp(argv[0], "send") == 0 && argc == 3) {
    ets_batch_result result;
    ets_status status = ets_one_to_one_send(&result, session, &how, argv[1], NULL, argv[2]);
    return probe_report(session, status, result.count - result.failed);
  }
  if (strcmp(argv[0], "find") == 0 && argc == 2) {
    ets_one_to_one_message message;
    ets_status status = ets_one_to_one_find(&message, session, &how, argv[1]);
    printf("job %" PRId32 " batch %" PRId32 " subscriber %" PRId64 "\n", message.job_id,
           message.batch_id, message.subscriber_id);
    return probe_report(session, status, 0);
  }
  if (strcmp(argv[0], "events") == 0)
    return events(session, &how, argc - 1, argv + 1);
  return setup(session, argv[0], &how);
}
