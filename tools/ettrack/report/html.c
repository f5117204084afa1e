#include "ettrack/report/html.h"

#include "common/escape.h"
#include "ettrack/output/width.h"
#include "ettrack/report/style.h"
#include "ettrack/report/svg.h"
#include "ettrack/report/words.h"

#include <etsoap/time.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void html_text(struct buffer *out, const char *text) {
  escape_xml_attribute(out, text, strlen(text));
}

/* --- parts ----------------------------------------------------------------------------------- */

static void number_cell(struct buffer *out, int64_t number) {
  char word[WORD_SIZE];
  buffer_printf(out, "<td class=\"n\">%s</td>", words_number(word, number));
}

static void percent_cell(struct buffer *out, double percent) {
  char word[WORD_SIZE];
  buffer_printf(out, "<td class=\"n\">%s</td>", words_percent(word, percent));
}

/* The number stands beside it, so readers of the page's text need no bar. */
static void bar_cell(struct buffer *out, double share, int series) {
  buffer_printf(out,
                "<td class=\"wide\" aria-hidden=\"true\"><span class=\"bar s%d\" "
                "style=\"width:%.1f%%\"></span></td>",
                series, share > 0 ? 100 * share : 0);
}

enum { NAME_WHOLE = 20, NAME_PIECE = 14 };

/* Long URLs and domains may go on in the next line behind their punctuation, not inside a word,
 * unless that alone would push the figures off the page. */
static void html_name(struct buffer *out, const char *name) {
  if (strlen(name) <= NAME_WHOLE) {
    html_text(out, name);
    return;
  }
  bool cut = false;
  while (*name) {
    size_t word = strcspn(name, " /.?&=-_@"), part = word;
    if (cut || word > NAME_WHOLE)
      part = width_fit(name, word, NAME_PIECE);
    cut = part < word;
    part = cut ? part : word + strspn(name + word, " /.?&=-_@");
    escape_xml_attribute(out, name, part);
    name += part;
    if (*name)
      buffer_add_text(out, "<wbr>");
  }
}

static void name_cell(struct buffer *out, const char *name) {
  buffer_add_text(out, "<th scope=\"row\">");
  html_name(out, name);
  buffer_add_text(out, "</th>");
}

/* A table in a region that scrolls by itself where it is too wide, by keyboard as well. */
static void open_any_table(struct buffer *out, const char *caption, const char *attributes,
                           const char *head) {
  buffer_printf(out,
                "<div class=\"scroll\" role=\"region\" aria-label=\"%s\" tabindex=\"0\"><table%s>"
                "<thead><tr>%s</tr></thead>\n<tbody>\n",
                caption, attributes, head);
}

static void open_table(struct buffer *out, const char *caption, const char *head) {
  open_any_table(out, caption, "", head);
}

/* On a phone the figures of a row stand below its name. */
static void open_stack(struct buffer *out, const char *caption, const char *head) {
  open_any_table(out, caption, " class=\"stack\"", head);
}

static void close_table(struct buffer *out) {
  buffer_add_text(out, "</table></div>\n");
}

static void write_card(struct buffer *out, const ets_report *report,
                       const struct words_figure *card) {
  char word[WORD_SIZE];
  buffer_printf(out, "<li><span>%s</span><b>%s</b><span>%s</span>", card->name,
                words_number(word, card->count), card->unit);
  if (card->of)
    buffer_printf(out, "<span>%s of %s</span>", words_percent(word, card->rate), card->of);
  if (card->of && report->average.sends > 0 && card->average >= 0)
    buffer_printf(out, "<span>average %s</span>", words_percent(word, card->average));
  buffer_add_text(out, "</li>\n");
}

static void write_rate(struct buffer *out, const ets_report *report,
                       const struct words_figure *figure, const char *formula) {
  char word[WORD_SIZE];
  buffer_printf(out, "<div><dt>%s</dt><dd>%s<small>%s</small>", figure->name,
                words_percent(word, figure->rate), formula);
  if (report->average.sends > 0)
    buffer_printf(out, "<small>average %s</small>", words_percent(word, figure->average));
  buffer_add_text(out, "</dd></div>\n");
}

/* --- sections -------------------------------------------------------------------------------- */

