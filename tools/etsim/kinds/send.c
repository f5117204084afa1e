/* Send as rows. */
#include "kinds/send.h"

#include <stdio.h>

#include "kinds/computed.h"
#include "kinds/filter.h"

#define GET(name) static void name(struct world *world, struct row *row, struct value *value)
#define COUNT(name, count)                      \
  GET(get_##name) {                             \
    const struct send *send = row->send;        \
    (void)world;                                \
    value_set_integer(value, (int64_t)(count)); \
  }
/* What the events that are there add up to. */
#define TALLY(name, count)                      \
  GET(get_##name) {                             \
    const struct send *send = row->send;        \
    struct demo_tally tally;                    \
    demo_total(&world->demo, send, &tally);     \
    value_set_integer(value, (int64_t)(count)); \
  }
#define TEXT(name, text)                 \
  GET(get_##name) {                      \
    const struct send *send = row->send; \
    (void)world, (void)send;             \
    value_set_text(value, text);         \
  }
#define DATE(name, date)                 \
  GET(get_##name) {                      \
    const struct send *send = row->send; \
    (void)world;                         \
    value_set_date(value, date);         \
  }

/* Half of the sends other than the demo send came from a definition. */
static bool defined(const struct send *send) {
  return send->started || send->id == DEMO_SEND_ID || send->key & 1;
}

static const char *definition_id(struct row *row) {
  if (row->send->started)
    return row->send->started->definition_id;
  demo_definition_id(demo_theme(row->send), row->scratch);
  return row->scratch;
}

void send_get_account(struct world *world, struct row *row, struct value *value) {
  (void)world;
  value_set_integer(value, row->send->account);
}

void send_get_id(struct world *world, struct row *row, struct value *value) {
  (void)world;
  value_set_integer(value, row->send->id);
}

void send_get_preview(struct world *world, struct row *row, struct value *value) {
  const struct send *send = row->send;
  (void)world;
  snprintf(row->scratch, sizeof row->scratch, "https://view.example.com/?j=%d&m=%d&sfmc=%016llx",
           send->id, send->account, (unsigned long long)mix(send->key, 3, 0x60));
  value_set_text(value, row->scratch);
}

static int64_t modified(const struct world *world, const struct send *send) {
  int64_t over = send->sent + send->duration + 1700, now = clock_now(&world->demo.clock);
  return (send->started || world->demo.clock.dated) && now < over ? now : over;
}

DATE(created, send->started ? send->sent - 5000 : send->sent - 5400123)
DATE(modified, modified(world, send))
DATE(send_date, send->sent - send->sent % 60000)
DATE(sent_date, send->sent)
TEXT(from_address, "newsletter@example.com")
TEXT(from_name, "Example & Söhne")
TEXT(subject, send->started ? send->started->subject : demo_subject(send))
TEXT(email_name, send->started ? send->started->email_name : demo_email_name(send))
TEXT(status, demo_send_status(&world->demo, send))
TEXT(campaign, send->started ? send->started->definition_key : demo_campaign(send))
TEXT(definition_id, defined(send) ? definition_id(row) : NULL)
TEXT(definition_key, !defined(send)  ? NULL
                     : send->started ? send->started->definition_key
                                     : demo_campaign(send))
COUNT(email_id, send->started ? send->started->email : demo_email_id(demo_theme(send)))
COUNT(duplicates, send->duplicates)
COUNT(invalid, send->invalid)
COUNT(undeliverable, send->undeliverable)
COUNT(unsubscribed, send->unsubscribed)
TALLY(hard, tally.hard)
TALLY(soft, tally.soft)
TALLY(other, tally.other)
TALLY(forwards, tally.forwards)
TALLY(clicks, tally.clicks)
TALLY(opens, tally.opens)
TALLY(sent, tally.sent)
TALLY(delivered, (int64_t)tally.sent - tally.hard - tally.soft - tally.other)
TALLY(unsubs, tally.unsubs + store_unsubs(&world->store, send->id, 0))
COUNT(missing, send->missing)
COUNT(targeted, (int64_t)send->recipients + send->errored)
COUNT(errored, send->errored)
COUNT(excluded, send->not_sent - send->errored)

