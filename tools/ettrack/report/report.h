/* The report of a send: what was read of it, and what follows from that. */
#ifndef ETTRACK_REPORT_REPORT_H
#define ETTRACK_REPORT_REPORT_H

#include "ettrack/report/tally.h"
#include "ettrack/run/service.h"

enum { REPORT_TENTHS = 9, REPORT_DAYS = 14, REPORT_COUNTED_BY_ITSELF = 25000 };

struct report_link {
  char *name; /* label or URL, as the links are told apart */
  char *url;  /* of the first of that name */
  int64_t clicks, unique_clicks, id;
  int64_t days[REPORT_DAYS]; /* clicks per day since the send; the last day is all later ones */
};

/* Points in time of one kind of event. */
struct report_moments {
  int64_t *items; /* microseconds since the send, ascending */
  size_t count, capacity;
};

/* What a recipient and a domain count, in their tallies: messages that were sent and that bounced;
 * recipients who opened and who clicked, each once. */
enum { REPORT_SENT, REPORT_OPENED, REPORT_CLICKED, REPORT_BOUNCED };

/* Rates in per cent; below 0: not available. */
struct report_rates {
  double delivery, open, click, reactivity, distinct_clicks, cumulated_clicks, bounce, unsubscribe;
};

struct report_totals {
  int64_t targeted, sent, delivered, opened, clicked, unsubscribed, hard, soft, other, forwarded;
  int64_t clicks; /* all of all links */
};

struct report {
  int32_t job_id;
  int64_t account; /* MID; 0: the account's own is read, or not known */
  char *subject, *email_name, *from_name, *sent_date; /* NULL: the service has none */
  int64_t launch;                                     /* microseconds; 0: not known */
  int64_t made;                                       /* when the report was made */
  struct report_totals totals;
  struct report_rates rates, average;
  size_t average_of; /* sends; 0: not asked for, or there are none */
  bool by_url;
  struct report_link *links; /* most clicks first */
  size_t link_count;
  struct report_moments opens, clicks;
  struct tally bounces;   /* "Hard bounce\tcategory", counts[0] */
  struct tally people;    /* subscriber keys */
  struct tally domains;   /* most messages first */
  bool domains_known;     /* else the send is too large to read it unasked */
  int64_t without_domain; /* people whose address the account does not tell */
};

struct report_request {
  int32_t job_id;
  bool by_url;  /* else by label */
  bool compare; /* with the account's average */
  bool domains; /* however many recipients */
};

/* Reads it all. `report` starts as {0} and is to be freed in any case. */
ets_status report_read(struct report *report, const struct service *service, ets_session *session,
                       const struct report_request *request);
void report_free(struct report *report);

/* Microseconds after the send when so many tenths of the moments had come; -1: there are none. */
int64_t report_tenth(const struct report_moments *moments, int tenths);

/* Per cent; -1 when the whole is 0. */
double report_percent(int64_t part, int64_t whole);

/* The counts of the domains from that one on together; of 0, of all. */
void report_domains(int64_t counts[TALLY_COUNTS], const struct report *report, size_t from);

/* Messages of a domain that were sent and did not bounce. */
int64_t report_delivered(const int64_t counts[TALLY_COUNTS]);

/* What the send is called: its subject, else the name of its email, else "Send 12043295", in
 * `text`. */
enum { REPORT_NAME_SIZE = 32 };
const char *report_name(const struct report *report, char text[REPORT_NAME_SIZE]);

#endif
