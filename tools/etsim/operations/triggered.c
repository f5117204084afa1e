#include "operations/triggered.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/escape.h"
#include "ground/date.h"
#include "ground/value.h"
#include "operations/columns.h"
#include "operations/echo.h"
#include "operations/find.h"
#include "operations/happenings.h"
#include "operations/recipient.h"
#include "store/tracked.h"

enum {
  UNSUBSCRIBED = 12003,
  INVALID_ATTRIBUTE = 12004,
  NOT_STARTED = 18001,
  NOT_FOUND = 18002,
  NO_SUBSCRIBERS = 180007,
  NO_VALID_SUBSCRIBERS = 180008
};

struct firing {
  const struct object_request *request;
  struct record *definition;
  struct tracked batch;
  struct names columns; /* of the send log, when it is written */
  int ordinal;
  unsigned sent, failed;
  struct outcome *outcome;
};

/* Among those that the account sees, see object_find(). */
static struct record *definition_of(const struct object_request *request, const struct node *tree) {
  const struct world *world = request->world;
  const struct table *table = store_table(&world->store, "TriggeredSendDefinition");
  int account = request->account == world->accounts[0] ? 0 : request->account;
  const char *key = node_text(tree, "TriggeredSendDefinition.CustomerKey");
  const char *id = node_text(tree, "TriggeredSendDefinition.ObjectID");
  size_t index = SIZE_MAX;
  if (key)
    index = store_find(table, "CustomerKey", key, account);
  if (index == SIZE_MAX && id)
    index = store_find(table, "ObjectID", id, account);
  return index == SIZE_MAX ? NULL : table->records[index];
}

static void refuse(struct firing *firing, const struct node *given, int code, const char *what) {
  struct buffer *out = &firing->outcome->extra;
  firing->failed++;
  buffer_add_text(out, "<SubscriberFailures>");
  echo_write(out, given, "Subscriber", "Subscriber");
  buffer_printf(out, "<ErrorCode>%d</ErrorCode><ErrorDescription>", code);
  escape_xml(out, what, strlen(what));
  buffer_printf(out, "</ErrorDescription><Ordinal>%d</Ordinal></SubscriberFailures>",
                firing->ordinal);
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

/* Whether the send log can hold the attributes that it has columns for; says which one not. */
static bool fits_log(struct firing *firing, const struct node *given) {
  for (const struct node *pair = firing->columns.used ? given->first : NULL; pair;
       pair = pair->next) {
    const char *name = strcmp(pair->name, "Attributes") == 0 ? node_text(pair, "Name") : NULL;
    const char *value = name ? node_text(pair, "Value") : NULL;
    const struct node *column = value ? names_get(&firing->columns, name) : NULL;
    const char *wrong = column ? column_complaint(column, value) : NULL;
    if (wrong) {
      char what[320];
      snprintf(what, sizeof what, "The send log: %s %s.", node_text(column, "Name"), wrong);
      refuse(firing, given, INVALID_ATTRIBUTE, what);
      return false;
    }
  }
  return true;
}

/* One message of the batch. */
static void track(struct firing *firing, const struct node *subscriber, enum tracked_kind kind) {
  struct tracked message = firing->batch;
  message.key = node_text(subscriber, "SubscriberKey");
  message.id = node_text(subscriber, "ID");
  (void)tracked_add(firing->request->world, &message, kind, world_now(firing->request->world));
}

static void fire(struct firing *firing, const struct node *given) {
  const char *email = node_text(given, "EmailAddress");
  if (email && !is_address(email)) {
    track(firing, given, TRACKED_INVALID);
    refuse(firing, given, ERROR_INVALID_ADDRESS, "The email address is not valid.");
    return;
  }
  struct world *world = firing->request->world;
  const struct node *definition = firing->definition->tree;
  struct node *subscriber = known_subscriber(firing, given);
  if (!subscriber || !node_text(subscriber, "EmailAddress")) {
    refuse(firing, given, ERROR_INVALID_ADDRESS, "The subscriber has no email address.");
    return;
  }
  const char *status = node_text(subscriber, "Status");
  if (status && strcmp(status, "Active") != 0) {
    bool opted_out = strcmp(status, "Unsubscribed") == 0;
    track(firing, subscriber, opted_out ? TRACKED_OPTED_OUT : TRACKED_UNDELIVERABLE);
    refuse(firing, given, UNSUBSCRIBED,
           opted_out ? "The subscriber is unsubscribed." : "The subscriber is not active.");
    return;
  }
  if (recipient_has_left(world, definition, subscriber)) {
    track(firing, subscriber, TRACKED_OPTED_OUT);
    refuse(firing, given, UNSUBSCRIBED, "The subscriber is unsubscribed from the list.");
    return;
  }
  if (!fits_log(firing, given))
    return;
  recipient_take(world, firing->request->account, definition, subscriber, given);
  firing->sent++;
  track(firing, subscriber, TRACKED_SENT);
  struct tracked message = firing->batch;
  message.id = node_text(subscriber, "ID");
  message.key = node_text(subscriber, "SubscriberKey");
  tracked_log(world, &message, given);
  happenings_of_message(world, &message, world_now(world));
}

static bool may_fire(const struct firing *firing, const struct node *tree) {
  struct outcome *outcome = firing->outcome;
  if (!firing->definition) {
    outcome_fail(outcome, NOT_FOUND,
                 "Unable to find a TriggeredSendDefinition with this "
                 "ObjectID or CustomerKey, or it is not started.");
    return false;
  }
  const char *status = node_text(firing->definition->tree, "TriggeredSendStatus");
  if (!status || strcmp(status, "Active") != 0)
    outcome_fail(outcome, NOT_STARTED, "The TriggeredSendDefinition is %s: it has to be started.",
                 status ? status : "New");
  else if (!node_child(tree, "Subscribers"))
    outcome_fail(outcome, NO_SUBSCRIBERS, "A triggered send needs subscribers.");
  return !outcome->code;
}

static void fire_all(struct firing *firing, const struct node *tree) {
  struct world *world = firing->request->world;
  struct node *definition = firing->definition->tree;
  firing->batch = tracked_batch(world, firing->request->account, definition, 0, world_now(world));
  (void)columns_name(&firing->columns, tracked_columns(world, definition));
  for (const struct node *child = tree->first; child; child = child->next)
    if (strcmp(child->name, "Subscribers") == 0) {
      fire(firing, child);
      firing->ordinal++;
    }
  names_free(&firing->columns);
}

void triggered_send(const struct object_request *request, const struct node *tree,
                    struct outcome *outcome) {
  outcome->result_type = "TriggeredSend";
  struct firing firing = {
      .request = request, .definition = definition_of(request, tree), .outcome = outcome};
  if (!may_fire(&firing, tree))
    return;
  fire_all(&firing, tree);
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
