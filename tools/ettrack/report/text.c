#include "ettrack/report/text.h"

#include "common/escape.h"
#include "ettrack/output/cell.h"
#include "ettrack/output/width.h"
#include "ettrack/report/words.h"

#include <stdio.h>
#include <string.h>

enum { NAME_LEAST = 16, BAR_LEAST = 16, BAR_MOST = 40 };

/* --- parts ----------------------------------------------------------------------------------- */

/* Eighths of a block, so that small shares still differ. */
static void write_bar(struct buffer *out, double share, size_t columns) {
  static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  share = share < 0 ? 0 : share > 1 ? 1 : share;
  size_t eighths = (size_t)(share * (double)columns * 8 + 0.5);
  eighths = share > 0 && eighths == 0 ? 1 : eighths;
  for (size_t i = 0; i < eighths / 8; i++)
    buffer_add_text(out, "█");
  buffer_add_text(out, parts[eighths % 8]);
}

static void write_name(struct buffer *out, const char *name, size_t columns, bool middle) {
  struct buffer safe = {0};
  escape_terminal(&safe, name, strlen(name));
  const char *text = buffer_text(&safe);
  if (middle && width_of(text, safe.size) > columns)
    cell_write_ends(out, text, safe.size, columns);
  else
    cell_write(out, text, safe.size, columns, false, true);
  buffer_free(&safe);
}

static void write_right(struct buffer *out, const char *text, size_t columns) {
  cell_write(out, text, strlen(text), columns, true, false);
}

static void title(struct buffer *out, const char *text, size_t width) {
  buffer_printf(out, "\n%s\n", text);
  cell_repeat(out, '-', width < 80 ? width : 80);
  buffer_add_char(out, '\n');
}

/* How a line is shared between its name, two numbers of 10 columns, and a bar. */
static size_t name_columns(size_t width) {
  size_t room = width > 26 + BAR_LEAST ? width - 26 - BAR_LEAST : NAME_LEAST;
  return room < NAME_LEAST ? NAME_LEAST : room > 60 ? 60 : room;
}

static void write_line(struct buffer *out, const char *name, int64_t count, double percent,
                       double share, size_t width, bool middle) {
  char number[WORD_SIZE], rate[WORD_SIZE];
  size_t columns = name_columns(width);
  size_t bar = width > columns + 26 ? width - columns - 26 : 0;
  buffer_add_text(out, "  ");
  write_name(out, name, columns, middle);
  write_right(out, words_number(number, count), 11);
  write_right(out, words_percent(rate, percent), 10);
  buffer_add_text(out, "  ");
  if (share >= 0)
    write_bar(out, share, bar < BAR_MOST ? bar : BAR_MOST);
  buffer_add_char(out, '\n');
}

/* --- sections -------------------------------------------------------------------------------- */

static void write_head(struct buffer *out, const struct report *report, size_t width) {
  char job[32];
  snprintf(job, sizeof job, "Send %d", (int)report->job_id);
  buffer_printf(out, "Report of %s\n", job);
  const char *const lines[][2] = {{"Subject", report->subject},
                                  {"Email", report->email_name},
                                  {"From", report->from_name},
                                  {"Sent", report->sent_date}};
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    if (!lines[i][1])
      continue;
    buffer_printf(out, "  %-9s", lines[i][0]);
    write_name(out, lines[i][1], width > 20 ? width - 11 : 9, false);
    while (out->size > 0 && out->data[out->size - 1] == ' ')
      out->size--;
    buffer_add_char(out, '\n');
  }
}

static void write_rate(struct buffer *out, const char *name, int64_t count, double rate,
                       double average, const struct report *report, size_t width) {
  char words[WORD_SIZE], number[WORD_SIZE];
  buffer_printf(out, "  %-20s", name);
  write_right(out, words_number(number, count), 11);
  write_right(out, words_percent(words, rate), 10);
  buffer_add_text(out, "  ");
  if (report->average_of > 0) {
    buffer_add_text(out, "average ");
    write_right(out, words_percent(words, average), 9);
  } else
    write_bar(out, rate / 100, width > 66 ? 20 : 8);
  buffer_add_char(out, '\n');
}

