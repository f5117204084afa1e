/* ettrack oneone: one-to-one triggered sends, set up, sent and tracked. */
#include "common/program.h"
#include "ettrack/cli/choose.h"
#include "ettrack/cli/command.h"
#include "ettrack/cli/hint.h"
#include "ettrack/cli/types.h"
#include "ettrack/output/value.h"
#include "ettrack/recipients/addressees.h"
#include "ettrack/recipients/fate.h"
#include "ettrack/recipients/one_to_one_setup.h"
#include "ettrack/run/pump.h"
#include "ettrack/run/stop.h"

#include <etsoap/one_to_one.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

enum { VALUE_SIZE = 40, SHOWN = 60, SHOWN_SIZE = SHOWN + sizeof "...", ASK_AGAIN = 5 };

struct own {
  const char *attribute, *send_log, *name, *classification;
  uint64_t email_id;
  const char *to, *key, *value;
  const char *types;
  uint64_t wait; /* seconds */
  bool again;
  bool flat;
};

struct plan {
  const struct own *own;
  ets_one_to_one how;
  struct columns columns;
  char made[VALUE_SIZE]; /* a value, when none is given */
  const char *value;
  char said[400]; /* why nothing was sent, when no call failed */
  enum fate fate; /* of the message that is sent */
  struct event_types types;
  ets_one_to_one_message *messages; /* of the value */
  size_t count;
};

/* The text, or its beginning with what says that there is more. */
static const char *shorten(char shown[SHOWN_SIZE], const char *text) {
  size_t n = strlen(text);
  if (n <= SHOWN)
    return text;
  n = SHOWN;
  while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80) /* whole characters */
    n--;
  snprintf(shown, SHOWN_SIZE, "%.*s...", (int)n, text);
  return shown;
}

/* --- the messages of a value ----------------------------------------------------------------- */

static bool is_there(const struct plan *plan, const ets_one_to_one_message *one) {
  for (size_t i = 0; i < plan->count; i++)
    if (plan->messages[i].job_id == one->job_id && plan->messages[i].batch_id == one->batch_id &&
        plan->messages[i].subscriber_id == one->subscriber_id)
      return true;
  return false;
}

