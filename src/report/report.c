/* What a report is made of: the send, its links, its events. */
#include "report/average.h"
#include "report/domains.h"
#include "report/events.h"
#include "report/totals.h"

#include "contract/operations.h"
#include "tracking/rates.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Text that says something, the caller's; false when out of memory. */
static bool copy_text(char **copy, ets_object object, const char *property) {
  const char *text = ets_get_text(object, property);
  if (!text || !text[strspn(text, " \t\r\n")])
    return true;
  *copy = strdup(text);
  return *copy != NULL;
}

static int64_t number(ets_object object, const char *name) {
  int64_t value = ets_get_integer(object, name, 0);
  return value > 0 ? value : 0;
}

/* --- the send -------------------------------------------------------------------------------- */

static ets_status read_send(struct ets_report_reading *reading) {
  ets_report *report = reading->report;
  ets_object send;
  ets_time launch;
  ets_status status =
      ets_send_summary(&send, reading->session, reading->query->job_id, reading->scope);
  if (status != ETS_OK)
    return status;
  ets_totals_take(&report->totals, send);
  report->account = number(send, "Client.ID");
  if (!copy_text(&report->subject, send, "Subject") ||
      !copy_text(&report->email_name, send, "EmailName") ||
      !copy_text(&report->from_name, send, "FromName") ||
      !copy_text(&report->sent_date, send, "SentDate"))
    return ets_reading_no_memory(reading);
  if (report->sent_date && ets_time_parse(&launch, report->sent_date,
                                          ets_session_utc_offset(reading->session)) == ETS_OK)
    reading->launch = launch.microseconds;
  report->domains_known =
      reading->query->domains_up_to > 0 && report->totals.sent <= reading->query->domains_up_to;
  return ETS_OK;
}

/* --- links ----------------------------------------------------------------------------------- */

static ets_report_link *link_named(struct ets_report_reading *reading, const char *name) {
  ets_report *report = reading->report;
  struct ets_tally_item *known = ets_tally_at(&reading->names, name);
  if (!known)
    return NULL;
  if (known->counts[0] > 0)
    return &report->links[known->counts[0] - 1];
  ets_report_link *links = realloc(report->links, (report->link_count + 1) * sizeof *report->links);
  if (!links)
    return NULL;
  report->links = links;
  char *copy = strdup(name);
  if (!copy)
    return NULL;
  links[report->link_count] = (ets_report_link){.name = copy};
  known->counts[0] = (int64_t)++report->link_count;
  return &links[report->link_count - 1];
}

/* Clicks of a link; sums beyond what can be counted are nobody's. */
static bool add_clicks(int64_t *sum, ets_object row, const char *property) {
  *sum = ets_statistics_sum(*sum, number(row, property));
  return *sum >= 0;
}

/* Links of one name count together. A link without a label goes by its URL. */
static ets_status take_link(struct ets_report_reading *reading, ets_object row) {
  ets_report *report = reading->report;
  const char *url = ets_get_text_or(row, "Link.URL", "");
  const char *label = ets_get_text_or(row, "Link.Alias", "");
  ets_report_link *link =
      link_named(reading, reading->query->links_by_url || !*label ? url : label);
  struct ets_tally_item *id = ets_tally_at(&reading->links, ets_get_text_or(row, "Link.ID", ""));
  if (!link || !id || (!link->url && !(link->url = strdup(url))))
    return ets_reading_no_memory(reading);
  id->counts[0] = link - report->links + 1;
  if (!link->id)
    link->id = number(row, "Link.ID");
  return add_clicks(&link->clicks, row, "Link.TotalClicks") &&
                 add_clicks(&link->unique_clicks, row, "Link.UniqueClicks") &&
                 add_clicks(&report->totals.clicks, row, "Link.TotalClicks")
             ? ETS_OK
             : ets_session_fail(reading->session, ETS_E_PROTOCOL,
                                "the links of send %" PRId32 " have more clicks than can be",
                                report->job_id);
}

static ets_status read_links(struct ets_report_reading *reading) {
  ets_cursor *cursor;
  ets_object row;
  ets_status status =
      ets_links_open(&cursor, reading->session, reading->query->job_id, reading->scope);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK)
    status = take_link(reading, row);
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

static int compare_links(const void *left, const void *right) {
  const ets_report_link *a = left, *b = right;
  if (a->clicks != b->clicks)
    return a->clicks > b->clicks ? -1 : 1;
  return a->id < b->id ? -1 : a->id > b->id;
}

/* --- what follows ---------------------------------------------------------------------------- */

