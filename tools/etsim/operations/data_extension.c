#include "operations/data_extension.h"

#include <string.h>

#include "operations/columns.h"
#include "store/data_extension.h"

enum { UNNAMED = 310001, OBJECT_ID_GIVEN = 310005, INVALID = 310007 };
enum { NAME_LIMIT = 200, COLUMNS = 4000 };

static void add_field(struct node *fields, const char *name, const char *type) {
  struct node *field = node_new(fields, "Field");
  if (field && node_put(field, "Name", name))
    (void)node_put(field, "FieldType", type);
}

/* Columns of the send log, when the data extension is made from its template. */
void data_extension_complete(struct world *world, struct node *tree, int account) {
  (void)world, (void)account;
  static const char *const columns[] = {"JobID", "ListID", "BatchID", "SubscriberID"};
  struct node *fields = node_child(tree, "Fields");
  if (!fields)
    fields = node_new(tree, "Fields");
  const char *template_id = node_text(tree, "Template.ObjectID");
  if (fields && template_id && strcmp(template_id, SEND_LOG_TEMPLATE) == 0) {
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
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

static void check_field(const struct node *field, struct names *columns, struct outcome *outcome) {
  const char *name = node_text(field, "Name");
  if (!name || !*name)
    outcome_fail(outcome, INVALID, "A column has no name.");
  else if (names_get(columns, name))
    outcome_fail(outcome, INVALID, "There are two columns %.100s.", name);
  else if (node_number(field, "MaxLength", 0) < 0)
    outcome_fail(outcome, INVALID, "The length of column %.100s is negative.", name);
  else if (!names_put(columns, name, field))
    outcome_fail(outcome, ERROR_FAILED, "Out of memory.");
}

static bool check_fields(const struct node *fields, struct outcome *outcome) {
  struct names columns = {0};
  size_t count = 0;
  for (const struct node *field = fields ? fields->first : NULL; field && !outcome->code;
       field = field->next)
    if (++count > COLUMNS)
      outcome_fail(outcome, INVALID, "A data extension has no more than %d columns.", COLUMNS);
    else
      check_field(field, &columns, outcome);
  names_free(&columns);
  return !outcome->code;
}

static bool check_names(const struct node *tree, struct outcome *outcome) {
  static const char *const names[] = {"CustomerKey", "Name"};
  for (int i = 0; i < 2; i++) {
    const char *text = node_text(tree, names[i]);
    if (text && strlen(text) > NAME_LIMIT)
      outcome_fail(outcome, INVALID, "The %s has more than %d bytes.", names[i], NAME_LIMIT);
  }
  return !outcome->code;
}

bool data_extension_check(const struct world *world, const struct node *tree,
                          struct outcome *outcome) {
  (void)world;
  if (node_text(tree, "ObjectID"))
    outcome_fail(outcome, OBJECT_ID_GIVEN,
                 "ObjectID cannot be given when a data extension is added.");
  else if (!node_text(tree, "Name") && !node_text(tree, "CustomerKey"))
    outcome_fail(outcome, UNNAMED, "The data extension has neither Name nor CustomerKey.");
  return !outcome->code && check_names(tree, outcome) &&
         check_fields(node_child(tree, "Fields"), outcome);
}

/* @return false: out of memory */
static bool change_fields(struct node *fields, const struct node *changed) {
  struct names columns = {0};
  bool done = columns_name(&columns, fields);
  for (const struct node *change = changed->first; done && change; change = change->next) {
    struct node *field = names_get(&columns, node_text(change, "Name"));
    struct node *copy = node_copy(field ? NULL : fields, change);
    done = copy != NULL;
    if (field && copy) {
      node_merge(field, copy);
      node_free(copy);
    }
  }
  names_free(&columns);
  return done;
}

bool data_extension_change(struct world *world, struct record *record, struct node *changes,
                           struct outcome *outcome) {
  struct node *fields = node_child(record->tree, "Fields");
  struct node *changed = node_child(changes, "Fields");
  if (!check_names(changes, outcome) || !check_fields(changed, outcome))
    return false;
  const char *key = node_text(record->tree, "CustomerKey");
  const char *new_key = node_text(changes, "CustomerKey");
  if (new_key && key && !data_extension_rename(&world->store, key, new_key)) {
    outcome_fail(outcome, ERROR_FAILED, "Out of memory.");
    return false;
  }
  if (!fields || !changed)
    return true;
  if (!change_fields(fields, changed)) {
    outcome_fail(outcome, ERROR_FAILED, "Out of memory.");
    return false;
  }
  for (struct node *field = fields->first; field; field = field->next)
    if (!node_text(field, "FieldType"))
      (void)node_put(field, "FieldType", "Text");
  node_remove(changes, "Fields");
  return true;
}
