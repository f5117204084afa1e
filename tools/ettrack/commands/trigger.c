/* ettrack trigger: a triggered send to one recipient or many. */
#include "common/buffer.h"
#include "common/program.h"
#include "ettrack/cli/command.h"
#include "ettrack/recipients/addressees.h"
#include "ettrack/run/stop.h"
#include "ettrack/run/work.h"

#include <stdio.h>
#include <string.h>

/* One request carries so many recipients, the most that the service takes. */
enum { AT_ONCE = 50 };

struct own {
  const char *to;
  const char *key;
  const char *from;
  struct option_list attributes;
  uint64_t mid;
};

static const char *names[] = {"EmailAddress", "SubscriberKey", "Status", "ErrorCode", "Message"};
static int ranks[] = {1, 4, 2, 3, 5};

enum { COLUMNS = sizeof names / sizeof *names };

struct plan {
  const char *definition; /* its CustomerKey */
  const struct own *own;
  struct addressees all;
  size_t refused;
};

static ets_object make(ets_pool *pool, const struct addressee *one) {
  ets_object subscriber = ets_object_new(pool, "Subscriber");
  struct buffer name = {0};
  ets_set(pool, subscriber, "EmailAddress", one->address);
  if (one->key)
    ets_set(pool, subscriber, "SubscriberKey", one->key);
  for (size_t i = 0; i < one->attribute_count; i++) {
    char path[60];
    buffer_reset(&name);
    buffer_add(&name, one->attributes[i].name, (size_t)one->attributes[i].name_length);
    snprintf(path, sizeof path, "Attributes[%zu].Name", i);
    ets_set(pool, subscriber, path, buffer_text(&name));
    snprintf(path, sizeof path, "Attributes[%zu].Value", i);
    ets_set(pool, subscriber, path, one->attributes[i].value);
  }
  buffer_free(&name);
  return subscriber;
}

static ets_value text_of(const char *text) {
  return (ets_value){
      .presence = text && *text ? ETS_PRESENT : ETS_ABSENT, .kind = ETS_VALUE_TEXT, .text = text};
}

/* Accepted, refused and why, not sent, or of unknown fate. */
static void give_item(struct plan *plan, const struct addressee *one, const ets_item *item,
                      const struct taker *taker) {
  const char *failure = ets_get_text(item->result, "SubscriberFailures[0].ErrorDescription");
  bool refused = item->status == ETS_E_REFUSED || item->status == ETS_E_PARTIAL ||
                 item->status == ETS_E_PERMISSION;
  const char *status = item->status == ETS_OK ? "OK"
                       : refused              ? "Refused"
                       : item->sent           ? "Unknown"
                                              : "NotSent";
  ets_value values[COLUMNS] = {text_of(one->address), text_of(one->key), text_of(status)};
  int64_t code = ets_get_integer(item->result, "SubscriberFailures[0].ErrorCode", item->error_code);
  values[3] = (ets_value){
      .presence = code ? ETS_PRESENT : ETS_ABSENT, .kind = ETS_VALUE_INTEGER, .integer = code};
  values[4] = text_of(item->status == ETS_OK ? NULL : failure ? failure : item->message);
  plan->refused += refused;
  taker->row(taker->context, "TriggeredSend", values);
}

static ets_status send_some(struct plan *plan, size_t first, size_t count, ets_session *session,
                            const struct taker *taker) {
  ets_object subscribers[AT_ONCE];
  ets_batch_options how = ETS_BATCH_OPTIONS_INIT;
  ets_batch_result result;
  ets_pool *pool = ets_pool_new();
  how.client_id = (int32_t)plan->own->mid;
  for (size_t i = 0; i < count; i++)
    subscribers[i] = make(pool, &plan->all.items[first + i]);
  ets_status status = ets_pool_status(pool);
  if (status == ETS_OK) {
    status = ets_trigger_send(&result, session, plan->definition, subscribers, count, &how);
    for (size_t i = 0; i < result.count; i++)
      give_item(plan, &plan->all.items[first + i], &result.items[i], taker);
  }
  ets_pool_free(pool);
  bool refused = status == ETS_E_REFUSED || status == ETS_E_PARTIAL;
  return refused ? ETS_OK : status;
}

static ets_status send_all(const struct work *work, size_t index, ets_session *session,
                           const struct taker *taker) {
  struct plan *plan = work->data;
  ets_status status = ETS_OK;
  (void)index;
  for (size_t at = 0; status == ETS_OK && at < plan->all.count && !stop_asked(); at += AT_ONCE) {
    size_t left = plan->all.count - at;
    status = send_some(plan, at, left < AT_ONCE ? left : AT_ONCE, session, taker);
  }
  return status;
}

static bool read_addressees(struct plan *plan) {
  const struct own *own = plan->own;
  if (!own->to == !own->from) {
    complain("ettrack trigger needs either --to ADDRESS or --from FILE");
    return false;
  }
  if (own->from && own->key) {
    complain("--key belongs to --to ADDRESS: in a file it is the column SubscriberKey");
    return false;
  }
  return own->from ? addressees_read(&plan->all, own->from, &own->attributes)
                   : addressees_one(&plan->all, own->to, own->key, &own->attributes);
}

static int run(const struct invocation *invocation, struct service *service) {
  const struct columns columns = {names, ranks, COLUMNS};
  struct own *own = invocation->own;
  struct plan plan = {.definition = invocation->operands.items[0], .own = own};
  struct work work = {.service = service,
                      .data = &plan,
                      .count = 1,
                      .writer = invocation->options.writer,
                      .columns = &columns,
                      .run = send_all};
  int code = EXIT_USAGE;
  if (read_addressees(&plan))
    code = work_perform(&work);
  if (code == EXIT_DONE && plan.refused > 0) {
    complain("%zu of %zu recipients were refused", plan.refused, plan.all.count);
    code = plan.refused < plan.all.count ? EXIT_INCOMPLETE : EXIT_FAILED;
  }
  addressees_free(&plan.all);
  option_list_free(&own->attributes);
  return code;
}

static const struct option own[] = {
    OPTION_ROW_TEXT("to", 0, "ADDRESS", struct own, to, "the recipient"),
    OPTION_ROW_TEXT("key", 0, "KEY", struct own, key, "its subscriber key"),
    OPTION_ROW_LIST("attribute", 0, "NAME=VALUE", 1, struct own, attributes,
                    "an attribute of each recipient; may be repeated"),
    OPTION_ROW_TEXT("from", 0, "FILE", struct own, from,
                    "recipients, CSV: EmailAddress, SubscriberKey, attributes"),
    OPTION_ROW_NUMBER("mid", 0, "MID", struct own, mid, 1, INT32_MAX, "in this business unit"),
    OPTION_ROW_END};

const struct command command_trigger = {
    .name = "trigger",
    .section = SECTION_RECIPIENTS,
    .operands = "KEY",
    .least = 1,
    .most = 1,
    .summary = "a triggered send, to one recipient or many",
    .text = "KEY is the external key of a triggered send definition that is started. A line for\n"
            "each recipient says what became of it: OK, Refused with the reason, NotSent, or\n"
            "Unknown when the answer got lost; what may have been carried out is not sent again.\n"
            "FILE, - for stdin, is checked as a whole before anything is sent. Exit code 3 when\n"
            "some were refused, 1 when all were.\n",
    .examples = "  ettrack trigger welcome --to ann@example.com --attribute City=Ulm\n"
                "  ettrack trigger welcome --from recipients.csv --format csv -o sent.csv\n",
    .takes = OPTIONS_CALL,
    .own = own,
    .own_size = sizeof(struct own),
    .run = run};
