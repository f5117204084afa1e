/* Subscriber as rows: computed ones, but for those that a record has taken the place of. */
#include "query/filter.h"
#include "kinds/kind.h"
#include "store/world.h"

enum {
  U_CLIENT_ID,
  U_CLIENT_KEY,
  U_PARTNER_KEY,
  U_CREATED,
  U_ID,
  U_OBJECT_ID,
  U_EMAIL,
  U_KEY,
  U_UNSUBSCRIBED,
  U_STATUS,
  U_PREFERENCE,
  U_COUNT
};

static const struct property properties[U_COUNT] = {{"Client.ID", VALUE_INTEGER, 0},
                                                    {"Client.PartnerClientKey", VALUE_TEXT, 0},
                                                    {"PartnerKey", VALUE_TEXT, 0},
                                                    {"CreatedDate", VALUE_DATE, 0},
                                                    {"ID", VALUE_INTEGER, 0},
                                                    {"ObjectID", VALUE_TEXT, PROPERTY_CLOSED},
                                                    {"EmailAddress", VALUE_TEXT, 0},
                                                    {"SubscriberKey", VALUE_TEXT, 0},
                                                    {"UnsubscribedDate", VALUE_DATE, 0},
                                                    {"Status", VALUE_TEXT, 0},
                                                    {"EmailTypePreference", VALUE_TEXT, 0}};

static const int64_t first_created = INT64_C(1583053200000); /* 2020-03-01T09:00:00 */

/* Those who were never sent to are the excluded ones: unsubscribed or undeliverable. */
static const char *status_of(const struct demo *demo, uint32_t subscriber) {
  if (subscriber < demo->subscribers)
    return "Active";
  return mix(demo->seed, subscriber, 0x57) % 100 < 64 ? "Unsubscribed" : "Held";
}

static int64_t created(const struct demo *demo, uint32_t subscriber) {
  return first_created + (int64_t)(mix(demo->seed, subscriber, 0x58) % (UINT64_C(5) * 31536000000));
}

static void get(struct world *world, struct row *row, size_t property, struct value *value) {
  const struct demo *demo = &world->demo;
  uint32_t subscriber = row->event.subscriber;
  switch (property) {
  case U_CLIENT_ID:
    value_set_integer(value, world->accounts[0]);
    break;
  case U_CREATED:
    value_set_date(value, created(demo, subscriber));
    break;
  case U_ID:
    value_set_integer(value, demo_subscriber_id(subscriber));
    break;
  case U_PARTNER_KEY:
  case U_OBJECT_ID:
    value->kind = VALUE_NIL;
    break;
  case U_EMAIL:
    value_set_bytes(value, row->email, demo_subscriber_email(demo, subscriber, row->email));
    break;
  case U_KEY:
    value_set_bytes(value, row->key, demo_subscriber_key(demo, subscriber, row->key));
    break;
  case U_UNSUBSCRIBED:
    if (status_of(demo, subscriber)[0] == 'U')
      value_set_date(value, created(demo, subscriber) + INT64_C(9000000123));
    break;
  case U_STATUS:
    value_set_text(value, status_of(demo, subscriber));
    break;
  case U_PREFERENCE:
    value_set_text(value, mix(demo->seed, subscriber, 0x59) % 50 ? "HTML" : "Text");
    break;
  default:
    value->kind = VALUE_ABSENT;
  }
}

static const struct filter *equality(const struct filter *filter, size_t property) {
  const struct filter *test = NULL;
  while ((test = filter_required(filter, property, test)) != NULL)
    if (test->op == FILTER_EQUALS)
      return test;
  return NULL;
}

/* @return whether the filter names one subscriber; UINT32_MAX for nobody */
static bool one_subscriber(const struct scan *scan, uint32_t *subscriber) {
  const struct demo *demo = &scan->world->demo;
  const struct filter *test;
  if ((test = equality(scan->filter, U_KEY)) != NULL)
    *subscriber = demo_subscriber_by_key(demo, test->values[0].text);
  else if ((test = equality(scan->filter, U_EMAIL)) != NULL)
    *subscriber = demo_subscriber_by_email(demo, test->values[0].text);
  else if ((test = equality(scan->filter, U_ID)) != NULL)
    *subscriber = demo_subscriber_by_id(demo, test->values[0].number);
  return test != NULL;
}

static bool next(struct scan *scan, struct row *row) {
  const struct demo *demo = &scan->world->demo;
  const struct store *store = &scan->world->store;
  if (!demo->send_count || !scan_sees(scan, scan->world->accounts[0]))
    return false;
  if (!scan->hints.ready) {
    scan->hints.one_subscriber = one_subscriber(scan, &scan->hints.subscriber);
    scan->hints.ready = true;
  }
  if (scan->hints.one_subscriber) {
    if (scan->hints.subscriber == UINT32_MAX || scan->position.inner > scan->hints.subscriber)
      return false;
    scan->position.inner = scan->hints.subscriber;
  }
  while (scan->position.inner < demo_subscriber_count(demo)) {
    row->event.subscriber = (uint32_t)scan->position.inner++;
    if (!store_is_shadowed(store, row->event.subscriber))
      return true;
    if (scan->hints.one_subscriber)
      return false;
  }
  return false;
}

const struct kind subscriber_kind = {.name = "Subscriber",
                                     .table = "Subscriber",
                                     .properties = properties,
                                     .property_count = U_COUNT,
                                     .event = EVENT_TYPES,
                                     .next = next,
                                     .get = get};
