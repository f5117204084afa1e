/* Send as rows. */
#include <stdio.h>

#include "query/filter.h"
#include "kinds/kind.h"
#include "kinds/send.h"
#include "store/world.h"

enum { FIRST_EMAIL_ID = 3099000 };

/* The order is the contract's. */
enum send_property {
  S_CLIENT_ID,
  S_CLIENT_KEY,
  S_PARTNER_KEY,
  S_BCC,
  S_CREATED,
  S_MODIFIED,
  S_ID,
  S_OBJECT_ID,
  S_EMAIL_PARTNER_KEY,
  S_EMAIL_ID,
  S_EMAIL_OBJECT_ID,
  S_SEND_DATE,
  S_FROM_ADDRESS,
  S_FROM_NAME,
  STATISTICS_OF_SEND(S_),
  S_SUBJECT,
  S_PREVIEW,
  S_SENT_DATE,
  S_EMAIL_NAME,
  S_STATUS,
  S_MULTIPART,
  S_LIMIT,
  S_WINDOW_OPEN,
  S_WINDOW_CLOSE,
  S_ALWAYS_ON,
  S_TARGETED,
  S_ERRORED,
  S_EXCLUDED,
  S_ADDITIONAL,
  S_DEFINITION_PARTNER_KEY,
  S_DEFINITION_OBJECT_ID,
  S_DEFINITION_KEY,
  S_COUNT
};

static const struct property send_properties[S_COUNT] = {
    {"Client.ID", VALUE_INTEGER, 0},
    {"Client.PartnerClientKey", VALUE_TEXT, 0},
    {"PartnerKey", VALUE_TEXT, 0},
    {"BCCEmail", VALUE_TEXT, PROPERTY_UNDECLARED},
    {"CreatedDate", VALUE_DATE, 0},
    {"ModifiedDate", VALUE_DATE, 0},
    {"ID", VALUE_INTEGER, 0},
    NIL_MEMBER("ObjectID"),
    {"Email.PartnerKey", VALUE_TEXT, 0},
    {"Email.ID", VALUE_INTEGER, 0},
    NIL_MEMBER("Email.ObjectID"),
    {"SendDate", VALUE_DATE, 0},
    {"FromAddress", VALUE_TEXT, 0},
    {"FromName", VALUE_TEXT, 0},
    STATISTICS_MEMBERS,
    {"Subject", VALUE_TEXT, 0},
    {"PreviewURL", VALUE_TEXT, 0},
    {"SentDate", VALUE_DATE, 0},
    {"EmailName", VALUE_TEXT, 0},
    {"Status", VALUE_TEXT, 0},
    {"IsMultipart", VALUE_BOOLEAN, 0},
    COUNT_MEMBER("SendLimit"),
    {"SendWindowOpen", VALUE_TEXT, 0},
    {"SendWindowClose", VALUE_TEXT, 0},
    {"IsAlwaysOn", VALUE_BOOLEAN, 0},
    COUNT_MEMBER("NumberTargeted"),
    COUNT_MEMBER("NumberErrored"),
    COUNT_MEMBER("NumberExcluded"),
    {"Additional", VALUE_TEXT, 0},
    {"EmailSendDefinition.PartnerKey", VALUE_TEXT, PROPERTY_CLOSED},
    {"EmailSendDefinition.ObjectID", VALUE_TEXT, 0},
    {"EmailSendDefinition.CustomerKey", VALUE_TEXT, 0}};

static const char *print_guid(struct row *row, uint64_t key) {
  uint64_t a = mix(key, 1, 0x60), b = mix(key, 2, 0x60);
  (void)snprintf(row->scratch, sizeof row->scratch, "%08x-%04x-4%03x-%04x-%012llx",
                 (unsigned)(a >> 32), (unsigned)(a >> 16 & 0xFFFF), (unsigned)(a & 0xFFF),
                 (unsigned)(0x8000 | (b >> 48 & 0x3FFF)), (unsigned long long)(b & 0xFFFFFFFFFFFF));
  return row->scratch;
}

const char *send_preview(struct row *row, const struct send *send) {
  (void)snprintf(row->scratch, sizeof row->scratch,
                 "https://view.example.com/?j=%d&m=%d&sfmc=%016llx", send->id, send->account,
                 (unsigned long long)mix(send->key, 3, 0x60));
  return row->scratch;
}

/* Half of the sends other than the demo send came from a definition. */
static bool defined(const struct send *send) {
  return send->id == DEMO_SEND_ID || send->key & 1;
}

