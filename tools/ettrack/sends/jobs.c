#include "ettrack/sends/jobs.h"

#include "common/program.h"
#include "ettrack/cli/choose.h"
#include "ettrack/cli/values.h"
#include "ettrack/columns/rates.h"
#include "ettrack/run/chosen.h"
#include "ettrack/run/pump.h"

#include <stdlib.h>
#include <string.h>

int32_t *jobs_read(const struct invocation *invocation, int *code) {
  const struct option_list *operands = &invocation->operands;
  int32_t *job_ids = calloc(operands->count, sizeof *job_ids);
  if (!job_ids) {
    complain("out of memory");
    *code = EXIT_FAILED;
    return NULL;
  }
  for (size_t i = 0; i < operands->count; i++)
    if (!value_job_id(&job_ids[i], operands->items[i])) {
      free(job_ids);
      *code = EXIT_USAGE;
      return NULL;
    }
  return job_ids;
}

ets_status job_confirm(ets_session *session, int32_t job_id, const ets_scope *scope) {
  ets_object send;
  return ets_send_summary(&send, session, job_id, scope);
}

const char *send_type(const struct work *work, size_t index) {
  (void)work;
  (void)index;
  return "Send";
}

struct plan {
  const struct job_parts *parts;
  const int32_t *job_ids;
  struct chosen chosen;
};

static ets_status run_job(const struct work *work, size_t index, ets_session *session,
                          const struct taker *taker) {
  const struct plan *plan = work->data;
  const ets_scope account = service_scope(work->service);
  const ets_scope scope = service_scope_of(work->service, &plan->chosen.asked);
  ets_cursor *cursor = NULL;
  uint64_t rows = 0;
  ets_status status = plan->parts->open(&cursor, session, plan->job_ids[index], &scope);
  status = pump(cursor, status, work->columns, taker, &rows);
  if (status == ETS_OK && rows == 0)
    status = job_confirm(session, plan->job_ids[index], &account);
  return status;
}

static const char *object_type(const struct work *work, size_t index) {
  const struct plan *plan = work->data;
  (void)index;
  return plan->parts->object_type;
}

int job_parts_run(const struct invocation *invocation, struct service *service,
                  const struct job_parts *parts, const char *by) {
  const struct options *options = &invocation->options;
  int code = EXIT_FAILED;
  int32_t *job_ids = jobs_read(invocation, &code);
  struct plan plan = {.parts = parts, .job_ids = job_ids};
  if (!job_ids)
    return code;
  struct work work = {.service = service,
                      .data = &plan,
                      .count = invocation->operands.count,
                      .writer = options->writer,
                      .columns = &plan.chosen.columns,
                      .object_type = object_type,
                      .run = run_job};
  struct order order = {.descending = true};
  struct columns *columns = &plan.chosen.columns;
  bool rates_too = rates_are_of(parts->object_type) && !options->writer->for_people &&
                   options->properties.count == 0;
  bool made = columns_choose(columns, options, parts->all(), parts->table) &&
              (!rates_too || rates_add(columns)) && (!by || order_by(&work, &order, columns, by)) &&
              columns_asked(&plan.chosen.asked, columns, options, parts->object_type);
  code = chosen_perform(&plan.chosen, made, &work);
  free(job_ids);
  return code;
}
