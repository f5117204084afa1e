/* ettrack unsub: unsubscribes one recipient and books it on a send, by LogUnsubEvent. */
#include "common/program.h"
#include "ettrack/cli/command.h"
#include "ettrack/cli/hint.h"
#include "ettrack/output/value.h"
#include "ettrack/run/work.h"

#include <etsoap/filter.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct own {
  const char *subscriber;
  const char *address;
  uint64_t subscriber_id;
  uint64_t send, list, batch;
  const char *reason;
  uint64_t mid;
  bool yes;
};

struct plan {
  const struct own *own;
  char *key;      /* of the subscriber that the address is of, when nothing else says who it is */
  char said[500]; /* why nothing was done, when no call failed */
  enum { NOTHING, POSTED, LEFT_OPEN } outcome;
};

/* What the service says, then what that means, which is what a table has. */
static const char *names[] = {"StatusCode",       "StatusMessage", "ErrorCode", "Subscriber",
                              "UnsubscribedFrom", "EventOn",       "Account"};
static int ranks[] = {5, 6, 7, 1, 2, 3, 4};

enum { SAID = 3, COLUMNS = sizeof names / sizeof *names, KEYS_NAMED = 5 };

/* Where subscribers have keys of their own the service takes no address alone, and several may
 * have the same one. */
static ets_status find_by_address(struct plan *plan, ets_session *session) {
  static const char *const properties[] = {"SubscriberKey"};
  const int32_t mid = (int32_t)plan->own->mid;
  ets_retrieve request = ETS_RETRIEVE_INIT;
  ets_filter *filter = ets_filter_equals("EmailAddress", plan->own->address);
  struct buffer keys = {0};
  ets_cursor *cursor = NULL;
  ets_object row;
  size_t count = 0;
  request.object_type = "Subscriber";
  request.properties = properties;
  request.property_count = 1;
  request.client_ids = mid ? &mid : NULL;
  request.client_id_count = mid ? 1 : 0;
  request.filter = filter;
  ets_status status = filter ? ets_cursor_open(&cursor, session, &request) : ETS_E_NOMEM;
  ets_filter_free(filter);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    const char *key = ets_get_text_or(row, "SubscriberKey", "");
    if (count == 0 && !(plan->key = strdup(key)))
      status = ETS_E_NOMEM;
    if (count++ < KEYS_NAMED)
      buffer_printf(&keys, "%s%s", keys.size > 0 ? ", " : "", key);
  }
  ets_cursor_close(cursor);
  if (status == ETS_END && count == 0)
    snprintf(plan->said, sizeof plan->said, "no subscriber has the address %.200s",
             plan->own->address);
  else if (status == ETS_END && count > 1)
    snprintf(plan->said, sizeof plan->said,
             "%zu subscribers have the address %.150s: name one with --subscriber: %.200s%s", count,
             plan->own->address, buffer_text(&keys), count > KEYS_NAMED ? ", ..." : "");
  else if (status == ETS_END && !*plan->key)
    snprintf(plan->said, sizeof plan->said,
             "the service does not tell the key of the subscriber with the address %.150s: name "
             "it with --subscriber or --subscriber-id",
             plan->own->address);
  buffer_free(&keys);
  return status != ETS_END ? status : *plan->said ? ETS_E_NOT_FOUND : ETS_OK;
}

/* What was done, to whom, where: the service says "Event posted" even where it logs none. */
static void tell_done(const struct work *work, int32_t account, ets_object result,
                      const struct taker *taker) {
  const struct plan *plan = work->data;
  const struct own *own = plan->own;
  const char *key = own->subscriber ? own->subscriber : plan->key;
  char who[24], from[40] = "everything (master)", event[40] = "none logged", where[24];
  ets_value values[COLUMNS];
  snprintf(who, sizeof who, "ID %" PRIu64, own->subscriber_id);
  snprintf(where, sizeof where, "%" PRId32, account);
  if (own->send) {
    snprintf(from, sizeof from, "the list of the send");
    snprintf(event, sizeof event, "send %" PRIu64, own->send);
  }
  if (own->list)
    snprintf(from, sizeof from, "list %" PRIu64, own->list);
  if (own->list && !own->send)
    snprintf(event, sizeof event, "latest send to it");
  for (size_t i = 0; i < SAID; i++)
    values[i] = ets_get(result, names[i]);
  values[SAID] = value_of_text(key ? key : who);
  values[SAID + 1] = value_of_text(from);
  values[SAID + 2] = value_of_text(event);
  values[SAID + 3] = value_of_text(account ? where : NULL);
  taker->row(taker->context, "ExecuteResponse", values + (work->writer->for_people ? SAID : 0));
}

static ets_status post(const struct work *work, size_t index, ets_session *session,
                       const struct taker *taker) {
  struct plan *plan = work->data;
  const struct own *own = plan->own;
  ets_unsubscription what = ETS_UNSUBSCRIPTION_INIT;
  ets_object response;
  int32_t account = (int32_t)own->mid;
  (void)index;
  ets_status status = account ? ETS_OK : ets_own_account(&account, session);
  if (status == ETS_E_NOT_FOUND || status == ETS_E_REFUSED || status == ETS_E_PERMISSION)
    status = ETS_OK; /* it is not needed for what is to be done */
  if (status == ETS_OK && !own->subscriber && !own->subscriber_id)
    status = find_by_address(plan, session);
  if (status != ETS_OK)
    return status;
  what.subscriber_id = (int64_t)own->subscriber_id;
  what.subscriber_key = own->subscriber ? own->subscriber : plan->key;
  what.email_address = own->address;
  what.job_id = (int32_t)own->send;
  what.list_id = (int32_t)own->list;
  what.batch_id = (int32_t)own->batch;
  what.reason = own->reason;
  what.client_id = (int32_t)own->mid;
  what.from_everything = own->yes;
  status = ets_unsubscribe(&response, session, &what);
  bool open = status == ETS_E_PARTIAL || ets_error_leaves_open(ets_session_error(session));
  plan->outcome = status == ETS_OK ? POSTED : open ? LEFT_OPEN : NOTHING;
  if (status != ETS_OK)
    return status;
  tell_done(work, account, ets_get(response, "Results[0]").object, taker);
  return ETS_OK;
}

