/* ettrack report: what became of a send, for people who decide. */
#include "common/program.h"
#include "ettrack/cli/command.h"
#include "ettrack/output/output.h"
#include "ettrack/report/html.h"
#include "ettrack/report/report.h"
#include "ettrack/report/text.h"
#include "ettrack/report/words.h"
#include "ettrack/run/work.h"
#include "ettrack/sends/jobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOP = 10, COLUMNS = 5 };

struct own {
  const char *html, *by;
  uint64_t top;
  bool compare, domains;
};

struct plan {
  const struct own *own;
  struct report_request request;
  size_t top;
  struct buffer page; /* what people get */
};

static const char *names[] = {"Section", "Name", "Count", "Percent", "Average"};
static int ranks[] = {1, 2, 3, 4, 5};

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

/* --- for programs: a line for each figure ---------------------------------------------------- */

static ets_value text_of(const char *text) {
  return (ets_value){.presence = ETS_PRESENT, .kind = ETS_VALUE_TEXT, .text = text};
}

static ets_value percent_of(char text[WORD_SIZE], double percent) {
  snprintf(text, WORD_SIZE, "%.2f", percent);
  return (ets_value){.presence = percent < 0 ? ETS_ABSENT : ETS_PRESENT,
                     .kind = ETS_VALUE_DOUBLE,
                     .text = text,
                     .real = percent};
}

/* A count below 0 is none. */
static void give(const struct taker *taker, const char *section, const char *name, int64_t count,
                 double percent, double average) {
  char texts[2][WORD_SIZE];
  ets_value values[COLUMNS] = {text_of(section), text_of(name)};
  values[2] = (ets_value){.presence = count < 0 ? ETS_ABSENT : ETS_PRESENT,
                          .kind = ETS_VALUE_INTEGER,
                          .integer = count};
  values[3] = percent_of(texts[0], percent);
  values[4] = percent_of(texts[1], average);
  taker->row(taker->context, "Report", values);
}

static void give_rates(const struct taker *taker, const struct report *report) {
  const struct report_totals *t = &report->totals;
  const struct report_rates *r = &report->rates;
  struct report_rates none = {-1, -1, -1, -1, -1, -1, -1, -1};
  const struct report_rates *a = report->average_of > 0 ? &report->average : &none;
  give(taker, "rates", "Delivered", t->delivered, r->delivery, a->delivery);
  give(taker, "rates", "Bounced", t->hard + t->soft + t->other, r->bounce, a->bounce);
  give(taker, "rates", "Opened", t->opened, r->open, a->open);
  give(taker, "rates", "Clicked", t->clicked, r->click, a->click);
  give(taker, "rates", "Unsubscribed", t->unsubscribed, r->unsubscribe, a->unsubscribe);
  give(taker, "rates", "Reactivity", t->clicked, r->reactivity, a->reactivity);
  give(taker, "rates", "Distinct clicks", t->clicked, r->distinct_clicks, a->distinct_clicks);
  give(taker, "rates", "Cumulated clicks", t->clicks, r->cumulated_clicks, a->cumulated_clicks);
}

static void give_times(const struct taker *taker, const struct report *report) {
  static const char *const sections[] = {"seconds to reach, opens", "seconds to reach, clicks"};
  const struct report_moments *both[] = {&report->opens, &report->clicks};
  for (size_t i = 0; i < 2; i++)
    for (int tenth = 1; tenth <= REPORT_TENTHS && both[i]->count > 0; tenth++) {
      char name[16];
      snprintf(name, sizeof name, "%d %%", tenth * 10);
      give(taker, sections[i], name, report_tenth(both[i], tenth) / 1000000, 10.0 * tenth, -1);
    }
}

static void give_days(const struct taker *taker, const struct report *report) {
  for (size_t i = 0; i < report->link_count; i++)
    for (int day = 0; day < REPORT_DAYS; day++) {
      char section[32];
      snprintf(section, sizeof section, "clicks on day %d", day + 1);
      if (report->links[i].days[day] > 0)
        give(taker, section, report->links[i].name, report->links[i].days[day],
             report_percent(report->links[i].days[day], report->totals.clicks), -1);
    }
}

static void give_all(const struct taker *taker, const struct report *report) {
  static const char *const sections[] = {"sent by domain", "opened by domain", "clicked by domain",
                                         "bounced by domain"};
  int64_t bounces = 0;
  give_rates(taker, report);
  for (size_t i = 0; i < report->link_count; i++)
    give(taker, "links", report->links[i].name, report->links[i].clicks,
         report_percent(report->links[i].clicks, report->totals.clicks), -1);
  give_days(taker, report);
  give_times(taker, report);
  for (size_t i = 0; i < report->bounces.count; i++)
    bounces += report->bounces.items[i].counts[0];
  for (size_t i = 0; i < report->bounces.count; i++) {
    const struct tally_item *item = &report->bounces.items[i];
    give(taker, "bounces", strchr(item->name, '\t') + 1, item->counts[0],
         report_percent(item->counts[0], bounces), -1);
  }
  for (size_t what = 0; what < TALLY_COUNTS; what++)
    for (size_t i = 0; i < report->domains.count; i++)
      give(taker, sections[what], report->domains.items[i].name,
           report->domains.items[i].counts[what],
           report_percent(report->domains.items[i].counts[what],
                          report->domains.items[i].counts[REPORT_SENT]),
           -1);
  for (size_t i = 0; words_not_available[i][0]; i++)
    give(taker, "not available", words_not_available[i][0], -1, -1, -1);
}

/* --- the command ----------------------------------------------------------------------------- */

static ets_status fetch(const struct work *work, size_t index, ets_session *session,
                        const struct taker *taker) {
  struct plan *plan = work->data;
  struct report report = {0};
  (void)index;
  ets_status status = report_read(&report, work->service, session, &plan->request);
  if (status == ETS_OK && plan->own->html)
    html_write(&plan->page, &report, plan->top);
  else if (status == ETS_OK && work->writer == &writer_page)
    text_write(&plan->page, &report, output_columns(work->service->options->output), plan->top);
  if (status == ETS_OK && work->writer == &writer_page)
    give(taker, "page", "page", -1, -1, -1);
  else if (status == ETS_OK)
    give_all(taker, &report);
  if (plan->page.failed)
    status = ETS_E_NOMEM;
  report_free(&report);
  return status;
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
  const struct columns columns = {names, ranks, COLUMNS};
  const struct own *own = invocation->own;
  struct options options = invocation->options;
  struct plan plan = {.own = own, .top = own->top ? (size_t)own->top : TOP};
  int code = EXIT_USAGE;
  int32_t *job_id = jobs_read(invocation, &code);
  if (!job_id)
    return code;
  plan.request = (struct report_request){.job_id = *job_id,
                                         .by_url = own->by && strcmp(own->by, "url") == 0,
                                         .compare = own->compare,
                                         .domains = own->domains};
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
    OPTION_ROW_TEXT("by", 0, "label", struct own, by, "links by label or by url (label)"),
    OPTION_ROW_NUMBER("top", 0, "N", struct own, top, 1, 1000,
                      "so many links and domains by themselves (10)"),
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
        "available. Other formats have a line for each figure.\n",
    .examples = "  ettrack report 12043295\n"
                "  ettrack report 12043295 --compare --html november.html\n"
                "  ettrack report 12043295 --format csv -o november.csv\n",
    .takes = OPTIONS_CALL | OPTIONS_ACCOUNTS | OPTIONS_DATES,
    .own = own,
    .own_size = sizeof(struct own),
    .run = run};
