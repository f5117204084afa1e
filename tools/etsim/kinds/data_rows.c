#include "kinds/data_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "store/data_extension.h"

enum { NAME_SIZE = 256 };

static enum value_kind kind_of_field(const char *type) {
  if (!type)
    return VALUE_TEXT;
  return strcmp(type, "Number") == 0    ? VALUE_INTEGER
         : strcmp(type, "Date") == 0    ? VALUE_DATE
         : strcmp(type, "Boolean") == 0 ? VALUE_BOOLEAN
                                        : VALUE_TEXT;
}

static size_t count_fields(const struct node *fields) {
  size_t count = 0;
  for (const struct node *field = fields ? fields->first : NULL; field; field = field->next)
    count++;
  return count;
}

static struct kind *build(const struct table *table, const struct node *definition) {
  const struct node *fields = node_child(definition, "Fields");
  size_t count = count_fields(fields);
  struct kind *kind = calloc(1, sizeof *kind);
  struct property *own = calloc(count ? count : 1, sizeof *own);
  if (!kind || !own) {
    free(kind);
    free(own);
    return NULL;
  }
  *kind = (struct kind){.name = "DataExtensionObject",
                        .table = table->name,
                        .properties = own,
                        .own = own,
                        .event = EVENT_TYPES,
                        .rows = true,
                        .by_path.exact = true};
  for (const struct node *field = fields ? fields->first : NULL; field; field = field->next) {
    const char *name = node_text(field, "Name");
    char *copy = strdup(name ? name : "");
    if (!copy) {
      kind_free(kind);
      return NULL;
    }
    struct property *property = &own[kind->property_count++];
    *property =
        (struct property){copy, kind_of_field(node_text(field, "FieldType")), 0, NULL, NULL, NULL};
    if (!names_put(&kind->by_path, copy, property)) {
      kind_free(kind);
      return NULL;
    }
  }
  return kind;
}

static bool is_current(const struct kind *kind, const struct node *definition) {
  const struct node *fields = node_child(definition, "Fields");
  size_t i = 0;
  for (const struct node *field = fields ? fields->first : NULL; field; field = field->next, i++) {
    const char *name = node_text(field, "Name");
    if (i >= kind->property_count || !name || strcmp(kind->properties[i].path, name) != 0)
      return false;
  }
  return i == kind->property_count;
}

const struct kind *kind_of_rows(struct world *world, const char *name) {
  char key[NAME_SIZE], table_name[DATA_EXTENSION_NAME_SIZE];
  const char *begin = name + sizeof DATA_EXTENSION_ROWS - 1;
  size_t size = strlen(begin);
  if (size < 2 || size >= sizeof key || begin[size - 1] != ']')
    return NULL;
  memcpy(key, begin, size - 1);
  key[size - 1] = 0;
  struct store *store = &world->store;
  const struct kind *kind = NULL;
  store_lock(store);
  const struct record *definition = data_extension_find(store, key);
  if (definition) {
    const char *customer_key = node_text(definition->tree, "CustomerKey");
    data_extension_table(table_name, sizeof table_name, customer_key ? customer_key : key);
    struct table *table = store_make_table(store, table_name);
    if (table && (!table->kind || !is_current(table->kind, definition->tree))) {
      struct kind *built = build(table, definition->tree);
      if (built)
        built->older = table->kind;
      table->kind = built ? built : table->kind;
      table->forget_kind = kind_free;
    }
    kind = table ? table->kind : NULL;
  }
  store_release(store);
  return kind;
}
