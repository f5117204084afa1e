#include "report/domains.h"

#include "tracking/question.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS_AT_ONCE = 500, DOMAIN_SIZE = 256 };

/* "example.com" in lower case; false when the text is no address. */
static bool domain_of(char domain[DOMAIN_SIZE], const char *address) {
  const char *at = strrchr(address, '@');
  size_t n = at ? strlen(at + 1) : 0;
  if (n == 0 || n >= DOMAIN_SIZE)
    return false;
  for (size_t i = 0; i <= n; i++)
    domain[i] = (char)tolower((unsigned char)at[1 + i]);
  return true;
}

/* Counts a person to the domain of an address, when it is one; `key` says that it is done. False
 * when out of memory. */
static bool book(struct ets_report_reading *reading, struct ets_tally_item *person,
                 const char *address) {
  char domain[DOMAIN_SIZE];
  person->key = domain_of(domain, address);
  struct ets_tally_item *item = person->key ? ets_tally_at(&reading->domains, domain) : NULL;
  for (size_t i = 0; item && i < ETS_TALLY_COUNTS; i++)
    item->counts[i] += person->counts[i];
  return item || !person->key;
}

static ets_status take_subscriber(struct ets_report_reading *reading, ets_object row,
                                  size_t *found) {
  size_t people = reading->people.count;
  struct ets_tally_item *person =
      ets_tally_at(&reading->people, ets_get_text_or(row, "SubscriberKey", ""));
  if (!person)
    return ets_reading_no_memory(reading);
  if (reading->people.count > people)
    person->key = 1; /* nobody asked for that one */
  if (person->key)
    return ETS_OK;
  if (!book(reading, person, ets_get_text_or(row, "EmailAddress", "")))
    return ets_reading_no_memory(reading);
  *found += (size_t)person->key;
  return ETS_OK;
}

static ets_status ask(struct ets_report_reading *reading, const char *const *keys, size_t count,
                      size_t *found) {
  static const char *const properties[] = {"SubscriberKey", "EmailAddress", NULL};
  ets_cursor *cursor;
  ets_object row;
  ets_status status =
      ets_question_find(&cursor, reading->session, "Subscriber", properties, reading->scope,
                        ets_filter_in("SubscriberKey", keys, count));
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK)
    status = take_subscriber(reading, row, found);
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

static ets_status ask_for_all(struct ets_report_reading *reading, const char **keys) {
  size_t people = reading->people.count, unknown = 0, found = 0;
  ets_status status = ETS_OK;
  for (size_t i = 0; i < people && status == ETS_OK; i++) {
    struct ets_tally_item *person = &reading->people.items[i];
    if (!book(reading, person, person->name))
      status = ets_reading_no_memory(reading);
    else if (!person->key && *person->name)
      keys[unknown++] = person->name;
  }
  for (size_t at = 0; status == ETS_OK && at < unknown; at += KEYS_AT_ONCE)
    status =
        ask(reading, keys + at, unknown - at < KEYS_AT_ONCE ? unknown - at : KEYS_AT_ONCE, &found);
  reading->report->without_domain = (int64_t)(unknown - found);
  return status;
}

/* Most messages first. */
static ets_status take_domains(struct ets_report_reading *reading) {
  ets_report *report = reading->report;
  struct ets_report_tally *tally = &reading->domains;
  ets_tally_sort(tally, ETS_PERSON_SENT);
  report->domains = calloc(tally->count + 1, sizeof *report->domains);
  if (!report->domains)
    return ets_reading_no_memory(reading);
  for (; report->domain_count < tally->count; report->domain_count++) {
    struct ets_tally_item *item = &tally->items[report->domain_count];
    int64_t sent = item->counts[ETS_PERSON_SENT], bounced = item->counts[ETS_PERSON_BOUNCED];
    report->domains[report->domain_count] =
        (ets_report_domain){.name = item->name,
                            .sent = sent,
                            .bounced = bounced,
                            .delivered = sent > bounced ? sent - bounced : 0,
                            .opened = item->counts[ETS_PERSON_OPENED],
                            .clicked = item->counts[ETS_PERSON_CLICKED]};
    item->name = NULL;
  }
  return ETS_OK;
}

ets_status ets_report_domains(struct ets_report_reading *reading) {
  const char **keys = calloc(reading->people.count + 1, sizeof *keys);
  ets_status status = keys ? ask_for_all(reading, keys) : ets_reading_no_memory(reading);
  free(keys);
  return status == ETS_OK ? take_domains(reading) : status;
}