static void write_head(struct buffer *out, const ets_report *report) {
  char text[WORD_SIZE], account[WORD_SIZE], sent[48] = "";
  const char *name = words_name(report, text);
  buffer_add_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                       "style-src 'unsafe-inline'\">\n<meta name=\"color-scheme\" "
                       "content=\"light dark\">\n<title>");
  html_text(out, name);
  buffer_printf(out, " – report of send %" PRId32 "</title>\n<style>\n", report->job_id);
  for (const char *const *part = html_style; *part; part++)
    buffer_add_text(out, *part);
  buffer_add_text(out, "\n</style>\n</head>\n<body>\n");
  buffer_printf(out,
                "<main>\n<header>\n<p class=\"kicker\">Email report, send %" PRId32 "</p>\n<h1>",
                report->job_id);
  html_text(out, name);
  buffer_add_text(out, "</h1>\n<p>");
  snprintf(account, sizeof account, "%" PRId64, report->account);
  if (report->sent_date && strlen(report->sent_date) >= 16)
    snprintf(sent, sizeof sent, "%.10s, %.5s", report->sent_date, report->sent_date + 11);
  const char *const facts[][2] = {{"Sent", *sent ? sent : NULL},
                                  {"from", report->from_name},
                                  {"email", report->email_name},
                                  {"account", report->account ? account : NULL}};
  bool any = false;
  for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
    if (facts[i][1]) {
      buffer_printf(out, "%s%s ", any ? " · " : "", facts[i][0]);
      html_text(out, facts[i][1]);
      any = true;
    }
  buffer_add_text(out, "</p>\n</header>\n");
}

static void write_cards(struct buffer *out, const ets_report *report) {
  const struct words_figure sent = {"Sent", "messages", NULL, report->totals.sent, -1, -1};
  struct words_figure cards[WORDS_FIGURES];
  words_figures(cards, report);
  buffer_add_text(out, "<ul class=\"cards\" aria-label=\"Key figures\">\n");
  write_card(out, report, &sent);
  for (size_t i = 0; i < WORDS_KEY; i++)
    write_card(out, report, &cards[i]);
  buffer_add_text(out, "</ul>\n");
}

static void write_links(struct buffer *out, const ets_report *report, size_t top) {
  static const char *const formulas[] = {"clicked ÷ opened", "clicked ÷ delivered",
                                         "all clicks ÷ delivered"};
  const ets_report_totals *t = &report->totals;
  struct words_figure rates[WORDS_FIGURES];
  int64_t most = report->link_count > 0 ? report->links[0].clicks : 0;
  int64_t others = words_clicks_from(report, top);
  buffer_add_text(out, "<section aria-labelledby=\"links\">\n<h2 id=\"links\">URLs and click "
                       "streams</h2>\n<p class=\"note\">What readers did with the message.</p>\n"
                       "<dl class=\"rates\">\n");
  words_figures(rates, report);
  for (size_t i = WORDS_KEY; i < WORDS_FIGURES; i++)
    write_rate(out, report, &rates[i], formulas[i - WORDS_KEY]);
  buffer_printf(out, "</dl>\n<h3>Most visited links, by %s</h3>\n",
                report->links_by_url ? "URL" : "label");
  open_table(out, "Most visited links",
             "<th class=\"n\" scope=\"col\">#</th><th scope=\"col\">Link</th><th class=\"n\" "
             "scope=\"col\">Clicks</th><th class=\"n\" scope=\"col\">Share</th><th class=\"wide\" "
             "aria-hidden=\"true\"></th>");
  for (size_t i = 0; i < report->link_count && i < top; i++) {
    const ets_report_link *link = &report->links[i];
    buffer_printf(out, "<tr><td class=\"n\">%zu</td>", i + 1);
    name_cell(out, link->name);
    number_cell(out, link->clicks);
    percent_cell(out, ets_rate_share(link->clicks, t->clicks));
    bar_cell(out, most > 0 ? (double)link->clicks / (double)most : 0,
             i + 1 < SVG_SERIES ? (int)i : SVG_SERIES - 1);
    buffer_add_text(out, "</tr>\n");
  }
  buffer_add_text(out, "</tbody>\n<tfoot>\n");
  if (report->link_count > top) {
    buffer_add_text(out, "<tr><td></td><th scope=\"row\">Others</th>");
    number_cell(out, others);
    percent_cell(out, ets_rate_share(others, t->clicks));
    buffer_add_text(out, "<td class=\"wide\"></td></tr>\n");
  }
  buffer_add_text(out, "<tr><td></td><th scope=\"row\">Total</th>");
  number_cell(out, t->clicks);
  percent_cell(out, ets_rate_share(t->clicks, t->clicks));
  buffer_add_text(out, "<td class=\"wide\"></td></tr>\n</tfoot>");
  close_table(out);
  buffer_add_text(out, "</section>\n");
}

