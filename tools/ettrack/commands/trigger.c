/* ettrack trigger: a triggered send to one recipient or many. */
#include "common/buffer.h"
#include "common/program.h"
#include "ettrack/cli/command.h"
#include "ettrack/cli/hint.h"
#include "ettrack/output/value.h"
#include "ettrack/recipients/addressees.h"
#include "ettrack/recipients/fate.h"
#include "ettrack/run/stop.h"
#include "ettrack/run/work.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One request carries so many recipients, the most that the service takes. */
enum { AT_ONCE = 50 };

struct own {
  struct option_list to;
  const char *key;
  const char *from;
  struct option_list attributes;
  uint64_t mid;
};

/* In a table the last one has lines of its own, since nobody cuts a reason. */
static const char *names[] = {"EmailAddress", "SubscriberKey", "Status", "ErrorCode", "Message"};
static int ranks[] = {1, 4, 2, 3, 5};

enum { COLUMNS = sizeof names / sizeof *names };

struct plan {
  const char *definition; /* its CustomerKey */
  const char *record;     /* where the lines go; NULL: stdout */
  const struct own *own;
  bool for_people; /* the lines */
  struct addressees all;
  size_t told;          /* those that have their line */
  size_t counts[FATES]; /* of these */
  size_t surplus;       /* results that are about nobody, beside recipients that failed */
  bool disputed;        /* each of a request was accepted, and the service said otherwise of all */
  char overall[100];    /* what it said of all where some are not confirmed; "": nothing */
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

/* The line of the next recipient. */
static void give_item(struct plan *plan, const ets_item *item, const struct taker *taker) {
  const struct addressee *one = &plan->all.items[plan->told++];
  char text[500];
  const char *why = fate_reason(item, text, sizeof text);
  enum fate fate = fate_of(item);
  ets_value values[COLUMNS] = {value_of_text(one->address), value_of_text(one->key),
                               value_of_text(fate_names[fate])};
  int64_t code = ets_get_integer(item->result, "SubscriberFailures[0].ErrorCode", item->error_code);
  values[3] = (ets_value){
      .presence = code ? ETS_PRESENT : ETS_ABSENT, .kind = ETS_VALUE_INTEGER, .integer = code};
  values[4] = value_of_text(why);
  bool said = fate == FATE_REFUSED || item->status == ETS_E_REFUSED;
  if (plan->for_people && said && why && *why)
    complain("%s: %s", one->address, why);
  plan->counts[fate]++;
  taker->row(taker->context, "TriggeredSend", values);
}

static void give_rest(struct plan *plan, const char *why, const struct taker *taker) {
  const ets_item item = {.status = ETS_E_PARTIAL, .message = why};
  while (plan->told < plan->all.count)
    give_item(plan, &item, taker);
}

/* What the service says of all of a request, beside what it says of each. */
static void take_overall(struct plan *plan, const ets_batch_result *result, size_t unknown,
                         const char *message) {
  if (plan->counts[FATE_UNKNOWN] > unknown && result->overall_status)
    snprintf(plan->overall, sizeof plan->overall, "%s", result->overall_status);
  if (result->failed > 0)
    return;
  complain("%s", message);
  plan->disputed = true;
}

/* The next recipients, in one request. A failure is one that the next request would meet too. */
static ets_status send_some(struct plan *plan, ets_session *session, const struct taker *taker) {
  size_t left = plan->all.count - plan->told, unknown = plan->counts[FATE_UNKNOWN];
  size_t count = left < AT_ONCE ? left : AT_ONCE;
  ets_object subscribers[AT_ONCE];
  ets_batch_options how = ETS_BATCH_OPTIONS_INIT;
  ets_batch_result result;
  ets_pool *pool = ets_pool_new();
  how.client_id = (int32_t)plan->own->mid;
  for (size_t i = 0; i < count; i++)
    subscribers[i] = make(pool, &plan->all.items[plan->told + i]);
  ets_status status = ets_pool_status(pool);
  if (status != ETS_OK) {
    complain("%s", ets_pool_error(pool)->message);
  } else {
    status = ets_trigger_send(&result, session, plan->definition, subscribers, count, &how);
    if (result.failed > 0)
      plan->surplus += result.surplus;
    for (size_t i = 0; i < result.count; i++)
      give_item(plan, &result.items[i], taker);
    const char *message = ets_session_error(session)->message;
    if (status == ETS_E_PARTIAL)
      take_overall(plan, &result, unknown, message);
    else if (status != ETS_OK && status != ETS_E_REFUSED && status != ETS_E_ABORTED) {
      complain("%s", message);
      plan->disputed = plan->disputed || result.failed == 0;
    }
  }
  ets_pool_free(pool);
  bool answered = status == ETS_E_REFUSED || status == ETS_E_PARTIAL;
  return answered ? ETS_OK : status;
}

/* Every recipient gets its line, whatever fails; but nothing is sent that nobody could tell. */
static ets_status send_all(const struct work *work, size_t index, ets_session *session,
                           const struct taker *taker) {
  struct plan *plan = work->data;
  ets_status status = ETS_OK;
  (void)index;
  while (status == ETS_OK && plan->told < plan->all.count && !stop_asked()) {
    status = send_some(plan, session, taker);
    if (!taker->flush(taker->context))
      return ETS_OK; /* tell() says so */
  }
  give_rest(plan, stop_asked() ? "stopped by a signal" : "an earlier request failed", taker);
  return ETS_OK;
}

/* The lines are the only record of who was sent to. */
static bool tell(const struct work *work, bool unwritten) {
  const struct plan *plan = work->data;
  const size_t *counts = plan->counts;
  if (unwritten && counts[FATE_ACCEPTED] + counts[FATE_UNKNOWN] > 0)
    complain("sending stopped after %zu of %zu recipients, %zu of them accepted: %s does not take "
             "their lines",
             plan->told, plan->all.count, counts[FATE_ACCEPTED],
             plan->record ? plan->record : "stdout");
  return counts[FATE_ACCEPTED] + counts[FATE_UNKNOWN] > 0;
}

static void say_how_to_look(const struct plan *plan, const struct options *options) {
  struct buffer look = {0};
  char mid[24];
  const char *words[9] = {"events",         "sent,notsent", "--triggered-send",
                          plan->definition, "--since",      "1d"};
  if (plan->own->mid) {
    snprintf(mid, sizeof mid, "%llu", (unsigned long long)plan->own->mid);
    words[6] = "--mid";
    words[7] = mid;
  }
  hint_add(&look, options, words, NULL);
  complain("before anything is sent to them again, look with %s", buffer_text(&look));
  buffer_free(&look);
}

/* Says what is not as it was wanted. A record that is whole does not make it a success. */
static int conclude(const struct plan *plan, const struct options *options, int code) {
  const size_t *counts = plan->counts, all = plan->all.count;
  if (counts[FATE_REFUSED] > 0)
    complain("%zu of %zu recipients were refused", counts[FATE_REFUSED], all);
  if (counts[FATE_UNKNOWN] > 0)
    complain(
        "%zu of %zu recipients are not confirmed: whether they were sent to is not known%s%s%s",
        counts[FATE_UNKNOWN], all, *plan->overall ? "; the service says " : "", plan->overall,
        *plan->overall ? " of all" : "");
  if (counts[FATE_UNKNOWN] > 0)
    say_how_to_look(plan, options);
  if (counts[FATE_NOT_SENT] > 0)
    complain("%zu of %zu recipients were not sent to", counts[FATE_NOT_SENT], all);
  if (plan->surplus > 0)
    complain("the service has %zu results more, which are about none of the recipients",
             plan->surplus);
  bool some = counts[FATE_ACCEPTED] + counts[FATE_UNKNOWN] + plan->surplus > 0;
  bool good = code == EXIT_DONE && counts[FATE_ACCEPTED] == all && !plan->disputed;
  if (some)
    return good ? EXIT_DONE : EXIT_INCOMPLETE;
  return code == EXIT_DONE ? EXIT_FAILED : code;
}

/* The file would be replaced by the record of those that were sent to. */
static bool is_record(const char *from, const char *record) {
  struct stat read, written;
  if (!record || strcmp(record, "-") == 0 || stat(record, &written) != 0)
    return false;
  int failed = strcmp(from, "-") == 0 ? fstat(STDIN_FILENO, &read) : stat(from, &read);
  return !failed && S_ISREG(read.st_mode) && read.st_dev == written.st_dev &&
         read.st_ino == written.st_ino;
}

static bool read_addressees(struct plan *plan) {
  const struct own *own = plan->own;
  if (!*plan->definition) {
    complain("KEY is empty: expected the external key of a triggered send definition");
    return false;
  }
  if (!addressees_sendable("KEY", plan->definition))
    return false;
  if ((own->to.count == 0) == !own->from) {
    complain("ettrack trigger needs either --to ADDRESS or --from FILE");
    return false;
  }
  if (own->from && is_record(own->from, plan->record)) {
    complain("--output %s is the file of --from, which would be lost: write another one",
             plan->record);
    return false;
  }
  if (own->from && own->key) {
    complain("--key belongs to --to ADDRESS: in a file it is the column SubscriberKey");
    return false;
  }
  if (own->key && own->to.count > 1) {
    complain("--key is of one recipient, and --to names %zu: put them with their keys into a file "
             "for --from",
             own->to.count);
    return false;
  }
  return own->from ? addressees_read(&plan->all, own->from, &own->attributes)
                   : addressees_take(&plan->all, &own->to, own->key, &own->attributes);
}

static int run(const struct invocation *invocation, struct service *service) {
  const struct columns columns = {names, ranks, COLUMNS - invocation->options.writer->for_people};
  struct own *own = invocation->own;
  struct plan plan = {.definition = invocation->operands.items[0],
                      .record = invocation->options.output,
                      .for_people = invocation->options.writer->for_people,
                      .own = own};
  struct work work = {.service = service,
                      .data = &plan,
                      .count = 1,
                      .writer = invocation->options.writer,
                      .columns = &columns,
                      .effects = tell,
                      .run = send_all};
  int code = EXIT_USAGE;
  if (read_addressees(&plan))
    code = conclude(&plan, &invocation->options, work_perform(&work));
  addressees_free(&plan.all);
  option_list_free(&own->attributes);
  option_list_free(&own->to);
  return code;
}

static const struct option own[] = {
    OPTION_ROW_LIST("to", 0, "ADDRESS", 1, struct own, to, "a recipient; may be repeated"),
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
            "Unknown when the answer got lost or does not say; what may have been carried out is\n"
            "not sent again. Reasons are a column, and in a table lines on stderr.\n"
            "FILE, - for stdin, is checked as a whole before anything is sent. Exit code 3 when\n"
            "not all of it is sure: some were refused, not sent, or are of unknown fate; 1 when\n"
            "nothing was sent.\n",
    .examples = "  ettrack trigger sign-up --to ann@example.com --attribute City=Ulm\n"
                "  ettrack trigger sign-up --from recipients.csv --format csv -o sent.csv\n",
    .takes = OPTIONS_CALL,
    .own = own,
    .own_size = sizeof(struct own),
    .run = run};
