/* Sends one triggered message: trigger_send DEFINITIONKEY ADDRESS [ATTRIBUTE=VALUE...] */
#include <etsoap/etsoap.h>

#include <stdio.h>
#include <string.h>

static void add_attribute(ets_pool *pool, ets_object subscriber, char *pair) {
  ets_object attribute = ets_object_new(pool, "Attribute");
  size_t n = strcspn(pair, "=");
  ets_set(pool, attribute, "Value", pair[n] ? pair + n + 1 : "");
  pair[n] = '\0';
  ets_set(pool, attribute, "Name", pair);
  ets_set_object(pool, subscriber, "Attributes", attribute);
}

int main(int argc, char **argv) {
  ets_session *session;
  ets_batch_result result;
  ets_error error;
  if (argc < 3 || ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "trigger_send: %s\n", argc < 3 ? "give DEFINITIONKEY ADDRESS" : error.message);
    return argc < 3 ? 2 : 1;
  }
  ets_pool *pool = ets_pool_new();
  ets_object subscriber = ets_object_new(pool, "Subscriber");
  ets_set(pool, subscriber, "EmailAddress", argv[2]);
  ets_set(pool, subscriber, "SubscriberKey", argv[2]);
  for (int i = 3; i < argc; i++)
    add_attribute(pool, subscriber, argv[i]);
  ets_status status = ets_pool_status(pool);
  const ets_error *why = status == ETS_OK ? ets_session_error(session) : ets_pool_error(pool);
  if (status == ETS_OK)
    status = ets_trigger_send(&result, session, argv[1], &subscriber, 1, NULL);
  if (status != ETS_OK)
    fprintf(stderr, "trigger_send: %s\n", why->message);
  else if (puts(result.items[0].message) == EOF || fflush(stdout))
    fputs("trigger_send: sent, but cannot write to stdout\n", stderr);
  ets_pool_free(pool);
  ets_session_free(session);
  return status != ETS_OK ? 1 : ferror(stdout) ? 3 : 0;
}
