/* Reads the same objects over and over on one session and prints a line for each time, what became
 * of it and how many rows came: `OK 3`. Nothing is tried again.
 *
 *   cursors TIMES
 *
 * Endpoint, credentials and authorities come from the environment. */
#include <etsoap/etsoap.h>

#include <stdio.h>
#include <stdlib.h>

static void read_once(ets_session *session) {
  static const char *const properties[] = {"SubscriberKey"};
  ets_retrieve request = ETS_RETRIEVE_INIT;
  ets_cursor *cursor;
  ets_object row;
  int rows = 0;
  request.object_type = "SentEvent";
  request.properties = properties;
  request.property_count = 1;
  ets_status status = ets_cursor_open(&cursor, session, &request);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK)
    rows++;
  ets_cursor_close(cursor);
  printf("%s %d\n", ets_status_name(status == ETS_END ? ETS_OK : status), rows);
}

int main(int argc, char **argv) {
  ets_session_options options = ETS_SESSION_OPTIONS_INIT;
  ets_settings *settings;
  ets_session *session = NULL;
  ets_error error = {0};
  long times = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
  options.retry.tries = 1;
  ets_status status = ets_settings_new(&settings);
  if (status == ETS_OK)
    status = ets_settings_environment(settings, &error);
  if (status == ETS_OK)
    status = ets_settings_session(&session, settings, &options, &error);
  ets_settings_free(settings);
  if (status != ETS_OK)
    fprintf(stderr, "cursors: %s\n", error.message);
  for (long i = 0; status == ETS_OK && i < times; i++)
    read_once(session);
  ets_session_free(session);
  return status != ETS_OK;
}
