/* The bytes are the body of a Retrieve's answer; every row is walked, copied and read by path, and
 * the same bytes go through what generated stubs read. The first byte says how large the pieces are
 * in which they arrive, 0 for all at once. */
#define _GNU_SOURCE /* memmem() */
#include "object/copy.h"
#include "wire/answer.h"
#include "harness/bytes.h"
#include "wire/plain.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Reads every byte of a value, so that the sanitizer sees one that is not there. */
static int read_value(void *context, const char *name, const ets_value *value) {
  size_t *total = context;
  char text[64];
  *total += strlen(name) + ets_value_format(value, text, sizeof text) + value->index + value->count;
  if (value->text)
    *total += strlen(value->text);
  for (size_t i = 0; value->kind == ETS_VALUE_BINARY && i < value->size; i++)
    *total += ((const unsigned char *)value->bytes)[i];
  return value->kind == ETS_VALUE_OBJECT && value->presence == ETS_PRESENT
             ? ets_object_walk(value->object, read_value, context)
             : 0;
}

/* What a row reads as, and its copy too. */
static void read_object(ets_object object) {
  struct ets_arena arena = {0};
  size_t read = 0, copied = 0;
  ets_path path = ets_path_of("Client.ID");
  ets_path_get(&path, object);
  ets_get_integer(object, "Link.TotalClicks", 0);
  ets_get_item(object, "PartnerProperties", 1);
  ets_object_walk(object, read_value, &read);
  ets_object_walk(ets_object_copy_into(&arena, object), read_value, &copied);
  if (read != copied)
    abort();
  ets_arena_free(&arena);
}

static ets_status read_rows(const struct ets_answer_source *source,
                            const struct ets_answer_request *request) {
  struct ets_answer *answer;
  ets_error error = {0};
  ets_object row;
  ets_status status = ets_answer_open(&answer, source, request, &error);
  bool fault = status == ETS_OK && ets_answer_fault(answer);
  while (status == ETS_OK && !fault && (status = ets_answer_next(answer, &row, &error)) == ETS_OK)
    read_object(row);
  if (status == ETS_END)
    read_object(ets_answer_response(answer));
  else if (!fault && !*error.message)
    abort();
  ets_answer_close(answer);
  return fault ? ETS_OK : status;
}

/* Whether the whole answer came through. */
static bool read_plain(const struct ets_answer_source *source,
                       const struct ets_answer_request *request) {
  struct ets_plain *plain;
  char buffer[100];
  size_t n;
  ets_error error = {0};
  if (ets_plain_open(&plain, source, request, &error) != ETS_OK)
    return false;
  while ((n = ets_plain_read(plain, buffer, sizeof buffer)) > 0)
    if (memchr(buffer, '\0', n))
      abort();
  bool whole = ets_plain_finish(plain, &error) == ETS_OK;
  ets_plain_close(plain);
  return whole;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  struct ets_arena arena = {0};
  struct bytes from = {(const char *)data + 1, size - 1, data[0]};
  struct bytes again = from;
  struct ets_answer_source source = {&from, read_bytes};
  struct ets_answer_request request = {.response = ets_type_find("RetrieveResponseMsg", 19),
                                       .items = "Results",
                                       .peer = "the fuzzer",
                                       .limits = {1 << 20, 1 << 14, 50, 100, 5000},
                                       .arena = &arena};
  ets_status status = read_rows(&source, &request);
  ets_arena_free(&arena);
  source.context = &again;
  bool whole = read_plain(&source, &request);
  /* Text may stand between elements in an xsd:any, which only the type table knows. */
  bool any = memmem(data, size, "AnyProperty", 11);
  if (!whole && !any && (status == ETS_END || status == ETS_OK))
    abort();
  return 0;
}
