/* Subscriber as rows: computed ones, but for those that a record has taken the place of. */
#include "kinds/computed.h"
#include "kinds/filter.h"
#include "kinds/scan.h"

#include <stdio.h>

#define GET(name) static void name(struct world *world, struct row *row, struct value *value)

GET(get_account) {
  (void)row;
  value_set_integer(value, world->accounts[0]);
}

GET(get_created) {
  value_set_date(value, demo_created(&world->demo, row->event.subscriber));
}

GET(get_id) {
  (void)world;
  value_set_integer(value, demo_subscriber_id(row->event.subscriber));
}

GET(get_email) {
  value_set_bytes(value, row->email,
                  demo_subscriber_email(&world->demo, row->event.subscriber, row->email));
}

GET(get_key) {
  value_set_bytes(value, row->key,
                  demo_subscriber_key(&world->demo, row->event.subscriber, row->key));
}

GET(get_unsubscribed) {
  int64_t date;
  if (demo_status(&world->demo, row->event.subscriber, 0, &date) == DEMO_UNSUBSCRIBED)
    value_set_date(value, date);
}

GET(get_status) {
  int64_t date;
  value_set_text(value, status_name(demo_status(&world->demo, row->event.subscriber, 0, &date)));
}

GET(get_preference) {
  value_set_text(value, mix(world->demo.seed, row->event.subscriber, 0x59) % 50 ? "HTML" : "Text");
}

/* The elements themselves: none of the names needs to be escaped. */
GET(get_attributes) {
  size_t size = 0;
  for (unsigned i = 0; i < DEMO_ATTRIBUTES; i++)
    size += (size_t)snprintf(row->scratch + size, sizeof row->scratch - size,
                             "<Attributes><Name>%s</Name><Value>%s</Value></Attributes>",
                             demo_attribute_name(i),
                             demo_attribute(&world->demo, row->event.subscriber, i));
  value_set_bytes(value, row->scratch, size);
}

static const struct property properties[] = {
    PROPERTY("Client.ID", VALUE_INTEGER, 0, get_account),
    PROPERTY("Client.PartnerClientKey", VALUE_TEXT, 0, NULL),
    PROPERTY("PartnerKey", VALUE_TEXT, 0, property_nil),
    PROPERTY("CreatedDate", VALUE_DATE, 0, get_created),
    PROPERTY("ID", VALUE_INTEGER, 0, get_id),
    NIL_MEMBER("ObjectID"),
    PROPERTY("EmailAddress", VALUE_TEXT, 0, get_email),
    PROPERTY("Attributes", VALUE_TEXT, PROPERTY_TREE, get_attributes),
    PROPERTY("SubscriberKey", VALUE_TEXT, 0, get_key),
    PROPERTY("UnsubscribedDate", VALUE_DATE, 0, get_unsubscribed),
    PROPERTY("Status", VALUE_TEXT, 0, get_status),
    PROPERTY("EmailTypePreference", VALUE_TEXT, 0, get_preference)};

/* @return whether the filter names one subscriber; UINT32_MAX for nobody */
static bool one_subscriber(const struct scan *scan, uint32_t *subscriber) {
  const struct demo *demo = &scan->world->demo;
  const struct filter *test;
  if ((test = filter_equality(scan->filter, "SubscriberKey")) != NULL)
    *subscriber = demo_subscriber_by_key(demo, test->values[0].text);
  else if ((test = filter_equality(scan->filter, "EmailAddress")) != NULL)
    *subscriber = demo_subscriber_by_email(demo, test->values[0].text);
  else if ((test = filter_equality(scan->filter, "ID")) != NULL)
    *subscriber = demo_subscriber_by_id(demo, test->values[0].number);
  return test != NULL;
}

/* Whether the row is to be given here: not when a record has taken its place, which comes behind
 * all computed ones, unless it did so since the query began. */
static bool is_here(const struct scan *scan, struct row *row) {
  const struct store *store = &scan->world->store;
  if (!store_is_shadowed(store, row->event.subscriber))
    return true;
  char id[16];
  snprintf(id, sizeof id, "%d", (int)demo_subscriber_id(row->event.subscriber));
  const struct table *table = store_table(store, "Subscriber");
  size_t index = store_find(table, "ID", id, 0);
  return index != SIZE_MAX && scan_take_late(scan, row, table->records[index]);
}

static bool next(struct scan *scan, struct row *row) {
  const struct demo *demo = &scan->world->demo;
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
    if (is_here(scan, row))
      return true;
    if (scan->hints.one_subscriber)
      return false;
  }
  return false;
}

const struct kind subscriber_kind = {.name = "Subscriber",
                                     .table = "Subscriber",
                                     .properties = properties,
                                     .property_count = PROPERTY_COUNT(properties),
                                     .event = EVENT_TYPES,
                                     .next = next};
