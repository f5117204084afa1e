/* ettrack unsub: unsubscribes one recipient and books it on a send, by LogUnsubEvent. */
#include "common/program.h"
#include "ettrack/cli/command.h"
#include "ettrack/cli/hint.h"
#include "ettrack/run/work.h"

#include <etsoap/filter.h>

#include <stdio.h>
#include <stdlib.h>

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
  enum { NOTHING, POSTED, LEFT_OPEN } outcome;
};

static const char *names[] = {"StatusCode", "StatusMessage", "ErrorCode"};
static int ranks[] = {1, 2, 3};

enum { COLUMNS = sizeof names / sizeof *names };

static ets_status post(const struct work *work, size_t index, ets_session *session,
                       const struct taker *taker) {
  struct plan *plan = work->data;
  const struct own *own = plan->own;
  ets_unsubscription what = ETS_UNSUBSCRIPTION_INIT;
  ets_object response;
  ets_value values[COLUMNS];
  (void)index;
  what.subscriber_id = (int64_t)own->subscriber_id;
  what.subscriber_key = own->subscriber;
  what.email_address = own->address;
  what.job_id = (int32_t)own->send;
  what.list_id = (int32_t)own->list;
  what.batch_id = (int32_t)own->batch;
  what.reason = own->reason;
  what.client_id = (int32_t)own->mid;
  what.from_everything = own->yes;
  ets_status status = ets_unsubscribe(&response, session, &what);
  bool open = status == ETS_E_PARTIAL || ets_error_leaves_open(ets_session_error(session));
  plan->outcome = status == ETS_OK ? POSTED : open ? LEFT_OPEN : NOTHING;
  if (status != ETS_OK)
    return status;
  ets_value result = ets_get(response, "Results[0]");
  for (size_t i = 0; i < COLUMNS; i++)
    values[i] = ets_get(result.object, names[i]);
  taker->row(taker->context, "ExecuteResponse", values);
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
  const struct columns columns = {names, ranks, COLUMNS};
  struct plan plan = {.own = invocation->own};
  struct work work = {.service = service,
                      .data = &plan,
                      .count = 1,
                      .writer = invocation->options.writer,
                      .columns = &columns,
                      .effects = tell,
                      .run = post};
  return check(invocation->own) ? work_perform(&work) : EXIT_USAGE;
}

#define NUMBER(name, value, member, help) \
  OPTION_ROW_NUMBER(name, 0, value, struct own, member, 1, INT32_MAX, help)

static const struct option own[] = {
    OPTION_ROW_TEXT("subscriber", 0, "KEY", struct own, subscriber, "the subscriber key"),
    NUMBER("subscriber-id", "ID", subscriber_id, "the system's number of the subscriber"),
    OPTION_ROW_TEXT("address", 0, "ADDRESS", struct own, address,
                    "the address; several of these have to be of one subscriber"),
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
        "With --send the service finds list and batch by itself. With --list alone it takes the\n"
        "latest send to the subscriber on that list, which may be the wrong one. Without both\n"
        "there is no context of a send: no event is logged, the subscriber is unsubscribed from\n"
        "everything, and --yes has to say so.\n",
    .examples = "  ettrack unsub --subscriber 00001930 --send 12043295 --reason \"by telephone\"\n"
                "  ettrack unsub --address ann@example.com --subscriber 00001930 --list 1723001\n",
    .takes = OPTIONS_CALL,
    .own = own,
    .own_size = sizeof(struct own),
    .run = run};
