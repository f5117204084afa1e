#include "operations/objects.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ground/date.h"
#include "operations/membership.h"
#include "contract/types.h"

/* ErrorCodes of the service. */
enum {
  NAME_EXISTS = 1,
  FAILED = 2,
  NOT_ALLOWED = 5,
  NOT_SUPPORTED = 8,
  INVALID_ADDRESS = 12000,
  SUBSCRIBER_NOT_FOUND = 12001,
  SUBSCRIBER_EXISTS = 12014,
  STATUS_NOT_ALLOWED = 12016,
  DEFINITION_NOT_FOUND = 17010,
  DE_UNNAMED = 310001,
  DE_DELETE_MISSING = 310002,
  DE_EXISTS = 310003,
  DE_MISSING = 310004,
  DE_OBJECT_ID = 310005
};

/* The template that every account has for its send log. */
#define SEND_LOG_TEMPLATE "c3af0d64-1867-de11-8767-001e0bcf2c98"

static void vsay(struct outcome *outcome, const char *format, va_list list) {
  (void)vsnprintf(outcome->message, sizeof outcome->message, format, list);
}

void outcome_say(struct outcome *outcome, const char *format, ...) {
  va_list list;
  va_start(list, format);
  vsay(outcome, format, list);
  va_end(list);
}

void outcome_fail(struct outcome *outcome, int code, const char *format, ...) {
  outcome->code = code;
  va_list list;
  va_start(list, format);
  vsay(outcome, format, list);
  va_end(list);
}

bool node_put_number(struct node *node, const char *path, long long number) {
  char text[24];
  (void)snprintf(text, sizeof text, "%lld", number);
  return node_put(node, path, text);
}

bool node_put_date(struct node *node, const char *path, int64_t milliseconds) {
  char text[DATE_TEXT_SIZE + 1];
  text[date_write(text, milliseconds)] = 0;
  return node_put(node, path, text);
}

bool is_address(const char *text) {
  const char *at = text ? strchr(text, '@') : NULL;
  const char *dot = at ? strrchr(at, '.') : NULL;
  return at && at != text && dot && dot > at + 1 && dot[1] && !strpbrk(text, " \t\r\n<>,;") &&
         !strchr(at + 1, '@');
}

/* A send of the demo data, by its ID: its figures are computed, and it cannot be told otherwise. */
static bool is_computed_send(const struct world *world, const char *type, const struct node *tree) {
  const char *id = strcmp(type, "Send") == 0 ? node_text(tree, "ID") : NULL;
  return id && demo_send_find(&world->demo, strtoll(id, NULL, 10)) != NULL;
}

static void refuse_computed(const char *method, const struct node *tree, struct outcome *outcome) {
  outcome_fail(outcome, NOT_ALLOWED, "%s is not allowed on Send %.20s: it is already sent.", method,
               node_text(tree, "ID"));
}

static int owner_of(const struct object_request *request, const struct node *tree) {
  const char *account = node_text(tree, "Client.ID");
  long wanted = account ? strtol(account, NULL, 10) : 0;
  for (size_t i = 0; i < WORLD_ACCOUNTS; i++)
    if (request->world->accounts[i] == wanted)
      return (int)wanted;
  return request->account;
}

struct record *objects_keep(struct world *world, const char *type, struct node *tree, int account) {
  char guid[GUID_SIZE];
  const struct ets_type *known = ets_type_find(type, strlen(type));
  bool done = true;
  if (!node_text(tree, "ID"))
    done = node_put_number(tree, "ID", world->store.next_id++);
  if (!node_text(tree, "ObjectID")) {
    random_guid(guid, random_number());
    done = done && node_put(tree, "ObjectID", guid);
  }
  if (known && !node_text(tree, "CustomerKey") && strcmp(type, "Subscriber") != 0) {
    random_guid(guid, random_number());
    done = done && node_put(tree, "CustomerKey", guid);
  }
  done = done && node_put_number(tree, "Client.ID", account) &&
         node_put_date(tree, "CreatedDate", date_now()) &&
         node_put_date(tree, "ModifiedDate", date_now());
  if (!done) {
    node_free(tree);
    return NULL;
  }
  return store_add(&world->store, store_make_table(&world->store, type), tree, account);
}

static void add_field(struct node *fields, const char *name, const char *type) {
  struct node *field = node_new(fields, "Field");
  if (field && node_put(field, "Name", name))
    (void)node_put(field, "FieldType", type);
}

