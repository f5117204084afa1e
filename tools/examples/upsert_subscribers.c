/* Adds or updates 120 subscribers and reports what became of each: upsert_subscribers DOMAIN */
#include <etsoap/etsoap.h>

#include <stdio.h>

enum { COUNT = 120 };

static ets_object new_subscriber(ets_pool *pool, int number, const char *domain) {
  ets_object subscriber = ets_object_new(pool, "Subscriber");
  char text[256];
  snprintf(text, sizeof text, "reader-%03d", number);
  ets_set(pool, subscriber, "SubscriberKey", text);
  snprintf(text, sizeof text, "reader-%03d@%s", number, domain);
  ets_set(pool, subscriber, "EmailAddress", text);
  return subscriber;
}

int main(int argc, char **argv) {
  ets_session *session;
  ets_object subscribers[COUNT];
  ets_batch_result result = {0};
  ets_error error;
  if (argc != 2 || ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "upsert_subscribers: %s\n", argc == 2 ? error.message : "give DOMAIN");
    return argc == 2 ? 1 : 2;
  }
  ets_pool *pool = ets_pool_new();
  for (int i = 0; i < COUNT; i++)
    subscribers[i] = new_subscriber(pool, i + 1, argv[1]);
  ets_status status = ets_pool_status(pool);
  const ets_error *why = status == ETS_OK ? ets_session_error(session) : ets_pool_error(pool);
  if (status == ETS_OK)
    status = ets_upsert(&result, session, subscribers, COUNT, NULL);
  for (size_t i = 0; i < result.count; i++)
    printf("%s\t%s\t%s\n", ets_get_text_or(subscribers[i], "SubscriberKey", ""),
           ets_status_name(result.items[i].status), result.items[i].message);
  if (status != ETS_OK)
    fprintf(stderr, "upsert_subscribers: %s\n", why->message);
  if (fflush(stdout) || ferror(stdout))
    fputs("upsert_subscribers: cannot write to stdout what became of each\n", stderr);
  ets_pool_free(pool);
  ets_session_free(session);
  return status == ETS_E_PARTIAL ? 3 : status != ETS_OK ? 1 : ferror(stdout) ? 3 : 0;
}
