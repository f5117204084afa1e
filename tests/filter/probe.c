/* filter_probe: what the library makes of filters, a line for each argument.
 *
 *   filter_probe read TEXT...
 *       as it prints again
 *   filter_probe check TYPE:TEXT...
 *       "good", of the object type, which may be empty
 *   filter_probe wire [--utc-offset=MINUTES] [--additional] TYPE:TEXT...
 *       the parts that go on the wire, see shape.h
 *
 * or, whichever it is, the error. */
#include "shape.h"

#include "filter/ast.h"
#include "filter/to_wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int utc_offset = -360;
static bool additional;

/* An error has to be one without a place to put it, too. */
static int refused(ets_status status, ets_status again, const ets_error *error) {
  if (status != ETS_E_USAGE || again != status || error->status != status) {
    printf("status %d, again %d, of the error %d\n", (int)status, (int)again, (int)error->status);
    return EXIT_FAILURE;
  }
  puts(error->message);
  return EXIT_SUCCESS;
}

static int show_read(const char *type, const ets_filter *filter) {
  (void)type;
  ets_error error;
  ets_filter *again = NULL;
  char *text = ets_filter_print(filter);
  if (!text || ets_filter_parse(&again, text, &error) != ETS_OK || !ets_filter_equal(filter, again))
    printf("reads back as another filter: ");
  puts(text ? text : "(nothing)");
  free(text);
  ets_filter_free(again);
  return EXIT_SUCCESS;
}

static int show_check(const char *type, const ets_filter *filter) {
  ets_error error;
  ets_status status = ets_filter_check(filter, type, &error);
  if (status != ETS_OK)
    return ets_filter_check(filter, NULL, NULL) == ETS_OK
               ? refused(status, ets_filter_check(filter, type, NULL), &error)
               : EXIT_FAILURE;
  puts("good");
  return EXIT_SUCCESS;
}

static int show_wire(const char *type, const ets_filter *filter) {
  ets_object part;
  ets_error error;
  ets_pool *pool = ets_pool_new();
  ets_status status = ets_filter_to_wire(&part, pool, filter, type, utc_offset, &error);
  int code = EXIT_SUCCESS;
  if (status != ETS_OK) {
    code = part.type
               ? EXIT_FAILURE
               : refused(status, ets_filter_to_wire(&part, pool, filter, type, utc_offset, NULL),
                         &error);
  } else {
    struct shape shape = {.length = 0};
    shape_of_part(&shape, part);
    puts(shape.text);
  }
  ets_pool_free(pool);
  return code;
}

static int show(const char *type, const char *text,
                int (*made)(const char *type, const ets_filter *filter)) {
  ets_error error;
  ets_filter *filter;
  ets_status status = ets_filter_parse(&filter, text, &error);
  if (status != ETS_OK)
    return filter ? EXIT_FAILURE : refused(status, ets_filter_parse(&filter, text, NULL), &error);
  ets_filter_use_additional_operands(filter, additional);
  int code = made(type, filter);
  ets_filter_free(filter);
  return code;
}

static int of_type(char *argument, int (*made)(const char *type, const ets_filter *filter)) {
  char *end = strchr(argument, ':');
  if (!end) {
    fprintf(stderr, "filter_probe: expected TYPE:TEXT, not %s\n", argument);
    return EXIT_FAILURE;
  }
  *end = '\0';
  return show(*argument ? argument : NULL, end + 1, made);
}

int main(int argc, char **argv) {
  int code = EXIT_SUCCESS;
  const char *command = argc > 1 ? argv[1] : "";
  for (int i = 2; i < argc && code == EXIT_SUCCESS; i++) {
    if (strncmp(argv[i], "--utc-offset=", 13) == 0)
      utc_offset = (int)strtol(argv[i] + 13, NULL, 10);
    else if (strcmp(argv[i], "--additional") == 0)
      additional = true;
    else if (strcmp(command, "read") == 0)
      code = show(NULL, argv[i], show_read);
    else if (strcmp(command, "check") == 0)
      code = of_type(argv[i], show_check);
    else if (strcmp(command, "wire") == 0)
      code = of_type(argv[i], show_wire);
    else
      code = EXIT_FAILURE;
  }
  return code;
}
