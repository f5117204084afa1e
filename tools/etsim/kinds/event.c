/* The properties of events: how each is computed. */
#include "kinds/event_properties.h"
#include "store/world.h"

#define GET(name) static void name(struct world *world, struct row *row, struct value *value)

GET(get_account) {
  (void)world;
  value_set_integer(value, row->event.send->account);
}

GET(get_list_id) {
  (void)world;
  value_set_integer(value, demo_list(&row->event));
}

GET(get_subscriber_id) {
  (void)world;
  value_set_integer(value, demo_subscriber_id(row->event.subscriber));
}

GET(get_send_id) {
  (void)world;
  value_set_integer(value, row->event.send->id);
}

GET(get_subscriber_key) {
  if (!row->key_size)
    row->key_size = demo_subscriber_key(&world->demo, row->event.subscriber, row->key);
  value_set_bytes(value, row->key, row->key_size);
}

GET(get_event_date) {
  (void)world;
  value_set_date(value, row->event.date);
}

GET(get_batch_id) {
  (void)world;
  value_set_integer(value, demo_batch(&row->event));
}

/* --- bounces -------------------------------------------------------------------------------- */

struct bounce {
  const char *type; /* of the event */
  const char *code;
  const char *category;
  const char *reason;
  const char *when;
};

static const struct bounce *bounce_of(const struct event *event) {
  static const struct bounce bounces[3][2] = {
      {{"HardBounce", "550", "Hard bounce - User Unknown",
        "5.1.1 The email account that you tried to reach does not exist", "immediate"},
       {"HardBounce", "550", "Hard bounce - Domain Unknown", "5.1.2 Bad destination system",
        "immediate"}},
      {{"SoftBounce", "452", "Soft bounce - Mailbox Full",
        "4.2.2 <mailbox>: over quota, try again later", "immediate"},
       {"SoftBounce", "421", "Soft bounce - Bad Configuration", "4.3.0 Service not available",
        "delayed"}},
      {{"OtherBounce", "554", "Technical/Other bounce - Spam Detected",
        "5.7.1 Message refused by policy", "immediate"},
       {"OtherBounce", "", "Technical/Other bounce - Unknown", "", "delayed"}}};
  const struct send *send = event->send;
  uint32_t place = event->rank - (send->recipients - send->bounces);
  unsigned type = place < send->hard ? 0 : place < send->hard + send->soft ? 1 : 2;
  return &bounces[type][mix(send->key, event->rank, 0xB0) % 4 == 0];
}

GET(get_event_type) {
  static const char *const names[EVENT_TYPES] = {[EVENT_SENT] = "Sent",
                                                 [EVENT_NOT_SENT] = "NotSent",
                                                 [EVENT_OPEN] = "Open",
                                                 [EVENT_CLICK] = "Click",
                                                 [EVENT_UNSUB] = "Unsubscribe",
                                                 [EVENT_FORWARDED_EMAIL] = "ForwardedEmail",
                                                 [EVENT_FORWARDED_EMAIL_OPT_IN] =
                                                     "ForwardedEmailOptIn",
                                                 [EVENT_SURVEY] = "Survey"};
  const struct event *event = &row->event;
  (void)world;
  value_set_text(value, event->type == EVENT_BOUNCE ? bounce_of(event)->type : names[event->type]);
}

GET(get_smtp_code) {
  (void)world;
  value_set_text(value, bounce_of(&row->event)->code);
}

GET(get_bounce_category) {
  (void)world;
  value_set_text(value, bounce_of(&row->event)->category);
}

GET(get_smtp_reason) {
  (void)world;
  value_set_text(value, bounce_of(&row->event)->reason);
}

GET(get_bounce_type) {
  (void)world;
  value_set_text(value, bounce_of(&row->event)->when);
}

/* --- of the other types --------------------------------------------------------------------- */

GET(get_link_id) {
  (void)world;
  value_set_integer(value, demo_link_id(row->event.send, row->event.part));
}

