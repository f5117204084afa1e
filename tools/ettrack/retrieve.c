/* ettrack retrieve: objects of any type. */
#include "batch.h"
#include "columns.h"
#include "work.h"

#include <stdio.h>
#include <string.h>

struct plan {
  const char *object_type;
  struct columns columns;
  struct batch names; /* of columns that the service named */
  ets_filter *where;
};

static ets_status run(const struct work *work, size_t index, ets_session *session,
                      struct taker *taker) {
  const struct plan *plan = work->data;
  const ets_scope scope = scope_of(&work->ettrack->options);
  ets_retrieve request = ETS_RETRIEVE_INIT;
  ets_cursor *cursor = NULL;
  (void)index;
  request.object_type = plan->object_type;
  request.properties = plan->columns.items;
  request.property_count = plan->columns.count;
  request.filter = plan->where;
  request.batch_size = scope.batch_size;
  request.client_ids = scope.client_ids;
  request.client_id_count = scope.client_id_count;
  request.all_accounts = scope.all_accounts;
  ets_status status = ets_cursor_open(&cursor, session, &request);
  return work_pump(work, cursor, status, taker, NULL);
}

static bool read_where(struct plan *plan, const char *text) {
  ets_error error;
  if (!text)
    return true;
  ets_status status = ets_filter_parse(&plan->where, text, &error);
  if (status == ETS_OK)
    status = ets_filter_check(plan->where, plan->object_type, &error);
  if (status != ETS_OK)
    complain("--where: %s", error.message);
  return status == ETS_OK;
}

/* --- without --properties -------------------------------------------------------------------- */

static bool take_name(struct plan *plan, ets_object property) {
  ets_value name = ets_get(property, "Name");
  if (name.presence != ETS_PRESENT || ets_get_integer(property, "IsRetrievable", 0) != 1)
    return true;
  return batch_add(&plan->names, "", &name) &&
         columns_add(&plan->columns, batch_row(&plan->names, plan->names.rows - 1)->text);
}

/* All properties that the service says can be retrieved. */
static ets_status ask_for_names(struct plan *plan, ets_session *session, ets_error *error) {
  ets_object response;
  ets_status status = ets_describe(&response, session, &plan->object_type, 1);
  *error = *ets_session_error(session);
  for (size_t i = 0; status == ETS_OK; i++) {
    char path[64];
    snprintf(path, sizeof path, "ObjectDefinition[0].Properties[%zu]", i);
    ets_value property = ets_get(response, path);
    if (property.presence != ETS_PRESENT)
      break;
    if (!take_name(plan, property.object))
      status = ets_error_set(error, ETS_E_NOMEM, "out of memory");
  }
  if (status == ETS_OK && plan->columns.count == 0)
    status =
        ets_error_set(error, ETS_E_NOT_FOUND, "nothing of %s can be retrieved", plan->object_type);
  return status;
}

static int describe_columns(struct plan *plan, struct ettrack *ettrack) {
  ets_session *session = NULL;
  ets_error error;
  if (strchr(plan->object_type, '[')) {
    complain("the service does not describe the columns of %s: name them with --properties",
             plan->object_type);
    return EXIT_CODE_USAGE;
  }
  ets_status status = session_open(&session, ettrack, 0, &error);
  if (status == ETS_OK)
    status = ask_for_names(plan, session, &error);
  session_close(session, ettrack);
  if (status == ETS_OK)
    return EXIT_CODE_DONE;
  complain("%s", error.message);
  return status == ETS_E_USAGE ? EXIT_CODE_USAGE : EXIT_CODE_FAILED;
}

/* --- the command ----------------------------------------------------------------------------- */

int run_retrieve(struct ettrack *ettrack) {
  const struct options *options = &ettrack->options;
  const char *const none[] = {NULL};
  struct plan plan = {.object_type = options->operands[0]};
  struct work work = {
      .ettrack = ettrack, .data = &plan, .count = 1, .format = options->format, .run = run};
  int code = EXIT_CODE_USAGE;
  batch_init(&plan.names, 1);
  if (!read_where(&plan, options->where))
    goto cleanup;
  code = EXIT_CODE_FAILED;
  if (!columns_choose(&plan.columns, options, none, none)) {
    complain("out of memory");
    goto cleanup;
  }
  if (plan.columns.count == 0 && (code = describe_columns(&plan, ettrack)) != EXIT_CODE_DONE)
    goto cleanup;
  work.columns = plan.columns.items;
  work.column_count = plan.columns.count;
  code = work_run(&work);

cleanup:
  columns_free(&plan.columns);
  batch_free(&plan.names);
  ets_filter_free(plan.where);
  return code;
}
