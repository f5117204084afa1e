#include "ettrack/report/figures.h"

#include "ettrack/output/value.h"
#include "ettrack/report/words.h"

#include <inttypes.h>
#include <stdio.h>

const char *figures_names[FIGURES_COLUMNS] = {"Client.ID", "Section", "Name",
                                              "Count",     "Percent", "Average"};

struct figures {
  const struct taker *taker;
  const ets_report *report;
  size_t top;
  bool account;
};

/* Below 0 there is none. */
static ets_value percent_of(char text[WORD_SIZE], double percent) {
  snprintf(text, WORD_SIZE, "%.2f", percent);
  return (ets_value){.presence = percent < 0 ? ETS_ABSENT : ETS_PRESENT,
                     .kind = ETS_VALUE_DOUBLE,
                     .text = text,
                     .real = percent};
}

/* The same. */
static ets_value count_of(int64_t count) {
  return (ets_value){.presence = count < 0 ? ETS_ABSENT : ETS_PRESENT,
                     .kind = ETS_VALUE_INTEGER,
                     .integer = count};
}

static void give_beside(const struct figures *figures, const char *section, const char *name,
                        int64_t count, double percent, double average) {
  char texts[2][WORD_SIZE];
  int64_t account = figures->report->account;
  ets_value values[FIGURES_COLUMNS] = {count_of(account > 0 ? account : -1),
                                       value_of_text(section),
                                       value_of_text(name),
                                       count_of(count),
                                       percent_of(texts[0], percent),
                                       percent_of(texts[1], average)};
  figures->taker->row(figures->taker->context, "Report", values + !figures->account);
}

static void give(const struct figures *figures, const char *section, const char *name,
                 int64_t count, double percent) {
  give_beside(figures, section, name, count, percent, ETS_RATE_UNDEFINED);
}

/* What is no row of a section's own, so that rows add up: ", others" or ", total". */
static void give_sum(const struct figures *figures, const char *section, bool total, int64_t count,
                     double percent) {
  char name[64];
  snprintf(name, sizeof name, "%s, %s", section, total ? "total" : "others");
  give(figures, name, total ? "Total" : "Others", count, percent);
}

/* --- the send -------------------------------------------------------------------------------- */

static void give_rates(const struct figures *figures) {
  const ets_report *report = figures->report;
  struct words_figure rates[WORDS_FIGURES];
  words_figures(rates, report);
  for (size_t i = 0; i < WORDS_FIGURES; i++)
    give_beside(figures, "rates", rates[i].name, rates[i].count, rates[i].rate, rates[i].average);
  give(figures, "totals", "Sent", report->totals.sent, ETS_RATE_UNDEFINED);
  give(figures, "totals", "Opens", report->opens.count, ETS_RATE_UNDEFINED);
  give(figures, "totals", "Clicks", report->clicks.count, ETS_RATE_UNDEFINED);
  if (report->average.sends > 0)
    give(figures, "average", "Sends", (int64_t)report->average.sends, ETS_RATE_UNDEFINED);
}

/* --- links ----------------------------------------------------------------------------------- */

static void give_links(const struct figures *figures) {
  const ets_report *report = figures->report;
  int64_t all = report->totals.clicks, others = words_clicks_from(report, figures->top);
  for (size_t i = 0; i < report->link_count && i < figures->top; i++)
    give(figures, "links", report->links[i].name, report->links[i].clicks,
         ets_rate_share(report->links[i].clicks, all));
  if (report->link_count > figures->top)
    give_sum(figures, "links", false, others, ets_rate_share(others, all));
  give_sum(figures, "links", true, all, ets_rate_share(all, all));
  for (size_t i = 0; i < report->link_count && i < figures->top; i++)
    give(figures, "hot clicks", report->links[i].name, report->links[i].unique_clicks,
         ets_rate_share(report->links[i].clicks, all));
}

static void give_days(const struct figures *figures) {
  const ets_report *report = figures->report;
  for (int day = 0; day < ETS_REPORT_DAYS; day++) {
    int64_t others = 0;
    char section[32];
    snprintf(section, sizeof section, "clicks on day %d", day + 1);
    for (size_t i = 0; i < report->link_count; i++) {
      int64_t clicks = report->links[i].days[day];
      if (i >= figures->top)
        others += clicks;
      else if (clicks > 0)
        give(figures, section, report->links[i].name, clicks,
             ets_rate_share(clicks, report->totals.clicks));
    }
    if (others > 0)
      give_sum(figures, section, false, others, ets_rate_share(others, report->totals.clicks));
  }
}

