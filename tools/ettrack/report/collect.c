/* What a report is made of: the send, its links, and the events of four types. */
#include "ettrack/report/report.h"

#include "ettrack/report/domains.h"
#include "ettrack/run/progress.h"
#include "ettrack/run/stop.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MONTHS_DAYS = 183, SENDS_AT_ONCE = 50 };
static const int64_t second = 1000000, day = 86400 * INT64_C(1000000);

double report_percent(int64_t part, int64_t whole) {
  return whole > 0 ? 100.0 * (double)part / (double)whole : -1;
}

int64_t report_tenth(const struct report_moments *moments, int tenths) {
  if (moments->count == 0)
    return -1;
  size_t needed = (moments->count * (size_t)tenths + 9) / 10;
  return moments->items[needed > 0 ? needed - 1 : 0];
}

void report_domains(int64_t counts[TALLY_COUNTS], const struct report *report, size_t from) {
  for (size_t what = 0; what < TALLY_COUNTS; what++) {
    counts[what] = 0;
    for (size_t i = from; i < report->domains.count; i++)
      counts[what] += report->domains.items[i].counts[what];
  }
}

int64_t report_delivered(const int64_t counts[TALLY_COUNTS]) {
  int64_t delivered = counts[REPORT_SENT] - counts[REPORT_BOUNCED];
  return delivered > 0 ? delivered : 0;
}

const char *report_name(const struct report *report, char text[REPORT_NAME_SIZE]) {
  snprintf(text, REPORT_NAME_SIZE, "Send %" PRId32, report->job_id);
  return report->subject ? report->subject : report->email_name ? report->email_name : text;
}

static char *copy_of(const char *text) {
  return text && text[strspn(text, " \t\r\n")] ? strdup(text) : NULL;
}

static int64_t number(ets_object object, const char *name) {
  int64_t value = ets_get_integer(object, name, 0);
  return value > 0 ? value : 0;
}

/* --- the send -------------------------------------------------------------------------------- */

static void take_totals(struct report_totals *totals, ets_object send) {
  totals->targeted += number(send, "NumberTargeted");
  totals->sent += number(send, "NumberSent");
  totals->delivered += number(send, "NumberDelivered");
  totals->opened += number(send, "UniqueOpens");
  totals->clicked += number(send, "UniqueClicks");
  totals->unsubscribed += number(send, "Unsubscribes");
  totals->hard += number(send, "HardBounces");
  totals->soft += number(send, "SoftBounces");
  totals->other += number(send, "OtherBounces");
  totals->forwarded += number(send, "ForwardedEmails");
}

static struct report_rates rates_of(const struct report_totals *totals) {
  return (struct report_rates){
      .delivery = report_percent(totals->delivered, totals->sent),
      .open = report_percent(totals->opened, totals->delivered),
      .click = report_percent(totals->clicked, totals->delivered),
      .reactivity = report_percent(totals->clicked, totals->opened),
      .distinct_clicks = report_percent(totals->clicked, totals->delivered),
      .cumulated_clicks = report_percent(totals->clicks, totals->delivered),
      .bounce = report_percent(totals->hard + totals->soft + totals->other, totals->sent),
      .unsubscribe = report_percent(totals->unsubscribed, totals->delivered)};
}

static ets_status read_send(struct report *report, const struct service *service,
                            ets_session *session) {
  const ets_scope scope = service_scope(service);
  ets_object send;
  ets_time launch;
  ets_status status = ets_send_summary(&send, session, report->job_id, &scope);
  if (status != ETS_OK)
    return status;
  take_totals(&report->totals, send);
  if (service->options->all_accounts || service->options->mids.count > 0)
    report->account = ets_get_integer(send, "Client.ID", 0);
  report->subject = copy_of(ets_get_text(send, "Subject"));
  report->email_name = copy_of(ets_get_text(send, "EmailName"));
  report->from_name = copy_of(ets_get_text(send, "FromName"));
  report->sent_date = copy_of(ets_get_text(send, "SentDate"));
  if (report->sent_date &&
      ets_time_parse(&launch, report->sent_date, service->options->utc_offset) == ETS_OK)
    report->launch = launch.microseconds;
  return ETS_OK;
}

/* --- links ----------------------------------------------------------------------------------- */

static struct report_link *link_named(struct report *report, const char *name) {
  for (size_t i = 0; i < report->link_count; i++)
    if (strcmp(report->links[i].name, name) == 0)
      return &report->links[i];
  struct report_link *links =
      realloc(report->links, (report->link_count + 1) * sizeof *report->links);
  if (!links)
    return NULL;
  report->links = links;
  char *copy = strdup(name);
  if (!copy)
    return NULL;
  links[report->link_count] = (struct report_link){.name = copy};
  return &links[report->link_count++];
}

