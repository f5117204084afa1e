#include "store/tracked.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "contract/types.h"
#include "ground/names.h"
#include "store/data_extension.h"
#include "store/job.h"

struct meaning {
  const char *table;      /* of the event */
  const char *type;       /* its EventType */
  const char *summary[2]; /* counts of the summary */
  const char *job[3];     /* of the Send and its list */
  const char *link[2];    /* of the LinkSend */
};

static const struct meaning meanings[] = {
    [TRACKED_SENT] = {"SentEvent",
                      "Sent",
                      {"Sent"},
                      {"NumberTargeted", "NumberSent", "NumberDelivered"},
                      {NULL}},
    [TRACKED_OPTED_OUT] = {"NotSentEvent",
                           "NotSent",
                           {"NotSentDueToOptOut"},
                           {"NumberExcluded", "ExistingUnsubscribes"},
                           {NULL}},
    [TRACKED_UNDELIVERABLE] = {"NotSentEvent",
                               "NotSent",
                               {"NotSentDueToUndeliverable"},
                               {"NumberExcluded", "ExistingUndeliverables"},
                               {NULL}},
    [TRACKED_INVALID] =
        {"NotSentEvent", "NotSent", {"NotSentDueToUndeliverable"}, {"InvalidAddresses"}, {NULL}},
    [TRACKED_BOUNCE] = {"BounceEvent", "SoftBounce", {"Bounces"}, {"SoftBounces"}, {NULL}},
    [TRACKED_OPEN] = {"OpenEvent", "Open", {"Opens", "UniqueOpens"}, {"UniqueOpens"}, {NULL}},
    [TRACKED_OPEN_AGAIN] = {"OpenEvent", "Open", {"Opens"}, {NULL}, {NULL}},
    [TRACKED_CLICK] = {"ClickEvent",
                       "Click",
                       {"Clicks", "UniqueClicks"},
                       {"UniqueClicks"},
                       {"Link.TotalClicks", "Link.UniqueClicks"}},
    [TRACKED_CLICK_AGAIN] = {"ClickEvent", "Click", {"Clicks"}, {NULL}, {"Link.TotalClicks"}}};

const char *tracked_type(enum tracked_kind kind) {
  return meanings[kind].table;
}

static bool put_particulars(struct world *world, struct node *event, const struct tracked *message,
                            enum tracked_kind kind) {
  char url[256];
  if (kind == TRACKED_BOUNCE)
    return node_put(event, "SMTPCode", "452") &&
           node_put(event, "BounceCategory", "Soft bounce - Mailbox Full") &&
           node_put(event, "SMTPReason", "4.2.2 <mailbox>: over quota, try again later") &&
           node_put(event, "BounceType", "immediate");
  if (kind == TRACKED_CLICK || kind == TRACKED_CLICK_AGAIN)
    return node_put_number(event, "URLID", job_link_id(message->job)) &&
           node_put(event, "URL", job_link_url(world, message->definition, url, sizeof url));
  return true;
}

static bool keep_event(struct world *world, const struct tracked *message, enum tracked_kind kind,
                       int64_t date) {
  const struct node *definition = message->definition;
  const struct meaning *meaning = &meanings[kind];
  struct node *event = node_new(NULL, "Object");
  bool done =
      event && node_put_number(event, "Client.ID", message->account) &&
      node_put_number(event, "ListID", node_number(definition, "List.ID", ALL_SUBSCRIBERS)) &&
      node_put(event, "SubscriberID", message->id ? message->id : "0") &&
      node_put_number(event, "SendID", message->job) &&
      node_put(event, "SubscriberKey", message->key ? message->key : "") &&
      node_put_date(event, "EventDate", date) && node_put(event, "EventType", meaning->type) &&
      node_put(event, "TriggeredSendDefinitionObjectID", node_text(definition, "ObjectID")) &&
      node_put_number(event, "BatchID", message->batch) &&
      put_particulars(world, event, message, kind);
  if (done)
    return store_add(&world->store, store_make_table(&world->store, meaning->table), event,
                     message->account) != NULL;
  node_free(event);
  return false;
}

static struct node *summary_of(const struct world *world, const char *definition) {
  const struct table *table = store_table(&world->store, "TriggeredSendSummary");
  size_t index = store_find(table, "TriggeredSendDefinition.ObjectID", definition, 0);
  return index == SIZE_MAX ? NULL : table->records[index]->tree;
}

void tracked_count(const struct world *world, const char *definition, const char *what) {
  struct node *summary = summary_of(world, definition);
  if (summary)
    (void)node_put_number(summary, what, node_number(summary, what, 0) + 1);
}

