#include "operations/imports.h"

#include "store/data_extension.h"
#include "store/index.h"

enum { IMPORT_MS = 20000, FIRST_TASK = 692000 };

static struct record *find(const struct world *world, const char *type, const char *property,
                           const char *text) {
  const struct table *table = store_table(&world->store, type);
  size_t index = text ? store_find(table, property, text, 0) : SIZE_MAX;
  return index == SIZE_MAX ? NULL : table->records[index];
}

static bool put_all(struct node *tree, const char *const *pairs) {
  bool done = true;
  for (; done && *pairs; pairs += 2)
    done = node_put(tree, pairs[0], pairs[1]);
  return done;
}

/* ObjectID of the data extension that it fills; NULL: it names none that there is. */
static const char *destination_of(const struct world *world, const struct node *definition) {
  const char *id = node_text(definition, "DestinationObject.ObjectID");
  const char *key = node_text(definition, "DestinationObject.CustomerKey");
  const struct record *named = id || !key ? NULL : data_extension_find(&world->store, key);
  return named ? node_text(named->tree, "ObjectID") : id;
}

/* What is known of it at its start. */
static struct node *describe(const struct world *world, const struct node *definition, long task,
                             int64_t date) {
  static const char *const begun[] = {"NumberSuccessful",
                                      "0",
                                      "NumberDuplicated",
                                      "0",
                                      "NumberRestricted",
                                      "0",
                                      "NumberErrors",
                                      "0",
                                      "TotalRows",
                                      "0",
                                      "ImportStatus",
                                      "Processing",
                                      NULL};
  struct node *result = node_new(NULL, "Object");
  const char *key = node_text(definition, "CustomerKey");
  const char *to = destination_of(world, definition);
  const char *type = node_text(definition, "UpdateType");
  bool done = result && node_put(result, "ImportDefinitionCustomerKey", key ? key : "") &&
              node_put_date(result, "StartDate", date) &&
              (!to || node_put(result, "DestinationID", to)) &&
              (!type || node_put(result, "ImportType", type)) && put_all(result, begun) &&
              node_put_number(result, "TaskResultID", task);
  if (done)
    return result;
  node_free(result);
  return NULL;
}

long imports_start(struct world *world, int account, const struct node *definition, int64_t date) {
  long task = FIRST_TASK + world->store.next_id++;
  struct node *tree = describe(world, definition, task, date);
  struct record *result = tree ? world_keep(world, "ImportResultsSummary", tree, account) : NULL;
  struct node *what = result ? node_new(NULL, "Object") : NULL;
  if (!what || !node_put(what, "Result", node_text(result->tree, "ObjectID"))) {
    node_free(what);
    return 0;
  }
  return agenda_add(world, "EndOfImport", date + IMPORT_MS, what, account) ? task : 0;
}

bool imports_of_run(struct world *world, int account, const char *automation, int64_t date) {
  const struct table *activities = store_table(&world->store, "AutomationActivity");
  struct search search = {
      .table = activities, .property = "Automation.ObjectID", .text = automation};
  for (size_t i; (i = search_next(&search)) != SIZE_MAX;) {
    const char *name = node_text(activities->records[i]->tree, "Name");
    const struct record *definition = find(world, "ImportDefinition", "Name", name);
    if (definition && !imports_start(world, account, definition->tree, date))
      return false;
  }
  return true;
}

static size_t count_rows(const struct world *world, const char *data_extension) {
  char name[DATA_EXTENSION_NAME_SIZE];
  const struct record *definition = find(world, "DataExtension", "ObjectID", data_extension);
  const char *key = definition ? node_text(definition->tree, "CustomerKey") : NULL;
  if (!key)
    return 0;
  data_extension_table(name, sizeof name, key);
  const struct table *table = store_table(&world->store, name);
  return table ? table->count - table->gaps : 0;
}

void imports_end(struct world *world, int account, const struct node *what, int64_t date) {
  (void)account;
  struct record *result =
      find(world, "ImportResultsSummary", "ObjectID", node_text(what, "Result"));
  if (!result)
    return;
  size_t rows = count_rows(world, node_text(result->tree, "DestinationID"));
  (void)node_put_number(result->tree, "NumberSuccessful", (long long)rows);
  (void)node_put_number(result->tree, "TotalRows", (long long)rows);
  (void)node_put(result->tree, "ImportStatus", "Completed");
  (void)node_put_date(result->tree, "EndDate", date);
}
