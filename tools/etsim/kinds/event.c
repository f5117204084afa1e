/* The nine event types: what they have. */
#include "kinds/computed.h"
#include "kinds/event_scan.h"

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
  static const char *const names[EVENT_TYPES] = {
      "Sent",  "NotSent",     "Open",           "Click",
      NULL,    "Unsubscribe", "ForwardedEmail", "ForwardedEmailOptIn",
      "Survey"};
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

/* --- the types ------------------------------------------------------------------------------ */

/* The first properties are the same in all. SentEvent and NotSentEvent know list and subscriber ID,
 * the others their own dates and IDs. */
#define COMMON(undeclared, own)                                                                  \
  PROPERTY("Client.ID", VALUE_INTEGER, 0, get_account),                                          \
      PROPERTY("PartnerKey", VALUE_TEXT, 0, property_nil),                                       \
      PROPERTY("ListID", VALUE_INTEGER, undeclared, get_list_id),                                \
      PROPERTY("SubscriberID", VALUE_INTEGER, undeclared, get_subscriber_id),                    \
      PROPERTY("CreatedDate", VALUE_DATE, own, NULL),                                            \
      PROPERTY("ModifiedDate", VALUE_DATE, own, NULL), PROPERTY("ID", VALUE_INTEGER, own, NULL), \
      PROPERTY("ObjectID", VALUE_TEXT, own, property_nil),                                       \
      PROPERTY("SendID", VALUE_INTEGER, 0, get_send_id),                                         \
      PROPERTY("SubscriberKey", VALUE_TEXT, 0, get_subscriber_key),                              \
      PROPERTY("EventDate", VALUE_DATE, 0, get_event_date),                                      \
      PROPERTY("EventType", VALUE_TEXT, 0, get_event_type),                                      \
      PROPERTY("TriggeredSendDefinitionObjectID", VALUE_TEXT, 0, NULL),                          \
      PROPERTY("BatchID", VALUE_INTEGER, 0, get_batch_id)
#define SENT_COMMON COMMON(PROPERTY_UNDECLARED, PROPERTY_CLOSED)
#define REACTION_COMMON COMMON(PROPERTY_UNDECLARED | PROPERTY_FILTER_ONLY, 0)

static const struct property sent_properties[] = {SENT_COMMON};
static const struct property reaction_properties[] = {REACTION_COMMON};
static const struct property click_properties[] = {REACTION_COMMON,
                                                   PROPERTY("URLID", VALUE_INTEGER, 0, get_link_id),
                                                   PROPERTY("URL", VALUE_TEXT, 0, get_link_url)};
static const struct property bounce_properties[] = {
    REACTION_COMMON, PROPERTY("SMTPCode", VALUE_TEXT, 0, get_smtp_code),
    PROPERTY("BounceCategory", VALUE_TEXT, 0, get_bounce_category),
    PROPERTY("SMTPReason", VALUE_TEXT, 0, get_smtp_reason),
    PROPERTY("BounceType", VALUE_TEXT, 0, get_bounce_type)};
static const struct property unsub_properties[] = {
    REACTION_COMMON,
    NIL_MEMBER("List.PartnerKey"),
    PROPERTY("List.ID", VALUE_INTEGER, 0, get_list_id),
    NIL_MEMBER("List.ObjectID"),
    PROPERTY("List.Type", VALUE_TEXT, 0, get_list_type),
    PROPERTY("List.ListClassification", VALUE_TEXT, 0, get_list_class),
    PROPERTY("IsMasterUnsubscribed", VALUE_BOOLEAN, 0, get_is_master)};
static const struct property opt_in_properties[] = {
    REACTION_COMMON, PROPERTY("OptInSubscriberKey", VALUE_TEXT, 0, get_opt_in_key)};
static const struct property survey_properties[] = {
    REACTION_COMMON, PROPERTY("Question", VALUE_TEXT, 0, get_question),
    PROPERTY("Answer", VALUE_TEXT, 0, get_answer)};

#define KIND(type, list, of_event)                                                           \
  {                                                                                          \
    .name = type, .table = type, .properties = list, .property_count = PROPERTY_COUNT(list), \
    .event = of_event, .next = event_next                                                    \
  }

const struct kind event_kinds[EVENT_TYPES] = {
    KIND("SentEvent", sent_properties, EVENT_SENT),
    KIND("NotSentEvent", sent_properties, EVENT_NOT_SENT),
    KIND("OpenEvent", reaction_properties, EVENT_OPEN),
    KIND("ClickEvent", click_properties, EVENT_CLICK),
    KIND("BounceEvent", bounce_properties, EVENT_BOUNCE),
    KIND("UnsubEvent", unsub_properties, EVENT_UNSUB),
    KIND("ForwardedEmailEvent", reaction_properties, EVENT_FORWARD),
    KIND("ForwardedEmailOptInEvent", opt_in_properties, EVENT_OPT_IN),
    KIND("SurveyEvent", survey_properties, EVENT_SURVEY)};
