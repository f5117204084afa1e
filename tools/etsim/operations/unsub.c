#include "operations/unsub.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ground/date.h"
#include "operations/find.h"
#include "operations/membership.h"
#include "store/job.h"
#include "store/member.h"
#include "store/tracked.h"

enum {
  NOT_ON_JOB = 400,
  UNSUBSCRIBED_FROM_LIST = 401,
  NO_PARAMETERS = 402,
  NO_SUBSCRIBER_GIVEN = 403,
  ONLY_EMAIL = 404,
  ID_CONFLICTS = 405,
  KEY_CONFLICTS = 406,
  EMAIL_CONFLICTS = 407,
  SUBSCRIBER_NOT_FOUND = 12001,
  MASTER_UNSUBSCRIBED = 12012
};

/* Where an unsubscribe is booked. */
struct job {
  long send, list, batch;
  const char *trigger; /* ObjectID of the TriggeredSendDefinition, NULL: there is none */
};

static struct record *find_by(struct world *world, const char *property, const char *text) {
  struct node *tree = node_new(NULL, "Object");
  struct record *found = NULL;
  if (tree && node_put(tree, property, text))
    found = subscriber_find(world, tree);
  node_free(tree);
  return found;
}

static bool is_address_of(const struct record *subscriber, const char *email) {
  const char *own = node_text(subscriber->tree, "EmailAddress");
  return own && strcasecmp(own, email) == 0;
}

/* Which of the identifiers is not the subscriber's whom the others name. @return 0: they agree */
static int find_conflict(const struct record *by_id, const struct record *by_key, const char *id,
                         const char *key, const char *email) {
  const struct record *named = by_id ? by_id : by_key;
  if (id && key && by_id != by_key)
    return email && by_id && is_address_of(by_id, email) ? KEY_CONFLICTS : ID_CONFLICTS;
  return email && !is_address_of(named, email) ? EMAIL_CONFLICTS : 0;
}

/* All identifiers that are given have to belong to one subscriber. */
static struct record *identify(struct world *world, const struct node *parameters,
                               struct outcome *outcome) {
  const char *id = node_text(parameters, "SubscriberID");
  const char *key = node_text(parameters, "SubscriberKey");
  const char *email = node_text(parameters, "EmailAddress");
  struct record *by_id = id ? find_by(world, "ID", id) : NULL;
  struct record *by_key = key ? find_by(world, "SubscriberKey", key) : NULL;
  struct record *named = by_id ? by_id : by_key;
  int conflict = named ? find_conflict(by_id, by_key, id, key, email) : 0;
  if (!parameters->first)
    outcome_fail(outcome, NO_PARAMETERS, "No usable parameters were given.");
  else if (!id && !key && !email)
    outcome_fail(outcome, NO_SUBSCRIBER_GIVEN,
                 "At least one of EmailAddress, SubscriberKey and SubscriberID has to be given.");
  else if (!id && !key)
    outcome_fail(outcome, ONLY_EMAIL,
                 "The account uses subscriber keys: EmailAddress alone does not identify a "
                 "subscriber.");
  else if (!named)
    outcome_fail(outcome, SUBSCRIBER_NOT_FOUND, "The subscriber was not found.");
  else if (conflict)
    outcome_fail(outcome, conflict, "%s is not that of the subscriber whom the others name.",
                 conflict == ID_CONFLICTS    ? "SubscriberID"
                 : conflict == KEY_CONFLICTS ? "SubscriberKey"
                                             : "EmailAddress");
  return outcome->code ? NULL : named;
}

/* The computed event of sending to this subscriber. */
static bool sent_to(const struct demo *demo, const struct send *send, const struct node *subscriber,
                    struct job *job) {
  uint32_t rows[DEMO_EVENTS_OF_ONE];
  uint32_t who = demo_subscriber_by_id(demo, node_number(subscriber, "ID", 0));
  if (who == UINT32_MAX || demo_events_of(demo, send, EVENT_SENT, who, rows) == 0)
    return false;
  struct event event;
  demo_event(demo, send, EVENT_SENT, rows[0], &event);
  *job = (struct job){send->id, demo_list(&event), demo_batch(&event), NULL};
  return true;
}

/* The last stored event of sending, of one job or of any on a list. */
static bool stored_sent(const struct store *store, const struct node *subscriber, long send,
                        long list, struct job *job) {
  const struct table *table = store_table(store, "SentEvent");
  const char *key = node_text(subscriber, "SubscriberKey");
  for (size_t i = table ? table->count : 0; i-- > 0;) {
    const struct record *record = table->records[i];
    const char *of = record ? node_text(record->tree, "SubscriberKey") : NULL;
    if (!of || strcasecmp(of, key) != 0)
      continue;
    *job =
        (struct job){node_number(record->tree, "SendID", 0), node_number(record->tree, "ListID", 0),
                     node_number(record->tree, "BatchID", 0),
                     node_text(record->tree, "TriggeredSendDefinitionObjectID")};
    if (send ? job->send == send : job->list == list)
      return true;
  }
  return false;
}

