/* ettrack describe: what the service says about its objects. */
#include "common/program.h"
#include "ettrack/cli/choose.h"
#include "ettrack/cli/command.h"
#include "ettrack/output/value.h"
#include "ettrack/run/work.h"

#include <stdlib.h>
#include <string.h>

static const char *const all[] = {"ObjectType",   "Name",         "DataType",    "MinLength",
                                  "MaxLength",    "Precision",    "Scale",       "IsRetrievable",
                                  "IsFilterable", "IsCreatable",  "IsUpdatable", "IsRequired",
                                  "IsNillable",   "DefaultValue", "Description", NULL};
static const struct shown table[] = {{"ObjectType", 8},
                                     {"Name", 1},
                                     {"DataType", 2},
                                     {"MaxLength", 5},
                                     {"IsRetrievable", 3},
                                     {"IsUpdatable", 4},
                                     {"IsRequired", 6},
                                     {"IsFilterable", COLUMN_WHEN_WIDE},
                                     {"IsCreatable", COLUMN_WHEN_WIDE + 1},
                                     {"IsNillable", COLUMN_WHEN_WIDE + 2},
                                     {"DefaultValue", COLUMN_WHEN_WIDE + 3},
                                     {"Description", COLUMN_WHEN_WIDE + 4},
                                     {NULL, 0}};

static bool take_property(const struct work *work, const char *object_type, ets_object property,
                          ets_value *values, const struct taker *taker) {
  for (size_t i = 0; i < work->columns->count; i++)
    values[i] = strcmp(work->columns->items[i], "ObjectType") == 0
                    ? value_of_text(object_type)
                    : ets_get(property, work->columns->items[i]);
  return taker->row(taker->context, ets_object_type(property), values);
}

static ets_status describe(const struct work *work, size_t index, ets_session *session,
                           const struct taker *taker) {
  const struct option_list *types = work->data;
  const char *object_type = types->items[index];
  ets_object response;
  ets_value *values = calloc(work->columns->count, sizeof *values);
  ets_status status = values ? ets_describe(&response, session, &object_type, 1) : ETS_E_NOMEM;
  bool more = status == ETS_OK;
  for (size_t i = 0; more; i++) {
    ets_object property = ets_get_object(response, "ObjectDefinition.Properties", i);
    more = property.type && take_property(work, object_type, property, values, taker);
  }
  free(values);
  return status;
}

static int run(const struct invocation *invocation, struct service *service) {
  const struct options *options = &invocation->options;
  struct option_list operands = invocation->operands;
  struct columns columns = {NULL, NULL, 0};
  struct work work = {.service = service,
                      .data = &operands,
                      .count = invocation->operands.count,
                      .writer = options->writer,
                      .columns = &columns,
                      .run = describe};
  int code = EXIT_FAILED;
  if (columns_choose(&columns, options, all, table))
    code = work_perform(&work);
  else
    complain("out of memory");
  columns_free(&columns);
  return code;
}

const struct command command_describe = {.name = "describe",
                                         .section = SECTION_OBJECTS,
                                         .operands = "OBJECTTYPE...",
                                         .least = 1,
                                         .summary = "the properties of object types",
                                         .text = "",
                                         .examples =
                                             "  ettrack describe SentEvent\n"
                                             "  ettrack describe Send LinkSend --format csv\n",
                                         .takes = OPTIONS_CALL | OPTIONS_COLUMNS,
                                         .run = run};