/* Columns of the send log, when the data extension is made from its template. */
static void complete_data_extension(struct node *tree) {
  static const char *const columns[] = {"JobID", "ListID", "BatchID", "SubscriberID"};
  struct node *fields = node_child(tree, "Fields");
  if (!fields)
    fields = node_new(tree, "Fields");
  const char *template_id = node_text(tree, "Template.ObjectID");
  if (fields && template_id && strcmp(template_id, SEND_LOG_TEMPLATE) == 0) {
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
      add_field(fields, columns[i], "Number");
    add_field(fields, "TriggeredSendID", "Text");
    add_field(fields, "ErrorCode", "Number");
  }
  for (struct node *field = fields ? fields->first : NULL; field; field = field->next)
    if (!node_text(field, "FieldType"))
      (void)node_put(field, "FieldType", "Text");
  const char *name = node_text(tree, "Name");
  const char *key = node_text(tree, "CustomerKey");
  if (!key && name)
    (void)node_put(tree, "CustomerKey", name);
  else if (!name && key)
    (void)node_put(tree, "Name", key);
}

static bool check_data_extension(const struct node *tree, struct outcome *outcome) {
  if (node_text(tree, "ObjectID"))
    outcome_fail(outcome, DE_OBJECT_ID, "ObjectID cannot be given when a data extension is added.");
  else if (!node_text(tree, "Name") && !node_text(tree, "CustomerKey"))
    outcome_fail(outcome, DE_UNNAMED, "The data extension has neither Name nor CustomerKey.");
  return !outcome->code;
}

static bool check_subscriber(const struct node *tree, struct outcome *outcome) {
  const char *email = node_text(tree, "EmailAddress");
  const char *status = node_text(tree, "Status");
  if (!is_address(email))
    outcome_fail(outcome, INVALID_ADDRESS, "The email address %.100s is not valid.",
                 email ? email : "is missing: it");
  else if (status && (strcmp(status, "Bounced") == 0 || strcmp(status, "Deleted") == 0))
    outcome_fail(outcome, STATUS_NOT_ALLOWED, "A subscriber cannot be created with status %s.",
                 status);
  return !outcome->code;
}

static void complete(struct world *world, const char *type, struct node *tree, int account) {
  if (strcmp(type, "Subscriber") == 0) {
    if (!node_text(tree, "SubscriberKey"))
      (void)node_put(tree, "SubscriberKey", node_text(tree, "EmailAddress"));
    if (!node_text(tree, "Status"))
      (void)node_put(tree, "Status", "Active");
    membership_take(world, tree, node_text(tree, "SubscriberKey"), account);
  } else if (strcmp(type, "DataExtension") == 0) {
    complete_data_extension(tree);
  } else if (strcmp(type, "TriggeredSendDefinition") == 0) {
    if (!node_text(tree, "TriggeredSendStatus"))
      (void)node_put(tree, "TriggeredSendStatus", "New");
  }
}

static void add(const struct object_request *request, const char *type, struct node *tree,
                struct outcome *outcome) {
  if ((strcmp(type, "Subscriber") == 0 && !check_subscriber(tree, outcome)) ||
      (strcmp(type, "DataExtension") == 0 && !check_data_extension(tree, outcome))) {
    node_free(tree);
    return;
  }
  int account = owner_of(request, tree);
  node_drop_nil(tree);
  complete(request->world, type, tree, account);
  struct record *record = objects_keep(request->world, type, tree, account);
  if (!record) {
    outcome_fail(outcome, FAILED, "Out of memory.");
    return;
  }
  (void)snprintf(outcome->new_id, sizeof outcome->new_id, "%s", node_text(record->tree, "ID"));
  (void)snprintf(outcome->new_object_id, sizeof outcome->new_object_id, "%s",
                 node_text(record->tree, "ObjectID"));
  outcome_say(outcome, "Created %s.", type);
}

/* Fields of an update are added to those that are there, or change those of the same name. */
static void merge_fields(struct node *into, struct node *tree) {
  struct node *fields = node_child(into, "Fields");
  struct node *changes = node_child(tree, "Fields");
  if (!fields || !changes)
    return;
  for (struct node *change = changes->first; change; change = change->next) {
    const char *name = node_text(change, "Name");
    struct node *field = fields->first;
    while (field && name &&
           strcasecmp(node_text(field, "Name") ? node_text(field, "Name") : "", name) != 0)
      field = field->next;
    struct node *copy = field ? node_copy(NULL, change) : node_copy(fields, change);
    if (field && copy) {
      node_merge(field, copy);
      node_free(copy);
    }
  }
  for (struct node *field = fields->first; field; field = field->next)
    if (!node_text(field, "FieldType"))
      (void)node_put(field, "FieldType", "Text");
  node_remove(tree, "Fields");
}

/* Clients send objects back as they read them, ObjectID nil and all: what an object is known by
 * cannot be cleared. */
static void keep_names(struct node *tree) {
  static const char *const names[] = {"ID",          "ObjectID",     "CustomerKey", "SubscriberKey",
                                      "CreatedDate", "ModifiedDate", "Client"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    const struct node *child = node_child(tree, names[i]);
    if (child && child->nil)
      node_remove(tree, names[i]);
  }
}

