#include "probe.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static int print_property(void *context, const char *name, const ets_value *value) {
  int depth = *(int *)context;
  char text[4096];
  printf("%*s%s", 2 * depth, "", name);
  if (value->presence == ETS_NIL) {
    puts(" nil");
  } else if (value->presence == ETS_EMPTY) {
    puts(" empty");
  } else if (value->kind == ETS_VALUE_OBJECT) {
    printf(" %s\n", ets_object_type(value->object));
    int deeper = depth + 1;
    ets_object_walk(value->object, print_property, &deeper);
  } else {
    ets_value_format(value, text, sizeof text);
    printf(" = %s\n", text);
  }
  return 0;
}

void probe_object(ets_object object) {
  int depth = 1;
  puts(ets_object_type(object));
  ets_object_walk(object, print_property, &depth);
}

static void print_counters(const ets_counters *counters) {
  printf("requests %" PRIu64 " retries %" PRIu64 " pages %" PRIu64 " rows %" PRIu64
         " bytes %" PRIu64 "\n",
         counters->requests, counters->retries, counters->pages, counters->rows,
         counters->bytes_received);
}

int probe_report(ets_session *session, ets_status status, uint64_t rows) {
  if (getenv("PROBE_COUNTERS"))
    print_counters(ets_session_counters(session));
  if (status == ETS_END || status == ETS_OK) {
    printf("done, %" PRIu64 " rows\n", rows);
    return 0;
  }
  const ets_error *error = ets_session_error(session);
  printf("failed %s http %d code %d after %" PRIu64 " rows\n%s\n", ets_status_name(status),
         error->http_status, error->code, rows, error->message);
  return 1;
}
