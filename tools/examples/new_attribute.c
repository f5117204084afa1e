/* Adds a text attribute to the account's subscribers (Configure).
 *
 *   new_attribute NAME
 */
#include <etsoap/etsoap.h>

#include <stdio.h>

int main(int argc, char **argv) {
  ets_session *session = NULL;
  ets_error error;
  ets_object response;
  if (argc != 2 || ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "new_attribute: %s\n", argc == 2 ? error.message : "give a NAME");
    return argc == 2 ? 1 : 2;
  }
  ets_pool *pool = ets_pool_new();
  ets_object attribute = ets_object_new(pool, "PropertyDefinition");
  ets_set(pool, attribute, "Name", argv[1]);
  ets_set(pool, attribute, "PropertyType", "string");
  ets_status status = ets_pool_status(pool);
  if (status != ETS_OK)
    fprintf(stderr, "new_attribute: %s\n", ets_pool_error(pool)->message);
  else if ((status = ets_configure(&response, session, "Create", &attribute, 1)) != ETS_OK)
    fprintf(stderr, "new_attribute: %s\n", ets_session_error(session)->message);
  else if (puts("added") == EOF || fflush(stdout))
    fputs("new_attribute: added, but cannot write to stdout\n", stderr);
  ets_pool_free(pool);
  ets_session_free(session);
  return status != ETS_OK ? 1 : ferror(stdout) ? 3 : 0;
}
