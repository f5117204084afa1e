#include "operations/rows.h"

#include <string.h>
#include <strings.h>

#include "common/escape.h"
#include "operations/columns.h"
#include "store/data_extension.h"
#include "store/index.h"

enum { ROW_UNNAMED = 310001, ROW_DUPLICATE = 310003, ROW_MISSING = 310004, ROW_INVALID = 310006 };
enum { INDEXED_KEYS = 4 }; /* columns of a key that rows are looked up by; all are compared */

/* A row of a request, with what would be looked for in it for each of its columns. */
struct reading {
  const struct record *definition;
  const struct node *fields;
  struct names columns; /* to their Fields */
  struct names leaves;  /* of the row, by column */
  struct node *row;     /* NULL: out of memory */
};

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
static void take_value(struct reading *reading, const struct node *pair, struct outcome *outcome) {
  char text[COLUMN_TEXT_SIZE];
  const char *name = node_text(pair, "Name");
  const char *value = node_text(pair, "Value");
  const struct node *field = name ? names_get(&reading->columns, name) : NULL;
  if (!field) {
    value_error(outcome, name ? name : "", "is not a column of the data extension");
    return;
  }
  const char *wrong = column_convert(field, value ? value : "", text);
  name = node_text(field, "Name");
  if (wrong) {
    value_error(outcome, name, wrong);
    return;
  }
  struct node *leaf = names_get(&reading->leaves, name);
  if (!leaf && (leaf = node_new(reading->row, name)) != NULL)
    (void)names_put(&reading->leaves, leaf->name, leaf);
  if (leaf)
    (void)node_set_text(leaf, text);
}

static void read_row(struct reading *reading, const struct node *tree, struct outcome *outcome) {
  static const char *const groups[] = {"Keys", "Properties"};
  reading->fields = node_child(reading->definition->tree, "Fields");
  if (columns_name(&reading->columns, reading->fields))
    reading->row = node_new(NULL, "Object");
  for (int i = 0; reading->row && i < 2; i++) {
    const struct node *group = node_child(tree, groups[i]);
    for (const struct node *pair = group ? group->first : NULL; pair; pair = pair->next)
      take_value(reading, pair, outcome);
  }
}

static void end_reading(struct reading *reading) {
  names_free(&reading->columns);
  names_free(&reading->leaves);
  node_free(reading->row);
}

/* Defaults and what is required, for a row that is new. */
static void complete(struct reading *reading, struct outcome *outcome) {
  for (const struct node *field = reading->fields ? reading->fields->first : NULL; field;
       field = field->next) {
    const char *name = node_text(field, "Name");
    if (!name || names_get(&reading->leaves, name))
      continue;
    const char *value = node_text(field, "DefaultValue");
    struct node *leaf = value ? node_new(reading->row, name) : NULL;
    if (leaf)
      (void)node_set_text(leaf, value);
    else if (column_is_required(field))
      value_error(outcome, name, "is required");
  }
}

/* --- rows that are there -------------------------------------------------------------------- */

/* The key of the row, as far as it is indexed. @return how many columns the whole of it has, 0
 * also when the row lacks one of them */
static size_t read_key(const struct reading *reading, struct buffer *names, struct buffer *texts) {
  size_t count = 0;
  for (const struct node *field = reading->fields ? reading->fields->first : NULL; field;
       field = field->next) {
    const char *name = node_text(field, "Name");
    if (!name || !column_is_key(field))
      continue;
    const struct node *leaf = names_get(&reading->leaves, name);
    if (!leaf || !leaf->text)
      return 0;
    if (count++ >= INDEXED_KEYS)
      continue;
    if (count > 1) {
      buffer_add(names, (const char[]){INDEX_AND}, 1);
      buffer_add(texts, (const char[]){INDEX_AND}, 1);
    }
    buffer_add_text(names, name);
    buffer_add_text(texts, leaf->text);
  }
  return names->failed || texts->failed ? 0 : count;
}

