#include "ettrack/report/text.h"

#include "ettrack/report/terminal.h"
#include "ettrack/report/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* --- the head -------------------------------------------------------------------------------- */

static void write_head(struct buffer *out, const struct report *report, size_t width) {
  char account[WORD_SIZE];
  snprintf(account, sizeof account, "%" PRId64, report->account);
  buffer_printf(out, "Report of Send %" PRId32 "\n", report->job_id);
  const char *const lines[][2] = {{"Account", report->account ? account : NULL},
                                  {"Subject", report->subject},
                                  {"Email", report->email_name},
                                  {"From", report->from_name},
                                  {"Sent", report->sent_date}};
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    if (!lines[i][1])
      continue;
    buffer_printf(out, "  %-9s", lines[i][0]);
    terminal_name(out, lines[i][1], width > 34 ? width - 11 : 23, false);
    while (out->size > 0 && out->data[out->size - 1] == ' ')
      out->size--;
    buffer_add_char(out, '\n');
  }
}

/* --- rates ----------------------------------------------------------------------------------- */

/* A key figure: what it counts, and its rate; beside it the account's average, else what it is a
 * rate of, else a bar. */
struct figure {
  const char *name, *unit, *formula;
  int64_t count;
  double rate, average;
};

static void write_figure(struct buffer *out, const struct report *report,
                         const struct figure *figure, size_t width) {
  bool narrow = width<TERMINAL_NARROW, compared = report->average_of> 0;
  char average[WORD_SIZE], word[WORD_SIZE];
  snprintf(average, sizeof average, "average %8s", words_percent(word, figure->average));
  buffer_printf(out, "  %-16s", figure->name);
  terminal_number(out, figure->count, narrow ? 10 : 12);
  if (!narrow)
    buffer_printf(out, " %-10s", figure->unit);
  terminal_percent(out, figure->rate, 9);
  if (narrow)
    buffer_printf(out, "\n    %s%s%s", figure->unit, compared ? ", " : "", compared ? average : "");
  else if (compared)
    buffer_printf(out, "  %s", average);
  else if (figure->formula && width >= 75)
    buffer_printf(out, "  %s", figure->formula);
  else if (!figure->formula && figure->rate > 0) {
    buffer_add_text(out, "  ");
    terminal_bar(out, figure->rate / 100, width > 75 ? 20 : 8);
  }
  buffer_add_char(out, '\n');
}

static void write_rates(struct buffer *out, const struct report *report, size_t width) {
  const struct report_totals *t = &report->totals;
  const struct report_rates *r = &report->rates, *a = &report->average;
  const struct figure figures[] = {
      {"Delivered", "messages", NULL, t->delivered, r->delivery, a->delivery},
      {"Bounced", "messages", NULL, t->hard + t->soft + t->other, r->bounce, a->bounce},
      {"Opened", "recipients", NULL, t->opened, r->open, a->open},
      {"Clicked", "recipients", NULL, t->clicked, r->click, a->click},
      {"Unsubscribed", "events", NULL, t->unsubscribed, r->unsubscribe, a->unsubscribe}};
  char text[160], sent[WORD_SIZE];
  terminal_title(out, "Key figures", width);
  for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
    write_figure(out, report, &figures[i], width);
  snprintf(text, sizeof text,
           "Delivered and bounced are in per cent of the %s messages sent, the others of those "
           "delivered.",
           words_number(sent, t->sent));
  terminal_text(out, text, width);
  if (report->average_of == 0)
    return;
  snprintf(text, sizeof text, "The average is that of %zu sends of the last six months.",
           report->average_of);
  terminal_text(out, text, width);
}

/* --- links ----------------------------------------------------------------------------------- */

