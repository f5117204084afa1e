/* ettrack oneone: one-to-one triggered sends, set up, sent and tracked. */
#include "common/program.h"
#include "ettrack/cli/choose.h"
#include "ettrack/cli/command.h"
#include "ettrack/cli/types.h"
#include "ettrack/output/value.h"
#include "ettrack/run/pump.h"
#include "ettrack/run/stop.h"

#include <etsoap/one_to_one.h>

#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

enum { VALUE_SIZE = 40, SETUP_STEPS = 4, ASK_AGAIN = 5 };

struct own {
  const char *attribute, *send_log, *name, *classification;
  uint64_t email_id;
  const char *to, *key, *value;
  const char *types;
  uint64_t wait; /* seconds */
  bool flat;
};

struct plan {
  const struct own *own;
  ets_one_to_one how;
  struct columns columns;
  char made[VALUE_SIZE]; /* a value, when none is given */
  const char *value;
  struct event_types types;
  ets_one_to_one_message message;
};

/* --- setup ----------------------------------------------------------------------------------- */

typedef ets_status setup_call(ets_one_to_one_change *, ets_session *, const ets_one_to_one *);

static const char *const setup_columns[] = {"Step", "Name", "Outcome", NULL};
static const struct {
  const char *what;
  setup_call *call;
} setup_steps[SETUP_STEPS] = {{"profile attribute", ets_one_to_one_attribute},
                              {"send log", ets_one_to_one_send_log},
                              {"triggered send definition", ets_one_to_one_definition},
                              {"start", ets_one_to_one_start}};

static ets_status set_up_step(const struct plan *plan, size_t index, ets_session *session,
                              const struct taker *taker) {
  static const char *const changes[] = {"there already", "created", "updated"};
  const char *const names[SETUP_STEPS] = {plan->how.attribute, plan->how.send_log,
                                          plan->how.definition, plan->how.definition};
  ets_one_to_one_change change;
  ets_status status = setup_steps[index].call(&change, session, &plan->how);
  if (status != ETS_OK)
    return status;
  bool starts = setup_steps[index].call == ets_one_to_one_start;
  const char *outcome = !starts                            ? changes[change]
                        : change == ETS_ONE_TO_ONE_NOTHING ? "running already"
                                                           : "started";
  ets_value values[] = {value_of_text(setup_steps[index].what), value_of_text(names[index]),
                        value_of_text(outcome)};
  taker->row(taker->context, "Step", values);
  return ETS_OK;
}

/* Each step builds on those before it. */
static ets_status set_up(const struct work *work, size_t index, ets_session *session,
                         const struct taker *taker) {
  ets_status status = ETS_OK;
  (void)index;
  for (size_t i = 0; i < SETUP_STEPS && status == ETS_OK && !stop_asked(); i++)
    status = set_up_step(work->data, i, session, taker);
  return status;
}

/* --- send ------------------------------------------------------------------------------------ */

static const char *const send_columns[] = {"Value", "EmailAddress", "SubscriberKey", "Status",
                                           NULL};

