#include "ettrack/report/domains.h"

#include "ettrack/run/stop.h"

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

static bool book(struct report *report, const struct tally_item *person, const char *address) {
  char domain[DOMAIN_SIZE];
  if (!domain_of(domain, address))
    return false;
  struct tally_item *item = tally_at(&report->domains, domain);
  for (size_t i = 0; item && i < TALLY_COUNTS; i++)
    item->counts[i] += person->counts[i];
  return item != NULL;
}

static ets_status ask(struct report *report, const struct service *service, ets_session *session,
                      const char *const *keys, size_t count, size_t *found) {
  const char *items[] = {"SubscriberKey", "EmailAddress"};
  int ranks[] = {1, 2};
  const struct columns columns = {items, ranks, 2};
  ets_cursor *cursor = NULL;
  ets_object row;
  ets_status status = service_find(&cursor, service, session, "Subscriber", &columns,
                                   ets_filter_in("SubscriberKey", keys, count));
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    size_t people = report->people.count;
    const struct tally_item *person =
        tally_at(&report->people, ets_get_text_or(row, "SubscriberKey", ""));
    if (!person)
      status = ETS_E_NOMEM;
    else if (report->people.count == people &&
             book(report, person, ets_get_text_or(row, "EmailAddress", "")))
      ++*found;
  }
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

ets_status domains_read(struct report *report, const struct service *service,
                        ets_session *session) {
  size_t people = report->people.count, unknown = 0, found = 0;
  const char **keys = calloc(people + 1, sizeof *keys);
  ets_status status = keys ? ETS_OK : ETS_E_NOMEM;
  for (size_t i = 0; keys && i < people; i++) {
    const struct tally_item *person = &report->people.items[i];
    if (!book(report, person, person->name) && *person->name)
      keys[unknown++] = person->name;
  }
  for (size_t at = 0; status == ETS_OK && at < unknown && !stop_asked(); at += KEYS_AT_ONCE)
    status = ask(report, service, session, keys + at,
                 unknown - at < KEYS_AT_ONCE ? unknown - at : KEYS_AT_ONCE, &found);
  report->without_domain = (int64_t)(unknown - found);
  free(keys);
  return stop_asked() ? ETS_E_ABORTED : status;
}