static void write_links(struct buffer *out, const struct report *report, size_t width, size_t top) {
  const struct report_totals *t = &report->totals;
  const struct report_rates *r = &report->rates, *a = &report->average;
  const struct figure figures[] = {
      {"Reactivity", "recipients", "clicked / opened", t->clicked, r->reactivity, a->reactivity},
      {"Distinct clicks", "recipients", "clicked / delivered", t->clicked, r->distinct_clicks,
       a->distinct_clicks},
      {"Cumulated clicks", "clicks", "clicks / delivered", t->clicks, r->cumulated_clicks,
       a->cumulated_clicks}};
  int64_t most = report->link_count > 0 ? report->links[0].clicks : 0, others = 0;
  terminal_title(out, "URLs and click streams", width);
  for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
    write_figure(out, report, &figures[i], width);
  buffer_printf(out, "\n  Most visited links, by %s\n", report->by_url ? "URL" : "label");
  for (size_t i = 0; i < report->link_count; i++) {
    const struct report_link *link = &report->links[i];
    if (i >= top)
      others += link->clicks;
    else
      terminal_line(out, link->name, link->clicks, report_percent(link->clicks, t->clicks),
                    most > 0 ? (double)link->clicks / (double)most : 0, width, true);
  }
  if (report->link_count > top)
    terminal_line(out, "Others", others, report_percent(others, t->clicks), -1, width, false);
  terminal_line(out, "Total", t->clicks, report_percent(t->clicks, t->clicks), -1, width, false);
}

/* The last day with clicks, and the clicks of each day. */
static size_t add_days(int64_t days[REPORT_DAYS], const struct report *report, size_t from) {
  size_t last = 0;
  for (size_t day = 0; day < REPORT_DAYS; day++) {
    days[day] = 0;
    for (size_t i = from; i < report->link_count; i++)
      days[day] += report->links[i].days[day];
    last = days[day] > 0 ? day : last;
  }
  return last;
}

enum { DAY_COLUMNS = 8, LINK_COLUMNS = 30, DAYS_LEAST = 2 };

/* What does not fit beside the first days counts as later. */
static void write_link_days(struct buffer *out, const char *name, const int64_t days[REPORT_DAYS],
                            size_t shown, size_t last) {
  buffer_add_text(out, "  ");
  terminal_name(out, name, LINK_COLUMNS, true);
  for (size_t day = 0; day < shown; day++) {
    int64_t clicks = days[day];
    for (size_t later = day + 1; day + 1 == shown && later <= last; later++)
      clicks += days[later];
    terminal_number(out, clicks, DAY_COLUMNS);
  }
  buffer_add_char(out, '\n');
}

static void write_days_by_link(struct buffer *out, const struct report *report, size_t last,
                               size_t width, size_t top) {
  size_t room = width > 2 + LINK_COLUMNS ? (width - 2 - LINK_COLUMNS) / DAY_COLUMNS : 0;
  size_t shown = last + 1 < room ? last + 1 : room;
  int64_t others[REPORT_DAYS];
  if (shown < DAYS_LEAST || report->link_count < 2)
    return;
  buffer_add_text(out, "\n  ");
  terminal_name(out, "Clicks per day, by link", LINK_COLUMNS, false);
  for (size_t day = 0; day < shown; day++) {
    char name[24];
    snprintf(name, sizeof name, "day %zu", day + 1);
    bool later = day + 1 == shown && (last > day || day + 1 == REPORT_DAYS);
    terminal_right(out, later ? "later" : name, DAY_COLUMNS);
  }
  buffer_add_char(out, '\n');
  for (size_t i = 0; i < report->link_count && i < top; i++)
    if (report->links[i].clicks > 0)
      write_link_days(out, report->links[i].name, report->links[i].days, shown, last);
  if (report->link_count <= top)
    return;
  add_days(others, report, top);
  write_link_days(out, "Others", others, shown, last);
}

static void write_days(struct buffer *out, const struct report *report, size_t width, size_t top) {
  int64_t days[REPORT_DAYS], most = 0;
  size_t last = add_days(days, report, 0);
  for (size_t day = 0; day <= last; day++)
    most = days[day] > most ? days[day] : most;
  if (most == 0)
    return;
  buffer_add_text(out, "\n  Clicks per day since the send\n");
  for (size_t day = 0; day <= last; day++) {
    char name[32];
    snprintf(name, sizeof name, day + 1 == REPORT_DAYS ? "day %zu and later" : "day %zu", day + 1);
    terminal_line(out, name, days[day], report_percent(days[day], (int64_t)report->clicks.count),
                  (double)days[day] / (double)most, width, false);
  }
  write_days_by_link(out, report, last, width, top);
}

