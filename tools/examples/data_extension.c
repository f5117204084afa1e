/* The rows of a data extension with all its fields, as CSV: data_extension NAME */
#include <etsoap/etsoap.h>

#include <stdio.h>

static ets_session *session;
static ets_pool *pool;

/* A text of each object whose property is `value`; how many there are, 0 after a failure. */
static size_t find(const char **texts, const char *type, const char *text, const char *property,
                   const char *value) {
  ets_filter *filter = ets_filter_equals(property, value);
  ets_retrieve request = {ETS_RETRIEVE_VERSION, type, &text, 1, filter, .batch_size = 0};
  ets_object *rows;
  size_t n;
  ets_status status = filter ? ets_fetch(&rows, &n, session, &request, pool, 500) : ETS_E_NOMEM;
  for (size_t i = 0; status == ETS_OK && i < n; i++)
    texts[i] = ets_get_text_or(rows[i], text, "");
  ets_filter_free(filter);
  return status == ETS_OK ? n : 0;
}

int main(int argc, char **argv) {
  const char *key[500] = {""}, *names[500];
  char type[256];
  ets_cursor *cursor = NULL;
  ets_error error;
  if (argc != 2 || ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "data_extension: %s\n", argc == 2 ? error.message : "give NAME");
    return argc == 2 ? 1 : 2;
  }
  pool = ets_pool_new();
  size_t n = find(key, "DataExtension", "CustomerKey", "Name", argv[1]);
  n = n ? find(names, "DataExtensionField", "Name", "DataExtension.CustomerKey", *key) : 0;
  snprintf(type, sizeof type, "DataExtensionObject[%s]", *key);
  ets_retrieve rows = {ETS_RETRIEVE_VERSION, type, names, n, .batch_size = 0};
  ets_rows_options csv = {ETS_ROWS_OPTIONS_VERSION, ETS_ROWS_CSV, names, n, false, 0};
  bool done = n > 0 && ets_cursor_open(&cursor, session, &rows) == ETS_OK &&
              ets_cursor_write(cursor, 1, &csv) == ETS_OK;
  if (!done)
    fprintf(stderr, "data_extension: no %s. %s\n", argv[1], ets_session_error(session)->message);
  ets_cursor_close(cursor);
  ets_pool_free(pool);
  ets_session_free(session);
  return done ? 0 : 1;
}
