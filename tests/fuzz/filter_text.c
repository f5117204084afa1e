/* Any text is read as a filter or refused with a message of one line; what is read prints as text
 * that reads back to an equal filter, copies, can be turned round, and is checked and made into
 * wire parts for one object type or another without harm. The first byte chooses the type. */
#include "filter/ast.h"
#include "filter/to_wire.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
  if (!holds)
    abort();
}

static void check_message(const ets_error *error) {
  size_t length = strlen(error->message);
  require(length > 0 && ets_text_valid(error->message) == length);
  require(!strpbrk(error->message, "\r\n\t"));
}

static void check_print(const ets_filter *filter) {
  ets_filter *again;
  char *text = ets_filter_print(filter);
  require(text != NULL);
  require(ets_filter_parse(&again, text, NULL) == ETS_OK);
  require(ets_filter_equal(again, filter));
  ets_filter_free(again);
  free(text);
}

static void check_negation(const ets_filter *filter) {
  ets_filter *negated = ets_filter_negate(ets_filter_copy(filter));
  require(negated != NULL);
  if (ets_filter_check(negated, NULL, NULL) == ETS_OK)
    require(!ets_filter_equal(negated, filter));
  ets_filter_free(negated);
}

static void check_wire(const ets_filter *filter, const char *object_type) {
  ets_object part;
  ets_error error = {0};
  ets_pool *pool = ets_pool_new();
  require(pool != NULL);
  ets_status status = ets_filter_to_wire(&part, pool, filter, object_type, -360, &error);
  require((status == ETS_OK) == (part.type != NULL));
  if (status != ETS_OK)
    check_message(&error);
  ets_pool_free(pool);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const types[] = {"SentEvent", "Send", "DataExtensionObject[x]", "Unknown",
                                      "TriggeredSendSummary"};
  char *text = malloc(size + 1);
  if (!text || size == 0) {
    free(text);
    return 0;
  }
  memcpy(text, data + 1, size - 1);
  text[size - 1] = '\0';
  ets_filter *filter;
  ets_error error = {0};
  if (ets_filter_parse(&filter, text, &error) == ETS_OK) {
    check_print(filter);
    check_negation(filter);
    check_wire(filter, types[*data % (sizeof types / sizeof *types)]);
  } else {
    require(filter == NULL);
    check_message(&error);
  }
  ets_filter_free(filter);
  free(text);
  return 0;
}
