/* ListSubscriber as rows: everybody is on every list, but for those that a record has taken the
 * place of. */
#include <stdio.h>

#include "kinds/computed.h"
#include "kinds/filter.h"
#include "kinds/scan.h"
#include "store/member.h"

#define GET(name) static void name(struct world *world, struct row *row, struct value *value)

static int list_of(const struct row *row) {
  return demo_list_id(row->index);
}

GET(get_account) {
  (void)row;
  value_set_integer(value, world->accounts[0]);
}

GET(get_unsubscribed) {
  int64_t date;
  if (demo_status(&world->demo, row->event.subscriber, list_of(row), &date) == DEMO_UNSUBSCRIBED)
    value_set_date(value, date);
}

GET(get_created) {
  value_set_date(value, demo_created(&world->demo, row->event.subscriber));
}

GET(get_id) {
  (void)world;
  value_set_integer(value, demo_subscriber_id(row->event.subscriber));
}

GET(get_status) {
  int64_t date;
  value_set_text(
      value, status_name(demo_status(&world->demo, row->event.subscriber, list_of(row), &date)));
}

GET(get_list_id) {
  (void)world;
  value_set_integer(value, list_of(row));
}

GET(get_key) {
  value_set_bytes(value, row->key,
                  demo_subscriber_key(&world->demo, row->event.subscriber, row->key));
}

static const struct property properties[] = {
    PROPERTY("Client.ID", VALUE_INTEGER, 0, get_account),
    PROPERTY("Client.PartnerClientKey", VALUE_TEXT, 0, NULL),
    NIL_MEMBER("PartnerKey"),
    PROPERTY("UnsubscribedDate", VALUE_DATE, PROPERTY_UNDECLARED, get_unsubscribed),
    PROPERTY("CreatedDate", VALUE_DATE, 0, get_created),
    PROPERTY("ModifiedDate", VALUE_DATE, 0, get_created),
    PROPERTY("ID", VALUE_INTEGER, 0, get_id),
    PROPERTY("ObjectID", VALUE_TEXT, 0, property_nil),
    PROPERTY("Status", VALUE_TEXT, 0, get_status),
    PROPERTY("ListID", VALUE_INTEGER, 0, get_list_id),
    PROPERTY("SubscriberKey", VALUE_TEXT, 0, get_key)};

static void prepare(struct scan *scan) {
  struct scan_hints *hints = &scan->hints;
  const struct filter *test = filter_equality(scan->filter, "SubscriberKey");
  if (test)
    hints->subscriber = demo_subscriber_by_key(&scan->world->demo, test->values[0].text);
  hints->one_subscriber = test != NULL;
  test = filter_equality(scan->filter, "ListID");
  hints->from = test ? test->values[0].number : 0;
  hints->ready = true;
}

/* Whether the row is to be given here: not when a record has taken its place, which comes behind
 * all computed ones, unless it did so since the query began. */
static bool is_here(const struct scan *scan, struct row *row) {
  const struct world *world = scan->world;
  const struct store *store = &world->store;
  char key[DEMO_KEY_SIZE], id[16];
  bool taken = store_is_shadowed(store, row->event.subscriber);
  if (!taken && !store_table(store, "ListSubscriber"))
    return true;
  if (taken) {
    snprintf(id, sizeof id, "%d", (int)demo_subscriber_id(row->event.subscriber));
    if (store_find(store_table(store, "Subscriber"), "ID", id, 0) == SIZE_MAX)
      return false; /* the subscriber is gone; another one may have the key */
  }
  (void)demo_subscriber_key(&world->demo, row->event.subscriber, key);
  const struct record *member = member_find(store, key, list_of(row));
  return !member || scan_take_late(scan, row, member);
}

static bool has_list(const struct world *world, int list) {
  char id[16];
  snprintf(id, sizeof id, "%d", list);
  return store_find(store_table(&world->store, "List"), "ID", id, 0) != SIZE_MAX;
}

/* The next one on the list at the scan's position. */
static bool next_on_list(struct scan *scan, struct row *row) {
  const struct demo *demo = &scan->world->demo;
  const struct scan_hints *hints = &scan->hints;
  row->index = (unsigned)scan->position.outer;
  if ((hints->from && list_of(row) != hints->from) || !has_list(scan->world, list_of(row)))
    return false;
  uint64_t end = demo_subscriber_count(demo);
  if (hints->one_subscriber) {
    if (hints->subscriber == UINT32_MAX || scan->position.inner > hints->subscriber)
      return false;
    scan->position.inner = hints->subscriber;
    end = (uint64_t)hints->subscriber + 1;
  }
  while (scan->position.inner < end) {
    row->event.subscriber = (uint32_t)scan->position.inner++;
    if (is_here(scan, row))
      return true;
  }
  return false;
}

static bool next(struct scan *scan, struct row *row) {
  if (!scan->world->demo.send_count || !scan_sees(scan, scan->world->accounts[0]))
    return false;
  if (!scan->hints.ready)
    prepare(scan);
  for (; scan->position.outer < DEMO_LISTS;
       scan->position = (struct position){scan->position.outer + 1, 0})
    if (next_on_list(scan, row))
      return true;
  return false;
}

const struct kind list_subscriber_kind = {.name = "ListSubscriber",
                                          .table = "ListSubscriber",
                                          .properties = properties,
                                          .property_count = PROPERTY_COUNT(properties),
                                          .event = EVENT_TYPES,
                                          .next = next};
