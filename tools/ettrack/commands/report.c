/* ettrack report: what became of a send, for people who decide. */
#include "common/program.h"
#include "ettrack/cli/choose.h"
#include "ettrack/cli/command.h"
#include "ettrack/output/output.h"
#include "ettrack/report/figures.h"
#include "ettrack/report/html.h"
#include "ettrack/report/text.h"
#include "ettrack/run/progress.h"
#include "ettrack/run/work.h"
#include "ettrack/sends/jobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOP = 10 };

struct own {
  const char *html, *by;
  uint64_t top;
  bool compare, domains;
};

struct plan {
  const struct own *own;
  ets_report_query query;
  size_t top;
  struct buffer page; /* what people get */
};

static int ranks[] = {0, 1, 2, 3, 4, 5};

/* --- for people: the page alone -------------------------------------------------------------- */

static bool page_begin(struct output *output) {
  (void)output;
  return true;
}

static void page_row(struct output *output, const char *type, const ets_value *values) {
  (void)output;
  (void)type;
  (void)values;
}

static void page_end(struct output *output, bool complete) {
  (void)output;
  (void)complete;
}

static const struct writer writer_page = {true, page_begin, page_row, NULL, page_end};

/* --- the command ----------------------------------------------------------------------------- */

static void show_progress(void *context, uint64_t rows) {
  (void)context;
  progress_rows(rows);
}

/* The page is one row, which the writer of pages leaves out. */
static void give_page(const struct taker *taker) {
  ets_value values[FIGURES_COLUMNS] = {{.presence = ETS_ABSENT}};
  taker->row(taker->context, "Report", values);
}

static ets_status fetch(const struct work *work, size_t index, ets_session *session,
                        const struct taker *taker) {
  struct plan *plan = work->data;
  const struct options *options = work->service->options;
  const ets_scope scope = service_scope(work->service);
  ets_report *report;
  (void)index;
  ets_status status = ets_report_read(&report, session, &plan->query, &scope);
  if (status != ETS_OK)
    return status;
  if (!options->all_accounts && options->mids.count == 0)
    report->account = 0; /* the caller's own says nothing */
  if (plan->own->html)
    html_write(&plan->page, report, plan->top);
  else if (work->writer == &writer_page)
    text_write(&plan->page, report, output_columns(options->output), plan->top);
  if (work->writer == &writer_page)
    give_page(taker);
  else
    figures_give(taker, report, plan->own->top ? plan->top : SIZE_MAX,
                 work->columns->count == FIGURES_COLUMNS);
  ets_report_free(report);
  return plan->page.failed ? ETS_E_NOMEM : ETS_OK;
}

static bool check(const struct own *own, const struct options *options) {
  if (own->by && strcmp(own->by, "label") != 0 && strcmp(own->by, "url") != 0)
    complain("--by takes label or url, not '%s'", own->by);
  else if (own->html && (options->output || !options->writer->for_people))
    complain("--html FILE is the page itself: leave --output and --format out");
  else
    return true;
  return false;
}

static int run(const struct invocation *invocation, struct service *service) {
  const struct own *own = invocation->own;
  struct options options = invocation->options;
  /* Client.ID only when more than one account is read. */
  const size_t first = several_accounts(&options) ? 0 : 1;
  const struct columns columns = {figures_names + first, ranks + first, FIGURES_COLUMNS - first};
  struct plan plan = {.own = own, .top = own->top ? (size_t)own->top : TOP};
  int code = EXIT_USAGE;
  int32_t *job_id = jobs_read(invocation, &code);
  if (!job_id)
    return code;
  plan.query = (ets_report_query)ETS_REPORT_QUERY_INIT;
  plan.query.job_id = *job_id;
  plan.query.links_by_url = own->by && strcmp(own->by, "url") == 0;
  plan.query.average = own->compare;
  plan.query.progress = show_progress;
  if (own->domains)
    plan.query.domains_up_to = INT64_MAX;
  free(job_id);
  if (!check(own, &options))
    return EXIT_USAGE;
  if (own->html)
    options.output = own->html;
  service->options = &options;
  struct work work = {.service = service,
                      .data = &plan,
                      .count = 1,
                      .writer = options.writer->for_people ? &writer_page : options.writer,
                      .columns = &columns,
                      .head = &plan.page,
                      .run = fetch};
  code = work_perform(&work);
  buffer_free(&plan.page);
  service->options = &invocation->options;
  return code;
}

static const struct option own[] = {
    OPTION_ROW_TEXT("html", 0, "FILE", struct own, html, "a page of HTML that fetches nothing"),
    OPTION_ROW_FLAG("compare", 0, struct own, compare,
                    "beside the account's average of the last six months"),
    OPTION_ROW_TEXT("by", 0, "label|url", struct own, by, "links by one of them (label)"),
    OPTION_ROW_NUMBER("top", 0, "N", struct own, top, 1, 1000,
                      "so many links and domains by themselves (10; formats for programs: all)"),
    OPTION_ROW_FLAG("domains", 0, struct own, domains,
                    "domains even of a send to more than 25,000"),
    OPTION_ROW_END};

const struct command command_report = {
    .name = "report",
    .section = SECTION_SENDS,
    .operands = "JOBID",
    .least = 1,
    .most = 1,
    .summary = "a send at a glance: links, times, bounces",
    .text =
        "URLs and click streams (reactivity, distinct and cumulated clicks, the most visited\n"
        "links, clicks per day), how long opens and clicks took, bounces by type, what each\n"
        "internet domain did. All opens, clicks and bounces are read for that, and for up to\n"
        "25,000 recipients every SentEvent. What the service's API does not tell is named as not\n"
        "available. Other formats have a line for each figure. --compare leaves this send and\n"
        "triggered ones out of the average.\n",
    .examples = "  ettrack report 12043295\n"
                "  ettrack report 12043295 --compare --html november.html\n"
                "  ettrack report 12043295 --format csv -o november.csv\n",
    .takes = OPTIONS_CALL | OPTIONS_ACCOUNTS | OPTIONS_DATES,
    .own = own,
    .own_size = sizeof(struct own),
    .run = run};
