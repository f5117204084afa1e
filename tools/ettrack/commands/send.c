/* ettrack send: the summary of sends. */
#include "common/program.h"
#include "ettrack/cli/choose.h"
#include "ettrack/columns/rates.h"
#include "ettrack/run/chosen.h"
#include "ettrack/sends/counts.h"
#include "ettrack/sends/jobs.h"
#include "ettrack/sends/sheet.h"
#include "ettrack/sends/summary.h"

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
  struct chosen chosen; /* properties and rates, then the counts */
  size_t properties;
  bool counts; /* there are columns for them */
};

/* --- one send -------------------------------------------------------------------------------- */

static bool events_wanted(const struct plan *plan, const ets_value *values) {
  if (plan->own->counts)
    return true;
  for (size_t i = 0; i < plan->properties; i++)
    if (values[i].kind == ETS_VALUE_INTEGER && values[i].presence == ETS_PRESENT &&
        strcmp(plan->chosen.columns.items[i], "NumberSent") == 0)
      return values[i].integer <= COUNTED_UNASKED;
  return false;
}

static ets_status fetch(const struct work *work, size_t index, ets_session *session,
                        const struct taker *taker) {
  const struct plan *plan = work->data;
  const ets_scope scope = service_scope(work->service);
  const struct columns properties = {plan->chosen.columns.items, plan->chosen.columns.ranks,
                                     plan->properties};
  const int32_t job_id = plan->job_ids[index];
  bool chosen = work->service->options->properties.count > 0;
  struct copies copy;
  copies_init(&copy, plan->chosen.columns.count);
  ets_status status = summary_fetch(&copy, work->service, session, job_id, &properties,
                                    chosen ? &plan->chosen.asked : NULL);
  if (status == ETS_OK) {
    ets_value *row = copies_row(&copy, 0);
    if (plan->counts)
      status =
          counts_fetch(row + plan->properties, session, job_id, &scope, events_wanted(plan, row));
    taker->row(taker->context, "Send", row);
  }
  copies_free(&copy);
  return status;
}

/* --- the command ----------------------------------------------------------------------------- */

static bool make_columns(struct plan *plan, const struct options *options) {
  bool all = options->properties.count == 0;
  if (!(all ? columns_add_all(&plan->chosen.columns, ets_send_properties()) &&
                  rates_add(&plan->chosen.columns)
            : columns_choose(&plan->chosen.columns, options, NULL, NULL)) ||
      !columns_asked(&plan->chosen.asked, &plan->chosen.columns, options, "Send"))
    return false;
  plan->properties = plan->chosen.columns.count;
  plan->counts = plan->own->counts || (options->writer->for_people && !plan->own->no_counts && all);
  for (size_t i = 0; plan->counts && i < COUNTS_COLUMNS; i++)
    if (!columns_add(&plan->chosen.columns, counts_column(i), (int)plan->chosen.columns.count + 1))
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
                      .columns = &plan.chosen.columns,
                      .object_type = send_type,
                      .run = fetch};
  code = chosen_perform(&plan.chosen, make_columns(&plan, options), &work);
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
                "  ettrack send 12043295 12043164 --properties ID,Subject,NumberSent,UniqueOpens\n"
                "  ettrack send 12043295 --counts --format json\n",
    .takes = OPTIONS_RETRIEVAL | OPTIONS_JOBS,
    .own = own,
    .own_size = sizeof(struct own),
    .run = run};