static void write_rates(struct buffer *out, const struct report *report, size_t width) {
  const struct report_totals *t = &report->totals;
  const struct report_rates *r = &report->rates, *a = &report->average;
  title(out, "Key figures", width);
  write_rate(out, "Delivered", t->delivered, r->delivery, a->delivery, report, width);
  write_rate(out, "Bounced", t->hard + t->soft + t->other, r->bounce, a->bounce, report, width);
  write_rate(out, "Opened", t->opened, r->open, a->open, report, width);
  write_rate(out, "Clicked", t->clicked, r->click, a->click, report, width);
  write_rate(out, "Unsubscribed", t->unsubscribed, r->unsubscribe, a->unsubscribe, report, width);
  if (report->average_of > 0)
    buffer_printf(out, "  The average is that of %zu sends of the last six months.\n",
                  report->average_of);
}

static void write_links(struct buffer *out, const struct report *report, size_t width, size_t top) {
  const struct report_totals *t = &report->totals;
  int64_t most = report->link_count > 0 ? report->links[0].clicks : 0, others = 0;
  title(out, "URLs and click streams", width);
  write_rate(out, "Reactivity", t->clicked, report->rates.reactivity, report->average.reactivity,
             report, width);
  write_rate(out, "Distinct clicks", t->clicked, report->rates.distinct_clicks,
             report->average.distinct_clicks, report, width);
  write_rate(out, "Cumulated clicks", t->clicks, report->rates.cumulated_clicks,
             report->average.cumulated_clicks, report, width);
  buffer_printf(out, "\n  Most visited links, by %s\n", report->by_url ? "URL" : "label");
  for (size_t i = 0; i < report->link_count; i++) {
    const struct report_link *link = &report->links[i];
    if (i >= top)
      others += link->clicks;
    else
      write_line(out, link->name, link->clicks, report_percent(link->clicks, t->clicks),
                 most > 0 ? (double)link->clicks / (double)most : 0, width, true);
  }
  if (report->link_count > top)
    write_line(out, "Others", others, report_percent(others, t->clicks), -1, width, false);
  write_line(out, "Total", t->clicks, report_percent(t->clicks, t->clicks), -1, width, false);
}

static void write_days(struct buffer *out, const struct report *report, size_t width) {
  int64_t days[REPORT_DAYS] = {0}, most = 0;
  size_t last = 0;
  for (size_t day = 0; day < REPORT_DAYS; day++) {
    for (size_t i = 0; i < report->link_count; i++)
      days[day] += report->links[i].days[day];
    most = days[day] > most ? days[day] : most;
    last = days[day] > 0 ? day : last;
  }
  if (most == 0)
    return;
  buffer_add_text(out, "\n  Clicks per day since the send\n");
  for (size_t day = 0; day <= last; day++) {
    char name[32];
    snprintf(name, sizeof name, day + 1 == REPORT_DAYS ? "day %zu and later" : "day %zu", day + 1);
    write_line(out, name, days[day], report_percent(days[day], (int64_t)report->clicks.count),
               (double)days[day] / (double)most, width, false);
  }
}

static void write_times(struct buffer *out, const struct report *report, size_t width) {
  title(out, "Tracking statistics: time to reach a share of all", width);
  buffer_printf(out, "  %-8s%16s%16s\n", "", "Opens", "Clicks");
  for (int tenth = 1; tenth <= REPORT_TENTHS; tenth++) {
    char opens[WORD_SIZE], clicks[WORD_SIZE];
    buffer_printf(out, "  %d %%%-4s%16s%16s\n", tenth * 10, "",
                  words_duration(opens, report_tenth(&report->opens, tenth)),
                  words_duration(clicks, report_tenth(&report->clicks, tenth)));
  }
  char opens[WORD_SIZE], clicks[WORD_SIZE];
  buffer_printf(out, "  %-8s%16s%16s\n", "all", words_number(opens, (int64_t)report->opens.count),
                words_number(clicks, (int64_t)report->clicks.count));
}

