/* One send by its ID, by a Retrieve of one's own: send_by_id ID */
#include <etsoap/etsoap.h>

#include <stdio.h>

static int print(void *context, const char *name, const ets_value *value) {
  char text[512];
  (void)context;
  ets_value_format(value, text, sizeof text);
  printf("%s: %s\n", name, text);
  return 0;
}

int main(int argc, char **argv) {
  static const char *const properties[] = {"ID",         "SentDate",        "UniqueOpens",
                                           "NumberSent", "NumberDelivered", "HardBounces",
                                           "SoftBounces"};
  ets_session *session = NULL;
  ets_cursor *cursor = NULL;
  ets_error error;
  ets_object send;
  if (argc != 2 || ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "send_by_id: %s\n", argc == 2 ? error.message : "give an ID");
    return argc == 2 ? 1 : 2;
  }
  ets_filter *filter = ets_filter_equals("ID", argv[1]);
  ets_retrieve request = ETS_RETRIEVE_INIT;
  request.object_type = "Send";
  request.properties = properties;
  request.property_count = sizeof properties / sizeof *properties;
  request.filter = filter;
  ets_status status = filter ? ets_cursor_open(&cursor, session, &request) : ETS_E_NOMEM;
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &send)) == ETS_OK)
    ets_object_walk(send, print, NULL);
  if (status != ETS_END || fflush(stdout) || ferror(stdout))
    fprintf(stderr, "send_by_id: %s\n",
            !filter             ? "out of memory"
            : status != ETS_END ? ets_session_error(session)->message
                                : "cannot write to stdout");
  ets_cursor_close(cursor);
  ets_filter_free(filter);
  ets_session_free(session);
  return status == ETS_END && !ferror(stdout) ? 0 : 1;
}
