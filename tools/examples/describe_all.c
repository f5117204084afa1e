/* What the service says of object types: every property, what kind it is, whether it can be
 * retrieved.
 *
 *   describe_all OBJECTTYPE...
 */
#include <etsoap/etsoap.h>

#include <stdio.h>

int main(int argc, char **argv) {
  ets_session *session = NULL;
  ets_error error;
  ets_object response;
  char path[80];
  if (argc < 2 || ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "describe_all: %s\n", argc < 2 ? "give object types" : error.message);
    return argc < 2 ? 2 : 1;
  }
  ets_status status =
      ets_describe(&response, session, (const char *const *)argv + 1, (size_t)argc - 1);
  for (int type = 0; status == ETS_OK && type < argc - 1; type++)
    for (int i = 0;; i++) {
      snprintf(path, sizeof path, "ObjectDefinition[%d].Properties[%d]", type, i);
      ets_object property = ets_get(response, path).object;
      if (!property.type)
        break;
      printf("%s.%s %s%s\n", argv[type + 1], ets_get_text(property, "Name"),
             ets_get_text(property, "DataType"),
             ets_get_integer(property, "IsRetrievable", 0) ? " retrievable" : "");
    }
  if (status != ETS_OK || fflush(stdout) || ferror(stdout))
    fprintf(stderr, "describe_all: %s\n",
            status != ETS_OK ? ets_session_error(session)->message : "cannot write to stdout");
  ets_session_free(session);
  return status == ETS_OK && !ferror(stdout) ? 0 : 1;
}