GET(get_limit) {
  (void)world, (void)row;
  value_set_integer(value, 0);
}

GET(get_multipart) {
  (void)world, (void)row;
  value_set_boolean(value, 1);
}

GET(get_always_on) {
  (void)world, (void)row;
  value_set_boolean(value, 0);
}

static const struct property properties[] = {
    PROPERTY("Client.ID", VALUE_INTEGER, 0, send_get_account),
    PROPERTY("Client.PartnerClientKey", VALUE_TEXT, 0, NULL),
    PROPERTY("PartnerKey", VALUE_TEXT, 0, property_nil),
    PROPERTY("BCCEmail", VALUE_TEXT, PROPERTY_UNDECLARED, NULL),
    PROPERTY("CreatedDate", VALUE_DATE, 0, get_created),
    PROPERTY("ModifiedDate", VALUE_DATE, 0, get_modified),
    PROPERTY("ID", VALUE_INTEGER, 0, send_get_id),
    NIL_MEMBER("ObjectID"),
    PROPERTY("Email.PartnerKey", VALUE_TEXT, 0, property_nil),
    PROPERTY("Email.ID", VALUE_INTEGER, 0, get_email_id),
    NIL_MEMBER("Email.ObjectID"),
    PROPERTY("SendDate", VALUE_DATE, 0, get_send_date),
    PROPERTY("FromAddress", VALUE_TEXT, 0, get_from_address),
    PROPERTY("FromName", VALUE_TEXT, 0, get_from_name),
    STATISTICS_MEMBERS(get_),
    PROPERTY("Subject", VALUE_TEXT, 0, get_subject),
    PROPERTY("PreviewURL", VALUE_TEXT, 0, send_get_preview),
    PROPERTY("SentDate", VALUE_DATE, 0, get_sent_date),
    PROPERTY("EmailName", VALUE_TEXT, 0, get_email_name),
    PROPERTY("Status", VALUE_TEXT, 0, get_status),
    PROPERTY("IsMultipart", VALUE_BOOLEAN, 0, get_multipart),
    COUNT_MEMBER("SendLimit", get_limit),
    PROPERTY("SendWindowOpen", VALUE_TEXT, 0, NULL),
    PROPERTY("SendWindowClose", VALUE_TEXT, 0, NULL),
    PROPERTY("IsAlwaysOn", VALUE_BOOLEAN, 0, get_always_on),
    COUNT_MEMBER("NumberTargeted", get_targeted),
    COUNT_MEMBER("NumberErrored", get_errored),
    COUNT_MEMBER("NumberExcluded", get_excluded),
    PROPERTY("Additional", VALUE_TEXT, 0, get_campaign),
    NIL_MEMBER("EmailSendDefinition.PartnerKey"),
    PROPERTY("EmailSendDefinition.ObjectID", VALUE_TEXT, 0, get_definition_id),
    PROPERTY("EmailSendDefinition.CustomerKey", VALUE_TEXT, 0, get_definition_key)};

const struct send *scan_next_send(struct scan *scan, const char *id) {
  const struct demo *demo = &scan->world->demo;
  const struct filter *test = NULL;
  while ((test = filter_required(scan->filter, id, test)) != NULL)
    if (test->op == FILTER_EQUALS) {
      const struct send *send = demo_send_find(demo, test->values[0].number);
      if (!send || scan->position.outer > send->ordinal)
        return NULL;
      scan->position.outer = send->ordinal;
    }
  while (scan->position.outer < demo->send_count) {
    const struct send *send = &demo->sends[scan->position.outer];
    if (scan_sees(scan, send->account) && demo_is_there(demo, send))
      return send;
    scan->position.outer++;
    scan->position.inner = 0;
  }
  return NULL;
}

static bool next(struct scan *scan, struct row *row) {
  row->send = scan_next_send(scan, "ID");
  scan->position.outer += row->send != NULL;
  return row->send != NULL;
}

const struct kind send_kind = {.name = "Send",
                               .table = "Send",
                               .properties = properties,
                               .property_count = PROPERTY_COUNT(properties),
                               .event = EVENT_TYPES,
                               .next = next};
