#include "operations/rows.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ground/date.h"
#include "store/data_extension.h"
#include "common/escape.h"
#include "ground/value.h"

enum { VALUE_LIMIT = 4000, VALUE_SIZE = 4 * VALUE_LIMIT + 1 }; /* characters, and their bytes */
enum { ROW_UNNAMED = 310001, ROW_DUPLICATE = 310003, ROW_MISSING = 310004, ROW_INVALID = 310006 };

static bool is_true(const struct node *node, const char *name) {
  const char *text = node_text(node, name);
  return text && (strcasecmp(text, "true") == 0 || strcmp(text, "1") == 0);
}

const struct node *rows_column(const struct node *fields, const char *name) {
  for (const struct node *field = fields ? fields->first : NULL; field; field = field->next) {
    const char *field_name = node_text(field, "Name");
    if (field_name && strcasecmp(field_name, name) == 0)
      return field;
  }
  return NULL;
}

static bool is_number(const char *text, bool decimal) {
  char *end;
  errno = 0;
  if (decimal)
    (void)strtod(text, &end);
  else
    (void)strtoll(text, &end, 10);
  return end != text && !*end && !errno;
}

/* Dates of rows come back as `8/9/2026 1:02:03 PM`. */
static void print_row_date(char *text, size_t size, int64_t milliseconds) {
  char iso[DATE_TEXT_SIZE + 1];
  iso[date_write(iso, milliseconds)] = 0;
  unsigned month = (unsigned)strtoul(iso + 5, NULL, 10);
  unsigned day = (unsigned)strtoul(iso + 8, NULL, 10);
  unsigned hour = (unsigned)strtoul(iso + 11, NULL, 10);
  snprintf(text, size, "%u/%u/%.4s %u:%.5s %s", month, day, iso, hour % 12 ? hour % 12 : 12,
           iso + 14, hour < 12 ? "AM" : "PM");
}

static size_t count_characters(const char *text) {
  size_t count = 0;
  for (; *text; text++)
    count += (*text & 0xC0) != 0x80;
  return count;
}

/* Checks a value against its column and writes it as the service keeps it.
 * @return NULL, or what is wrong */
static const char *convert(const struct node *field, const char *value, char *text, size_t size) {
  const char *type = node_text(field, "FieldType");
  const char *limit = node_text(field, "MaxLength");
  int64_t date;
  size_t length = count_characters(value), most = limit ? strtoul(limit, NULL, 10) : 0;
  if (strlen(value) >= size || length > VALUE_LIMIT || (most && length > most))
    return "is longer than the column allows";
  snprintf(text, size, "%s", value);
  if (!*value)
    return is_true(field, "IsRequired") || is_true(field, "IsPrimaryKey") ? "is required" : NULL;
  if (!type || strcmp(type, "Text") == 0)
    return NULL;
  if (strcmp(type, "Number") == 0)
    return is_number(value, false) ? NULL : "is no whole number";
  if (strcmp(type, "Decimal") == 0)
    return is_number(value, true) ? NULL : "is no number";
  if (strcmp(type, "EmailAddress") == 0)
    return is_address(value) ? NULL : "is no email address";
  if (strcmp(type, "Boolean") == 0) {
    bool truth = strcasecmp(value, "true") == 0 || strcmp(value, "1") == 0;
    if (!truth && strcasecmp(value, "false") != 0 && strcmp(value, "0") != 0)
      return "is neither true nor false";
    snprintf(text, size, "%s", truth ? "True" : "False");
  }
  if (strcmp(type, "Date") == 0) {
    if (!date_read(&date, value))
      return "is no date";
    print_row_date(text, size, date);
  }
  return NULL;
}

const char *rows_complaint(const struct node *field, const char *value) {
  char text[VALUE_SIZE];
  return convert(field, value, text, sizeof text);
}

static void value_error(struct outcome *outcome, const char *name, const char *what) {
  if (!outcome->extra.size)
    buffer_add_text(&outcome->extra, "<ErrorMessage>The values are not valid.</ErrorMessage>"
                                     "<ValueErrors>");
  buffer_printf(&outcome->extra, "<ValueError><Name>");
  escape_xml(&outcome->extra, name, strlen(name));
  buffer_printf(&outcome->extra, "</Name><ErrorCode>%d</ErrorCode><ErrorMessage>", ROW_INVALID);
  escape_xml(&outcome->extra, name, strlen(name));
  buffer_printf(&outcome->extra, " %s</ErrorMessage></ValueError>", what);
  outcome_fail(outcome, ROW_INVALID, "%.100s %s.", name, what);
}

/* One name and value of the request goes into the row. */
static void take_value(const struct node *definition, const struct node *pair, struct node *row,
                       struct outcome *outcome) {
  char text[VALUE_SIZE];
  const char *name = node_text(pair, "Name");
  const char *value = node_text(pair, "Value");
  const struct node *field = name ? rows_column(node_child(definition, "Fields"), name) : NULL;
  if (!field) {
    value_error(outcome, name ? name : "", "is not a column of the data extension");
    return;
  }
  const char *wrong = convert(field, value ? value : "", text, sizeof text);
  if (wrong) {
    value_error(outcome, node_text(field, "Name"), wrong);
    return;
  }
  struct node *leaf = node_child(row, node_text(field, "Name"));
  if (!leaf)
    leaf = node_new(row, node_text(field, "Name"));
  if (leaf)
    (void)node_set_text(leaf, text);
}