static int64_t send_count_of(const struct send *send, size_t property) {
  switch ((enum send_property)property) {
  case S_DUPLICATES:
    return send->duplicates;
  case S_INVALID:
    return send->invalid;
  case S_UNDELIVERABLE:
    return send->undeliverable;
  case S_UNSUBSCRIBED:
    return send->unsubscribed;
  case S_HARD:
    return send->hard;
  case S_SOFT:
    return send->soft;
  case S_OTHER:
    return send->other;
  case S_FORWARDS:
    return send->forwards;
  case S_CLICKS:
    return send->clicks;
  case S_OPENS:
    return send->opens;
  case S_SENT:
    return send->recipients;
  case S_DELIVERED:
    return send->recipients - send->bounces;
  case S_MISSING:
    return send->missing;
  case S_TARGETED:
    return (int64_t)send->recipients + send->errored;
  case S_ERRORED:
    return send->errored;
  case S_EXCLUDED:
    return send->not_sent - send->errored;
  default:
    return 0;
  }
}

static void get_send(struct world *world, struct row *row, size_t property, struct value *value) {
  const struct send *send = row->send;
  switch ((enum send_property)property) {
  case S_CLIENT_ID:
    value_set_integer(value, send->account);
    break;
  case S_PARTNER_KEY:
  case S_OBJECT_ID:
  case S_EMAIL_PARTNER_KEY:
  case S_EMAIL_OBJECT_ID:
  case S_DEFINITION_PARTNER_KEY:
    value->kind = VALUE_NIL;
    break;
  case S_CLIENT_KEY:
  case S_BCC:
  case S_WINDOW_OPEN:
  case S_WINDOW_CLOSE:
    value->kind = VALUE_ABSENT;
    break;
  case S_CREATED:
    value_set_date(value, send->sent - 5400123);
    break;
  case S_MODIFIED:
    value_set_date(value, send->sent + send->duration + 1700);
    break;
  case S_ID:
    value_set_integer(value, send->id);
    break;
  case S_EMAIL_ID:
    value_set_integer(value, FIRST_EMAIL_ID + (int)send->ordinal);
    break;
  case S_SEND_DATE:
    value_set_date(value, send->sent - send->sent % 60000);
    break;
  case S_FROM_ADDRESS:
    value_set_text(value, "newsletter@example.com");
    break;
  case S_FROM_NAME:
    value_set_text(value, "Example & Söhne");
    break;
  case S_SUBJECT:
    value_set_text(value, demo_subject(send));
    break;
  case S_PREVIEW:
    value_set_text(value, send_preview(row, send));
    break;
  case S_SENT_DATE:
    value_set_date(value, send->sent);
    break;
  case S_EMAIL_NAME:
    value_set_text(value, demo_email_name(send));
    break;
  case S_STATUS:
    value_set_text(value, "Complete");
    break;
  case S_MULTIPART:
    value_set_boolean(value, 1);
    break;
  case S_ALWAYS_ON:
    value_set_boolean(value, 0);
    break;
  case S_ADDITIONAL:
    value_set_text(value, demo_campaign(send));
    break;
  case S_DEFINITION_OBJECT_ID:
    value_set_text(value, defined(send) ? print_guid(row, send->key) : NULL);
    break;
  case S_DEFINITION_KEY:
    value_set_text(value, defined(send) ? demo_campaign(send) : NULL);
    break;
  case S_UNSUBS:
    value_set_integer(value, send->unsubs + store_unsubs(&world->store, send->id, 0));
    break;
  default:
    value_set_integer(value, send_count_of(send, property));
  }
}

const struct send *scan_next_send(struct scan *scan, size_t id_property) {
  const struct demo *demo = &scan->world->demo;
  const struct filter *test = NULL;
  while ((test = filter_required(scan->filter, id_property, test)) != NULL)
    if (test->op == FILTER_EQUALS) {
      const struct send *send = demo_send_find(demo, test->values[0].number);
      if (!send || scan->position.outer > send->ordinal)
        return NULL;
      scan->position.outer = send->ordinal;
    }
  while (scan->position.outer < demo->send_count) {
    const struct send *send = &demo->sends[scan->position.outer];
    if (scan_sees(scan, send->account))
      return send;
    scan->position.outer++;
    scan->position.inner = 0;
  }
  return NULL;
}

static bool next_row_of_send(struct scan *scan, struct row *row) {
  row->send = scan_next_send(scan, S_ID);
  scan->position.outer += row->send != NULL;
  return row->send != NULL;
}

const struct kind send_kind = {.name = "Send",
                               .table = "Send",
                               .properties = send_properties,
                               .property_count = S_COUNT,
                               .event = EVENT_TYPES,
                               .next = next_row_of_send,
                               .get = get_send};