static void write_hot_clicks(struct buffer *out, const struct report *report, size_t width,
                             size_t top) {
  int64_t all = report->totals.clicks;
  if (report->link_count == 0)
    return;
  terminal_title(out, "Hot clicks", width);
  terminal_text(out, words_hot_clicks, width);
  terminal_text(out, "Subscribers who clicked, and the link's share of all clicks:", width);
  for (size_t i = 0; i < report->link_count && i < top; i++) {
    const struct report_link *link = &report->links[i];
    terminal_line(out, link->name, link->unique_clicks, report_percent(link->clicks, all),
                  all > 0 ? (double)link->clicks / (double)all : 0, width, true);
  }
  if (report->link_count <= top)
    return;
  buffer_printf(out, "  and %zu more: --top %zu shows them\n", report->link_count - top,
                report->link_count);
}

/* --- times, bounces -------------------------------------------------------------------------- */

static void write_times(struct buffer *out, const struct report *report, size_t width) {
  int columns = width < TERMINAL_NARROW ? 14 : 16;
  char opens[WORD_SIZE], clicks[WORD_SIZE];
  terminal_title(out, "Tracking statistics", width);
  terminal_text(out, "Time to reach a share of all opens and clicks:", width);
  buffer_printf(out, "  %-8s%*s%*s\n", "", columns, "Opens", columns, "Clicks");
  for (int tenth = 1; tenth <= REPORT_TENTHS; tenth++)
    buffer_printf(out, "  %d %%%-4s%*s%*s\n", tenth * 10, "", columns,
                  words_duration(opens, report_tenth(&report->opens, tenth)), columns,
                  words_duration(clicks, report_tenth(&report->clicks, tenth)));
  buffer_printf(out, "  %-8s%*s%*s\n", "all", columns,
                words_number(opens, (int64_t)report->opens.count), columns,
                words_number(clicks, (int64_t)report->clicks.count));
}

static void write_bounces(struct buffer *out, const struct report *report, size_t width) {
  int64_t all = 0;
  for (size_t i = 0; i < report->bounces.count; i++)
    all += report->bounces.items[i].counts[0];
  terminal_title(out, "Bounces, of all bounces", width);
  for (size_t i = 0; i < report->bounces.count; i++) {
    const struct tally_item *item = &report->bounces.items[i];
    const char *category = strchr(item->name, '\t');
    int64_t count = item->counts[0];
    terminal_line(out, category ? category + 1 : item->name, count, report_percent(count, all),
                  all > 0 ? (double)count / (double)all : 0, width, false);
  }
  terminal_line(out, "Total", all, report_percent(all, all), -1, width, false);
}

/* --- domains --------------------------------------------------------------------------------- */

enum {
  DOMAIN_TABLE = 80,   /* from so many columns on each has a line */
  DOMAIN_NAME = 18,    /* of which are for its name */
  DOMAIN_FIGURES = 60, /* and for the counts, which all rates can be made of, and two rates */
  DOMAIN_RATE = 9,
  DOMAIN_REACTIVITY = 12
};

struct domain_table {
  size_t width, name;
  bool bounce_rate, reactivity;
};

static void domain_line(struct buffer *out, const struct domain_table *table, const char *name,
                        const int64_t *counts) {
  int64_t delivered = report_delivered(counts);
  terminal_lead(out, name, table->name, table->width);
  terminal_number(out, counts[REPORT_SENT], 9);
  terminal_number(out, counts[REPORT_BOUNCED], 8);
  if (table->bounce_rate)
    terminal_percent(out, report_percent(counts[REPORT_BOUNCED], counts[REPORT_SENT]), DOMAIN_RATE);
  terminal_number(out, delivered, 10);
  terminal_number(out, counts[REPORT_OPENED], 8);
  terminal_percent(out, report_percent(counts[REPORT_OPENED], delivered), DOMAIN_RATE - 1);
  terminal_number(out, counts[REPORT_CLICKED], 8);
  terminal_percent(out, report_percent(counts[REPORT_CLICKED], delivered), DOMAIN_RATE);
  if (table->reactivity)
    terminal_percent(out, report_percent(counts[REPORT_CLICKED], counts[REPORT_OPENED]),
                     DOMAIN_REACTIVITY);
  buffer_add_char(out, '\n');
}

