/* The nine event types as rows. */
#include "query/filter.h"
#include "kinds/kind.h"
#include "store/world.h"

/* The first properties are the same in all: their order here is the contract's. */
enum {
  CLIENT_ID,
  PARTNER_KEY,
  LIST_ID,
  SUBSCRIBER_ID,
  CREATED,
  MODIFIED,
  ID,
  OBJECT_ID,
  SEND_ID,
  SUBSCRIBER_KEY,
  EVENT_DATE,
  EVENT_TYPE,
  TRIGGERED_SEND,
  BATCH_ID,
  OWN /* where those of the type itself begin */
};

#define COMMON(undeclared, event)                                                                  \
  {"Client.ID", VALUE_INTEGER, 0}, {"PartnerKey", VALUE_TEXT, 0},                                  \
      {"ListID", VALUE_INTEGER, undeclared}, {"SubscriberID", VALUE_INTEGER, undeclared},          \
      {"CreatedDate", VALUE_DATE, event}, {"ModifiedDate", VALUE_DATE, event},                     \
      {"ID", VALUE_INTEGER, event}, {"ObjectID", VALUE_TEXT, event}, {"SendID", VALUE_INTEGER, 0}, \
      {"SubscriberKey", VALUE_TEXT, 0}, {"EventDate", VALUE_DATE, 0},                              \
      {"EventType", VALUE_TEXT, 0}, {"TriggeredSendDefinitionObjectID", VALUE_TEXT, 0}, {          \
    "BatchID", VALUE_INTEGER, 0                                                                    \
  }

/* SentEvent and NotSentEvent know list and subscriber ID, the others their own dates and IDs. */
#define SENT_COMMON COMMON(PROPERTY_UNDECLARED, PROPERTY_CLOSED)
#define REACTION_COMMON COMMON(PROPERTY_UNDECLARED | PROPERTY_FILTER_ONLY, 0)

static const struct property sent_properties[] = {SENT_COMMON};
static const struct property reaction_properties[] = {REACTION_COMMON};
static const struct property click_properties[] = {
    REACTION_COMMON, {"URLID", VALUE_INTEGER, 0}, {"URL", VALUE_TEXT, 0}};
static const struct property bounce_properties[] = {REACTION_COMMON,
                                                    {"SMTPCode", VALUE_TEXT, 0},
                                                    {"BounceCategory", VALUE_TEXT, 0},
                                                    {"SMTPReason", VALUE_TEXT, 0},
                                                    {"BounceType", VALUE_TEXT, 0}};
static const struct property unsub_properties[] = {REACTION_COMMON,
                                                   {"List.PartnerKey", VALUE_TEXT, PROPERTY_CLOSED},
                                                   {"List.ID", VALUE_INTEGER, 0},
                                                   {"List.ObjectID", VALUE_TEXT, PROPERTY_CLOSED},
                                                   {"List.Type", VALUE_TEXT, 0},
                                                   {"List.ListClassification", VALUE_TEXT, 0},
                                                   {"IsMasterUnsubscribed", VALUE_BOOLEAN, 0}};
static const struct property opt_in_properties[] = {REACTION_COMMON,
                                                    {"OptInSubscriberKey", VALUE_TEXT, 0}};
static const struct property survey_properties[] = {
    REACTION_COMMON, {"Question", VALUE_TEXT, 0}, {"Answer", VALUE_TEXT, 0}};

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

static const char *event_type_name(const struct event *event) {
  static const char *const names[EVENT_TYPES] = {
      "Sent",  "NotSent",     "Open",           "Click",
      NULL,    "Unsubscribe", "ForwardedEmail", "ForwardedEmailOptIn",
      "Survey"};
  return event->type == EVENT_BOUNCE ? bounce_of(event)->type : names[event->type];
}

static void get_key(struct world *world, struct row *row, struct value *value) {
  if (!row->key_size)
    row->key_size = demo_subscriber_key(&world->demo, row->event.subscriber, row->key);
  value_set_bytes(value, row->key, row->key_size);
}

