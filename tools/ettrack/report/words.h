/* Figures of a report as people read them. */
#ifndef ETTRACK_REPORT_WORDS_H
#define ETTRACK_REPORT_WORDS_H

#include "common/buffer.h"

#include <etsoap/report.h>

#include <stdint.h>

enum { WORD_SIZE = 48 };

/* "12,000"; below 0: "n/a" */
const char *words_number(char word[WORD_SIZE], int64_t number);
/* "22.8 %"; below 0: "n/a" */
const char *words_percent(char word[WORD_SIZE], double percent);
/* "1 h 20 min"; below 0: "n/a" */
const char *words_duration(char word[WORD_SIZE], int64_t seconds);

/* What became of the messages, WORDS_KEY of them, then what of that are clicks. */
struct words_figure {
  const char *name, *unit; /* "Opened", "recipients" */
  const char *of;          /* what its rate is of: "delivered" */
  int64_t count;
  double rate, average; /* per cent; below 0: none */
};
enum { WORDS_KEY = 5, WORDS_FIGURES = 8 };
void words_figures(struct words_figure figures[WORDS_FIGURES], const ets_report *report);

/* What the send is called: its subject, else the name of its email, else "Send 12043295". */
const char *words_name(const ets_report *report, char word[WORD_SIZE]);

/* From that one on together, of 0 of all: domains, which then have no name, and clicks of links. */
ets_report_domain words_domains_from(const ets_report *report, size_t from);
int64_t words_clicks_from(const ets_report *report, size_t from);

/* All that the service has events of. */
int64_t words_bounces(const ets_report *report);

/* How many events have a date; -1 when none has one though there are some, by what the service
 * counts: then nothing is known of when they came. */
int64_t words_dated(const ets_report_reaction *reaction, int64_t counted);

/* The category, with the type behind it when another type has bounces of that category as well:
 * "User Unknown (HardBounce)". The name is in `text`, whose memory is the caller's. */
const char *words_bounce(struct buffer *text, const ets_report *report, size_t i);

/* What the links of hot clicks, and the counts of the domains are. */
extern const char words_hot_clicks[], words_domains[];

/* What the service's API does not tell, so no report on it has it; ends with NULL. */
extern const char *const words_not_available[][2];

#endif
