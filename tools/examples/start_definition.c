/* Starts what a definition defines (Perform): a triggered send, a query activity, an import.
 *
 *   start_definition TriggeredSendDefinition|QueryDefinition|... CUSTOMERKEY
 */
#include <etsoap/etsoap.h>

#include <stdio.h>

int main(int argc, char **argv) {
  ets_session *session = NULL;
  ets_error error;
  ets_object response;
  if (argc != 3 || ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "start_definition: %s\n",
            argc == 3 ? error.message : "give the definition's type and CUSTOMERKEY");
    return argc == 3 ? 1 : 2;
  }
  ets_pool *pool = ets_pool_new();
  ets_object definition = ets_object_new(pool, argv[1]);
  ets_set(pool, definition, "CustomerKey", argv[2]);
  ets_status status = ets_pool_status(pool);
  if (status != ETS_OK)
    fprintf(stderr, "start_definition: %s\n", ets_pool_error(pool)->message);
  else if ((status = ets_perform(&response, session, "start", &definition, 1)) != ETS_OK)
    fprintf(stderr, "start_definition: %s\n", ets_session_error(session)->message);
  else if (puts("started") == EOF || fflush(stdout))
    fputs("start_definition: started, but cannot write to stdout\n", stderr);
  ets_pool_free(pool);
  ets_session_free(session);
  return status != ETS_OK ? 1 : ferror(stdout) ? 3 : 0;
}
