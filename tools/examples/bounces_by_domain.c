/* Domains of the addresses that bounced, one a line: bounces_by_domain JOBID | sort | uniq -c */
#include <etsoap/etsoap.h>

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
  static const char *const key[] = {"SubscriberKey"}, *const address[] = {"EmailAddress"};
  ets_retrieve bounced = {ETS_RETRIEVE_VERSION, "BounceEvent", key, 1, .batch_size = 0};
  ets_retrieve people = {ETS_RETRIEVE_VERSION, "Subscriber", address, 1, .batch_size = 0};
  ets_session *session;
  ets_object *rows;
  ets_error error;
  const char *keys[1000];
  size_t count;
  if (argc != 2 || ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "bounces_by_domain: %s\n", argc == 2 ? error.message : "give JOBID");
    return argc == 2 ? 1 : 2;
  }
  ets_pool *pool = ets_pool_new();
  ets_filter *of_send = ets_filter_equals("SendID", argv[1]), *of_keys;
  bounced.filter = of_send;
  ets_status status = ets_fetch(&rows, &count, session, &bounced, pool, 1000);
  for (size_t i = 0; i < count; i++)
    keys[i] = ets_get_text_or(rows[i], "SubscriberKey", "");
  people.filter = of_keys = ets_filter_in("SubscriberKey", keys, count);
  if (status == ETS_OK && count > 0)
    status = ets_fetch(&rows, &count, session, &people, pool, 1000);
  for (size_t i = 0; status == ETS_OK && i < count; i++) {
    const char *text = ets_get_text_or(rows[i], "EmailAddress", "");
    puts(text + strcspn(text, "@"));
  }
  if (status != ETS_OK)
    fprintf(stderr, "bounces_by_domain: %s\n", ets_session_error(session)->message);
  ets_filter_free(of_send);
  ets_filter_free(of_keys);
  ets_pool_free(pool);
  ets_session_free(session);
  return status == ETS_OK ? 0 : 1;
}
