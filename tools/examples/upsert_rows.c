/* Adds or updates one row of a data extension.
 *
 *   upsert_rows EXTENSION KEYCOLUMN=VALUE COLUMN=VALUE...
 */
#include <etsoap/etsoap.h>

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
  ets_session *session = NULL;
  ets_error error;
  if (argc < 3 || ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "upsert_rows: %s\n", argc < 3 ? "give EXTENSION KEY=VALUE ..." : error.message);
    return argc < 3 ? 2 : 1;
  }
  ets_pool *pool = ets_pool_new();
  ets_object row = ets_object_new(pool, "DataExtensionObject");
  ets_set(pool, row, "CustomerKey", argv[1]);
  for (int i = 2; i < argc; i++) {
    char *value = strchr(argv[i], '=');
    if (!value)
      continue;
    *value++ = '\0';
    if (i == 2) {
      ets_set(pool, row, "Keys.Key[0].Name", argv[i]);
      ets_set(pool, row, "Keys.Key[0].Value", value);
    }
    ets_set(pool, row, argv[i], value);
  }
  ets_batch_options options = ETS_BATCH_OPTIONS_INIT;
  options.upsert = true;
  ets_batch_result result;
  ets_status status = ets_pool_status(pool);
  if (status != ETS_OK)
    fprintf(stderr, "upsert_rows: %s\n", ets_pool_error(pool)->message);
  else if ((status = ets_update(&result, session, &row, 1, &options)) != ETS_OK)
    fprintf(stderr, "upsert_rows: %s\n", ets_session_error(session)->message);
  else if (puts(result.items[0].message) == EOF || fflush(stdout))
    fputs("upsert_rows: done, but cannot write to stdout\n", stderr);
  ets_pool_free(pool);
  ets_session_free(session);
  return status != ETS_OK ? 1 : ferror(stdout) ? 3 : 0;
}