/* By the key there is all of the subscriber; else the key comes of the address or the number. */
static void say_how_to_look(const struct own *own, const struct options *options) {
  const char *words[9];
  char mid[24], *where = NULL;
  struct buffer look = {0};
  size_t count = 0;
  words[count++] = own->subscriber ? "subscriber" : "retrieve";
  if (!own->subscriber) {
    ets_filter *filter = own->address
                             ? ets_filter_equals("EmailAddress", own->address)
                             : ets_filter_equals_integer("ID", (int64_t)own->subscriber_id);
    where = filter ? ets_filter_print(filter) : NULL;
    ets_filter_free(filter);
    words[count++] = "Subscriber";
    words[count++] = "--properties";
    words[count++] = "SubscriberKey,Status,UnsubscribedDate";
    words[count++] = "--where";
    words[count++] = where ? where : "";
  }
  if (own->mid) {
    snprintf(mid, sizeof mid, "%llu", (unsigned long long)own->mid);
    words[count++] = "--mid";
    words[count++] = mid;
  }
  words[count] = NULL;
  hint_add(&look, options, words, own->subscriber);
  complain("whether the recipient was unsubscribed is not known: look with %s", buffer_text(&look));
  buffer_free(&look);
  free(where);
}

static bool tell(const struct work *work, bool unwritten) {
  const struct plan *plan = work->data;
  if (plan->outcome == LEFT_OPEN)
    say_how_to_look(plan->own, work->service->options);
  else if (plan->outcome == POSTED && unwritten)
    complain("the recipient was unsubscribed; only its line is missing");
  return plan->outcome != NOTHING;
}

static bool check(const struct own *own) {
  if (!own->subscriber && !own->address && !own->subscriber_id) {
    complain("ettrack unsub needs --subscriber KEY, --subscriber-id ID or --address ADDRESS");
    return false;
  }
  if (!own->send && !own->list && !own->yes) {
    complain("without --send JOBID or --list ID the subscriber is unsubscribed from everything "
             "(master unsubscribe), and no event is logged: add --yes if that is meant");
    return false;
  }
  return true;
}

static int run(const struct invocation *invocation, struct service *service) {
  const size_t first = invocation->options.writer->for_people ? SAID : 0;
  const struct columns columns = {names + first, ranks + first, COLUMNS - first};
  struct plan plan = {.own = invocation->own};
  struct work work = {.service = service,
                      .data = &plan,
                      .count = 1,
                      .writer = invocation->options.writer,
                      .columns = &columns,
                      .nothing = plan.said,
                      .effects = tell,
                      .run = post};
  int code = check(invocation->own) ? work_perform(&work) : EXIT_USAGE;
  free(plan.key);
  return code;
}

#define NUMBER(name, value, member, help) \
  OPTION_ROW_NUMBER(name, 0, value, struct own, member, 1, INT32_MAX, help)

static const struct option own[] = {
    OPTION_ROW_TEXT("subscriber", 0, "KEY", struct own, subscriber, "the subscriber key"),
    NUMBER("subscriber-id", "ID", subscriber_id, "the system's number of the subscriber"),
    OPTION_ROW_TEXT("address", 0, "ADDRESS", struct own, address,
                    "the address, if one subscriber alone has it"),
    NUMBER("send", "JOBID", send, "the send that the event is booked on"),
    NUMBER("list", "ID", list, "the list to unsubscribe from; otherwise all"),
    NUMBER("batch", "ID", batch, "the batch of the send"),
    OPTION_ROW_TEXT("reason", 0, "TEXT", struct own, reason, "why, as the event keeps it"),
    NUMBER("mid", "MID", mid, "in this business unit"),
    OPTION_ROW_FLAG("yes", 0, struct own, yes, "also when it unsubscribes from everything"),
    OPTION_ROW_END};

const struct command command_unsub = {
    .name = "unsub",
    .section = SECTION_RECIPIENTS,
    .operands = "",
    .summary = "unsubscribe a recipient and log the event",
    .text =
        "Of --subscriber, --subscriber-id and --address one is needed; several have to be of one\n"
        "subscriber. With --address alone the subscriber is looked up.\n"
        "With --send the service finds list and batch by itself. With --list alone it takes the\n"
        "latest send to the subscriber on that list, which may be the wrong one. Without both\n"
        "there is no context of a send: no event is logged, the subscriber is unsubscribed from\n"
        "everything, and --yes has to say so.\n",
    .examples = "  ettrack unsub --subscriber 00001930 --send 12043295 --reason \"by telephone\"\n"
                "  ettrack unsub --address lina.horvath.5589@example.org --list 1723001\n",
    .takes = OPTIONS_CALL,
    .own = own,
    .own_size = sizeof(struct own),
    .run = run};