/* @param keys  columns of the key */
static bool same_key(const struct reading *reading, const struct node *row, size_t keys) {
  size_t same = 0;
  for (const struct node *leaf = row->first; leaf; leaf = leaf->next) {
    const struct node *field = names_get(&reading->columns, leaf->name);
    if (!field || !column_is_key(field))
      continue;
    const struct node *given = names_get(&reading->leaves, leaf->name);
    if (!leaf->text || strcasecmp(leaf->text, given->text) != 0)
      return false;
    same++;
  }
  return same == keys;
}

static struct record *find_row(const struct table *table, const struct reading *reading) {
  struct buffer names = {0}, texts = {0};
  struct record *found = NULL;
  size_t keys = reading->row ? read_key(reading, &names, &texts) : 0;
  struct search search = {.table = keys ? table : NULL, .property = names.data, .text = texts.data};
  for (size_t i; !found && (i = search_next(&search)) != SIZE_MAX;)
    if (same_key(reading, table->records[i]->tree, keys))
      found = table->records[i];
  buffer_free(&names);
  buffer_free(&texts);
  return found;
}

/* Takes over what the row has. @return false: out of memory */
static bool update(struct record *record, const struct node *row) {
  struct names leaves = {0};
  bool done = true;
  for (struct node *leaf = record->tree->first; done && leaf; leaf = leaf->next)
    done = names_put(&leaves, leaf->name, leaf);
  for (const struct node *leaf = row->first; done && leaf; leaf = leaf->next) {
    struct node *old = names_get(&leaves, leaf->name);
    if (!old)
      old = node_new(record->tree, leaf->name);
    done = old && node_set_text(old, leaf->text);
  }
  names_free(&leaves);
  return done;
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

static void save(const struct object_request *request, struct reading *reading,
                 struct outcome *outcome) {
  struct store *store = &request->world->store;
  struct table *table = table_of(store, reading->definition);
  struct record *there = find_row(table, reading);
  if (!outcome->code && !there && request->mode == SAVE_UPDATE)
    outcome_fail(outcome, ROW_MISSING, "There is no row with this key.");
  if (!outcome->code && there && request->mode == SAVE_ADD)
    outcome_fail(outcome, ROW_DUPLICATE, "There is a row with this key already.");
  if (reading->row && !outcome->code && !there)
    complete(reading, outcome);
  if (outcome->extra.size)
    buffer_add_text(&outcome->extra, "</ValueErrors>");
  bool done = reading->row != NULL;
  if (done && !outcome->code && there) {
    done = update(there, reading->row);
  } else if (done && !outcome->code) {
    done = store_add(store, table, reading->row, reading->definition->account) != NULL;
    reading->row = NULL; /* taken over */
  }
  if (!done)
    outcome_fail(outcome, ERROR_FAILED, "Out of memory.");
  if (!outcome->code)
    outcome_say(outcome, "%s DataExtensionObject.", there ? "Updated" : "Created");
  end_reading(reading);
}

void rows_save(const struct object_request *request, const struct node *tree,
               struct outcome *outcome) {
  outcome->result_type = "DataExtension";
  struct reading reading = {.definition = definition_of(request, tree, outcome)};
  if (!reading.definition)
    return;
  read_row(&reading, tree, outcome);
  save(request, &reading, outcome);
}

void rows_delete(const struct object_request *request, const struct node *tree,
                 struct outcome *outcome) {
  outcome->result_type = "DataExtension";
  struct reading reading = {.definition = definition_of(request, tree, outcome)};
  if (!reading.definition)
    return;
  struct table *table = table_of(&request->world->store, reading.definition);
  read_row(&reading, tree, outcome);
  struct record *there = find_row(table, &reading);
  if (outcome->extra.size)
    buffer_add_text(&outcome->extra, "</ValueErrors>");
  if (!reading.row)
    outcome_fail(outcome, ERROR_FAILED, "Out of memory.");
  if (!outcome->code && there)
    store_remove_record(table, there);
  end_reading(&reading);
  if (!outcome->code)
    outcome_say(outcome, "Deleted DataExtensionObject.");
}

void rows_clear(struct store *store, const struct record *definition) {
  struct table *table = table_of(store, definition);
  for (size_t i = 0; table && i < table->count; i++)
    if (table->records[i])
      store_remove(table, i);
}
