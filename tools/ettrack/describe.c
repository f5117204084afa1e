/* ettrack describe and ettrack status: what the service says about its objects and itself. */
#include "columns.h"
#include "work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static ets_value text_of(const char *text) {
  return (ets_value){
      .presence = text && *text ? ETS_PRESENT : ETS_ABSENT, .kind = ETS_VALUE_TEXT, .text = text};
}

/* --- describe -------------------------------------------------------------------------------- */

static const char *const describe_columns[] = {
    "ObjectType", "Name",          "DataType",     "MinLength",   "MaxLength",   "Precision",
    "Scale",      "IsRetrievable", "IsFilterable", "IsCreatable", "IsUpdatable", "IsRequired",
    "IsNillable", "DefaultValue",  "Description",  NULL};
static const char *const describe_table[] = {
    "ObjectType",    "Name",        "DataType",   "MaxLength",
    "IsRetrievable", "IsUpdatable", "IsRequired", NULL};

static bool take_property(const struct work *work, const char *object_type, ets_object property,
                          ets_value *values, struct taker *taker) {
  for (size_t i = 0; i < work->column_count; i++)
    values[i] = strcmp(work->columns[i], "ObjectType") == 0 ? text_of(object_type)
                                                            : ets_get(property, work->columns[i]);
  return taker->row(taker, ets_object_kind(property), values);
}

static ets_status run_describe_work(const struct work *work, size_t index, ets_session *session,
                                    struct taker *taker) {
  const char *object_type = work->ettrack->options.operands[index];
  ets_object response;
  ets_value *values = calloc(work->column_count, sizeof *values);
  ets_status status = values ? ets_describe(&response, session, &object_type, 1) : ETS_E_NOMEM;
  bool more = status == ETS_OK;
  for (size_t i = 0; more; i++) {
    char path[64];
    snprintf(path, sizeof path, "ObjectDefinition[0].Properties[%zu]", i);
    ets_value property = ets_get(response, path);
    more = property.presence == ETS_PRESENT &&
           take_property(work, object_type, property.object, values, taker);
  }
  free(values);
  return status;
}

int run_describe(struct ettrack *ettrack) {
  const struct options *options = &ettrack->options;
  struct columns columns = {NULL, 0};
  struct work work = {.ettrack = ettrack,
                      .count = options->operand_count,
                      .format = options->format,
                      .run = run_describe_work};
  int code = EXIT_CODE_FAILED;
  if (columns_choose(&columns, options, describe_columns, describe_table)) {
    work.columns = columns.items;
    work.column_count = columns.count;
    code = work_run(&work);
  } else {
    complain("out of memory");
  }
  columns_free(&columns);
  return code;
}

/* --- status ---------------------------------------------------------------------------------- */

static const char *const status_columns[] = {"SystemStatus", "StatusCode", "StatusMessage"};

enum { STATUS_COLUMNS = sizeof status_columns / sizeof *status_columns };

static ets_status run_status_work(const struct work *work, size_t index, ets_session *session,
                                  struct taker *taker) {
  bool *up = *(bool *const *)work->data;
  ets_object response;
  ets_value values[STATUS_COLUMNS];
  (void)index;
  ets_status status = ets_system_status(&response, session);
  if (status != ETS_OK)
    return status;
  ets_value result = ets_get(response, "Results.Result[0]");
  for (size_t i = 0; i < STATUS_COLUMNS; i++)
    values[i] = ets_get(result.object, status_columns[i]);
  *up = values[0].presence == ETS_PRESENT && strcmp(values[0].text, "OK") == 0;
  taker->row(taker, "SystemStatusResult", values);
  return ETS_OK;
}

/* Exit code 0 means that the service is up. */
int run_status(struct ettrack *ettrack) {
  bool up = false, *result = &up;
  struct work work = {.ettrack = ettrack,
                      .data = &result,
                      .count = 1,
                      .format = ettrack->options.format,
                      .columns = status_columns,
                      .column_count = STATUS_COLUMNS,
                      .run = run_status_work};
  int code = work_run(&work);
  return code == EXIT_CODE_DONE && !up ? EXIT_CODE_FAILED : code;
}
