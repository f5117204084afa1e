/* ettrack retrieve: objects of any type. */
#include "columns.h"
#include "work.h"

#include <string.h>

struct plan {
  const char *object_type;
  struct columns columns;
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

int run_retrieve(struct ettrack *ettrack) {
  const struct options *options = &ettrack->options;
  const char *const none[] = {NULL};
  struct plan plan = {.object_type = options->operands[0]};
  struct work work = {
      .ettrack = ettrack, .data = &plan, .count = 1, .format = options->format, .run = run};
  int code = EXIT_CODE_USAGE;
  if (options->properties.count == 0) {
    complain("ettrack retrieve needs --properties A,B: ettrack describe %s names those that can "
             "be retrieved",
             plan.object_type);
    return code;
  }
  if (!read_where(&plan, options->where))
    goto cleanup;
  code = EXIT_CODE_FAILED;
  if (!columns_choose(&plan.columns, options, none, none)) {
    complain("out of memory");
    goto cleanup;
  }
  work.columns = plan.columns.items;
  work.column_count = plan.columns.count;
  code = work_run(&work);

cleanup:
  columns_free(&plan.columns);
  ets_filter_free(plan.where);
  return code;
}