/* Links of one name count together. A link without a label goes by its URL. */
static ets_status read_links(struct report *report, const struct service *service,
                             ets_session *session, struct tally *ids) {
  const ets_scope scope = service_scope(service);
  ets_cursor *cursor = NULL;
  ets_object row;
  ets_status status = ets_links_open(&cursor, session, report->job_id, &scope);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    const char *url = ets_get_text_or(row, "Link.URL", "");
    const char *label = ets_get_text_or(row, "Link.Alias", "");
    struct report_link *link = link_named(report, report->by_url || !*label ? url : label);
    struct tally_item *id = tally_at(ids, ets_get_text_or(row, "Link.ID", ""));
    if (!link || !id || (!link->url && !(link->url = strdup(url)))) {
      status = ETS_E_NOMEM;
      break;
    }
    id->counts[0] = link - report->links + 1;
    link->clicks += number(row, "Link.TotalClicks");
    link->unique_clicks += number(row, "Link.UniqueClicks");
    if (!link->id)
      link->id = number(row, "Link.ID");
    report->totals.clicks += number(row, "Link.TotalClicks");
  }
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

static int compare_links(const void *left, const void *right) {
  const struct report_link *a = left, *b = right;
  if (a->clicks != b->clicks)
    return a->clicks > b->clicks ? -1 : 1;
  return a->id < b->id ? -1 : a->id > b->id;
}

/* --- events ---------------------------------------------------------------------------------- */

static bool moment_add(struct report_moments *moments, int64_t time) {
  if (moments->count == moments->capacity) {
    size_t capacity = moments->capacity ? moments->capacity * 2 : 1024;
    int64_t *items = realloc(moments->items, capacity * sizeof *items);
    if (!items)
      return false;
    moments->items = items;
    moments->capacity = capacity;
  }
  moments->items[moments->count++] = time;
  return true;
}

static int compare_times(const void *left, const void *right) {
  const int64_t *a = left, *b = right;
  return *a < *b ? -1 : *a > *b;
}

struct reading {
  struct report *report;
  const struct service *service;
  ets_session *session;
  struct tally ids; /* of links: counts[0] is the link + 1 */
  uint64_t rows;
};

static bool take_event(struct reading *reading, ets_event_type type, int what, ets_object row) {
  struct report *report = reading->report;
  ets_time time;
  struct report_moments *moments = type == ETS_EVENT_OPEN    ? &report->opens
                                   : type == ETS_EVENT_CLICK ? &report->clicks
                                                             : NULL;
  const char *date = ets_get_text(row, "EventDate");
  bool dated = date && ets_time_parse(&time, date, reading->service->options->utc_offset) == ETS_OK;
  int64_t since = dated && report->launch ? time.microseconds - report->launch : 0;
  since = since > 0 ? since : 0;
  if (moments && dated && report->launch && !moment_add(moments, since))
    return false;
  if (type == ETS_EVENT_CLICK) {
    const struct tally_item *id = tally_at(&reading->ids, ets_get_text_or(row, "URLID", ""));
    size_t days = (size_t)(since / day);
    if (id && id->counts[0] > 0)
      report->links[id->counts[0] - 1].days[days < REPORT_DAYS ? days : REPORT_DAYS - 1]++;
  }
  if (type == ETS_EVENT_BOUNCE) {
    char name[256];
    snprintf(name, sizeof name, "%.60s\t%.180s", ets_get_text_or(row, "EventType", "Bounce"),
             ets_get_text_or(row, "BounceCategory", "no category"));
    struct tally_item *bounce = tally_at(&report->bounces, name);
    if (!bounce)
      return false;
    bounce->counts[0]++;
  }
  struct tally_item *one = tally_at(&report->people, ets_get_text_or(row, "SubscriberKey", ""));
  if (one)
    one->counts[what] = moments ? 1 : one->counts[what] + 1;
  return one != NULL;
}

static ets_status read_events(struct reading *reading, ets_event_type type, int what) {
  const ets_scope scope = service_scope(reading->service);
  ets_event_query query = ETS_EVENT_QUERY_INIT;
  ets_cursor *cursor = NULL;
  ets_object row;
  query.type = type;
  query.job_id = reading->report->job_id;
  ets_status status = ets_events_open(&cursor, reading->session, &query, &scope);
  while (status == ETS_OK && !stop_asked() && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    if (!take_event(reading, type, what, row))
      status = ETS_E_NOMEM;
    progress_rows(++reading->rows);
  }
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : stop_asked() ? ETS_E_ABORTED : status;
}

