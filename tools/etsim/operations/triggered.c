#include "operations/triggered.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ground/date.h"
#include "ground/value.h"
#include "operations/echo.h"
#include "operations/find.h"
#include "operations/job.h"
#include "operations/rows.h"
#include "store/data_extension.h"

enum {
  UNSUBSCRIBED = 12003,
  NOT_STARTED = 18001,
  NOT_FOUND = 18002,
  NO_SUBSCRIBERS = 180007,
  NO_VALID_SUBSCRIBERS = 180008,
  ALL_SUBSCRIBERS = 1722999
};

struct firing {
  const struct object_request *request;
  struct record *definition;
  long job, batch;
  int ordinal;
  unsigned sent, failed;
  struct outcome *outcome;
};

static struct record *definition_of(const struct object_request *request, const struct node *tree) {
  const struct table *table = store_table(&request->world->store, "TriggeredSendDefinition");
  const char *key = node_text(tree, "TriggeredSendDefinition.CustomerKey");
  const char *id = node_text(tree, "TriggeredSendDefinition.ObjectID");
  size_t index = SIZE_MAX;
  if (key)
    index = store_find(table, "CustomerKey", key, 0);
  if (index == SIZE_MAX && id)
    index = store_find(table, "ObjectID", id, 0);
  return index == SIZE_MAX ? NULL : table->records[index];
}

static void keep_event(const struct firing *firing, const char *kind, const char *type,
                       const struct node *subscriber) {
  const struct node *definition = firing->definition->tree;
  struct node *event = node_new(NULL, "Object");
  const char *key = node_text(subscriber, "SubscriberKey");
  const char *id = node_text(subscriber, "ID");
  bool done =
      event && node_put_number(event, "Client.ID", firing->request->account) &&
      node_put_number(event, "ListID", node_number(definition, "List.ID", ALL_SUBSCRIBERS)) &&
      node_put(event, "SubscriberID", id ? id : "0") &&
      node_put_number(event, "SendID", firing->job) &&
      node_put(event, "SubscriberKey", key ? key : "") &&
      node_put_date(event, "EventDate", date_now()) && node_put(event, "EventType", type) &&
      node_put(event, "TriggeredSendDefinitionObjectID", node_text(definition, "ObjectID")) &&
      node_put_number(event, "BatchID", firing->batch);
  struct store *store = &firing->request->world->store;
  if (done)
    (void)store_add(store, store_make_table(store, kind), event, firing->request->account);
  else
    node_free(event);
}

static void count(const struct firing *firing, const char *what) {
  struct world *world = firing->request->world;
  const char *id = node_text(firing->definition->tree, "ObjectID");
  struct table *table = store_make_table(&world->store, "TriggeredSendSummary");
  size_t index = store_find(table, "TriggeredSendDefinition.ObjectID", id, 0);
  if (index == SIZE_MAX)
    return;
  struct node *summary = table->records[index]->tree;
  (void)node_put_number(summary, what, node_number(summary, what, 0) + 1);
}

static void make_summary(const struct firing *firing) {
  static const char *const counts[] = {"Sent",
                                       "NotSentDueToOptOut",
                                       "NotSentDueToUndeliverable",
                                       "Bounces",
                                       "Opens",
                                       "Clicks",
                                       "UniqueOpens",
                                       "UniqueClicks",
                                       "OptOuts",
                                       "SurveyResponses",
                                       "FTAFRequests",
                                       "FTAFEmailsSent",
                                       "FTAFOptIns",
                                       "Conversions",
                                       "UniqueConversions",
                                       "InProcess",
                                       "NotSentDueToError",
                                       "Queued"};
  struct world *world = firing->request->world;
  const struct node *definition = firing->definition->tree;
  const char *id = node_text(definition, "ObjectID");
  struct table *table = store_make_table(&world->store, "TriggeredSendSummary");
  if (!table || store_find(table, "TriggeredSendDefinition.ObjectID", id, 0) != SIZE_MAX)
    return;
  struct node *summary = node_new(NULL, "Object");
  bool done = summary && node_put(summary, "CustomerKey", node_text(definition, "CustomerKey")) &&
              node_put(summary, "TriggeredSendDefinition.ObjectID", id);
  for (size_t i = 0; done && i < sizeof counts / sizeof counts[0]; i++)
    done = node_put(summary, counts[i], "0");
  if (done)
    (void)store_add(&world->store, table, summary, firing->request->account);
  else
    node_free(summary);
}

static void count_in_send(const struct firing *firing, const char *what) {
  char id[24];
  const struct table *table = store_table(&firing->request->world->store, "Send");
  (void)snprintf(id, sizeof id, "%ld", firing->job);
  size_t index = store_find(table, "ID", id, 0);
  if (index == SIZE_MAX)
    return;
  struct node *send = table->records[index]->tree;
  (void)node_put_number(send, what, node_number(send, what, 0) + 1);
}

static void log_send(const struct firing *firing, const struct node *subscriber,
                     const struct node *given) {
  const char *logging = node_text(firing->definition->tree, "IsSendLogging");
  struct world *world = firing->request->world;
  const struct record *log = send_log_find(&world->store);
  if (!log || !logging || strcmp(logging, "true") != 0)
    return;
  struct node *row = node_new(NULL, "Row");
  if (!row)
    return;
  (void)node_put_number(row, "JobID", firing->job);
  (void)node_put_number(row, "ListID",
                        node_number(firing->definition->tree, "List.ID", ALL_SUBSCRIBERS));
  (void)node_put_number(row, "BatchID", firing->batch);
  (void)node_put(row, "SubscriberID", node_text(subscriber, "ID"));
  (void)node_put(row, "TriggeredSendID", node_text(firing->definition->tree, "ObjectID"));
  for (const struct node *child = given->first; child; child = child->next) {
    const char *name = strcmp(child->name, "Attributes") == 0 ? node_text(child, "Name") : NULL;
    struct node *leaf = name ? node_new(row, name) : NULL;
    if (leaf)
      (void)node_set_text(leaf, node_text(child, "Value") ? node_text(child, "Value") : "");
  }
  (void)rows_add(world, log, row);
  node_free(row);
}