/* A value that no other message has: a random UUID. */
static bool make_value(char value[VALUE_SIZE]) {
  unsigned char bytes[16];
  if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
    return false;
  bytes[6] = (unsigned char)((bytes[6] & 0x0F) | 0x40);
  bytes[8] = (unsigned char)((bytes[8] & 0x3F) | 0x80);
  size_t used = 0;
  for (size_t i = 0; i < sizeof bytes; i++)
    used += (size_t)snprintf(value + used, VALUE_SIZE - used, "%s%02x",
                             i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", bytes[i]);
  return true;
}

/* What the service says of the recipient says more than what it says of the message. */
static void say_why(ets_object result) {
  const char *why = ets_get_text(result, "SubscriberFailures[0].ErrorDescription");
  if (why && *why)
    complain("%s", why);
}

static ets_status send_one(const struct work *work, size_t index, ets_session *session,
                           const struct taker *taker) {
  const struct plan *plan = work->data;
  const struct own *own = plan->own;
  ets_batch_result result;
  (void)index;
  ets_status status =
      ets_one_to_one_send(&result, session, &plan->how, own->to, own->key, plan->value);
  if (status != ETS_OK && result.count == 1) {
    say_why(result.items[0].result);
    if (result.items[0].sent && status != ETS_E_REFUSED)
      complain("whether the message went out is not known: ettrack oneone track %s", plan->value);
  }
  if (status != ETS_OK)
    return status;
  ets_value values[] = {value_of_text(plan->value), value_of_text(own->to),
                        value_of_text(own->key ? own->key : own->to), value_of_text("sent")};
  taker->row(taker->context, "TriggeredSend", values);
  return ETS_OK;
}

/* --- track ----------------------------------------------------------------------------------- */

static const struct shown track_columns[] = {
    {"EventDate", 1}, {"EventType", 2}, {"SubscriberKey", 4},  {"SendID", 5},
    {"BatchID", 6},   {"URL", 3},       {"BounceCategory", 7}, {NULL, 0}};

static const char *const track_all[] = {
    "EventDate", "EventType",      "SubscriberKey", "SendID",     "BatchID", "Client.ID",
    "URL",       "BounceCategory", "SMTPCode",      "SMTPReason", NULL};

/* The service writes its log some time after the message went out. */
static ets_status find(struct plan *plan, ets_session *session) {
  time_t until = time(NULL) + (time_t)plan->own->wait;
  for (;;) {
    ets_status status = ets_one_to_one_find(&plan->message, session, &plan->how, plan->value);
    if (status != ETS_E_NOT_FOUND || time(NULL) >= until || stop_asked())
      return status;
    time_t left = until - time(NULL);
    const struct timespec pause = {left < ASK_AGAIN ? left : ASK_AGAIN, 0};
    nanosleep(&pause, NULL);
  }
}

static ets_status track(const struct work *work, size_t index, ets_session *session,
                        const struct taker *taker) {
  struct plan *plan = work->data;
  const ets_scope scope = service_scope(work->service);
  ets_status status = find(plan, session);
  (void)index;
  for (size_t i = 0; i < plan->types.count && status == ETS_OK && !stop_asked(); i++) {
    ets_cursor *cursor = NULL;
    status = ets_one_to_one_events_open(&cursor, session, &plan->how, plan->types.items[i],
                                        &plan->message, &scope);
    status = pump(cursor, status, work->columns, taker, NULL);
  }
  return status;
}

/* --- the command ----------------------------------------------------------------------------- */

static bool check_send(const struct own *own) {
  if (!own->to)
    complain("ettrack oneone send needs --to ADDRESS");
  return own->to != NULL;
}

static int run_setup(struct plan *plan, struct work *work) {
  if (!columns_add_all(&plan->columns, setup_columns))
    return EXIT_FAILED;
  work->run = set_up;
  return work_perform(work);
}

static int run_send(struct plan *plan, struct work *work) {
  if (!check_send(plan->own))
    return EXIT_USAGE;
  plan->value = plan->own->value ? plan->own->value : plan->made;
  if ((!plan->own->value && !make_value(plan->made)) ||
      !columns_add_all(&plan->columns, send_columns))
    return EXIT_FAILED;
  work->run = send_one;
  return work_perform(work);
}

static int run_track(struct plan *plan, struct work *work, const struct options *options) {
  struct order order = {.utc_offset = options->utc_offset};
  if (plan->own->types && !event_types_read(&plan->types, plan->own->types))
    return EXIT_USAGE;
  for (int type = 0; !plan->own->types && type < ETS_EVENT_TYPE_COUNT; type++)
    plan->types.items[plan->types.count++] = (ets_event_type)type;
  if (!columns_choose(&plan->columns, options, track_all, track_columns) ||
      !order_by(work, &order, &plan->columns, "EventDate"))
    return EXIT_FAILED;
  work->run = track;
  return work_perform(work);
}

static int run(const struct invocation *invocation, struct service *service) {
  const struct own *own = invocation->own;
  const char *verb = invocation->operands.items[0], *what = invocation->operands.items[1];
  struct plan plan = {.own = own, .how = ETS_ONE_TO_ONE_INIT, .value = what};
  struct work work = {.service = service,
                      .data = &plan,
                      .count = 1,
                      .writer = invocation->options.writer,
                      .columns = &plan.columns};
  plan.how.attribute = own->attribute ? own->attribute : plan.how.attribute;
  plan.how.send_log = own->send_log ? own->send_log : plan.how.send_log;
  plan.how.definition = what;
  plan.how.definition_name = own->name;
  plan.how.send_classification = own->classification;
  plan.how.email_id = (int32_t)own->email_id;
  plan.how.additional_operands = own->flat;
  int code = EXIT_USAGE;
  if (strcmp(verb, "setup") == 0)
    code = run_setup(&plan, &work);
  else if (strcmp(verb, "send") == 0)
    code = run_send(&plan, &work);
  else if (strcmp(verb, "track") == 0)
    code = run_track(&plan, &work, &invocation->options);
  else
    complain("ettrack oneone takes setup, send or track, not '%s'", verb);
  columns_free(&plan.columns);
  return code;
}

static const struct option own[] = {
    OPTION_ROW_TEXT("attribute", 0, "NAME", struct own, attribute,
                    "profile attribute and column of the send log (UniqueID)"),
    OPTION_ROW_TEXT("send-log", 0, "KEY", struct own, send_log,
                    "the send log, a data extension (SendLog)"),
    OPTION_ROW_NUMBER("email-id", 0, "ID", struct own, email_id, 1, INT32_MAX,
                      "setup: the email of a new definition"),
    OPTION_ROW_TEXT("name", 0, "NAME", struct own, name, "setup: its name (KEY)"),
    OPTION_ROW_TEXT("classification", 0, "KEY", struct own, classification,
                    "setup: its send classification (the account's default)"),
    OPTION_ROW_TEXT("to", 0, "ADDRESS", struct own, to, "send: the recipient"),
    OPTION_ROW_TEXT("key", 0, "KEY", struct own, key, "send: its subscriber key (ADDRESS)"),
    OPTION_ROW_TEXT("value", 0, "VALUE", struct own, value,
                    "send: what tells the message from all others (a random one)"),
    OPTION_ROW_TEXT("events", 0, "TYPE,...", struct own, types, "track: of these types (all)"),
    OPTION_ROW_NUMBER("wait", 0, "S", struct own, wait, 1, 86400,
                      "track: wait so long for the send log (0)"),
    OPTION_ROW_FLAG("additional-operands", 0, struct own, flat,
                    "track: the three conditions as AdditionalOperands"),
    OPTION_ROW_END};

const struct command command_oneone = {
    .name = "oneone",
    .section = SECTION_RECIPIENTS,
    .operands = "STEP KEY",
    .least = 2,
    .most = 2,
    .summary = "one-to-one triggered sends: setup, send, track",
    .text =
        "Follows a single message. `setup KEY` prepares the account: a profile attribute, the\n"
        "send log with a column of that name, the triggered send definition KEY with logging,\n"
        "started; what is there already stays, so it may be repeated. `send KEY --to ADDRESS`\n"
        "sends a message with a value of its own in the attribute and prints that value. `track\n"
        "VALUE` reads JobID, BatchID and SubscriberID of it back from the send log and prints its\n"
        "events in the order of time. The service writes the log some time after the message\n"
        "went out: --wait.\n",
    .examples = "  ettrack oneone setup orders --email-id 3099626\n"
                "  ettrack oneone send orders --to ann@example.com --value order-4711\n"
                "  ettrack oneone track order-4711 --wait 300\n",
    .takes = OPTIONS_CALL | OPTIONS_COLUMNS | OPTIONS_DATES,
    .own = own,
    .own_size = sizeof(struct own),
    .run = run};
