/* ettrack compare: sends side by side. */
#include "common/program.h"
#include "ettrack/cli/choose.h"
#include "ettrack/columns/rates.h"
#include "ettrack/output/value.h"
#include "ettrack/sends/jobs.h"
#include "ettrack/sends/summary.h"

#include <stdlib.h>
#include <string.h>

/* A statistic a line, a send a column. */
struct plan {
  const int32_t *job_ids;
  size_t job_count;
  struct columns statistics;
  struct columns asked;   /* for them; NULL items: every one that the service returns */
  struct columns columns; /* "Statistic", then the JobIDs */
};

static const struct shown table[] = {{"Subject", 1},
                                     {"EmailName", 2},
                                     {"SentDate", 3},
                                     {"Status", 4},
                                     {"NumberTargeted", 5},
                                     {"NumberSent", 6},
                                     {"NumberDelivered", 7},
                                     {"DeliveryRate", 8},
                                     {"UniqueOpens", 9},
                                     {"OpenRate", 10},
                                     {"UniqueClicks", 11},
                                     {"ClickRate", 12},
                                     {"ClickToOpenRate", 13},
                                     {"HardBounces", 14},
                                     {"HardBounceRate", 15},
                                     {"SoftBounces", 16},
                                     {"SoftBounceRate", 17},
                                     {"OtherBounces", 18},
                                     {"OtherBounceRate", 19},
                                     {"BounceRate", 20},
                                     {"Unsubscribes", 21},
                                     {"UnsubscribeRate", 22},
                                     {NULL, 0}};

/* One line; false when no send has the statistic, or nobody wants more. */
static bool give_line(const struct plan *plan, struct copies *sends, const size_t *rows, size_t i,
                      ets_value *line, const struct taker *taker) {
  bool any = false;
  line[0] = value_of_text(plan->statistics.items[i]);
  for (size_t job = 0; job < plan->job_count; job++) {
    line[job + 1] = rows[job] < sends->rows ? copies_row(sends, rows[job])[i]
                                            : (ets_value){.presence = ETS_ABSENT};
    any = any || line[job + 1].presence != ETS_ABSENT;
  }
  return !any || taker->row(taker->context, "Send", line);
}

/* All sends first, since each line has something of each of them. */
static ets_status fetch(const struct work *work, size_t index, ets_session *session,
                        const struct taker *taker) {
  const struct plan *plan = work->data;
  bool chosen = work->service->options->properties.count > 0;
  struct copies sends;
  ets_status status = ETS_OK, failure = ETS_OK;
  (void)index;
  copies_init(&sends, plan->statistics.count);
  size_t *rows = calloc(plan->job_count, sizeof *rows);
  ets_value *line = calloc(plan->columns.count, sizeof *line);
  status = rows && line ? ETS_OK : ETS_E_NOMEM;
  for (size_t job = 0; job < plan->job_count && failure == ETS_OK && status == ETS_OK; job++) {
    rows[job] = sends.rows;
    failure = summary_fetch(&sends, work->service, session, plan->job_ids[job], &plan->statistics,
                            chosen ? &plan->asked : NULL);
  }
  bool more = status == ETS_OK && failure == ETS_OK;
  for (size_t i = 0; more && i < plan->statistics.count; i++)
    more = give_line(plan, &sends, rows, i, line, taker);
  free(line);
  free(rows);
  copies_free(&sends);
  return failure != ETS_OK ? failure : status;
}

static bool make_columns(struct plan *plan, const struct invocation *invocation) {
  const struct options *options = &invocation->options;
  if (!columns_choose(&plan->statistics, options, ets_send_properties(), table))
    return false;
  bool rates_too = !options->writer->for_people && options->properties.count == 0;
  if (rates_too && !rates_add(&plan->statistics))
    return false;
  if (!columns_asked(&plan->asked, &plan->statistics, options, "Send") ||
      !columns_add(&plan->columns, "Statistic", 0))
    return false;
  for (size_t i = 0; i < invocation->operands.count; i++)
    if (!columns_add(&plan->columns, invocation->operands.items[i], (int)i + 1))
      return false;
  return true;
}

static int run(const struct invocation *invocation, struct service *service) {
  int code = EXIT_FAILED;
  int32_t *job_ids = jobs_read(invocation, &code);
  if (!job_ids)
    return code;
  struct plan plan = {.job_ids = job_ids, .job_count = invocation->operands.count};
  struct work work = {.service = service,
                      .data = &plan,
                      .count = 1,
                      .writer = invocation->options.writer,
                      .columns = &plan.columns,
                      .blocks = true,
                      .run = fetch};
  if (!make_columns(&plan, invocation))
    complain("out of memory");
  else if (plan.columns.count != plan.job_count + 1) {
    complain("a JobID is named twice: ettrack compare sets different sends side by side");
    code = EXIT_USAGE;
  } else
    code = work_perform(&work);
  columns_free(&plan.columns);
  columns_free(&plan.asked);
  columns_free(&plan.statistics);
  free(job_ids);
  return code;
}

const struct command command_compare = {
    .name = "compare",
    .section = SECTION_SENDS,
    .operands = "JOBID JOBID...",
    .least = 2,
    .summary = "sends side by side, with their rates",
    .text =
        "A statistic a line, a send a column. Rates are in per cent; `ettrack send JOBID` says\n"
        "what of what. --properties chooses the statistics.\n",
    .examples =
        "  ettrack compare 12043295 12043164\n"
        "  ettrack compare 12043295 12043164 --properties OpenRate,ClickRate --format csv\n",
    .takes = OPTIONS_CALL | OPTIONS_ACCOUNTS | OPTIONS_COLUMNS | OPTIONS_DATES,
    .run = run};
