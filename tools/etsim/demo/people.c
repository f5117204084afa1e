/* Subscribers: key, ID and address from the number, and the number from each of them.
 *
 * Keys come in the shapes that break careless clients: leading zeros, numbers in scientific
 * notation, UTF-8, addresses. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "demo/demo.h"

enum { FIRST_KEY = 1000, FIRST_ID = 199000001, STYLES = 16 };

struct person {
  const char *name;  /* as people write it */
  const char *ascii; /* as it stands in an address */
};

static const struct person given[] = {
    {"anna", "anna"},   {"björn", "bjoern"},      {"chloé", "chloe"}, {"david", "david"},
    {"elif", "elif"},   {"françois", "francois"}, {"grace", "grace"}, {"hiroshi", "hiroshi"},
    {"inês", "ines"},   {"jürgen", "juergen"},    {"kofi", "kofi"},   {"łukasz", "lukasz"},
    {"maria", "maria"}, {"noémi", "noemi"},       {"олена", "olena"}, {"李娜", "lina"}};
static const struct person family[] = {
    {"almeida", "almeida"}, {"brown", "brown"},       {"çelik", "celik"},
    {"dubois", "dubois"},   {"eriksson", "eriksson"}, {"fischer", "fischer"},
    {"garcía", "garcia"},   {"horváth", "horvath"},   {"ito", "ito"},
    {"jensen", "jensen"},   {"kowalski", "kowalski"}, {"larsen", "larsen"},
    {"müller", "mueller"},  {"novák", "novak"},       {"o'neill", "oneill"},
    {"peña", "pena"}};
static const char *const domains[] = {"example.com", "example.org", "example.net"};

uint32_t demo_subscriber_count(const struct demo *demo) {
  return demo->subscribers + demo->excluded;
}

static size_t length(int written) {
  return written > 0 && written < DEMO_KEY_SIZE ? (size_t)written : 0;
}

size_t demo_subscriber_email(const struct demo *demo, uint32_t subscriber,
                             char email[DEMO_KEY_SIZE]) {
  uint64_t h = mix(demo->seed, subscriber, 0xE1);
  return length(snprintf(email, DEMO_KEY_SIZE, "%s.%s.%u@%s", given[h % 16].ascii,
                         family[h / 16 % 16].ascii, subscriber + FIRST_KEY, domains[h / 256 % 3]));
}

static size_t padded(uint32_t number, char key[DEMO_KEY_SIZE]) {
  size_t size = number > 99999999 ? 10 : 8;
  for (size_t i = size; i--; number /= 10)
    key[i] = (char)('0' + number % 10);
  key[size] = 0;
  return size;
}

size_t demo_subscriber_key(const struct demo *demo, uint32_t subscriber, char key[DEMO_KEY_SIZE]) {
  uint64_t h = mix(demo->seed, subscriber, 0xE1);
  uint32_t number = subscriber + FIRST_KEY;
  switch ((h >> 32) % STYLES) {
  case 0:
    return length(snprintf(key, DEMO_KEY_SIZE, "%s.%s.%u", given[h % 16].name,
                           family[h / 16 % 16].name, number));
  case 1:
    return length(snprintf(key, DEMO_KEY_SIZE, "1e%u", number));
  case 2:
    return demo_subscriber_email(demo, subscriber, key);
  case 3:
    return length(snprintf(key, DEMO_KEY_SIZE, "CRM-%u", number));
  default:
    return padded(number, key);
  }
}

int32_t demo_subscriber_id(uint32_t subscriber) {
  return (int32_t)(FIRST_ID + subscriber);
}

uint32_t demo_subscriber_by_id(const struct demo *demo, int64_t id) {
  if (id < FIRST_ID || id - FIRST_ID >= demo_subscriber_count(demo))
    return UINT32_MAX;
  return (uint32_t)(id - FIRST_ID);
}

const char *demo_attribute_name(unsigned attribute) {
  static const char *const names[DEMO_ATTRIBUTES] = {"First Name", "Last Name"};
  return names[attribute];
}

const char *demo_attribute(const struct demo *demo, uint32_t subscriber, unsigned attribute) {
  uint64_t h = mix(demo->seed, subscriber, 0xE1);
  return attribute ? family[h / 16 % 16].name : given[h % 16].name;
}

