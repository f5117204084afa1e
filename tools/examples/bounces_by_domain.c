/* Domains of the addresses that bounced, one a line: bounces_by_domain JOBID | sort | uniq -c */
#include <etsoap/etsoap.h>

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
  static const char *const key[] = {"SubscriberKey"}, *const mail[] = {"EmailAddress"}, *keys[500];
  ets_session *session;
  ets_error error;
  if (argc != 2 || ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "bounces_by_domain: %s\n", argc == 2 ? error.message : "give JOBID");
    return argc == 2 ? 1 : 2;
  }
  ets_cursor *bounces = NULL;
  ets_filter *of_send = ets_filter_equals("SendID", argv[1]);
  ets_retrieve bounced = {ETS_RETRIEVE_VERSION, "BounceEvent", key, 1, .filter = of_send};
  ets_status status = of_send ? ets_cursor_open(&bounces, session, &bounced) : ETS_E_NOMEM;
  for (ets_status more = ETS_E_PARTIAL; status == ETS_OK && more == ETS_E_PARTIAL;) {
    ets_object *rows;
    size_t count;
    ets_pool *pool = ets_pool_new();
    more = ets_cursor_fetch(&rows, &count, bounces, pool, 500);
    for (size_t i = 0; i < count; i++)
      keys[i] = ets_get_text_or(rows[i], "SubscriberKey", "");
    ets_filter *of_keys = ets_filter_in("SubscriberKey", keys, count);
    ets_retrieve people = {ETS_RETRIEVE_VERSION, "Subscriber", mail, 1, .filter = of_keys};
    status = more == ETS_E_PARTIAL ? ETS_OK : more;
    if (status == ETS_OK && count > 0)
      status = of_keys ? ets_fetch(&rows, &count, session, &people, pool, 0) : ETS_E_NOMEM;
    for (size_t i = 0; status == ETS_OK && i < count; i++)
      puts(ets_get_text_or(rows[i], *mail, "") + strcspn(ets_get_text_or(rows[i], *mail, ""), "@"));
    ets_filter_free(of_keys);
    ets_pool_free(pool);
  }
  if (status != ETS_OK || fflush(stdout) || ferror(stdout))
    fprintf(stderr, "bounces_by_domain: %s\n",
            status == ETS_E_NOMEM ? "out of memory"
            : status != ETS_OK    ? ets_session_error(session)->message
                                  : "cannot write to stdout");
  ets_cursor_close(bounces);
  ets_filter_free(of_send);
  ets_session_free(session);
  return status == ETS_OK && !ferror(stdout) ? 0 : 1;
}
