/* ettrack send: the summary of sends. */
#include "common/program.h"
#include "ettrack/output/copies.h"
#include "ettrack/sends/counts.h"
#include "ettrack/sends/jobs.h"
#include "ettrack/sends/sheet.h"

#include <stdlib.h>
#include <string.h>

/* Up to so many messages a table counts the events without being asked. */
enum { COUNTED_UNASKED = 25000 };

struct own {
  bool counts;
  bool no_counts;
};

struct plan {
  const struct own *own;
  const int32_t *job_ids;
  struct columns columns; /* properties, then the counts */
  size_t properties;
  bool counts; /* there are columns for them */
};

/* --- one send -------------------------------------------------------------------------------- */

/* Properties of the user's choice are a Retrieve of their own, with the same filter. */
static ets_status fetch_chosen(ets_object *send, ets_session *session, const struct work *work,
                               int32_t job_id) {
  const struct plan *plan = work->data;
  const struct columns asked = {plan->columns.items, plan->properties};
  ets_retrieve request = service_retrieve(work->service, "Send", &asked);
  ets_cursor *cursor = NULL;
  ets_filter *filter = ets_filter_equals_integer("ID", job_id);
  request.filter = filter;
  ets_status status = filter ? ets_cursor_open(&cursor, session, &request) : ETS_E_NOMEM;
  ets_filter_free(filter);
  if (status == ETS_OK)
    status = ets_cursor_next(cursor, send);
  if (status == ETS_OK)
    ets_cursor_keep(cursor);
  ets_cursor_close(cursor);
  return status;
}

static ets_status fetch_send(ets_object *send, ets_session *session, const struct work *work,
                             int32_t job_id, const ets_scope *scope) {
  ets_status status = work->service->options->properties.count > 0
                          ? fetch_chosen(send, session, work, job_id)
                          : ETS_END;
  return status == ETS_END ? ets_send_summary(send, session, job_id, scope) : status;
}

static bool events_wanted(const struct plan *plan, const ets_value *values) {
  if (plan->own->counts)
    return true;
  for (size_t i = 0; i < plan->properties; i++)
    if (values[i].kind == ETS_VALUE_INTEGER && values[i].presence == ETS_PRESENT &&
        strcmp(plan->columns.items[i], "NumberSent") == 0)
      return values[i].integer <= COUNTED_UNASKED;
  return false;
}

/* The copy of the summary outlives the calls that count. */
static ets_status fetch(const struct work *work, size_t index, ets_session *session,
                        const struct taker *taker) {
  const struct plan *plan = work->data;
  const ets_scope scope = service_scope(work->service);
  const int32_t job_id = plan->job_ids[index];
  struct copies copy;
  ets_object send;
  copies_init(&copy, plan->columns.count);
  ets_value *values = calloc(plan->columns.count, sizeof *values);
  ets_status status = values ? fetch_send(&send, session, work, job_id, &scope) : ETS_E_NOMEM;
  for (size_t i = 0; status == ETS_OK && i < plan->properties; i++)
    values[i] = ets_get(send, plan->columns.items[i]);
  if (status == ETS_OK && !copies_add(&copy, "Send", values))
    status = ETS_E_NOMEM;
  if (status == ETS_OK) {
    ets_value *row = copies_row(&copy, 0);
    if (plan->counts)
      status =
          counts_fetch(row + plan->properties, session, job_id, &scope, events_wanted(plan, row));
    taker->row(taker->context, "Send", row);
  }
  free(values);
  copies_free(&copy);
  return status;
}

/* --- the command ----------------------------------------------------------------------------- */

static bool make_columns(struct plan *plan, const struct options *options) {
  if (!columns_choose(&plan->columns, options, ets_send_properties(), ets_send_properties()))
    return false;
  plan->properties = plan->columns.count;
  plan->counts = plan->own->counts || (options->writer->for_people && !plan->own->no_counts &&
                                       options->properties.count == 0);
  for (size_t i = 0; plan->counts && i < COUNTS_COLUMNS; i++)
    if (!columns_add(&plan->columns, counts_column(i)))
      return false;
  return true;
}

static int run(const struct invocation *invocation, struct service *service) {
  const struct options *options = &invocation->options;
  struct plan plan = {.own = invocation->own};
  int code = EXIT_FAILED;
  if (plan.own->counts && plan.own->no_counts) {
    complain("--counts and --no-counts exclude each other");
    return EXIT_USAGE;
  }
  int32_t *job_ids = jobs_read(invocation, &code);
  if (!job_ids)
    return code;
  plan.job_ids = job_ids;
  bool sheet = options->writer->for_people && options->properties.count == 0;
  struct work work = {.service = service,
                      .data = &plan,
                      .count = invocation->operands.count,
                      .writer = sheet ? &writer_sheet : options->writer,
                      .columns = &plan.columns,
                      .run = fetch};
  if (make_columns(&plan, options))
    code = work_perform(&work);
  else
    complain("out of memory");
  columns_free(&plan.columns);
  free(job_ids);
  return code;
}

static const struct option own[] = {
    OPTION_ROW_FLAG("counts", 0, struct own, counts, "count links and events, by reading them all"),
    OPTION_ROW_FLAG("no-counts", 0, struct own, no_counts, "count neither"), OPTION_ROW_END};

const struct command command_send = {
    .name = "send",
    .section = SECTION_SENDS,
    .operands = "JOBID...",
    .least = 1,
    .summary = "the summary of a send: every statistic of it",
    .text =
        "JOBID is the number that the send call returned. A table also counts links and events,\n"
        "which the service leaves out of a summary; events are read one by one for that when the\n"
        "send went to 25,000 addresses or fewer, or with --counts. Other formats count with\n"
        "--counts only. With --properties a table has one line for each send.\n",
    .examples = "  ettrack send 12043295\n"
                "  ettrack send 12043295 12043288 --properties ID,Subject,NumberSent,UniqueOpens\n"
                "  ettrack send 12043295 --counts --format json\n",
    .takes = OPTIONS_RETRIEVAL | OPTIONS_JOBS,
    .own = own,
    .own_size = sizeof(struct own),
    .run = run};