typedef size_t write_name(const struct demo *demo, uint32_t subscriber, char text[DEMO_KEY_SIZE]);

/* Every run of digits may be the number: writing the name again tells. */
static uint32_t by_name(const struct demo *demo, const char *text, write_name *write) {
  for (const char *p = text; *p;) {
    if (*p < '0' || *p > '9') {
      p++;
      continue;
    }
    uint64_t number = 0;
    for (; *p >= '0' && *p <= '9'; p++)
      number = number > UINT32_MAX ? number : number * 10 + (uint64_t)(*p - '0');
    if (number < FIRST_KEY || number - FIRST_KEY >= demo_subscriber_count(demo))
      continue;
    char again[DEMO_KEY_SIZE];
    (void)write(demo, (uint32_t)(number - FIRST_KEY), again);
    if (strcasecmp(again, text) == 0)
      return (uint32_t)(number - FIRST_KEY);
  }
  return UINT32_MAX;
}

uint32_t demo_subscriber_by_key(const struct demo *demo, const char *key) {
  return by_name(demo, key, demo_subscriber_key);
}

uint32_t demo_subscriber_by_email(const struct demo *demo, const char *email) {
  return by_name(demo, email, demo_subscriber_email);
}

static const int64_t first_created = INT64_C(1583053200000); /* 2020-03-01T09:00:00 */

int64_t demo_created(const struct demo *demo, uint32_t subscriber) {
  return first_created + (int64_t)(mix(demo->seed, subscriber, 0x58) % (UINT64_C(5) * 31536000000));
}

/* Those who were never sent to are the excluded ones: unsubscribed or undeliverable. */
static enum demo_status excluded_status(const struct demo *demo, uint32_t subscriber,
                                        int64_t *date) {
  *date = demo_created(demo, subscriber) + INT64_C(9000000123);
  return mix(demo->seed, subscriber, 0x57) % 100 < 64 ? DEMO_UNSUBSCRIBED : DEMO_HELD;
}

/* The last send of the parent, on this list unless it is 0. NULL: there is none. */
static const struct send *last_send(const struct demo *demo, int list) {
  for (size_t i = demo->seeded; i-- > 0;) {
    const struct send *send = &demo->sends[i];
    if (send->account != demo->accounts[0])
      continue;
    for (int j = 0; j < send->list_count; j++)
      if (!list || send->lists[j].id == list)
        return send;
  }
  return NULL;
}

/* The first event of the subscriber in a send, when it is there. */
static bool find_event(const struct demo *demo, const struct send *send, enum event_type type,
                       uint32_t subscriber, struct event *event) {
  uint32_t rows[DEMO_EVENTS_OF_ONE];
  if (!demo_events_of(demo, send, type, subscriber, rows))
    return false;
  demo_event(demo, send, type, rows[0], event);
  int64_t horizon = demo_horizon(demo, send);
  return horizon == INT64_MAX || demo_arrival(demo, event) <= horizon;
}

static enum demo_status status_after(const struct demo *demo, const struct send *send,
                                     uint32_t subscriber, int list, int64_t *date) {
  struct event event;
  if (find_event(demo, send, EVENT_UNSUB, subscriber, &event)) {
    *date = event.date;
    if (list ? demo_list(&event) == list : demo_is_master(&event))
      return DEMO_UNSUBSCRIBED;
  }
  if (list || !find_event(demo, send, EVENT_BOUNCE, subscriber, &event))
    return DEMO_ACTIVE;
  return event.rank - (send->recipients - send->bounces) < send->hard ? DEMO_BOUNCED : DEMO_ACTIVE;
}

enum demo_status demo_status(const struct demo *demo, uint32_t subscriber, int list,
                             int64_t *date) {
  if (subscriber >= demo->subscribers)
    return excluded_status(demo, subscriber, date);
  const struct send *send = last_send(demo, list);
  enum demo_status status = send ? status_after(demo, send, subscriber, list, date) : DEMO_ACTIVE;
  for (size_t i = demo->seeded; status == DEMO_ACTIVE && i < demo->send_count; i++)
    status = status_after(demo, &demo->sends[i], subscriber, list, date);
  return status;
}