static void get_bounce(const struct event *event, size_t property, struct value *value) {
  const struct bounce *bounce = bounce_of(event);
  const char *const texts[] = {bounce->code, bounce->category, bounce->reason, bounce->when};
  value_set_text(value, texts[property]);
}

static void get_unsub(const struct event *event, size_t property, struct value *value) {
  switch (property) {
  case 1:
    value_set_integer(value, demo_list(event));
    break;
  case 3:
    value_set_text(value, "Public");
    break;
  case 4:
    value_set_text(value, "ExactTargetList");
    break;
  case 5:
    value_set_boolean(value, mix(event->send->key, event->row, 0xC0) % 8 == 0);
    break;
  default:
    value->kind = VALUE_NIL;
  }
}

/* The one who opted in is somebody who was not sent to, or else the forwarder again. */
static void get_opt_in(struct world *world, struct row *row, struct value *value) {
  const struct demo *demo = &world->demo;
  uint32_t other =
      demo->excluded ? demo->subscribers + row->event.row % demo->excluded : row->event.subscriber;
  value_set_bytes(value, row->email, demo_subscriber_email(demo, other, row->email));
}

static void get_own(struct world *world, struct row *row, size_t property, struct value *value) {
  const struct event *event = &row->event;
  switch (event->type) {
  case EVENT_CLICK:
    if (property == 0)
      value_set_integer(value, demo_link_id(event->send, event->part));
    else
      value_set_text(value, demo_link_url(event->send, event->part, row->scratch));
    break;
  case EVENT_BOUNCE:
    get_bounce(event, property, value);
    break;
  case EVENT_UNSUB:
    get_unsub(event, property, value);
    break;
  case EVENT_OPT_IN:
    get_opt_in(world, row, value);
    break;
  case EVENT_SURVEY:
    value_set_text(value, property == 0 ? demo_question(event->part) : demo_answer(event));
    break;
  default:
    value->kind = VALUE_ABSENT;
  }
}

static void get(struct world *world, struct row *row, size_t property, struct value *value) {
  const struct event *event = &row->event;
  switch (property) {
  case CLIENT_ID:
    value_set_integer(value, event->send->account);
    break;
  case PARTNER_KEY:
  case OBJECT_ID:
    value->kind = VALUE_NIL;
    break;
  case LIST_ID:
    value_set_integer(value, demo_list(event));
    break;
  case SUBSCRIBER_ID:
    value_set_integer(value, demo_subscriber_id(event->subscriber));
    break;
  case SEND_ID:
    value_set_integer(value, event->send->id);
    break;
  case SUBSCRIBER_KEY:
    get_key(world, row, value);
    break;
  case EVENT_DATE:
    value_set_date(value, event->date);
    break;
  case EVENT_TYPE:
    value_set_text(value, event_type_name(event));
    break;
  case BATCH_ID:
    value_set_integer(value, demo_batch(event));
    break;
  case CREATED:
  case MODIFIED:
  case ID:
  case TRIGGERED_SEND:
    value->kind = VALUE_ABSENT;
    break;
  default:
    get_own(world, row, property - OWN, value);
  }
}

/* --- scanning ------------------------------------------------------------------------------- */

/* Whether the tests of a number that every row has to pass allow this one. */
static bool may_match(const struct filter *filter, size_t property, int64_t number) {
  const struct filter *test = NULL;
  while ((test = filter_required(filter, property, test)) != NULL) {
    bool listed = test->op != FILTER_EQUALS && test->op != FILTER_IN;
    for (size_t i = 0; !listed && i < test->value_count; i++)
      listed = test->values[i].number == number;
    if (!listed)
      return false;
  }
  return true;
}

static const struct filter *equality(const struct filter *filter, size_t property) {
  const struct filter *test = NULL;
  while ((test = filter_required(filter, property, test)) != NULL)
    if (test->op == FILTER_EQUALS)
      return test;
  return NULL;
}

