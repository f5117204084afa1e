/* LinkSend as rows. */
#include "query/filter.h"
#include "kinds/kind.h"
#include "kinds/send.h"
#include "store/world.h"

enum { FIRST_LINK_SEND_ID = 700000000 };

enum link_property {
  K_CLIENT_ID,
  K_CLIENT_KEY,
  K_PARTNER_KEY,
  K_ID,
  K_OBJECT_ID,
  K_SEND_ID,
  K_LINK_PARTNER_KEY,
  K_LINK_ID,
  K_LINK_OBJECT_ID,
  K_ALIAS,
  K_TOTAL,
  K_UNIQUE,
  K_URL,
  K_COUNT
};

static const struct property link_properties[K_COUNT] = {{"Client.ID", VALUE_INTEGER, 0},
                                                         {"Client.PartnerClientKey", VALUE_TEXT, 0},
                                                         {"PartnerKey", VALUE_TEXT, 0},
                                                         {"ID", VALUE_INTEGER, 0},
                                                         NIL_MEMBER("ObjectID"),
                                                         {"SendID", VALUE_INTEGER, 0},
                                                         {"Link.PartnerKey", VALUE_TEXT, 0},
                                                         {"Link.ID", VALUE_INTEGER, 0},
                                                         NIL_MEMBER("Link.ObjectID"),
                                                         {"Link.Alias", VALUE_TEXT, 0},
                                                         COUNT_MEMBER("Link.TotalClicks"),
                                                         COUNT_MEMBER("Link.UniqueClicks"),
                                                         {"Link.URL", VALUE_TEXT, 0}};

static void get_link(struct world *world, struct row *row, size_t property, struct value *value) {
  const struct send *send = row->send;
  switch ((enum link_property)property) {
  case K_CLIENT_ID:
    value_set_integer(value, send->account);
    break;
  case K_CLIENT_KEY:
    value->kind = VALUE_ABSENT;
    break;
  case K_ID:
    value_set_integer(value, FIRST_LINK_SEND_ID + (int)(send->ordinal * DEMO_LINKS + row->index));
    break;
  case K_SEND_ID:
    value_set_integer(value, send->id);
    break;
  case K_LINK_ID:
    value_set_integer(value, demo_link_id(send, row->index));
    break;
  case K_ALIAS:
    value_set_text(value, demo_link_alias(row->index));
    break;
  case K_TOTAL:
    value_set_integer(value, demo_counts(&world->demo, send)->link_total[row->index]);
    break;
  case K_UNIQUE:
    value_set_integer(value, demo_counts(&world->demo, send)->link_unique[row->index]);
    break;
  case K_URL:
    value_set_text(value, demo_link_url(send, row->index, row->scratch));
    break;
  default:
    value->kind = VALUE_NIL;
  }
}

static bool next_link(struct scan *scan, struct row *row) {
  row->send = scan_next_send(scan, K_SEND_ID);
  if (!row->send)
    return false;
  row->index = (unsigned)scan->position.inner++;
  if (scan->position.inner == DEMO_LINKS)
    scan->position = (struct position){scan->position.outer + 1, 0};
  return true;
}

const struct kind link_send_kind = {.name = "LinkSend",
                                    .table = "LinkSend",
                                    .properties = link_properties,
                                    .property_count = K_COUNT,
                                    .event = EVENT_TYPES,
                                    .next = next_link,
                                    .get = get_link};
