/* Figures of a report as people read them. */
#ifndef ETTRACK_REPORT_WORDS_H
#define ETTRACK_REPORT_WORDS_H

#include <stdint.h>

enum { WORD_SIZE = 48 };

/* "12,000" */
const char *words_number(char word[WORD_SIZE], int64_t number);
/* "22.8 %"; below 0: "n/a" */
const char *words_percent(char word[WORD_SIZE], double percent);
/* "1 h 20 min", from microseconds; below 0: "n/a" */
const char *words_duration(char word[WORD_SIZE], int64_t microseconds);

/* What the links of hot clicks, and the counts of the domains are. */
extern const char words_hot_clicks[], words_domains[];

/* What the service's API does not tell, so no report on it has it; ends with NULL. */
extern const char *const words_not_available[][2];

#endif