static void window(const struct filter *filter, int64_t *from, int64_t *to) {
  *from = INT64_MIN;
  *to = INT64_MAX;
  const struct filter *test = NULL;
  while ((test = filter_required(filter, EVENT_DATE, test)) != NULL) {
    enum filter_op op = test->op;
    bool low = op == FILTER_GREATER || op == FILTER_GREATER_OR_EQUAL || op == FILTER_EQUALS ||
               op == FILTER_BETWEEN;
    bool high = op == FILTER_LESS || op == FILTER_LESS_OR_EQUAL || op == FILTER_EQUALS ||
                op == FILTER_BETWEEN;
    if (low && test->values[0].number > *from)
      *from = test->values[0].number;
    if (high && test->values[op == FILTER_BETWEEN].number < *to)
      *to = test->values[op == FILTER_BETWEEN].number;
  }
}

static void prepare(struct scan *scan) {
  const struct demo *demo = &scan->world->demo;
  struct scan_hints *hints = &scan->hints;
  const struct filter *test = equality(scan->filter, SUBSCRIBER_KEY);
  if (test)
    hints->subscriber = demo_subscriber_by_key(demo, test->values[0].text);
  hints->one_subscriber = test != NULL;
  if (!test && (test = equality(scan->filter, SUBSCRIBER_ID)) != NULL) {
    hints->subscriber = demo_subscriber_by_id(demo, test->values[0].number);
    hints->one_subscriber = true;
  }
  if ((test = equality(scan->filter, SEND_ID)) != NULL) {
    hints->one_send = true;
    hints->send = demo_send_find(demo, test->values[0].number);
  }
  window(scan->filter, &hints->from, &hints->to);
  hints->ready = true;
}

static bool row_of_subscriber(struct scan *scan, const struct send *send, struct row *row) {
  uint32_t rows[DEMO_EVENTS_OF_ONE];
  enum event_type type = scan->kind->event;
  int count = demo_events_of(&scan->world->demo, send, type, scan->hints.subscriber, rows);
  if (scan->position.inner >= (uint64_t)count)
    return false;
  demo_event(&scan->world->demo, send, type, rows[scan->position.inner++], &row->event);
  return true;
}

static bool row_of_send(struct scan *scan, const struct send *send, struct row *row) {
  enum event_type type = scan->kind->event;
  struct scan_hints *hints = &scan->hints;
  if (hints->ranged != send) {
    hints->ranged = send;
    hints->first = 0;
    hints->end = demo_event_count(send, type);
    demo_events_between(send, type, hints->from, hints->to, &hints->first, &hints->end);
  }
  if (scan->position.inner < hints->first)
    scan->position.inner = hints->first;
  if (scan->position.inner >= hints->end)
    return false;
  demo_event(&scan->world->demo, send, type, (uint32_t)scan->position.inner++, &row->event);
  return true;
}

static bool next(struct scan *scan, struct row *row) {
  const struct demo *demo = &scan->world->demo;
  struct scan_hints *hints = &scan->hints;
  if (!hints->ready)
    prepare(scan);
  if (hints->one_subscriber && hints->subscriber == UINT32_MAX)
    return false;
  if (hints->one_send) {
    if (!hints->send || scan->position.outer > hints->send->ordinal)
      return false;
    scan->position.outer = hints->send->ordinal;
  }
  while (scan->position.outer < demo->send_count) {
    const struct send *send = &demo->sends[scan->position.outer];
    if (scan_sees(scan, send->account) && may_match(scan->filter, SEND_ID, send->id) &&
        (hints->one_subscriber ? row_of_subscriber(scan, send, row) : row_of_send(scan, send, row)))
      return true;
    if (hints->one_send) {
      scan->position.outer = demo->send_count;
      return false;
    }
    scan->position.outer++;
    scan->position.inner = 0;
  }
  return false;
}

#define KIND(type, list, of_event)                                                       \
  {                                                                                      \
    .name = type, .table = type, .properties = list,                                     \
    .property_count = sizeof(list) / sizeof((list)[0]), .event = of_event, .next = next, \
    .get = get                                                                           \
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
