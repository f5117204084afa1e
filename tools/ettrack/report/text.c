#include "ettrack/report/text.h"

#include "ettrack/report/terminal.h"
#include "ettrack/report/text_domains.h"
#include "ettrack/report/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* --- the head -------------------------------------------------------------------------------- */

static void write_head(struct buffer *out, const ets_report *report, size_t width) {
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
    buffer_trim(out);
    buffer_add_char(out, '\n');
  }
}

/* --- rates ----------------------------------------------------------------------------------- */

/* What it counts, and its rate; beside it the account's average, else its formula, else a bar. */
static void write_figure(struct buffer *out, const ets_report *report,
                         const struct words_figure *figure, const char *formula, size_t width) {
  bool narrow = width < TERMINAL_NARROW;
  bool compared = report->average.sends > 0;
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
  else if (formula && width >= 75)
    buffer_printf(out, "  %s", formula);
  else if (!formula && figure->rate > 0) {
    buffer_add_text(out, "  ");
    terminal_bar(out, figure->rate / 100, width > 75 ? 20 : 8);
  }
  buffer_add_char(out, '\n');
}

static void write_rates(struct buffer *out, const ets_report *report, size_t width) {
  struct words_figure figures[WORDS_FIGURES];
  char text[160], sent[WORD_SIZE];
  words_figures(figures, report);
  terminal_title(out, "Key figures", width);
  for (size_t i = 0; i < WORDS_KEY; i++)
    write_figure(out, report, &figures[i], NULL, width);
  snprintf(text, sizeof text,
           "Delivered and bounced are in per cent of the %s messages sent, the others of those "
           "delivered.",
           words_number(sent, report->totals.sent));
  terminal_text(out, text, width);
  if (report->average.sends == 0)
    return;
  snprintf(text, sizeof text,
           "The average is that of %zu sends of the last six months, without this one and "
           "triggered ones.",
           report->average.sends);
  terminal_text(out, text, width);
}

/* --- links ----------------------------------------------------------------------------------- */

static void write_links(struct buffer *out, const ets_report *report, size_t width, size_t top) {
  static const char *const formulas[] = {"clicked / opened", "clicked / delivered",
                                         "clicks / delivered"};
  const ets_report_totals *t = &report->totals;
  struct words_figure figures[WORDS_FIGURES];
  int64_t most = report->link_count > 0 ? report->links[0].clicks : 0;
  int64_t others = words_clicks_from(report, top);
  words_figures(figures, report);
  terminal_title(out, "URLs and click streams", width);
  for (size_t i = WORDS_KEY; i < WORDS_FIGURES; i++)
    write_figure(out, report, &figures[i], formulas[i - WORDS_KEY], width);
  buffer_printf(out, "\n  Most visited links, by %s\n", report->links_by_url ? "URL" : "label");
  for (size_t i = 0; i < report->link_count && i < top; i++) {
    const ets_report_link *link = &report->links[i];
    terminal_line(out, link->name, link->clicks, ets_rate_share(link->clicks, t->clicks),
                  most > 0 ? (double)link->clicks / (double)most : 0, width, true);
  }
  if (report->link_count > top)
    terminal_line(out, "Others", others, ets_rate_share(others, t->clicks), -1, width, false);
  terminal_line(out, "Total", t->clicks, ets_rate_share(t->clicks, t->clicks), -1, width, false);
}

/* The last day with clicks, and the clicks of each day. */
static size_t add_days(int64_t days[ETS_REPORT_DAYS], const ets_report *report, size_t from) {
  size_t last = 0;
  for (size_t day = 0; day < ETS_REPORT_DAYS; day++) {
    days[day] = 0;
    for (size_t i = from; i < report->link_count; i++)
      days[day] += report->links[i].days[day];
    last = days[day] > 0 ? day : last;
  }
  return last;
}

enum { DAY_COLUMNS = 8, LINK_COLUMNS = 30, DAYS_LEAST = 2 };

