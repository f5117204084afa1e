/* LinkSend as rows. */
#include "kinds/computed.h"
#include "kinds/send.h"

enum { FIRST_LINK_SEND_ID = 700000000 };

#define GET(name) static void name(struct world *world, struct row *row, struct value *value)

GET(get_id) {
  (void)world;
  value_set_integer(value,
                    FIRST_LINK_SEND_ID + (int)(row->send->ordinal * DEMO_LINKS + row->index));
}

GET(get_link_id) {
  (void)world;
  value_set_integer(value, demo_link_id(row->send, row->index));
}

GET(get_alias) {
  (void)world;
  value_set_text(value, demo_link_alias(row->index));
}

GET(get_total) {
  struct demo_counts counts;
  demo_count(&world->demo, row->send, &counts);
  value_set_integer(value, counts.link_total[row->index]);
}

GET(get_unique) {
  struct demo_counts counts;
  demo_count(&world->demo, row->send, &counts);
  value_set_integer(value, counts.link_unique[row->index]);
}

GET(get_url) {
  (void)world;
  value_set_text(value, demo_link_url(row->send, row->index, row->scratch));
}

static const struct property properties[] = {
    PROPERTY("Client.ID", VALUE_INTEGER, 0, send_get_account),
    PROPERTY("Client.PartnerClientKey", VALUE_TEXT, 0, NULL),
    PROPERTY("PartnerKey", VALUE_TEXT, 0, property_nil),
    PROPERTY("ID", VALUE_INTEGER, 0, get_id),
    NIL_MEMBER("ObjectID"),
    PROPERTY("SendID", VALUE_INTEGER, 0, send_get_id),
    PROPERTY("Link.PartnerKey", VALUE_TEXT, 0, property_nil),
    PROPERTY("Link.ID", VALUE_INTEGER, 0, get_link_id),
    NIL_MEMBER("Link.ObjectID"),
    PROPERTY("Link.Alias", VALUE_TEXT, 0, get_alias),
    COUNT_MEMBER("Link.TotalClicks", get_total),
    COUNT_MEMBER("Link.UniqueClicks", get_unique),
    PROPERTY("Link.URL", VALUE_TEXT, 0, get_url)};

static bool next(struct scan *scan, struct row *row) {
  row->send = scan_next_send(scan, "SendID");
  if (!row->send)
    return false;
  row->index = (unsigned)scan->position.inner++;
  if (scan->position.inner == DEMO_LINKS)
    scan->position = (struct position){scan->position.outer + 1, 0};
  return true;
}

const struct kind link_send_kind = {.name = "LinkSend",
                                    .table = "LinkSend",
                                    .properties = properties,
                                    .property_count = PROPERTY_COUNT(properties),
                                    .event = EVENT_TYPES,
                                    .next = next};
