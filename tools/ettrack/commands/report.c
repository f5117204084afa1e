/* ettrack report: what became of a send, for people who decide. */
#include "common/program.h"
#include "ettrack/cli/choose.h"
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

enum { TOP = 10, COLUMNS = 6 };

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

/* Client.ID only when more than one account is read. */
static const char *names[] = {"Client.ID", "Section", "Name", "Count", "Percent", "Average"};
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

/* Below 0 there is none. */
static ets_value count_of(int64_t count) {
  return (ets_value){.presence = count < 0 ? ETS_ABSENT : ETS_PRESENT,
                     .kind = ETS_VALUE_INTEGER,
                     .integer = count};
}

struct figures {
  const struct taker *taker;
  int64_t account; /* below 0: it has no column */
};

static void give(const struct figures *figures, const char *section, const char *name,
                 int64_t count, double percent, double average) {
  char texts[2][WORD_SIZE];
  ets_value values[COLUMNS] = {count_of(figures->account),
                               text_of(section),
                               text_of(name),
                               count_of(count),
                               percent_of(texts[0], percent),
                               percent_of(texts[1], average)};
  figures->taker->row(figures->taker->context, "Report", values + (figures->account < 0));
}

static void give_rates(const struct figures *figures, const struct report *report) {
  const struct report_totals *t = &report->totals;
  const struct report_rates *r = &report->rates;
  const struct report_rates none = {-1, -1, -1, -1, -1, -1, -1, -1};
  const struct report_rates *a = report->average_of > 0 ? &report->average : &none;
  give(figures, "rates", "Delivered", t->delivered, r->delivery, a->delivery);
  give(figures, "rates", "Bounced", t->hard + t->soft + t->other, r->bounce, a->bounce);
  give(figures, "rates", "Opened", t->opened, r->open, a->open);
  give(figures, "rates", "Clicked", t->clicked, r->click, a->click);
  give(figures, "rates", "Unsubscribed", t->unsubscribed, r->unsubscribe, a->unsubscribe);
  give(figures, "rates", "Reactivity", t->clicked, r->reactivity, a->reactivity);
  give(figures, "rates", "Distinct clicks", t->clicked, r->distinct_clicks, a->distinct_clicks);
  give(figures, "rates", "Cumulated clicks", t->clicks, r->cumulated_clicks, a->cumulated_clicks);
}

static void give_times(const struct figures *figures, const struct report *report) {
  static const char *const sections[] = {"seconds to reach, opens", "seconds to reach, clicks"};
  const struct report_moments *both[] = {&report->opens, &report->clicks};
  for (size_t i = 0; i < 2; i++)
    for (int tenth = 1; tenth <= REPORT_TENTHS && both[i]->count > 0; tenth++) {
      char name[16];
      snprintf(name, sizeof name, "%d %%", tenth * 10);
      give(figures, sections[i], name, report_tenth(both[i], tenth) / 1000000, 10.0 * tenth, -1);
    }
}

static void give_days(const struct figures *figures, const struct report *report) {
  for (size_t i = 0; i < report->link_count; i++)
    for (int day = 0; day < REPORT_DAYS; day++) {
      char section[32];
      snprintf(section, sizeof section, "clicks on day %d", day + 1);
      if (report->links[i].days[day] > 0)
        give(figures, section, report->links[i].name, report->links[i].days[day],
             report_percent(report->links[i].days[day], report->totals.clicks), -1);
    }
}

/* Of the messages that each section is a part of: sent, or delivered. */
static void give_domains(const struct figures *figures, const struct report *report) {
  static const char *const sections[] = {"sent by domain", "bounced by domain",
                                         "delivered by domain", "opened by domain",
                                         "clicked by domain"};
  for (size_t section = 0; section < sizeof sections / sizeof *sections; section++)
    for (size_t i = 0; i < report->domains.count; i++) {
      const struct tally_item *domain = &report->domains.items[i];
      const int64_t delivered = report_delivered(domain->counts);
      const int64_t counts[] = {domain->counts[REPORT_SENT], domain->counts[REPORT_BOUNCED],
                                delivered, domain->counts[REPORT_OPENED],
                                domain->counts[REPORT_CLICKED]};
      give(figures, sections[section], domain->name, counts[section],
           report_percent(counts[section], section < 3 ? counts[0] : delivered), -1);
    }
}

static void give_all(const struct figures *figures, const struct report *report) {
  int64_t bounces = 0;
  give_rates(figures, report);
  for (size_t i = 0; i < report->link_count; i++)
    give(figures, "links", report->links[i].name, report->links[i].clicks,
         report_percent(report->links[i].clicks, report->totals.clicks), -1);
  give_days(figures, report);
  give_times(figures, report);
  for (size_t i = 0; i < report->bounces.count; i++)
    bounces += report->bounces.items[i].counts[0];
  for (size_t i = 0; i < report->bounces.count; i++) {
    const struct tally_item *item = &report->bounces.items[i];
    give(figures, "bounces", strchr(item->name, '\t') + 1, item->counts[0],
         report_percent(item->counts[0], bounces), -1);
  }
  give_domains(figures, report);
  for (size_t i = 0; words_not_available[i][0]; i++)
    give(figures, "not available", words_not_available[i][0], -1, -1, -1);
}

/* --- the command ----------------------------------------------------------------------------- */

static ets_status fetch(const struct work *work, size_t index, ets_session *session,
                        const struct taker *taker) {
  struct plan *plan = work->data;
  struct report report = {0};
  struct figures figures = {taker, -1};
  (void)index;
  ets_status status = report_read(&report, work->service, session, &plan->request);
  if (status == ETS_OK && plan->own->html)
    html_write(&plan->page, &report, plan->top);
  else if (status == ETS_OK && work->writer == &writer_page)
    text_write(&plan->page, &report, output_columns(work->service->options->output), plan->top);
  if (work->columns->count == COLUMNS)
    figures.account = report.account;
  if (status == ETS_OK && work->writer == &writer_page)
    give(&figures, "page", "page", -1, -1, -1);
  else if (status == ETS_OK)
    give_all(&figures, &report);
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
  const struct own *own = invocation->own;
  struct options options = invocation->options;
  const size_t first = several_accounts(&options) ? 0 : 1;
  const struct columns columns = {names + first, ranks + first, COLUMNS - first};
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