GET(get_link_url) {
  (void)world;
  value_set_text(value, demo_link_url(row->event.send, row->event.part, row->scratch));
}

GET(get_list_type) {
  (void)world, (void)row;
  value_set_text(value, "Public");
}

GET(get_list_class) {
  (void)world, (void)row;
  value_set_text(value, "ExactTargetList");
}

GET(get_is_master) {
  (void)world;
  value_set_boolean(value, demo_is_master(&row->event));
}

/* The one who opted in is somebody who was not sent to, or else the forwarder again. */
GET(get_opt_in_key) {
  const struct demo *demo = &world->demo;
  uint32_t other =
      demo->excluded ? demo->subscribers + row->event.row % demo->excluded : row->event.subscriber;
  value_set_bytes(value, row->email, demo_subscriber_key(demo, other, row->email));
}

GET(get_question) {
  (void)world;
  value_set_text(value, demo_question(row->event.part));
}

GET(get_answer) {
  (void)world;
  value_set_text(value, demo_answer(&row->event));
}

/* --- all of them ---------------------------------------------------------------------------- */

#define OWN(path, kind, get) EVERYWHERE(path, kind, 0, get, ELSEWHERE_NOTHING)
#define EVERYWHERE(path, kind, flags, get, elsewhere) \
  { PROPERTY(path, kind, flags, get), elsewhere }

const struct event_property event_properties[EVENT_PROPERTIES] = {
    OWN("Client.ID", VALUE_INTEGER, get_account),
    OWN("PartnerKey", VALUE_TEXT, property_nil),
    EVERYWHERE("ListID", VALUE_INTEGER, PROPERTY_UNDECLARED, get_list_id, ELSEWHERE_FILTER),
    EVERYWHERE("SubscriberID", VALUE_INTEGER, PROPERTY_UNDECLARED, get_subscriber_id,
               ELSEWHERE_FILTER),
    EVERYWHERE("CreatedDate", VALUE_DATE, 0, NULL, ELSEWHERE_CLOSED),
    EVERYWHERE("ModifiedDate", VALUE_DATE, 0, NULL, ELSEWHERE_CLOSED),
    EVERYWHERE("ID", VALUE_INTEGER, 0, NULL, ELSEWHERE_CLOSED),
    EVERYWHERE("ObjectID", VALUE_TEXT, 0, property_nil, ELSEWHERE_CLOSED),
    OWN("SendID", VALUE_INTEGER, get_send_id),
    OWN("SubscriberKey", VALUE_TEXT, get_subscriber_key),
    OWN("EventDate", VALUE_DATE, get_event_date),
    OWN("EventType", VALUE_TEXT, get_event_type),
    OWN("TriggeredSendDefinitionObjectID", VALUE_TEXT, NULL),
    OWN("BatchID", VALUE_INTEGER, get_batch_id),
    OWN("URLID", VALUE_INTEGER, get_link_id),
    OWN("URL", VALUE_TEXT, get_link_url),
    OWN("SMTPCode", VALUE_TEXT, get_smtp_code),
    OWN("BounceCategory", VALUE_TEXT, get_bounce_category),
    OWN("SMTPReason", VALUE_TEXT, get_smtp_reason),
    OWN("BounceType", VALUE_TEXT, get_bounce_type),
    {NIL_MEMBER("List.PartnerKey"), ELSEWHERE_WITH_LIST},
    OWN("List.ID", VALUE_INTEGER, get_list_id),
    {NIL_MEMBER("List.ObjectID"), ELSEWHERE_WITH_LIST},
    OWN("List.Type", VALUE_TEXT, get_list_type),
    OWN("List.ListClassification", VALUE_TEXT, get_list_class),
    OWN("IsMasterUnsubscribed", VALUE_BOOLEAN, get_is_master),
    OWN("OptInSubscriberKey", VALUE_TEXT, get_opt_in_key),
    OWN("Question", VALUE_TEXT, get_question),
    OWN("Answer", VALUE_TEXT, get_answer)};