bool tracked_add(struct world *world, const struct tracked *message, enum tracked_kind kind,
                 int64_t date) {
  const struct meaning *meaning = &meanings[kind];
  const char *definition = node_text(message->definition, "ObjectID");
  for (size_t i = 0; i < 2 && meaning->summary[i]; i++)
    tracked_count(world, definition, meaning->summary[i]);
  for (size_t i = 0; i < 3 && meaning->job[i]; i++)
    job_count(world, message->job, meaning->job[i], 1);
  if (kind == TRACKED_BOUNCE)
    job_count(world, message->job, "NumberDelivered", -1);
  for (size_t i = 0; i < 2 && meaning->link[i]; i++)
    job_count_link(world, message->job, meaning->link[i]);
  job_touch(world, message->job, date);
  return keep_event(world, message, kind, date);
}

bool tracked_summary(struct world *world, int account, const struct node *definition) {
  static const char name[] = "TriggeredSendSummary";
  const struct ets_type *type = ets_type_find(name, sizeof name - 1);
  if (summary_of(world, node_text(definition, "ObjectID")))
    return true;
  struct node *summary = node_new(NULL, "Object");
  bool done =
      summary && node_put(summary, "CustomerKey", node_text(definition, "CustomerKey")) &&
      node_put(summary, "TriggeredSendDefinition.ObjectID", node_text(definition, "ObjectID"));
  for (size_t i = type ? type->inherited : 0; done && type && i < type->field_count; i++)
    if (type->fields[i].kind == ETS_KIND_LONG)
      done = node_put(summary, type->fields[i].name, "0");
  if (done)
    return store_add(&world->store, store_make_table(&world->store, name), summary, account) !=
           NULL;
  node_free(summary);
  return false;
}

struct tracked tracked_batch(struct world *world, int account, struct node *definition, long job,
                             int64_t date) {
  struct tracked batch = {.account = account,
                          .definition = definition,
                          .job = node_number(definition, "EtsimJob", 0),
                          .batch = node_number(definition, "EtsimBatch", 0) + 1};
  (void)tracked_summary(world, account, definition);
  if (!batch.job) {
    batch.job = job ? job : job_next(&world->store);
    (void)job_show(world, account, definition, batch.job, "Sending", date);
    (void)job_show_parts(world, account, definition, batch.job);
  }
  (void)node_put_number(definition, "EtsimJob", batch.job);
  (void)node_put_number(definition, "EtsimBatch", batch.batch);
  return batch;
}

/* What the row has in this column; NULL: nothing. */
static const char *logged(const struct tracked *message, const struct names *attributes,
                          const char *column, char number[24]) {
  const struct node *definition = message->definition;
  long value = strcasecmp(column, "JobID") == 0     ? message->job
               : strcasecmp(column, "BatchID") == 0 ? message->batch
               : strcasecmp(column, "ListID") == 0
                   ? node_number(definition, "List.ID", ALL_SUBSCRIBERS)
                   : 0;
  if (value) {
    snprintf(number, 24, "%ld", value);
    return number;
  }
  if (strcasecmp(column, "SubscriberID") == 0)
    return message->id;
  if (strcasecmp(column, "TriggeredSendID") == 0)
    return node_text(definition, "ObjectID");
  const struct node *attribute = names_get(attributes, column);
  return attribute ? node_text(attribute, "Value") : NULL;
}

const struct node *tracked_columns(const struct world *world, const struct node *definition) {
  const char *logging = node_text(definition, "IsSendLogging");
  const struct record *log = send_log_find(&world->store);
  return log && logging && strcmp(logging, "true") == 0 ? node_child(log->tree, "Fields") : NULL;
}

static struct node *new_row(const struct tracked *message, const struct node *given,
                            const struct node *fields) {
  struct names attributes = {0};
  struct node *row = node_new(NULL, "Object");
  for (const struct node *child = given ? given->first : NULL; child; child = child->next) {
    const char *name = strcmp(child->name, "Attributes") == 0 ? node_text(child, "Name") : NULL;
    if (name)
      (void)names_put(&attributes, name, child);
  }
  for (const struct node *field = fields->first; row && field; field = field->next) {
    char number[24];
    const char *name = node_text(field, "Name");
    const char *value = name ? logged(message, &attributes, name, number) : NULL;
    struct node *leaf = value ? node_new(row, name) : NULL;
    if (leaf)
      (void)node_set_text(leaf, value);
  }
  names_free(&attributes);
  return row;
}

void tracked_log(struct world *world, const struct tracked *message, const struct node *given) {
  const struct record *log = send_log_find(&world->store);
  const struct node *fields = tracked_columns(world, message->definition);
  if (!fields)
    return;
  struct node *row = new_row(message, given, fields);
  char table[DATA_EXTENSION_NAME_SIZE];
  data_extension_table(table, sizeof table, node_text(log->tree, "CustomerKey"));
  if (row)
    (void)store_add(&world->store, store_make_table(&world->store, table), row, log->account);
}