/* The job that the parameters mean. @return 1, 0 when they mean none, -1 after a failure */
static int find_job(struct world *world, const struct node *parameters,
                    const struct node *subscriber, struct job *job, struct outcome *outcome) {
  const struct demo *demo = &world->demo;
  long send = node_number(parameters, "JobID", 0), list = node_number(parameters, "ListID", 0);
  if (!send && !list)
    return 0;
  if (list && !membership_knows(world, list)) {
    outcome_fail(outcome, NOT_ON_JOB, "There is no list %ld.", list);
    return -1;
  }
  bool found = false;
  if (send) {
    const struct send *computed = demo_send_find(demo, send);
    found = computed ? sent_to(demo, computed, subscriber, job)
                     : stored_sent(&world->store, subscriber, send, 0, job);
  } else {
    found = stored_sent(&world->store, subscriber, 0, list, job);
    for (size_t i = demo->send_count; !found && i-- > 0;)
      found = sent_to(demo, &demo->sends[i], subscriber, job) && job->list == list;
  }
  if (!found) {
    outcome_fail(outcome, NOT_ON_JOB, "The subscriber was not sent to by this job.");
    return -1;
  }
  if (list)
    job->list = list;
  if (node_number(parameters, "BatchID", 0))
    job->batch = node_number(parameters, "BatchID", 0);
  return 1;
}

static bool has_unsubscribed(struct world *world, const struct node *subscriber,
                             const struct job *job) {
  const struct record *member =
      member_find(&world->store, node_text(subscriber, "SubscriberKey"), job->list);
  const char *status = member ? node_text(member->tree, "Status") : NULL;
  if (status && strcmp(status, "Unsubscribed") == 0)
    return true;
  uint32_t rows[DEMO_EVENTS_OF_ONE];
  uint32_t who = demo_subscriber_by_id(&world->demo, node_number(subscriber, "ID", 0));
  const struct send *send = demo_send_find(&world->demo, job->send);
  return send && who != UINT32_MAX &&
         demo_events_of(&world->demo, send, EVENT_UNSUB, who, rows) > 0;
}

static void leave_list(struct world *world, int account, const struct node *subscriber, long list) {
  const char *key = node_text(subscriber, "SubscriberKey");
  struct record *member = member_find(&world->store, key, list);
  if (!member) {
    struct node *tree = node_new(NULL, "Object");
    if (!tree || !node_put_number(tree, "ListID", list) || !node_put(tree, "SubscriberKey", key)) {
      node_free(tree);
      return;
    }
    member = world_keep(world, "ListSubscriber", tree, account);
  }
  if (member)
    membership_set_status(world, member->tree, "Unsubscribed");
}

/* A send that was told counts by itself, a computed one through the store. */
static bool count_unsub(struct world *world, const struct job *job) {
  char id[24];
  struct store *store = &world->store;
  const struct table *table = store_table(store, "Send");
  snprintf(id, sizeof id, "%ld", job->send);
  size_t index = store_find(table, "ID", id, 0);
  if (index == SIZE_MAX)
    return store_count_unsubs(store, (int)job->send, (int)job->list, 1);
  job_count_unsub(world, job->send, job->list);
  return true;
}

static bool keep_event(struct world *world, int account, const struct node *subscriber,
                       const struct job *job) {
  struct node *event = node_new(NULL, "Object");
  bool done = event && node_put_number(event, "Client.ID", account) &&
              node_put(event, "SubscriberID", node_text(subscriber, "ID")) &&
              node_put_number(event, "SendID", job->send) &&
              node_put(event, "SubscriberKey", node_text(subscriber, "SubscriberKey")) &&
              node_put_date(event, "EventDate", world_now(world)) &&
              node_put(event, "EventType", "Unsubscribe") &&
              (!job->trigger || node_put(event, "TriggeredSendDefinitionObjectID", job->trigger)) &&
              node_put_number(event, "BatchID", job->batch) &&
              node_put_number(event, "List.ID", job->list) &&
              node_put(event, "List.Type", "Public") &&
              node_put(event, "List.ListClassification", "ExactTargetList") &&
              node_put(event, "IsMasterUnsubscribed", "false");
  if (!done) {
    node_free(event);
    return false;
  }
  struct store *store = &world->store;
  if (job->trigger)
    tracked_count(world, job->trigger, "OptOuts");
  return store_add(store, store_make_table(store, "UnsubEvent"), event, account) &&
         count_unsub(world, job);
}

static void unsubscribe_master(const struct world *world, struct record *subscriber,
                               struct outcome *outcome) {
  const char *status = node_text(subscriber->tree, "Status");
  if (status && strcmp(status, "Unsubscribed") == 0) {
    outcome_fail(outcome, MASTER_UNSUBSCRIBED, "The subscriber is master-unsubscribed already.");
    return;
  }
  membership_set_status(world, subscriber->tree, "Unsubscribed");
}

void unsub_log(struct world *world, int account, const struct node *parameters,
               struct outcome *outcome) {
  struct record *subscriber = identify(world, parameters, outcome);
  if (!subscriber)
    return;
  struct job job;
  int found = find_job(world, parameters, subscriber->tree, &job, outcome);
  if (found < 0)
    return;
  if (!found) {
    unsubscribe_master(world, subscriber, outcome);
  } else if (has_unsubscribed(world, subscriber->tree, &job)) {
    outcome_fail(outcome, UNSUBSCRIBED_FROM_LIST,
                 "The subscriber is unsubscribed from the list already.");
  } else {
    leave_list(world, account, subscriber->tree, job.list);
    if (!keep_event(world, account, subscriber->tree, &job))
      outcome_fail(outcome, 2, "Out of memory.");
  }
  if (!outcome->code)
    outcome_say(outcome, "Event posted");
}

void unsub_master(struct world *world, int account, const struct node *parameters,
                  struct outcome *outcome) {
  struct record *subscriber = identify(world, parameters, outcome);
  (void)account;
  if (subscriber)
    unsubscribe_master(world, subscriber, outcome);
  if (!outcome->code)
    outcome_say(outcome, "Master unsubscribed.");
}
