/* A report while it is read. */
#ifndef ETS_REPORT_READING_H
#define ETS_REPORT_READING_H

#include "call/session_private.h"
#include "report/reaction.h"
#include "report/tally.h"

#include <etsoap/report.h>

/* What a recipient and a domain count, in their tallies: messages that were sent and that bounced;
 * recipients who opened and who clicked, each once. */
enum { ETS_PERSON_SENT, ETS_PERSON_OPENED, ETS_PERSON_CLICKED, ETS_PERSON_BOUNCED };

struct ets_report_reading {
  ets_report *report;
  ets_session *session;
  const ets_report_query *query;
  const ets_scope *scope;
  int64_t launch;                  /* microseconds, when the send went out; 0: not known */
  uint64_t rows;                   /* events so far */
  struct ets_report_tally links;   /* by id: counts[0] is the link + 1 */
  struct ets_report_tally names;   /* of links, as they are told apart: counts[0] as of `links` */
  struct ets_report_tally bounces; /* "HardBounce\tcategory": counts[0] */
  struct ets_report_tally people;  /* by subscriber key, while domains are read */
  struct ets_report_tally domains;
  struct ets_times opens, clicks;
};

static inline ets_status ets_reading_no_memory(const struct ets_report_reading *reading) {
  return ets_session_fail(reading->session, ETS_E_NOMEM, "out of memory");
}

#endif
