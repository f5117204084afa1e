#include "ettrack/report/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *const words_not_available[][2] = {
    {"Transactions, revenue and visited pages", "the API has no web tracking"},
    {"People behind clicks, estimated forwards",
     "events have no browser id: clicks are told apart by subscriber"},
    {"Clicks on unsubscribe and mirror page links",
     "the API does not mark them: they count as clicks like all others"},
    {"The place of a link in the message", "the API does not tell it"},
    {"Opens of text mails", "no pixel, and their share is not told: reactivity is the raw one"},
    {"Complaints", "the API does not return them"},
    {"Devices, browsers and operating systems", "events do not name them"},
    {NULL, NULL}};

const char words_hot_clicks[] =
    "Most clicked first, since the API does not tell where in the message a link stands.";

const char words_domains[] =
    "Sent, bounced and delivered count messages; opened and clicked count recipients, each once, "
    "in per cent of the messages delivered.";

const char *words_number(char word[WORD_SIZE], int64_t number) {
  char digits[24];
  size_t used = 0;
  if (number < 0)
    return "n/a";
  snprintf(digits, sizeof digits, "%" PRId64, number);
  size_t n = strlen(digits);
  for (size_t i = 0; i < n; i++) {
    if (i > 0 && (n - i) % 3 == 0)
      word[used++] = ',';
    word[used++] = digits[i];
  }
  word[used] = '\0';
  return word;
}

const char *words_percent(char word[WORD_SIZE], double percent) {
  if (percent < 0)
    return "n/a";
  snprintf(word, WORD_SIZE, percent > 0 && percent < 10 ? "%.2f %%" : "%.1f %%", percent);
  return word;
}

const char *words_duration(char word[WORD_SIZE], int64_t seconds) {
  int64_t minutes = seconds / 60, hours = minutes / 60;
  if (seconds < 0)
    return "n/a";
  if (minutes == 0)
    snprintf(word, WORD_SIZE, "%" PRId64 " s", seconds);
  else if (hours == 0)
    snprintf(word, WORD_SIZE, "%" PRId64 " min", minutes);
  else if (hours < 48)
    snprintf(word, WORD_SIZE, "%" PRId64 " h %02" PRId64 " min", hours, minutes % 60);
  else
    snprintf(word, WORD_SIZE, "%" PRId64 " d %" PRId64 " h", hours / 24, hours % 24);
  return word;
}

void words_figures(struct words_figure figures[WORDS_FIGURES], const ets_report *report) {
  const ets_report_totals *t = &report->totals;
  const double *r = report->rates.percent, *a = report->average.rates.percent;
  const struct words_figure all[WORDS_FIGURES] = {
      {"Delivered", "messages", "sent", t->delivered, r[ETS_RATE_DELIVERY], a[ETS_RATE_DELIVERY]},
      {"Bounced", "messages", "sent", t->bounced, r[ETS_RATE_BOUNCE], a[ETS_RATE_BOUNCE]},
      {"Opened", "recipients", "delivered", t->opened, r[ETS_RATE_OPEN], a[ETS_RATE_OPEN]},
      {"Clicked", "recipients", "delivered", t->clicked, r[ETS_RATE_CLICK], a[ETS_RATE_CLICK]},
      {"Unsubscribed", "events", "delivered", t->unsubscribed, r[ETS_RATE_UNSUBSCRIBE],
       a[ETS_RATE_UNSUBSCRIBE]},
      {"Reactivity", "recipients", "opened", t->clicked, r[ETS_RATE_CLICK_TO_OPEN],
       a[ETS_RATE_CLICK_TO_OPEN]},
      {"Distinct clicks", "recipients", "delivered", t->clicked, r[ETS_RATE_CLICK],
       a[ETS_RATE_CLICK]},
      {"Cumulated clicks", "clicks", "delivered", t->clicks, report->cumulated_clicks,
       report->average.cumulated_clicks}};
  memcpy(figures, all, sizeof all);
}

const char *words_name(const ets_report *report, char word[WORD_SIZE]) {
  snprintf(word, WORD_SIZE, "Send %" PRId32, report->job_id);
  return report->subject ? report->subject : report->email_name ? report->email_name : word;
}

ets_report_domain words_domains_from(const ets_report *report, size_t from) {
  ets_report_domain sum = {0};
  for (size_t i = from; i < report->domain_count; i++) {
    const ets_report_domain *domain = &report->domains[i];
    sum.sent += domain->sent;
    sum.bounced += domain->bounced;
    sum.delivered += domain->delivered;
    sum.opened += domain->opened;
    sum.clicked += domain->clicked;
  }
  return sum;
}

int64_t words_clicks_from(const ets_report *report, size_t from) {
  int64_t sum = 0;
  for (size_t i = from; i < report->link_count; i++)
    sum += report->links[i].clicks;
  return sum;
}

int64_t words_bounces(const ets_report *report) {
  int64_t sum = 0;
  for (size_t i = 0; i < report->bounce_count; i++)
    sum += report->bounces[i].count;
  return sum;
}

const char *words_bounce(struct buffer *text, const ets_report *report, size_t i) {
  const ets_report_bounce *bounce = &report->bounces[i];
  bool shared = false;
  for (size_t other = 0; other < report->bounce_count && !shared; other++)
    shared = other != i && strcmp(report->bounces[other].category, bounce->category) == 0;
  buffer_reset(text);
  buffer_add_text(text, bounce->category);
  if (shared)
    buffer_printf(text, " (%s)", bounce->type);
  return buffer_text(text);
}

int64_t words_dated(const ets_report_reaction *reaction, int64_t counted) {
  return reaction->count == 0 && counted > 0 ? -1 : reaction->count;
}