static void update(struct world *world, const char *type, struct record *record, struct node *tree,
                   struct outcome *outcome) {
  const struct node *email = node_child(tree, "EmailAddress");
  if (strcmp(type, "Subscriber") == 0 && email && !is_address(node_text(tree, "EmailAddress"))) {
    outcome_fail(outcome, INVALID_ADDRESS, "The email address %.100s is not valid.",
                 email->text ? email->text : "is missing: it");
    node_free(tree);
    return;
  }
  keep_names(tree);
  if (strcmp(type, "Subscriber") == 0)
    membership_take(world, tree, node_text(record->tree, "SubscriberKey"), record->account);
  if (strcmp(type, "DataExtension") == 0)
    merge_fields(record->tree, tree);
  node_merge(record->tree, tree);
  (void)node_put_date(record->tree, "ModifiedDate", date_now());
  node_free(tree);
  outcome_say(outcome, "Updated %s.", type);
}

static bool is_creatable(const char *type) {
  static const char *const refused[] = {"Link",
                                        "LinkSend",
                                        "ListSend",
                                        "TriggeredSendSummary",
                                        "SendSummary",
                                        "SubscriberSendResult",
                                        "DataExtensionField",
                                        "DataExtensionTemplate",
                                        "Portfolio",
                                        "ImportResultsSummary"};
  const struct ets_type *known = ets_type_find(type, strlen(type));
  const struct ets_type *event = ets_type_find("TrackingEvent", 13);
  if (!known || !known->base || (event && ets_type_is(known, event)))
    return false;
  for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
    if (strcmp(refused[i], type) == 0)
      return false;
  return true;
}

static void refuse_existing(const char *type, struct outcome *outcome) {
  if (strcmp(type, "Subscriber") == 0)
    outcome_fail(outcome, SUBSCRIBER_EXISTS, "The subscriber is already on the list.");
  else if (strcmp(type, "DataExtension") == 0)
    outcome_fail(outcome, DE_EXISTS,
                 "Updating an existing data extension is not allowed when "
                 "adding one.");
  else
    outcome_fail(outcome, NAME_EXISTS, "An object of type %.60s with this key exists.", type);
}

static void refuse_missing(const char *type, struct outcome *outcome) {
  int code = strcmp(type, "Subscriber") == 0                ? SUBSCRIBER_NOT_FOUND
             : strcmp(type, "DataExtension") == 0           ? DE_MISSING
             : strcmp(type, "TriggeredSendDefinition") == 0 ? DEFINITION_NOT_FOUND
                                                            : FAILED;
  outcome_fail(outcome, code, "There is no %.60s with this key.", type);
}

void objects_save(const struct object_request *request, struct node *tree,
                  struct outcome *outcome) {
  const char *type = tree->type ? tree->type : "";
  if (!is_creatable(type)) {
    outcome_fail(outcome, NOT_SUPPORTED, "The operation does not support objects of type %.60s.",
                 *type ? type : "APIObject");
    node_free(tree);
    return;
  }
  if (strcmp(type, "DataExtensionObject") == 0) {
    rows_save(request, tree, outcome);
    node_free(tree);
    return;
  }
  if (strcmp(type, "TriggeredSend") == 0) {
    triggered_send(request, tree, outcome);
    node_free(tree);
    return;
  }
  struct record *record = object_find(request->world, type, tree);
  char name[128];
  (void)snprintf(name, sizeof name, "%s", type);
  if (!record && is_computed_send(request->world, type, tree)) {
    refuse_computed(request->mode == SAVE_ADD ? "Create" : "Update", tree, outcome);
    node_free(tree);
    return;
  }
  if (record && request->mode == SAVE_ADD)
    refuse_existing(type, outcome);
  else if (!record && request->mode == SAVE_UPDATE)
    refuse_missing(type, outcome);
  else if (record)
    update(request->world, name, record, tree, outcome);
  else
    add(request, name, tree, outcome);
  if (outcome->code &&
      ((record && request->mode == SAVE_ADD) || (!record && request->mode == SAVE_UPDATE)))
    node_free(tree);
}

void objects_delete(const struct object_request *request, struct node *tree,
                    struct outcome *outcome) {
  const char *type = tree->type ? tree->type : "";
  if (!is_creatable(type)) {
    outcome_fail(outcome, NOT_SUPPORTED, "The operation does not support objects of type %.60s.",
                 *type ? type : "APIObject");
    return;
  }
  if (strcmp(type, "DataExtensionObject") == 0) {
    rows_delete(request, tree, outcome);
    return;
  }
  struct record *record = object_find(request->world, type, tree);
  struct table *table = store_table(&request->world->store, type);
  if (!record && is_computed_send(request->world, type, tree)) {
    refuse_computed("Delete", tree, outcome);
    return;
  }
  if (!record && strcmp(type, "DataExtension") == 0) {
    outcome_fail(outcome, DE_DELETE_MISSING, "The data extension to delete was not found.");
    return;
  }
  for (size_t i = 0; record && table && i < table->count; i++)
    if (table->records[i] == record) {
      store_remove(table, i);
      break;
    }
  outcome_say(outcome, "Deleted %s.", type);
}
