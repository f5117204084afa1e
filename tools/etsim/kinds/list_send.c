/* ListSend as rows. */
#include "query/filter.h"
#include "kinds/kind.h"
#include "kinds/send.h"
#include "store/world.h"

enum { FIRST_LIST_SEND_ID = 800000000 };

enum list_property {
  L_CLIENT_ID,
  L_PARTNER_KEY,
  L_ID,
  L_OBJECT_ID,
  L_SEND_ID,
  L_LIST_PARTNER_KEY,
  L_LIST_ID,
  L_LIST_OBJECT_ID,
  L_LIST_NAME,
  STATISTICS_OF_SEND(L_),
  L_PREVIEW,
  L_COUNT
};

static const struct property list_properties[L_COUNT] = {
    {"Client.ID", VALUE_INTEGER, 0},  {"PartnerKey", VALUE_TEXT, 0},
    {"ID", VALUE_INTEGER, 0},         NIL_MEMBER("ObjectID"),
    {"SendID", VALUE_INTEGER, 0},     NIL_MEMBER("List.PartnerKey"),
    {"List.ID", VALUE_INTEGER, 0},    NIL_MEMBER("List.ObjectID"),
    {"List.ListName", VALUE_TEXT, 0}, STATISTICS_MEMBERS,
    {"PreviewURL", VALUE_TEXT, 0}};

/* What is not an event, cut into the shares of the lists so that they sum up. */
static int64_t part(const struct send *send, unsigned list, uint32_t whole) {
  const struct send_list *of = &send->lists[list];
  int64_t n = send->recipients;
  return whole * (int64_t)of->end / n - whole * (int64_t)of->first / n;
}

static int64_t list_count_of(const struct send *send, unsigned index, size_t property) {
  const struct send_list *list = &send->lists[index];
  switch ((enum list_property)property) {
  case L_DUPLICATES:
    return part(send, index, send->duplicates);
  case L_INVALID:
    return part(send, index, send->invalid);
  case L_UNDELIVERABLE:
    return part(send, index, send->undeliverable);
  case L_UNSUBSCRIBED:
    return part(send, index, send->unsubscribed);
  case L_MISSING:
    return part(send, index, send->missing);
  case L_HARD:
    return list->hard;
  case L_SOFT:
    return list->soft;
  case L_OTHER:
    return list->other;
  case L_FORWARDS:
    return list->forwards;
  case L_CLICKS:
    return list->clicks;
  case L_OPENS:
    return list->opens;
  case L_SENT:
    return list->end - list->first;
  case L_DELIVERED:
    return (int64_t)list->end - list->first - list->hard - list->soft - list->other;
  default:
    return 0;
  }
}

static void get_list(struct world *world, struct row *row, size_t property, struct value *value) {
  const struct send *send = row->send;
  switch ((enum list_property)property) {
  case L_CLIENT_ID:
    value_set_integer(value, send->account);
    break;
  case L_ID:
    value_set_integer(value,
                      FIRST_LIST_SEND_ID + (int)(send->ordinal * DEMO_SEND_LISTS + row->index));
    break;
  case L_SEND_ID:
    value_set_integer(value, send->id);
    break;
  case L_LIST_ID:
    value_set_integer(value, send->lists[row->index].id);
    break;
  case L_LIST_NAME:
    value_set_text(value, demo_list_name(send->lists[row->index].id));
    break;
  case L_UNSUBS: {
    const struct send_list *list = &demo_counts(&world->demo, send)->lists[row->index];
    value_set_integer(value, list->unsubs + store_unsubs(&world->store, send->id, list->id));
    break;
  }
  case L_PREVIEW:
    value_set_text(value, send_preview(row, send));
    break;
  case L_PARTNER_KEY:
  case L_OBJECT_ID:
  case L_LIST_PARTNER_KEY:
  case L_LIST_OBJECT_ID:
    value->kind = VALUE_NIL;
    break;
  default:
    value_set_integer(value, list_count_of(demo_counts(&world->demo, send), row->index, property));
  }
}

static bool next_list(struct scan *scan, struct row *row) {
  row->send = scan_next_send(scan, L_SEND_ID);
  if (!row->send)
    return false;
  row->index = (unsigned)scan->position.inner++;
  if (scan->position.inner == (uint64_t)row->send->list_count)
    scan->position = (struct position){scan->position.outer + 1, 0};
  return true;
}

const struct kind list_send_kind = {.name = "ListSend",
                                    .table = "ListSend",
                                    .properties = list_properties,
                                    .property_count = L_COUNT,
                                    .event = EVENT_TYPES,
                                    .next = next_list,
                                    .get = get_list};