/* In a narrow terminal the figures stand one below the other. */
static void domain_block(struct buffer *out, const struct domain_table *table, const char *name,
                         const int64_t *counts) {
  int64_t delivered = report_delivered(counts);
  const struct {
    const char *name;
    int64_t count, whole;
  } figures[] = {{"Sent", counts[REPORT_SENT], 0},
                 {"Bounced", counts[REPORT_BOUNCED], counts[REPORT_SENT]},
                 {"Delivered", delivered, 0},
                 {"Opened", counts[REPORT_OPENED], delivered},
                 {"Clicked", counts[REPORT_CLICKED], delivered}};
  terminal_lead(out, name, 0, table->width);
  buffer_add_char(out, '\n');
  for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
    buffer_printf(out, "    %-10s", figures[i].name);
    terminal_number(out, figures[i].count, 10);
    if (figures[i].whole > 0)
      terminal_percent(out, report_percent(figures[i].count, figures[i].whole), 10);
    buffer_add_char(out, '\n');
  }
}

static void domain_head(struct buffer *out, const struct domain_table *table) {
  buffer_add_text(out, "  ");
  terminal_name(out, "Domain", table->name, false);
  buffer_printf(out, "%9s%8s%*s%10s%8s%8s%8s", "Sent", "Bounced",
                table->bounce_rate ? DOMAIN_RATE : 0, "", "Delivered", "Opened", "", "Clicked");
  if (table->reactivity)
    buffer_printf(out, "%*s", DOMAIN_RATE + DOMAIN_REACTIVITY, "Reactivity");
  buffer_add_char(out, '\n');
}

static void write_domains(struct buffer *out, const struct report *report, size_t width,
                          size_t top) {
  bool narrow = width < DOMAIN_TABLE;
  void (*write)(struct buffer *, const struct domain_table *, const char *, const int64_t *) =
      narrow ? domain_block : domain_line;
  struct domain_table table = {.width = width};
  int64_t counts[TALLY_COUNTS];
  terminal_title(out, "Domains", width);
  if (!report->domains_known) {
    terminal_text(out, "Not read for a send of this size; --domains reads every SentEvent.", width);
    return;
  }
  terminal_text(out, words_domains, width);
  size_t room = narrow ? 0 : width - 2 - DOMAIN_FIGURES - DOMAIN_NAME;
  table.bounce_rate = room >= DOMAIN_RATE;
  table.reactivity = room >= DOMAIN_RATE + DOMAIN_REACTIVITY;
  room -= table.bounce_rate ? DOMAIN_RATE : 0;
  room -= table.reactivity ? DOMAIN_REACTIVITY : 0;
  table.name = DOMAIN_NAME + (room < DOMAIN_NAME ? room : DOMAIN_NAME);
  if (!narrow)
    domain_head(out, &table);
  for (size_t i = 0; i < report->domains.count && i < top; i++)
    write(out, &table, report->domains.items[i].name, report->domains.items[i].counts);
  if (report->domains.count > top) {
    report_domains(counts, report, top);
    write(out, &table, "Others", counts);
  }
  report_domains(counts, report, 0);
  write(out, &table, "Total", counts);
  if (report->without_domain > 0) {
    char text[120];
    snprintf(text, sizeof text, "Of %" PRId64 " recipients the account does not tell the address.",
             report->without_domain);
    terminal_text(out, text, width);
  }
}

static void write_missing(struct buffer *out, size_t width) {
  terminal_title(out, "Not available from the service's API", width);
  for (size_t i = 0; words_not_available[i][0]; i++) {
    char text[200];
    snprintf(text, sizeof text, "%s: %s", words_not_available[i][0], words_not_available[i][1]);
    terminal_text(out, text, width);
  }
}

void text_write(struct buffer *out, const struct report *report, size_t width, size_t top) {
  write_head(out, report, width);
  write_rates(out, report, width);
  write_links(out, report, width, top);
  write_days(out, report, width, top);
  write_hot_clicks(out, report, width, top);
  write_times(out, report, width);
  write_bounces(out, report, width);
  write_domains(out, report, width, top);
  write_missing(out, width);
}
