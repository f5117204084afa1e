/* Makes one call as its arguments say and prints what came of it, for the wire cases:
 *
 *   probe retrieve TYPE PROPERTY,... [where TEXT] [batch N] [mid N]... [all] [keep] [first N]
 *   probe summary JOBID
 *
 * ETSOAP_ENDPOINT and the credentials come from the environment, and so do PROBE_TIMEOUT (seconds)
 * and PROBE_TRIES (1 unless given). */
#include <etsoap/etsoap.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int print_property(void *context, const char *name, const ets_value *value) {
  int depth = *(int *)context;
  char text[4096];
  printf("%*s%s", 2 * depth, "", name);
  if (value->presence == ETS_NIL) {
    puts(" nil");
  } else if (value->presence == ETS_EMPTY) {
    puts(" empty");
  } else if (value->kind == ETS_VALUE_OBJECT) {
    printf(" %s\n", ets_object_kind(value->object));
    int deeper = depth + 1;
    ets_object_walk(value->object, print_property, &deeper);
  } else {
    ets_value_format(value, text, sizeof text);
    printf(" = %s\n", text);
  }
  return 0;
}

static void print_object(ets_object object) {
  int depth = 1;
  puts(ets_object_kind(object));
  ets_object_walk(object, print_property, &depth);
}

static int report(ets_session *session, ets_status status, uint64_t rows) {
  if (status == ETS_END || status == ETS_OK) {
    printf("done, %" PRIu64 " rows\n", rows);
    return 0;
  }
  const ets_error *error = ets_session_error(session);
  printf("failed %s http %d code %d after %" PRIu64 " rows\n%s\n", ets_status_name(status),
         error->http_status, error->code, rows, error->message);
  return 1;
}

/* Splits a comma list in place. */
static size_t split(char *list, const char **parts, size_t room) {
  size_t n = 0;
  for (char *at = list; at && n < room; n++) {
    parts[n] = at;
    at = strchr(at, ',');
    if (at)
      *at++ = '\0';
  }
  return n;
}

static int retrieve(ets_session *session, int argc, char **argv) {
  ets_retrieve request = ETS_RETRIEVE_INIT;
  const char *properties[64];
  int32_t mids[8];
  ets_filter *filter = NULL;
  ets_error error;
  uint64_t limit = UINT64_MAX;
  request.object_type = argv[0];
  request.properties = properties;
  request.property_count = split(argv[1], properties, 64);
  request.client_ids = mids;
  for (int i = 2; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "all") == 0) {
      request.all_accounts = true;
      continue;
    }
    if (strcmp(argv[i], "where") == 0) {
      if (ets_filter_parse(&filter, value, &error) != ETS_OK) {
        printf("failed %s\n%s\n", ets_status_name(error.status), error.message);
        return 1;
      }
    } else if (strcmp(argv[i], "batch") == 0) {
      request.batch_size = (int)strtol(value, NULL, 10);
    } else if (strcmp(argv[i], "mid") == 0) {
      mids[request.client_id_count++] = (int32_t)strtol(value, NULL, 10);
    } else if (strcmp(argv[i], "first") == 0) {
      limit = strtoull(value, NULL, 10);
    }
    i++;
  }
  request.filter = filter;
  ets_cursor *cursor;
  ets_object row;
  uint64_t rows = 0;
  ets_status status = ets_cursor_open(&cursor, session, &request);
  while (status == ETS_OK && rows < limit && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    print_object(row);
    rows++;
  }
  ets_cursor_close(cursor);
  ets_filter_free(filter);
  return report(session, status, rows);
}

static int summary(ets_session *session, const char *job_id) {
  ets_object send;
  ets_status status = ets_send_summary(&send, session, (int32_t)strtol(job_id, NULL, 10), NULL);
  if (status == ETS_OK)
    print_object(send);
  return report(session, status, status == ETS_OK);
}

int main(int argc, char **argv) {
  ets_session *session;
  ets_error error;
  ets_settings *settings = NULL;
  ets_session_options options = ETS_SESSION_OPTIONS_INIT;
  const char *timeout = getenv("PROBE_TIMEOUT");
  if (timeout)
    options.receive_timeout = (int)strtol(timeout, NULL, 10);
  const char *tries = getenv("PROBE_TRIES");
  options.retry.tries = tries ? (int)strtol(tries, NULL, 10) : 1;
  options.retry.first_delay = 10;
  if (argc < 3) {
    fputs("usage: probe retrieve TYPE PROPERTIES ... | summary JOBID\n", stderr);
    return 2;
  }
  if (ets_settings_new(&settings) != ETS_OK ||
      ets_settings_environment(settings, &error) != ETS_OK ||
      ets_settings_session(&session, settings, &options, &error) != ETS_OK) {
    printf("failed %s\n%s\n", ets_status_name(error.status), error.message);
    ets_settings_free(settings);
    return 1;
  }
  ets_settings_free(settings);
  int result = strcmp(argv[1], "summary") == 0 ? summary(session, argv[2])
                                               : retrieve(session, argc - 2, argv + 2);
  ets_session_free(session);
  return result;
}