static void write_days(struct buffer *out, const ets_report *report) {
  buffer_add_text(out, "<section aria-labelledby=\"per-day\">\n<h2 id=\"per-day\">Clicks per day"
                       "</h2>\n<p class=\"note\">Days since the send, stacked by link.</p>\n");
  svg_days(out, report);
  buffer_add_text(out, "<ul class=\"legend\" aria-label=\"Colours of the links\">\n");
  for (size_t i = 0; i < report->link_count && i < SVG_SERIES; i++) {
    buffer_printf(out, "<li><i class=\"s%zu\"></i><span>", i);
    html_name(out, i + 1 < SVG_SERIES ? report->links[i].name : "all others");
    buffer_add_text(out, "</span></li>\n");
  }
  buffer_add_text(out, "</ul>\n</section>\n");
}

static void write_times(struct buffer *out, const ets_report *report) {
  char word[WORD_SIZE];
  buffer_add_text(out, "<section aria-labelledby=\"times\">\n<h2 id=\"times\">Tracking statistics"
                       "</h2>\n<p class=\"note\">Opens and clicks that had come, in per cent of "
                       "all.</p>\n");
  svg_cumulated(out, report);
  buffer_printf(out, "<ul class=\"legend\"><li><i class=\"s0\"></i><span>Opens, %s</span></li>",
                words_number(word, words_dated(&report->opens, report->totals.opened)));
  buffer_printf(out, "<li><i class=\"s1\"></i><span>Clicks, %s</span></li></ul>\n",
                words_number(word, words_dated(&report->clicks, report->totals.clicks)));
  buffer_add_text(out, "<h3>Time to reach a share of all</h3>\n");
  open_table(out, "Time to reach a share of all",
             "<th scope=\"col\">Share</th><th class=\"n\" scope=\"col\">Opens</th><th class=\"n\" "
             "scope=\"col\">Clicks</th>");
  for (int tenth = 1; tenth <= ETS_REPORT_TENTHS; tenth++) {
    buffer_printf(out, "<tr><th scope=\"row\">%d %%</th><td class=\"n\">%s</td>", tenth * 10,
                  words_duration(word, report->opens.reach[tenth - 1]));
    buffer_printf(out, "<td class=\"n\">%s</td></tr>\n",
                  words_duration(word, report->clicks.reach[tenth - 1]));
  }
  buffer_add_text(out, "</tbody>");
  close_table(out);
  buffer_add_text(out, "</section>\n");
}

static void write_hot_clicks(struct buffer *out, const ets_report *report) {
  int64_t all = report->totals.clicks;
  buffer_printf(out,
                "<section aria-labelledby=\"hot\">\n<h2 id=\"hot\">Hot clicks</h2>\n"
                "<p class=\"note\">The share of each link in all clicks. %s</p>\n",
                words_hot_clicks);
  open_table(out, "Share of each link",
             "<th scope=\"col\">Link</th><th class=\"n\" scope=\"col\">Share</th><th class=\"n\" "
             "scope=\"col\">Subscribers</th><th class=\"wide\" aria-hidden=\"true\"></th>");
  for (size_t i = 0; i < report->link_count; i++) {
    const ets_report_link *link = &report->links[i];
    buffer_add_text(out, "<tr>");
    name_cell(out, link->name);
    percent_cell(out, ets_rate_share(link->clicks, all));
    number_cell(out, link->unique_clicks);
    bar_cell(out, all > 0 ? (double)link->clicks / (double)all : 0, 0);
    buffer_add_text(out, "</tr>\n");
  }
  buffer_add_text(out, "</tbody>");
  close_table(out);
  buffer_add_text(out, "</section>\n");
}

static void write_bounces(struct buffer *out, const ets_report *report) {
  int64_t all = words_bounces(report);
  buffer_add_text(out, "<section aria-labelledby=\"bounces\">\n<h2 id=\"bounces\">Bounces by type"
                       "</h2>\n<p class=\"note\">The share of all bounces (contribution), and of "
                       "all messages sent (breakdown).</p>\n");
  open_stack(out, "Bounces by type",
             "<th scope=\"col\">Type</th><th class=\"n\" scope=\"col\">Bounces</th><th class=\"n\" "
             "scope=\"col\">Share</th><th class=\"n\" scope=\"col\">Of sent</th>");
  struct buffer name = {0};
  for (size_t i = 0; i < report->bounce_count; i++) {
    const ets_report_bounce *bounce = &report->bounces[i];
    buffer_add_text(out, "<tr>");
    name_cell(out, words_bounce(&name, report, i));
    number_cell(out, bounce->count);
    percent_cell(out, ets_rate_share(bounce->count, all));
    percent_cell(out, ets_rate_share(bounce->count, report->totals.sent));
    buffer_add_text(out, "</tr>\n");
  }
  buffer_free(&name);
  buffer_add_text(out, "</tbody><tfoot><tr><th scope=\"row\">Total</th>");
  number_cell(out, all);
  percent_cell(out, ets_rate_share(all, all));
  percent_cell(out, ets_rate_share(all, report->totals.sent));
  buffer_add_text(out, "</tr></tfoot>");
  close_table(out);
  buffer_add_text(out, "</section>\n");
}