static void refuse(struct firing *firing, const struct node *given, int code, const char *what) {
  struct buffer *out = &firing->outcome->extra;
  firing->failed++;
  buffer_add_text(out, "<SubscriberFailures>");
  echo_write(out, given, "Subscriber", "Subscriber");
  buffer_printf(out,
                "<ErrorCode>%d</ErrorCode><ErrorDescription>%s</ErrorDescription>"
                "<Ordinal>%d</Ordinal></SubscriberFailures>",
                code, what, firing->ordinal);
}

static struct node *known_subscriber(const struct firing *firing, const struct node *given) {
  struct world *world = firing->request->world;
  struct record *record = subscriber_find(world, given);
  if (record)
    return record->tree;
  struct node *tree = node_new(NULL, "Object");
  const char *email = node_text(given, "EmailAddress");
  const char *key = node_text(given, "SubscriberKey");
  if (!tree || !node_put(tree, "EmailAddress", email) ||
      !node_put(tree, "SubscriberKey", key ? key : email) || !node_put(tree, "Status", "Active")) {
    node_free(tree);
    return NULL;
  }
  record = world_keep(world, "Subscriber", tree, firing->request->account);
  return record ? record->tree : NULL;
}

static void fire(struct firing *firing, const struct node *given) {
  const char *email = node_text(given, "EmailAddress");
  if (email && !is_address(email)) {
    keep_event(firing, "NotSentEvent", "NotSent", given);
    count(firing, "NotSentDueToUndeliverable");
    count_in_send(firing, "InvalidAddresses");
    refuse(firing, given, ERROR_INVALID_ADDRESS, "The email address is not valid.");
    return;
  }
  const struct node *subscriber = known_subscriber(firing, given);
  if (!subscriber || !node_text(subscriber, "EmailAddress")) {
    refuse(firing, given, ERROR_INVALID_ADDRESS, "The subscriber has no email address.");
    return;
  }
  const char *status = node_text(subscriber, "Status");
  if (status && strcmp(status, "Active") != 0) {
    bool opted_out = strcmp(status, "Unsubscribed") == 0;
    keep_event(firing, "NotSentEvent", "NotSent", subscriber);
    count(firing, opted_out ? "NotSentDueToOptOut" : "NotSentDueToUndeliverable");
    count_in_send(firing, "NumberExcluded");
    refuse(firing, given, UNSUBSCRIBED,
           opted_out ? "The subscriber is unsubscribed." : "The subscriber is not active.");
    return;
  }
  firing->sent++;
  keep_event(firing, "SentEvent", "Sent", subscriber);
  count(firing, "Sent");
  count_in_send(firing, "NumberTargeted");
  count_in_send(firing, "NumberSent");
  count_in_send(firing, "NumberDelivered");
  log_send(firing, subscriber, given);
}

static void start_batch(struct firing *firing) {
  struct node *definition = firing->definition->tree;
  struct store *store = &firing->request->world->store;
  firing->job = node_number(definition, "EtsimJob", 0);
  bool first = !firing->job;
  if (first)
    firing->job = job_next(store);
  firing->batch = node_number(definition, "EtsimBatch", 0) + 1;
  (void)node_put_number(definition, "EtsimJob", firing->job);
  (void)node_put_number(definition, "EtsimBatch", firing->batch);
  make_summary(firing);
  if (first)
    (void)job_show(firing->request->world, firing->request->account, firing->definition->tree,
                   firing->job, "Sending");
}

void triggered_send(const struct object_request *request, const struct node *tree,
                    struct outcome *outcome) {
  outcome->result_type = "TriggeredSend";
  struct firing firing = {
      .request = request, .definition = definition_of(request, tree), .outcome = outcome};
  if (!firing.definition) {
    outcome_fail(outcome, NOT_FOUND,
                 "Unable to find a TriggeredSendDefinition with this "
                 "ObjectID or CustomerKey, or it is not started.");
    return;
  }
  const char *status = node_text(firing.definition->tree, "TriggeredSendStatus");
  if (!status || strcmp(status, "Active") != 0) {
    outcome_fail(outcome, NOT_STARTED, "The TriggeredSendDefinition is %s: it has to be started.",
                 status ? status : "New");
    return;
  }
  if (!node_child(tree, "Subscribers")) {
    outcome_fail(outcome, NO_SUBSCRIBERS, "A triggered send needs subscribers.");
    return;
  }
  start_batch(&firing);
  for (const struct node *child = tree->first; child; child = child->next)
    if (strcmp(child->name, "Subscribers") == 0) {
      fire(&firing, child);
      firing.ordinal++;
    }
  if (!firing.sent)
    outcome_fail(outcome, NO_VALID_SUBSCRIBERS,
                 "There are no valid subscribers: see "
                 "SubscriberFailures.");
  else
    outcome_say(outcome, "Created TriggeredSend.");
  random_guid(outcome->new_object_id, random_number());
}

void triggered_complete(struct world *world, struct node *tree, int account) {
  (void)world, (void)account;
  if (!node_text(tree, "TriggeredSendStatus"))
    (void)node_put(tree, "TriggeredSendStatus", "New");
}