static struct node *read_row(const struct node *definition, const struct node *tree,
                             struct outcome *outcome) {
  static const char *const groups[] = {"Keys", "Properties"};
  struct node *row = node_new(NULL, "Object");
  for (int i = 0; row && i < 2; i++) {
    const struct node *group = node_child(tree, groups[i]);
    for (const struct node *pair = group ? group->first : NULL; pair; pair = pair->next)
      take_value(definition, pair, row, outcome);
  }
  return row;
}

/* Defaults and what is required, for a row that is new. */
static void complete(const struct node *definition, struct node *row, struct outcome *outcome) {
  const struct node *fields = node_child(definition, "Fields");
  for (const struct node *field = fields ? fields->first : NULL; field; field = field->next) {
    const char *name = node_text(field, "Name");
    if (!name || node_child(row, name))
      continue;
    const char *value = node_text(field, "DefaultValue");
    struct node *leaf = value ? node_new(row, name) : NULL;
    if (leaf)
      (void)node_set_text(leaf, value);
    else if (is_true(field, "IsRequired") || is_true(field, "IsPrimaryKey"))
      value_error(outcome, name, "is required");
  }
}

static bool same_key(const struct node *definition, const struct node *a, const struct node *b) {
  const struct node *fields = node_child(definition, "Fields");
  bool keyed = false;
  for (const struct node *field = fields ? fields->first : NULL; field; field = field->next) {
    if (!is_true(field, "IsPrimaryKey"))
      continue;
    const struct node *x = node_child(a, node_text(field, "Name"));
    const struct node *y = node_child(b, node_text(field, "Name"));
    if (!x || !y || !x->text || !y->text || strcasecmp(x->text, y->text) != 0)
      return false;
    keyed = true;
  }
  return keyed;
}

static size_t find_row(const struct table *table, const struct node *definition,
                       const struct node *row) {
  for (size_t i = 0; table && i < table->count; i++)
    if (table->records[i] && same_key(definition, table->records[i]->tree, row))
      return i;
  return SIZE_MAX;
}

static struct table *table_of(struct store *store, const struct record *definition) {
  char name[DATA_EXTENSION_NAME_SIZE];
  data_extension_table(name, sizeof name, node_text(definition->tree, "CustomerKey"));
  return store_make_table(store, name);
}

static struct record *definition_of(const struct object_request *request, const struct node *tree,
                                    struct outcome *outcome) {
  const char *key = node_text(tree, "CustomerKey");
  if (!key)
    key = node_text(tree, "Name");
  const struct world *world = request->world;
  struct record *definition = key ? data_extension_find(&world->store, key) : NULL;
  if (definition && definition->account && definition->account != request->account &&
      request->account != world->accounts[0])
    definition = NULL; /* of another business unit */
  if (!key)
    outcome_fail(outcome, ROW_UNNAMED, "The row names no data extension by CustomerKey or Name.");
  else if (!definition)
    outcome_fail(outcome, ROW_MISSING, "There is no data extension %.100s.", key);
  return definition;
}

void rows_save(const struct object_request *request, const struct node *tree,
               struct outcome *outcome) {
  outcome->result_type = "DataExtension";
  struct record *definition = definition_of(request, tree, outcome);
  if (!definition)
    return;
  struct store *store = &request->world->store;
  struct table *table = table_of(store, definition);
  struct node *row = read_row(definition->tree, tree, outcome);
  size_t index = row ? find_row(table, definition->tree, row) : SIZE_MAX;
  if (!outcome->code && index == SIZE_MAX && request->mode == SAVE_UPDATE)
    outcome_fail(outcome, ROW_MISSING, "There is no row with this key.");
  if (!outcome->code && index != SIZE_MAX && request->mode == SAVE_ADD)
    outcome_fail(outcome, ROW_DUPLICATE, "There is a row with this key already.");
  if (row && !outcome->code && index == SIZE_MAX)
    complete(definition->tree, row, outcome);
  if (outcome->extra.size)
    buffer_add_text(&outcome->extra, "</ValueErrors>");
  if (!row || outcome->code) {
    node_free(row);
    return;
  }
  if (index != SIZE_MAX) {
    node_merge(table->records[index]->tree, row);
    node_free(row);
    outcome_say(outcome, "Updated DataExtensionObject.");
  } else if (store_add(store, table, row, definition->account)) {
    outcome_say(outcome, "Created DataExtensionObject.");
  }
}

void rows_delete(const struct object_request *request, const struct node *tree,
                 struct outcome *outcome) {
  outcome->result_type = "DataExtension";
  struct record *definition = definition_of(request, tree, outcome);
  if (!definition)
    return;
  struct table *table = table_of(&request->world->store, definition);
  struct node *row = read_row(definition->tree, tree, outcome);
  size_t index = row ? find_row(table, definition->tree, row) : SIZE_MAX;
  if (outcome->extra.size)
    buffer_add_text(&outcome->extra, "</ValueErrors>");
  if (!outcome->code && index != SIZE_MAX)
    store_remove(table, index);
  node_free(row);
  if (!outcome->code)
    outcome_say(outcome, "Deleted DataExtensionObject.");
}

void rows_clear(struct store *store, const struct record *definition) {
  struct table *table = table_of(store, definition);
  for (size_t i = 0; table && i < table->count; i++)
    if (table->records[i])
      store_remove(table, i);
}