static ets_status read_all_events(struct reading *reading, bool with_sent) {
  static const struct {
    ets_event_type type;
    int what;
  } types[] = {{ETS_EVENT_SENT, REPORT_SENT},
               {ETS_EVENT_OPEN, REPORT_OPENED},
               {ETS_EVENT_CLICK, REPORT_CLICKED},
               {ETS_EVENT_BOUNCE, REPORT_BOUNCED}};
  ets_status status = ETS_OK;
  for (size_t i = with_sent ? 0 : 1; status == ETS_OK && i < sizeof types / sizeof *types; i++)
    status = read_events(reading, types[i].type, types[i].what);
  struct report *report = reading->report;
  struct report_moments *all[] = {&report->opens, &report->clicks};
  for (size_t i = 0; i < 2; i++)
    if (all[i]->count > 0)
      qsort(all[i]->items, all[i]->count, sizeof *all[i]->items, compare_times);
  return status;
}

/* --- the account's average ------------------------------------------------------------------- */

/* All clicks of these sends; the service does not have them in a Send. */
static ets_status add_clicks(struct report_totals *totals, const struct service *service,
                             ets_session *session, const char *const *jobs, size_t count) {
  const char *items[] = {"Link.TotalClicks"};
  int ranks[] = {1};
  const struct columns columns = {items, ranks, 1};
  ets_retrieve request = service_retrieve(service, "LinkSend", &columns);
  ets_filter *filter = ets_filter_in("SendID", jobs, count);
  ets_cursor *cursor = NULL;
  ets_object row;
  request.filter = filter;
  ets_status status = filter ? ets_cursor_open(&cursor, session, &request) : ETS_E_NOMEM;
  ets_filter_free(filter);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK)
    totals->clicks += number(row, "Link.TotalClicks");
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

/* The same rates over the sends of the last six months, of all of them together. */
static ets_status read_average(struct report *report, const struct service *service,
                               ets_session *session) {
  const ets_scope scope = service_scope(service);
  ets_time since =
      ets_time_floor(ets_time_add(ets_time_now(service->options->utc_offset), -MONTHS_DAYS * day));
  struct report_totals totals = {0};
  struct tally jobs = {0};
  ets_cursor *cursor = NULL;
  ets_object send;
  ets_status status = ets_sends_open(&cursor, session, &since, NULL, &scope);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &send)) == ETS_OK) {
    take_totals(&totals, send);
    if (!tally_at(&jobs, ets_get_text_or(send, "ID", "")))
      status = ETS_E_NOMEM;
  }
  ets_cursor_close(cursor);
  status = status == ETS_END ? ETS_OK : status;
  for (size_t at = 0; status == ETS_OK && at < jobs.count; at += SENDS_AT_ONCE) {
    const char *names[SENDS_AT_ONCE];
    size_t count = 0;
    while (count < SENDS_AT_ONCE && at + count < jobs.count) {
      names[count] = jobs.items[at + count].name;
      count++;
    }
    status = add_clicks(&totals, service, session, names, count);
  }
  report->average_of = jobs.count;
  report->average = rates_of(&totals);
  tally_free(&jobs);
  return status;
}

/* --- all of it ------------------------------------------------------------------------------- */

ets_status report_read(struct report *report, const struct service *service, ets_session *session,
                       const struct report_request *request) {
  struct reading reading = {.report = report, .service = service, .session = session};
  report->job_id = request->job_id;
  report->by_url = request->by_url;
  report->made = ets_time_now(service->options->utc_offset).microseconds / second * second;
  ets_status status = read_send(report, service, session);
  if (status == ETS_OK)
    status = read_links(report, service, session, &reading.ids);
  report->domains_known = request->domains || report->totals.sent <= REPORT_COUNTED_BY_ITSELF;
  if (status == ETS_OK)
    status = read_all_events(&reading, report->domains_known);
  if (status == ETS_OK && report->domains_known)
    status = domains_read(report, service, session);
  if (status == ETS_OK && request->compare)
    status = read_average(report, service, session);
  tally_free(&reading.ids);
  if (report->link_count > 0)
    qsort(report->links, report->link_count, sizeof *report->links, compare_links);
  report->rates = rates_of(&report->totals);
  tally_sort(&report->bounces, 0);
  tally_sort(&report->domains, REPORT_SENT);
  return status;
}

void report_free(struct report *report) {
  for (size_t i = 0; i < report->link_count; i++) {
    free(report->links[i].name);
    free(report->links[i].url);
  }
  free(report->links);
  free(report->subject);
  free(report->email_name);
  free(report->from_name);
  free(report->sent_date);
  free(report->opens.items);
  free(report->clicks.items);
  tally_free(&report->bounces);
  tally_free(&report->people);
  tally_free(&report->domains);
}