/* --- times ----------------------------------------------------------------------------------- */

/* The names of the curves' points are seconds since the send. */
static void give_times(const struct figures *figures) {
  const ets_report *report = figures->report;
  const struct {
    const char *reach, *curve;
    const ets_report_reaction *reaction;
  } both[] = {{"seconds to reach, opens", "opens come after seconds", &report->opens},
              {"seconds to reach, clicks", "clicks come after seconds", &report->clicks}};
  char name[WORD_SIZE];
  for (size_t i = 0; i < 2; i++) {
    const ets_report_reaction *reaction = both[i].reaction;
    for (int tenth = 1; tenth <= ETS_REPORT_TENTHS && reaction->count > 0; tenth++) {
      snprintf(name, sizeof name, "%d %%", tenth * 10);
      give(figures, both[i].reach, name, reaction->reach[tenth - 1], 10.0 * tenth);
    }
    for (int step = 0; step <= ETS_REPORT_STEPS && reaction->count > 0; step++) {
      snprintf(name, sizeof name, "%" PRId64, report->span * step / ETS_REPORT_STEPS);
      give(figures, both[i].curve, name, reaction->curve[step],
           ets_rate_share(reaction->curve[step], reaction->count));
    }
  }
}

/* --- bounces, domains ------------------------------------------------------------------------ */

static void give_bounces(const struct figures *figures) {
  static const char *const sections[] = {"bounces", "bounces of sent"};
  const ets_report *report = figures->report;
  const int64_t all = words_bounces(report), wholes[] = {all, report->totals.sent};
  struct buffer name = {0};
  for (size_t section = 0; section < 2; section++) {
    for (size_t i = 0; i < report->bounce_count; i++)
      give(figures, sections[section], words_bounce(&name, report, i), report->bounces[i].count,
           ets_rate_share(report->bounces[i].count, wholes[section]));
    give_sum(figures, sections[section], true, all, ets_rate_share(all, wholes[section]));
  }
  buffer_free(&name);
}

enum { DOMAIN_SECTIONS = 6 };

static int64_t count_in(const ets_report_domain *domain, size_t section) {
  const int64_t counts[DOMAIN_SECTIONS] = {domain->sent,   domain->bounced, domain->delivered,
                                           domain->opened, domain->clicked, domain->clicked};
  return counts[section];
}

/* Of the messages that each section is a part of; reactivity, of those who opened. */
static double percent_in(const ets_report_domain *domain, size_t section) {
  const int64_t wholes[DOMAIN_SECTIONS] = {domain->sent,      domain->sent,      domain->sent,
                                           domain->delivered, domain->delivered, domain->opened};
  return ets_rate_share(count_in(domain, section), wholes[section]);
}

static void give_domains(const struct figures *figures) {
  static const char *const sections[DOMAIN_SECTIONS] = {
      "sent by domain",   "bounced by domain", "delivered by domain",
      "opened by domain", "clicked by domain", "reactivity by domain"};
  const ets_report *report = figures->report;
  const ets_report_domain others = words_domains_from(report, figures->top);
  const ets_report_domain all = words_domains_from(report, 0);
  for (size_t section = 0; report->domains_known && section < DOMAIN_SECTIONS; section++) {
    for (size_t i = 0; i < report->domain_count && i < figures->top; i++)
      give(figures, sections[section], report->domains[i].name,
           count_in(&report->domains[i], section), percent_in(&report->domains[i], section));
    if (report->domain_count > figures->top)
      give_sum(figures, sections[section], false, count_in(&others, section),
               percent_in(&others, section));
    give_sum(figures, sections[section], true, count_in(&all, section), percent_in(&all, section));
  }
}

void figures_give(const struct taker *taker, const ets_report *report, size_t top, bool account) {
  const struct figures figures = {taker, report, top, account};
  give_rates(&figures);
  give_links(&figures);
  give_days(&figures);
  give_times(&figures);
  give_bounces(&figures);
  give_domains(&figures);
  for (size_t i = 0; words_not_available[i][0]; i++)
    give(&figures, "not available", words_not_available[i][0], -1, ETS_RATE_UNDEFINED);
}
