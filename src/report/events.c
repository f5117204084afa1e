#include "report/events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int64_t second = 1000000, day = 86400;

/* Seconds since the send; false when either has no date. */
static bool since_send(int64_t *seconds, const struct ets_report_reading *reading, ets_object row) {
  ets_time time;
  const char *date = ets_get_text(row, "EventDate");
  if (!reading->launch || !date ||
      ets_time_parse(&time, date, ets_session_utc_offset(reading->session)) != ETS_OK)
    return false;
  *seconds =
      time.microseconds > reading->launch ? (time.microseconds - reading->launch) / second : 0;
  return true;
}

static bool take_moment(struct ets_times *times, const struct ets_report_reading *reading,
                        ets_object row) {
  int64_t seconds;
  return !since_send(&seconds, reading, row) || ets_times_add(times, seconds);
}

static bool take_click(struct ets_report_reading *reading, ets_object row) {
  int64_t seconds;
  if (!since_send(&seconds, reading, row))
    return true;
  const struct ets_tally_item *id =
      ets_tally_at(&reading->links, ets_get_text_or(row, "URLID", ""));
  if (!id)
    return false;
  int64_t days = seconds / day;
  if (id->counts[0] > 0)
    reading->report->links[id->counts[0] - 1]
        .days[days < ETS_REPORT_DAYS ? days : ETS_REPORT_DAYS - 1]++;
  return ets_times_add(&reading->clicks, seconds);
}

/* The type has no tab, whatever the service says, since it ends there. */
static bool take_bounce(struct ets_report_reading *reading, ets_object row) {
  const char *type = ets_get_text_or(row, "EventType", "Bounce");
  const char *category = ets_get_text_or(row, "BounceCategory", "");
  const size_t type_size = strcspn(type, "\t");
  if (!*category)
    category = "no category";
  const size_t size = type_size + strlen(category) + 2;
  char *name = malloc(size);
  if (!name)
    return false;
  snprintf(name, size, "%.*s\t%s", (int)type_size, type, category);
  struct ets_tally_item *bounce = ets_tally_at(&reading->bounces, name);
  free(name);
  if (bounce)
    bounce->counts[0]++;
  return bounce != NULL;
}

/* A recipient opens and clicks once, and gets or bounces each message. */
static bool take_person(struct ets_report_reading *reading, int what, ets_object row) {
  if (!reading->report->domains_known)
    return true;
  struct ets_tally_item *one =
      ets_tally_at(&reading->people, ets_get_text_or(row, "SubscriberKey", ""));
  bool once = what == ETS_PERSON_OPENED || what == ETS_PERSON_CLICKED;
  if (one)
    one->counts[what] = once ? 1 : one->counts[what] + 1;
  return one != NULL;
}

static bool take(struct ets_report_reading *reading, ets_event_type type, int what,
                 ets_object row) {
  bool good = take_person(reading, what, row);
  if (type == ETS_EVENT_OPEN)
    return good && take_moment(&reading->opens, reading, row);
  if (type == ETS_EVENT_CLICK)
    return good && take_click(reading, row);
  return good && (type != ETS_EVENT_BOUNCE || take_bounce(reading, row));
}

static ets_status read_type(struct ets_report_reading *reading, ets_event_type type, int what) {
  ets_event_query query = ETS_EVENT_QUERY_INIT;
  ets_cursor *cursor = NULL;
  ets_object row;
  query.type = type;
  query.job_id = reading->query->job_id;
  ets_status status = ets_events_open(&cursor, reading->session, &query, reading->scope);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    if (!take(reading, type, what, row))
      status = ets_reading_no_memory(reading);
    reading->rows++;
    if (reading->query->progress)
      reading->query->progress(reading->query->context, reading->rows);
  }
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

ets_status ets_report_events(struct ets_report_reading *reading) {
  static const struct {
    ets_event_type type;
    int what;
  } types[] = {{ETS_EVENT_SENT, ETS_PERSON_SENT},
               {ETS_EVENT_OPEN, ETS_PERSON_OPENED},
               {ETS_EVENT_CLICK, ETS_PERSON_CLICKED},
               {ETS_EVENT_BOUNCE, ETS_PERSON_BOUNCED}};
  ets_status status = ETS_OK;
  for (size_t i = 0; status == ETS_OK && i < sizeof types / sizeof *types; i++)
    if (types[i].type != ETS_EVENT_SENT || reading->report->domains_known)
      status = read_type(reading, types[i].type, types[i].what);
  return status;
}
