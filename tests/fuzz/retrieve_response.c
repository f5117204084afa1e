/* The bytes are the HTTP answer of a Retrieve; every row is walked, copied and read by path. The
 * first byte says how large the pieces are in which they arrive. */
#include "../robust/canned.h"

#include <etsoap/etsoap.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Reads every byte of a value, so that the sanitizer sees one that is not there. */
static int read_value(void *context, const char *name, const ets_value *value) {
  size_t *total = context;
  char text[64];
  *total += strlen(name) + ets_value_format(value, text, sizeof text);
  if (value->text)
    *total += strlen(value->text);
  for (size_t i = 0; value->kind == ETS_VALUE_BINARY && i < value->size; i++)
    *total += ((const unsigned char *)value->bytes)[i];
  return value->kind == ETS_VALUE_OBJECT && value->presence == ETS_PRESENT
             ? ets_object_walk(value->object, read_value, context)
             : 0;
}

static void read_rows(ets_session *session) {
  static const char *const properties[] = {"ID"};
  ets_retrieve request = ETS_RETRIEVE_INIT;
  request.object_type = "Send";
  request.properties = properties;
  request.property_count = 1;
  ets_cursor *cursor;
  ets_object row;
  size_t copied = 0, read = 0;
  ets_path path = ets_path_of("Client.ID");
  ets_pool *pool = ets_pool_new();
  ets_status status = ets_cursor_open(&cursor, session, &request);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    ets_path_get(&path, row);
    ets_get_integer(row, "Link.TotalClicks", 0);
    ets_object_walk(row, read_value, &read);
    ets_object_walk(ets_object_copy(pool, row), read_value, &copied);
  }
  ets_cursor_close(cursor);
  if (ets_pool_status(pool) == ETS_OK && read != copied)
    abort();
  if (status != ETS_END && !*ets_session_error(session)->message)
    abort();
  ets_pool_free(pool);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  ets_session *session;
  ets_session_options options = ETS_SESSION_OPTIONS_INIT;
  options.endpoint = "http://127.0.0.1:1/Service.asmx";
  options.retry.tries = 1;
  if (size == 0 || ets_session_new(&session, &options, NULL) != ETS_OK)
    return 0;
  /* The same answer for each page: one that says MoreDataAvailable is asked for four times. */
  const char *answer = (const char *)data + 1;
  struct canned canned = {.answers = {answer, answer, answer, answer},
                          .sizes = {size - 1, size - 1, size - 1, size - 1},
                          .count = 4,
                          .piece = data[0]};
  canned_install(session, &canned);
  if (ets_auth_token(session, "token") == ETS_OK)
    read_rows(session);
  ets_session_free(session);
  return 0;
}