/* A count, and below it its share of what is said. */
static void share_cell(struct buffer *out, int64_t count, int64_t whole) {
  char number[WORD_SIZE], percent[WORD_SIZE];
  buffer_printf(out, "<td class=\"n\">%s<small>%s</small></td>", words_number(number, count),
                words_percent(percent, ets_rate_share(count, whole)));
}

/* What follows from the other columns is left out on a phone. */
static void domain_row(struct buffer *out, const char *name, const ets_report_domain *domain) {
  char word[WORD_SIZE];
  buffer_add_text(out, "<tr>");
  name_cell(out, name);
  number_cell(out, domain->sent);
  share_cell(out, domain->bounced, domain->sent);
  buffer_printf(out, "<td class=\"n more\">%s</td>", words_number(word, domain->delivered));
  share_cell(out, domain->opened, domain->delivered);
  share_cell(out, domain->clicked, domain->delivered);
  buffer_printf(out, "<td class=\"n more\">%s</td></tr>\n",
                words_percent(word, ets_rate_share(domain->clicked, domain->opened)));
}

static void write_domains(struct buffer *out, const ets_report *report, size_t top) {
  const ets_report_domain all = words_domains_from(report, 0);
  buffer_printf(out,
                "<section aria-labelledby=\"domains\">\n<h2 id=\"domains\">Internet domains"
                "</h2>\n<p class=\"note\">%s Bounces are in per cent of the messages sent.</p>\n",
                words_domains);
  if (!report->domains_known) {
    buffer_add_text(out, "<p>Not read for a send of this size.</p>\n</section>\n");
    return;
  }
  open_stack(out, "Internet domains",
             "<th scope=\"col\">Domain</th><th class=\"n\" scope=\"col\">Sent</th><th class=\"n\" "
             "scope=\"col\">Bounced</th><th class=\"n more\" scope=\"col\">Delivered</th>"
             "<th class=\"n\" scope=\"col\">Opened</th><th class=\"n\" scope=\"col\">Clicked"
             "</th><th class=\"n more\" scope=\"col\">Reactivity</th>");
  for (size_t i = 0; i < report->domain_count && i < top; i++)
    domain_row(out, report->domains[i].name, &report->domains[i]);
  buffer_add_text(out, "</tbody><tfoot>\n");
  if (report->domain_count > top) {
    const ets_report_domain others = words_domains_from(report, top);
    domain_row(out, "Others", &others);
  }
  domain_row(out, "Total", &all);
  buffer_add_text(out, "</tfoot>");
  close_table(out);
  if (report->without_domain > 0)
    buffer_printf(out,
                  "<p class=\"note\">Of %" PRId64 " recipients the account does not tell the "
                  "address.</p>\n",
                  report->without_domain);
  buffer_add_text(out, "</section>\n");
}

static void write_missing(struct buffer *out) {
  buffer_add_text(out,
                  "<section aria-labelledby=\"missing\">\n<h2 id=\"missing\">Not available</h2>"
                  "\n<p class=\"note\">What the service's API does not tell is not guessed "
                  "here.</p>\n<dl class=\"missing\">\n");
  for (size_t i = 0; words_not_available[i][0]; i++)
    buffer_printf(out, "<div><dt>%s</dt><dd>%s</dd></div>\n", words_not_available[i][0],
                  words_not_available[i][1]);
  buffer_add_text(out, "</dl>\n</section>\n");
}

static void write_foot(struct buffer *out, const ets_report *report) {
  char made[48];
  ets_time_format(ets_time_in(report->made, 0), made, sizeof made);
  buffer_printf(out, "<footer>Calculated %.10s %.5s UTC by ettrack.", made, made + 11);
  if (report->average.sends > 0)
    buffer_printf(out,
                  " Averages are those of %zu sends of the last six months, without "
                  "this one and triggered ones.",
                  report->average.sends);
  buffer_add_text(out, "</footer>\n</main>\n</body>\n</html>\n");
}

void html_write(struct buffer *out, const ets_report *report, size_t top) {
  write_head(out, report);
  write_cards(out, report);
  buffer_add_text(out, "<div class=\"grid2\">\n<div>\n");
  write_links(out, report, top);
  write_times(out, report);
  buffer_add_text(out, "</div>\n<div>\n");
  write_days(out, report);
  write_hot_clicks(out, report);
  write_bounces(out, report);
  buffer_add_text(out, "</div>\n</div>\n");
  write_domains(out, report, top);
  write_missing(out);
  write_foot(out, report);
}