static ets_status take_bounces(struct ets_report_reading *reading) {
  ets_report *report = reading->report;
  struct ets_report_tally *tally = &reading->bounces;
  ets_tally_sort(tally, 0);
  report->bounces = calloc(tally->count + 1, sizeof *report->bounces);
  if (!report->bounces)
    return ets_reading_no_memory(reading);
  for (; report->bounce_count < tally->count; report->bounce_count++) {
    const struct ets_tally_item *item = &tally->items[report->bounce_count];
    ets_report_bounce *bounce = &report->bounces[report->bounce_count];
    size_t n = strcspn(item->name, "\t");
    bounce->type = strndup(item->name, n);
    bounce->category = strdup(item->name + n + 1);
    bounce->count = item->counts[0];
    if (!bounce->type || !bounce->category) {
      report->bounce_count++;
      return ets_reading_no_memory(reading);
    }
  }
  return ETS_OK;
}

static ets_status finish(struct ets_report_reading *reading) {
  ets_report *report = reading->report;
  if (report->link_count > 0)
    qsort(report->links, report->link_count, sizeof *report->links, compare_links);
  ets_totals_rates(&report->rates, &report->cumulated_clicks, &report->totals);
  report->span = ets_reaction_span(&reading->opens, &reading->clicks);
  ets_reaction_fill(&report->opens, &reading->opens, report->span);
  ets_reaction_fill(&report->clicks, &reading->clicks, report->span);
  return take_bounces(reading);
}

/* --- all of it ------------------------------------------------------------------------------- */

static ets_status check(ets_session *session, const ets_report_query *query) {
  ets_session_start(session, ets_operations[ETS_OP_RETRIEVE].name);
  if (query->version != ETS_REPORT_QUERY_VERSION)
    return ets_session_fail(session, ETS_E_USAGE, "report: start from ETS_REPORT_QUERY_INIT");
  if (query->job_id < 1)
    return ets_session_fail(session, ETS_E_USAGE, "JobID %" PRId32 ": expected 1 or more",
                            query->job_id);
  return ETS_OK;
}

static ets_status read_all(struct ets_report_reading *reading) {
  ets_status status = read_send(reading);
  if (status == ETS_OK)
    status = read_links(reading);
  if (status == ETS_OK)
    status = ets_report_events(reading);
  if (status == ETS_OK && reading->report->domains_known)
    status = ets_report_domains(reading);
  if (status == ETS_OK && reading->query->average)
    status = ets_report_compare(reading);
  return status == ETS_OK ? finish(reading) : status;
}

ets_status ets_report_read(ets_report **report, ets_session *session, const ets_report_query *query,
                           const ets_scope *scope) {
  ets_scope whole = scope ? *scope : (ets_scope)ETS_SCOPE_INIT;
  *report = NULL;
  whole.properties = NULL;
  ets_status status = check(session, query);
  struct ets_report_reading reading = {.session = session, .query = query, .scope = &whole};
  if (status != ETS_OK)
    return status;
  reading.report = calloc(1, sizeof *reading.report);
  if (!reading.report)
    return ets_reading_no_memory(&reading);
  reading.report->job_id = query->job_id;
  reading.report->links_by_url = query->links_by_url;
  ets_totals_rates(&reading.report->average.rates, &reading.report->average.cumulated_clicks,
                   &(ets_report_totals){0});
  reading.report->made = ets_time_floor(ets_time_now(ets_session_utc_offset(session)));
  status = read_all(&reading);
  ets_tally_free(&reading.links);
  ets_tally_free(&reading.names);
  ets_tally_free(&reading.bounces);
  ets_tally_free(&reading.people);
  ets_tally_free(&reading.domains);
  ets_times_free(&reading.opens);
  ets_times_free(&reading.clicks);
  if (status == ETS_OK)
    *report = reading.report;
  else
    ets_report_free(reading.report);
  return status;
}

void ets_report_free(ets_report *report) {
  if (!report)
    return;
  for (size_t i = 0; i < report->link_count; i++) {
    free(report->links[i].name);
    free(report->links[i].url);
  }
  for (size_t i = 0; i < report->bounce_count; i++) {
    free(report->bounces[i].type);
    free(report->bounces[i].category);
  }
  for (size_t i = 0; i < report->domain_count; i++)
    free(report->domains[i].name);
  free(report->links);
  free(report->bounces);
  free(report->domains);
  free(report->subject);
  free(report->email_name);
  free(report->from_name);
  free(report->sent_date);
  free(report);
}