/* What does not fit beside the first days counts as later. */
static void write_link_days(struct buffer *out, const char *name,
                            const int64_t days[ETS_REPORT_DAYS], size_t shown, size_t last) {
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

static void write_days_by_link(struct buffer *out, const ets_report *report, size_t last,
                               size_t width, size_t top) {
  size_t room = width > 2 + LINK_COLUMNS ? (width - 2 - LINK_COLUMNS) / DAY_COLUMNS : 0;
  size_t shown = last + 1 < room ? last + 1 : room;
  int64_t others[ETS_REPORT_DAYS];
  if (shown < DAYS_LEAST || report->link_count < 2)
    return;
  buffer_add_text(out, "\n  ");
  terminal_name(out, "Clicks per day, by link", LINK_COLUMNS, false);
  for (size_t day = 0; day < shown; day++) {
    char name[24];
    snprintf(name, sizeof name, "day %zu", day + 1);
    bool later = day + 1 == shown && (last > day || day + 1 == ETS_REPORT_DAYS);
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

static void write_days(struct buffer *out, const ets_report *report, size_t width, size_t top) {
  int64_t days[ETS_REPORT_DAYS], most = 0;
  size_t last = add_days(days, report, 0);
  for (size_t day = 0; day <= last; day++)
    most = days[day] > most ? days[day] : most;
  if (most == 0)
    return;
  buffer_add_text(out, "\n  Clicks per day since the send\n");
  for (size_t day = 0; day <= last; day++) {
    char name[32];
    snprintf(name, sizeof name, day + 1 == ETS_REPORT_DAYS ? "day %zu and later" : "day %zu",
             day + 1);
    terminal_line(out, name, days[day], ets_rate_share(days[day], report->clicks.count),
                  (double)days[day] / (double)most, width, false);
  }
  write_days_by_link(out, report, last, width, top);
}

static void write_hot_clicks(struct buffer *out, const ets_report *report, size_t width,
                             size_t top) {
  int64_t all = report->totals.clicks;
  if (report->link_count == 0)
    return;
  terminal_title(out, "Hot clicks", width);
  terminal_text(out, words_hot_clicks, width);
  terminal_text(out, "Subscribers who clicked, and the link's share of all clicks:", width);
  for (size_t i = 0; i < report->link_count && i < top; i++) {
    const ets_report_link *link = &report->links[i];
    terminal_line(out, link->name, link->unique_clicks, ets_rate_share(link->clicks, all),
                  all > 0 ? (double)link->clicks / (double)all : 0, width, true);
  }
  if (report->link_count <= top)
    return;
  buffer_printf(out, "  and %zu more: --top %zu shows them\n", report->link_count - top,
                report->link_count);
}

/* --- times, bounces -------------------------------------------------------------------------- */

/* A share in per cent, and a bar where there is room. */
static void write_share(struct buffer *out, const ets_report_reaction *reaction, int step,
                        size_t bar) {
  struct buffer drawn = {0};
  terminal_percent(out, ets_rate_share(reaction->curve[step], reaction->count), 10);
  if (bar == 0)
    return;
  buffer_add_text(out, "  ");
  if (reaction->count > 0)
    terminal_bar(&drawn, (double)reaction->curve[step] / (double)reaction->count, bar);
  terminal_name(out, buffer_text(&drawn), bar, false);
  buffer_free(&drawn);
}

enum {
  CURVE_STEP = 8,
  CURVE_LABEL = 18,
  CURVE_LABEL_NARROW = 14,
  CURVE_SHARE = 12,
  CURVE_BAR = 20,
  CURVE_BAR_LEAST = 6
};

/* The curves of the page, at each eighth of their steps. */
static void write_curves(struct buffer *out, const ets_report *report, size_t width) {
  bool narrow = width < TERMINAL_NARROW;
  size_t name = narrow ? CURVE_LABEL_NARROW : CURVE_LABEL, figures = 2 + name + 2 * CURVE_SHARE;
  size_t bar = width > figures ? (width - figures) / 2 : 0;
  bar = bar < CURVE_BAR_LEAST ? 0 : bar < CURVE_BAR ? bar : CURVE_BAR;
  if (report->opens.count == 0 && report->clicks.count == 0)
    return;
  buffer_add_char(out, '\n');
  terminal_text(out, "Opens and clicks that had come, of all:", width);
  buffer_add_text(out, "  ");
  terminal_name(out, "", name, false);
  terminal_right(out, "Opens", 10);
  terminal_right(out, "Clicks", 10 + (bar > 0 ? bar + 2 : 0));
  buffer_add_char(out, '\n');
  for (int step = CURVE_STEP; step <= ETS_REPORT_STEPS; step += CURVE_STEP) {
    char word[WORD_SIZE], label[WORD_SIZE + 8];
    snprintf(label, sizeof label, "%s%s", narrow ? "" : "after ",
             words_duration(word, report->span * step / ETS_REPORT_STEPS));
    buffer_add_text(out, "  ");
    terminal_name(out, label, name, false);
    write_share(out, &report->opens, step, bar);
    write_share(out, &report->clicks, step, bar);
    buffer_trim(out);
    buffer_add_char(out, '\n');
  }
}

static void write_times(struct buffer *out, const ets_report *report, size_t width) {
  int columns = width < TERMINAL_NARROW ? 14 : 16;
  char opens[WORD_SIZE], clicks[WORD_SIZE];
  terminal_title(out, "Tracking statistics", width);
  terminal_text(out, "Time to reach a share of all opens and clicks:", width);
  buffer_printf(out, "  %-8s%*s%*s\n", "", columns, "Opens", columns, "Clicks");
  for (int tenth = 1; tenth <= ETS_REPORT_TENTHS; tenth++)
    buffer_printf(out, "  %d %%%-4s%*s%*s\n", tenth * 10, "", columns,
                  words_duration(opens, report->opens.reach[tenth - 1]), columns,
                  words_duration(clicks, report->clicks.reach[tenth - 1]));
  buffer_printf(out, "  %-8s%*s%*s\n", "all", columns,
                words_number(opens, words_dated(&report->opens, report->totals.opened)), columns,
                words_number(clicks, words_dated(&report->clicks, report->totals.clicks)));
  write_curves(out, report, width);
}

enum { BOUNCE_NAME = 40, BOUNCE_BAR = 20 };

/* A name, a count, two shares in per cent, and a bar where there is room. */
static void write_bounce(struct buffer *out, const char *name, int64_t count, int64_t all,
                         int64_t sent, size_t width) {
  size_t figures = 2 + 9 + 10 + 10, columns = width > figures ? width - figures : 0;
  size_t bar = columns > BOUNCE_NAME + 2 ? columns - BOUNCE_NAME - 2 : 0;
  terminal_lead(out, name, columns < BOUNCE_NAME ? columns : BOUNCE_NAME, width);
  terminal_number(out, count, 9);
  terminal_percent(out, ets_rate_share(count, all), 10);
  terminal_percent(out, ets_rate_share(count, sent), 10);
  if (bar > 0 && count < all) {
    buffer_add_text(out, "  ");
    terminal_bar(out, (double)count / (double)all, bar < BOUNCE_BAR ? bar : BOUNCE_BAR);
  }
  buffer_add_char(out, '\n');
}

static void write_bounces(struct buffer *out, const ets_report *report, size_t width) {
  int64_t all = words_bounces(report), sent = report->totals.sent;
  terminal_title(out, "Bounces", width);
  terminal_text(out, "How many, of all bounces, and of all messages sent:", width);
  struct buffer name = {0};
  for (size_t i = 0; i < report->bounce_count; i++)
    write_bounce(out, words_bounce(&name, report, i), report->bounces[i].count, all, sent, width);
  buffer_free(&name);
  write_bounce(out, "Total", all, all, sent, width);
}

static void write_missing(struct buffer *out, size_t width) {
  terminal_title(out, "Not available from the service's API", width);
  for (size_t i = 0; words_not_available[i][0]; i++) {
    char text[200];
    snprintf(text, sizeof text, "%s: %s", words_not_available[i][0], words_not_available[i][1]);
    terminal_text(out, text, width);
  }
}

void text_write(struct buffer *out, const ets_report *report, size_t width, size_t top) {
  write_head(out, report, width);
  write_rates(out, report, width);
  write_links(out, report, width, top);
  write_days(out, report, width, top);
  write_hot_clicks(out, report, width, top);
  write_times(out, report, width);
  write_bounces(out, report, width);
  text_domains(out, report, width, top);
  write_missing(out, width);
}
