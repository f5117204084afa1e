/* ListSend as rows. */
#include "kinds/computed.h"
#include "kinds/send.h"

enum { FIRST_LIST_SEND_ID = 800000000 };

#define GET(name) static void name(struct world *world, struct row *row, struct value *value)

/* What is not an event, cut into the shares of the lists so that they sum up. */
static int64_t part(const struct row *row, uint32_t whole) {
  const struct send_list *of = &row->send->lists[row->index];
  int64_t n = row->send->recipients;
  return whole * (int64_t)of->end / n - whole * (int64_t)of->first / n;
}

#define PART(name)                                        \
  GET(get_##name) {                                       \
    (void)world;                                          \
    value_set_integer(value, part(row, row->send->name)); \
  }
#define COUNTED(name, count)                                   \
  GET(get_##name) {                                            \
    struct demo_counts counts;                                 \
    demo_count(&world->demo, row->send, &counts);              \
    const struct demo_tally *list = &counts.lists[row->index]; \
    value_set_integer(value, (int64_t)(count));                \
  }

PART(duplicates)
PART(invalid)
PART(undeliverable)
PART(unsubscribed)
PART(missing)
COUNTED(hard, list->hard)
COUNTED(soft, list->soft)
COUNTED(other, list->other)
COUNTED(forwards, list->forwards)
COUNTED(clicks, list->clicks)
COUNTED(opens, list->opens)
COUNTED(sent, list->sent)
COUNTED(delivered, (int64_t)list->sent - list->hard - list->soft - list->other)
COUNTED(unsubs,
        list->unsubs + store_unsubs(&world->store, row->send->id, row->send->lists[row->index].id))

GET(get_id) {
  (void)world;
  value_set_integer(value,
                    FIRST_LIST_SEND_ID + (int)(row->send->ordinal * DEMO_SEND_LISTS + row->index));
}

GET(get_list_id) {
  (void)world;
  value_set_integer(value, row->send->lists[row->index].id);
}

GET(get_list_name) {
  (void)world;
  value_set_text(value, demo_list_name(row->send->lists[row->index].id));
}

static const struct property properties[] = {
    PROPERTY("Client.ID", VALUE_INTEGER, 0, send_get_account),
    PROPERTY("PartnerKey", VALUE_TEXT, 0, property_nil),
    PROPERTY("ID", VALUE_INTEGER, 0, get_id),
    NIL_MEMBER("ObjectID"),
    PROPERTY("SendID", VALUE_INTEGER, 0, send_get_id),
    NIL_MEMBER("List.PartnerKey"),
    PROPERTY("List.ID", VALUE_INTEGER, 0, get_list_id),
    NIL_MEMBER("List.ObjectID"),
    PROPERTY("List.ListName", VALUE_TEXT, 0, get_list_name),
    STATISTICS_MEMBERS(get_),
    PROPERTY("PreviewURL", VALUE_TEXT, 0, send_get_preview)};

static bool next(struct scan *scan, struct row *row) {
  row->send = scan_next_send(scan, "SendID");
  if (!row->send)
    return false;
  row->index = (unsigned)scan->position.inner++;
  if (scan->position.inner == (uint64_t)row->send->list_count)
    scan->position = (struct position){scan->position.outer + 1, 0};
  return true;
}

const struct kind list_send_kind = {.name = "ListSend",
                                    .table = "ListSend",
                                    .properties = properties,
                                    .property_count = PROPERTY_COUNT(properties),
                                    .event = EVENT_TYPES,
                                    .next = next};