/* Reads all of them from the send log, none as well. */
static ets_status read_log(struct plan *plan, ets_session *session) {
  ets_one_to_one_message one;
  ets_cursor *cursor;
  plan->count = 0;
  ets_status status = ets_one_to_one_log_open(&cursor, session, &plan->how, plan->value);
  while (status == ETS_OK && (status = ets_one_to_one_log_next(&one, cursor)) == ETS_OK) {
    if (is_there(plan, &one))
      continue;
    ets_one_to_one_message *messages =
        realloc(plan->messages, (plan->count + 1) * sizeof *messages);
    if (!messages) {
      status = ETS_E_NOMEM;
      break;
    }
    plan->messages = messages;
    messages[plan->count++] = one;
  }
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
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

/* The command of another step, on the same attribute and send log. */
static void add_step(struct buffer *out, const struct work *work, const char *step,
                     const char *operand) {
  const struct plan *plan = work->data;
  const char *words[7] = {"oneone", step};
  size_t count = 2;
  if (plan->own->attribute) {
    words[count++] = "--attribute";
    words[count++] = plan->own->attribute;
  }
  if (plan->own->send_log) {
    words[count++] = "--send-log";
    words[count++] = plan->own->send_log;
  }
  hint_add(out, work->service->options, words, operand);
}

static void say_not_ready(const struct work *work) {
  const struct plan *plan = work->data;
  struct buffer setup = {0};
  add_step(&setup, work, "setup", plan->how.definition);
  complain("nothing was sent: the send log %s is not ready for %s, which %s sees to",
           plan->how.send_log, plan->how.attribute, buffer_text(&setup));
  buffer_free(&setup);
}

/* A message of a value that is in the log already could not be told from that one; without the
 * column it could not be found, --again or not. */
static ets_status look_into_log(const struct work *work, ets_session *session) {
  struct plan *plan = work->data;
  ets_status status = read_log(plan, session);
  if (status == ETS_E_REFUSED)
    say_not_ready(work);
  if (status != ETS_OK || plan->count == 0 || plan->own->again)
    return status;
  const ets_one_to_one_message *first = &plan->messages[0];
  char attribute[SHOWN_SIZE], value[SHOWN_SIZE];
  snprintf(plan->said, sizeof plan->said,
           "not sent: the send log has %zu message%s of %s '%s' (JobID %d, BatchID %d, "
           "SubscriberID %lld%s); --again sends another one",
           plan->count, plan->count == 1 ? "" : "s", shorten(attribute, plan->how.attribute),
           shorten(value, plan->value), (int)first->job_id, (int)first->batch_id,
           (long long)first->subscriber_id, plan->count == 1 ? "" : ", ...");
  return ETS_E_NOT_FOUND;
}

static ets_status send_one(const struct work *work, size_t index, ets_session *session,
                           const struct taker *taker) {
  struct plan *plan = work->data;
  const struct own *own = plan->own;
  ets_batch_result result;
  char text[500];
  (void)index;
  plan->fate = FATE_NOT_SENT;
  ets_status status = own->value ? look_into_log(work, session) : ETS_OK;
  if (status != ETS_OK)
    return status;
  status = ets_one_to_one_send(&result, session, &plan->how, own->to, own->key, plan->value);
  if (result.count == 1) {
    const char *why = fate_reason(&result.items[0], text, sizeof text);
    plan->fate = fate_of(&result.items[0]);
    if (plan->fate == FATE_ACCEPTED && status != ETS_OK)
      plan->fate = FATE_UNKNOWN;
    if (plan->fate != FATE_NOT_SENT && why && *why)
      complain("%s", why);
  }
  if (status != ETS_OK)
    return status;
  ets_value values[] = {value_of_text(plan->value), value_of_text(own->to),
                        value_of_text(own->key ? own->key : own->to), value_of_text("sent")};
  taker->row(taker->context, "TriggeredSend", values);
  return ETS_OK;
}

static bool tell_send(const struct work *work, bool unwritten) {
  const struct plan *plan = work->data;
  struct buffer look = {0};
  add_step(&look, work, "track", plan->value);
  if (plan->fate == FATE_UNKNOWN)
    complain("whether the message went out is not known: look, a while later, with %s",
             buffer_text(&look));
  else if (plan->fate == FATE_ACCEPTED && unwritten)
    complain("the message was sent, with %s '%s': look with %s", plan->how.attribute, plan->value,
             buffer_text(&look));
  buffer_free(&look);
  return plan->fate == FATE_UNKNOWN || plan->fate == FATE_ACCEPTED;
}

/* --- track ----------------------------------------------------------------------------------- */

static const struct shown track_columns[] = {
    {"EventDate", 1}, {"EventType", 2}, {"SubscriberKey", 4},  {"SendID", 5},
    {"BatchID", 6},   {"URL", 3},       {"BounceCategory", 7}, {NULL, 0}};

static const char *const track_below[] = {"URL", "BounceCategory", NULL};

static const char *const track_all[] = {
    "EventDate", "EventType",      "SubscriberKey", "SendID",     "BatchID", "Client.ID",
    "URL",       "BounceCategory", "SMTPCode",      "SMTPReason", NULL};

/* The service writes its log some time after the message went out. */
static ets_status find(struct plan *plan, ets_session *session) {
  time_t until = time(NULL) + (time_t)plan->own->wait;
  for (;;) {
    ets_status status = read_log(plan, session);
    if (status != ETS_OK || plan->count > 0)
      return status;
    if (time(NULL) >= until || stop_asked())
      return ETS_E_NOT_FOUND;
    time_t left = until - time(NULL);
    const struct timespec pause = {left < ASK_AGAIN ? left : ASK_AGAIN, 0};
    nanosleep(&pause, NULL);
  }
}

static ets_status track_one(const struct work *work, const ets_one_to_one_message *message,
                            ets_session *session, const struct taker *taker) {
  const struct plan *plan = work->data;
  const ets_scope scope = service_scope(work->service);
  ets_status status = ETS_OK;
  for (size_t i = 0; i < plan->types.count && status == ETS_OK && !stop_asked(); i++) {
    ets_cursor *cursor = NULL;
    status = ets_one_to_one_events_open(&cursor, session, &plan->how, plan->types.items[i], message,
                                        &scope);
    status = pump(cursor, status, work->columns, taker, NULL);
  }
  return status;
}

static ets_status track(const struct work *work, size_t index, ets_session *session,
                        const struct taker *taker) {
  struct plan *plan = work->data;
  ets_status status = find(plan, session);
  (void)index;
  if (plan->count > 1 && !work->service->options->quiet)
    complain("%zu messages have %s '%s': SendID, BatchID and SubscriberKey tell them apart",
             plan->count, plan->how.attribute, plan->value);
  for (size_t i = 0; status == ETS_OK && i < plan->count; i++)
    status = track_one(work, &plan->messages[i], session, taker);
  return status;
}

/* --- the command ----------------------------------------------------------------------------- */

enum { SETUP, SEND, TRACK, STEPS };
static const char *const steps[STEPS] = {"setup", "send", "track"};

/* An option of another step would do nothing. */
static bool check_step(const char *step, const struct own *own) {
  const struct {
    const char *step, *name;
    bool given;
  } all[] = {{steps[SETUP], "email-id", own->email_id != 0},
             {steps[SETUP], "name", own->name != NULL},
             {steps[SETUP], "classification", own->classification != NULL},
             {steps[SEND], "to", own->to != NULL},
             {steps[SEND], "key", own->key != NULL},
             {steps[SEND], "value", own->value != NULL},
             {steps[SEND], "again", own->again},
             {steps[TRACK], "events", own->types != NULL},
             {steps[TRACK], "wait", own->wait != 0},
             {steps[TRACK], "additional-operands", own->flat}};
  size_t known = 0;
  while (known < STEPS && strcmp(steps[known], step) != 0)
    known++;
  if (known == STEPS) {
    complain("ettrack oneone takes setup, send or track, not '%s'", step);
    return false;
  }
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (all[i].given && strcmp(all[i].step, step) != 0) {
      complain("--%s belongs to ettrack oneone %s, not to %s", all[i].name, all[i].step, step);
      return false;
    }
  return true;
}

static bool check_send(const struct own *own) {
  if (!own->to) {
    complain("ettrack oneone send needs --to ADDRESS");
    return false;
  }
  return addressees_check_to(own->to) && (!own->key || addressees_sendable("--key", own->key)) &&
         (!own->value || addressees_sendable("--value", own->value));
}

static int run_send(struct plan *plan, struct work *work) {
  if (!check_send(plan->own))
    return EXIT_USAGE;
  plan->value = plan->own->value ? plan->own->value : plan->made;
  if ((!plan->own->value && !make_value(plan->made)) ||
      !columns_add_all(&plan->columns, send_columns))
    return EXIT_FAILED;
  work->run = send_one;
  work->effects = tell_send;
  work->nothing = plan->said;
  return work_perform(work);
}

static int run_track(struct plan *plan, struct work *work, const struct options *options) {
  struct order order = {.utc_offset = options->utc_offset};
  char attribute[SHOWN_SIZE], value[SHOWN_SIZE], log[SHOWN_SIZE];
  if (!*plan->value) {
    complain("VALUE is empty: expected what `ettrack oneone send` gave the message");
    return EXIT_USAGE;
  }
  snprintf(plan->said, sizeof plan->said,
           "no message with %s '%s' in the send log %s: the service writes it some time "
           "after the message went out, which --wait S waits for",
           shorten(attribute, plan->how.attribute), shorten(value, plan->value),
           shorten(log, plan->how.send_log));
  if (plan->own->types && !event_types_read(&plan->types, plan->own->types))
    return EXIT_USAGE;
  for (int type = 0; !plan->own->types && type < ETS_EVENT_TYPE_COUNT; type++)
    plan->types.items[plan->types.count++] = (ets_event_type)type;
  if (!columns_choose(&plan->columns, options, track_all, track_columns) ||
      !order_by(work, &order, &plan->columns, "EventDate"))
    return EXIT_FAILED;
  work->below = options->properties.count == 0 ? track_below : NULL;
  work->run = track;
  work->nothing = plan->said;
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
  int code;
  if (!check_step(verb, own))
    code = EXIT_USAGE;
  else if (strcmp(verb, steps[SETUP]) == 0)
    code = one_to_one_setup(&plan.how, &work);
  else if (strcmp(verb, steps[SEND]) == 0)
    code = run_send(&plan, &work);
  else
    code = run_track(&plan, &work, &invocation->options);
  columns_free(&plan.columns);
  free(plan.messages);
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
    OPTION_ROW_FLAG("again", 0, struct own, again,
                    "send: although the send log has a message of that value"),
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
        "started; what is there already stays, so it may be repeated, and nothing is changed\n"
        "before all of it could be. `send KEY --to ADDRESS` sends a message with a value of its\n"
        "own in the attribute and prints that value; a --value that the send log has is sent\n"
        "once more with --again only. `track VALUE` reads JobID, BatchID and SubscriberID back\n"
        "from the send log and prints the events of its messages in the order of time. The\n"
        "service writes the log some time after the message went out: --wait. Exit code 3 when\n"
        "a message was sent, or may have been, and not all that came of it could be told.\n",
    .examples = "  ettrack oneone setup orders --email-id 3099000\n"
                "  ettrack oneone send orders --to ann@example.com --value order-4711\n"
                "  ettrack oneone track order-4711 --wait 300\n",
    .takes = OPTIONS_CALL | OPTIONS_COLUMNS | OPTIONS_DATES,
    .own = own,
    .own_size = sizeof(struct own),
    .run = run};