static void write_bounces(struct buffer *out, const struct report *report, size_t width) {
  int64_t all = 0;
  for (size_t i = 0; i < report->bounces.count; i++)
    all += report->bounces.items[i].counts[0];
  title(out, "Bounces, of all bounces", width);
  for (size_t i = 0; i < report->bounces.count; i++) {
    const struct tally_item *item = &report->bounces.items[i];
    const char *category = strchr(item->name, '\t');
    int64_t count = item->counts[0];
    write_line(out, category ? category + 1 : item->name, count, report_percent(count, all),
               all > 0 ? (double)count / (double)all : 0, width, false);
  }
  write_line(out, "Total", all, report_percent(all, all), -1, width, false);
}

static void write_domain(struct buffer *out, const char *name, const int64_t counts[TALLY_COUNTS],
                         size_t columns) {
  char word[WORD_SIZE];
  buffer_add_text(out, "  ");
  write_name(out, name, columns, false);
  write_right(out, words_number(word, counts[REPORT_SENT]), 9);
  write_right(out, words_percent(word, report_percent(counts[REPORT_BOUNCED], counts[REPORT_SENT])),
              9);
  write_right(out, words_percent(word, report_percent(counts[REPORT_OPENED], counts[REPORT_SENT])),
              9);
  write_right(out, words_percent(word, report_percent(counts[REPORT_CLICKED], counts[REPORT_SENT])),
              9);
  write_right(
      out, words_percent(word, report_percent(counts[REPORT_CLICKED], counts[REPORT_OPENED])), 12);
  buffer_add_char(out, '\n');
}

static void write_domains(struct buffer *out, const struct report *report, size_t width,
                          size_t top) {
  int64_t others[TALLY_COUNTS] = {0}, all[TALLY_COUNTS] = {0};
  size_t columns = width > 70 ? width - 52 : 18;
  columns = columns > 40 ? 40 : columns;
  title(out, "Domains, in per cent of the messages sent to each", width);
  if (!report->domains_known) {
    buffer_add_text(out, "  Not read for a send of this size; --domains reads every SentEvent.\n");
    return;
  }
  buffer_add_text(out, "  ");
  write_name(out, "Domain", columns, false);
  buffer_printf(out, "%9s%9s%9s%9s%12s\n", "Sent", "Bounced", "Opened", "Clicked", "Reactivity");
  for (size_t i = 0; i < report->domains.count; i++)
    for (size_t what = 0; what < TALLY_COUNTS; what++) {
      all[what] += report->domains.items[i].counts[what];
      others[what] += i >= top ? report->domains.items[i].counts[what] : 0;
    }
  for (size_t i = 0; i < report->domains.count && i < top; i++)
    write_domain(out, report->domains.items[i].name, report->domains.items[i].counts, columns);
  if (report->domains.count > top)
    write_domain(out, "Others", others, columns);
  write_domain(out, "Total", all, columns);
  if (report->without_domain > 0)
    buffer_printf(out, "  Of %lld recipients the account does not tell the address.\n",
                  (long long)report->without_domain);
}

static void write_missing(struct buffer *out, size_t width) {
  title(out, "Not available from the service's API", width);
  for (size_t i = 0; words_not_available[i][0]; i++)
    buffer_printf(out, "  %s:\n    %s\n", words_not_available[i][0], words_not_available[i][1]);
}

void text_write(struct buffer *out, const struct report *report, size_t width, size_t top) {
  write_head(out, report, width);
  write_rates(out, report, width);
  write_links(out, report, width, top);
  write_days(out, report, width);
  write_times(out, report, width);
  write_bounces(out, report, width);
  write_domains(out, report, width, top);
  write_missing(out, width);
}
