#include "kind_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "meta.h"
#include "retrievable.h"
#include "world.h"

struct builder {
  struct kind *kind;
  const struct ets_type *type; /* NULL: not of the contract */
  size_t capacity;
  bool failed;
};

/* Place of a path in the order of the contract; undeclared ones are PartnerProperties. */
struct place {
  int first, second;
};

static int field_index(const struct ets_type *type, const char *name, size_t size,
                       const struct ets_field **field) {
  for (uint32_t i = 0; type && i < type->field_count; i++)
    if (strlen(type->fields[i].name) == size && memcmp(type->fields[i].name, name, size) == 0) {
      *field = &type->fields[i];
      return (int)i;
    }
  *field = NULL;
  return -1;
}

static struct place place_of(const struct ets_type *type, const char *path,
                             const struct ets_field **leaf) {
  const struct ets_field *field, *partner;
  size_t size = strcspn(path, ".");
  struct place place = {field_index(type, path, size, &field), -1};
  if (field && path[size] && field->kind == ETS_KIND_STRUCT)
    place.second = field_index(field->type, path + size + 1, strlen(path + size + 1), &field);
  *leaf = field;
  if (!field) {
    place.first = field_index(type, "PartnerProperties", 17, &partner);
    place.second = -1;
  }
  return place;
}

static enum value_kind kind_of(const struct ets_field *field, const char *describe_type) {
  if (!field) {
    if (strncmp(describe_type, "Int", 3) == 0)
      return VALUE_INTEGER;
    return strcmp(describe_type, "DateTime") == 0  ? VALUE_DATE
           : strcmp(describe_type, "Boolean") == 0 ? VALUE_BOOLEAN
                                                   : VALUE_TEXT;
  }
  switch (field->kind) {
  case ETS_KIND_INT:
  case ETS_KIND_LONG:
  case ETS_KIND_SHORT:
  case ETS_KIND_BYTE:
    return VALUE_INTEGER;
  case ETS_KIND_BOOLEAN:
    return VALUE_BOOLEAN;
  case ETS_KIND_DATETIME:
    return VALUE_DATE;
  default:
    return VALUE_TEXT;
  }
}

static struct property *known(const struct builder *builder, const char *path) {
  for (size_t i = 0; i < builder->kind->property_count; i++)
    if (strcmp(builder->kind->properties[i].path, path) == 0)
      return &builder->kind->own[i];
  return NULL;
}

enum { AS_ELEMENT = 1u << 16 }; /* not of the contract, but an element all the same */

static void add(struct builder *builder, const char *path, const char *describe_type,
                unsigned flags) {
  struct kind *kind = builder->kind;
  struct property *there = known(builder, path);
  if (there) {
    if (!(flags & PROPERTY_CLOSED))
      there->flags &= ~(unsigned)(PROPERTY_CLOSED | PROPERTY_FILTER_ONLY);
    return;
  }
  if (kind->property_count == builder->capacity) {
    size_t capacity = builder->capacity ? builder->capacity * 2 : 64;
    struct property *own = realloc(kind->own, capacity * sizeof *own);
    if (!own) {
      builder->failed = true;
      return;
    }
    kind->own = own;
    kind->properties = own;
    builder->capacity = capacity;
  }
  const struct ets_field *leaf;
  (void)place_of(builder->type, path, &leaf);
  char *copy = strdup(path);
  if (!copy) {
    builder->failed = true;
    return;
  }
  kind->own[kind->property_count++] = (struct property){
      copy, kind_of(leaf, describe_type),
      flags | (leaf || !builder->type || flags & AS_ELEMENT ? 0 : PROPERTY_UNDECLARED)};
}

/* The members that are nil in every APIObject, also in those inside. */
static void add_nil_members(struct builder *builder) {
  static const char *const names[] = {"PartnerKey", "ObjectID"};
  char path[160];
  for (int i = 0; i < 2; i++)
    add(builder, names[i], "String", PROPERTY_CLOSED);
  for (size_t i = 0, count = builder->kind->property_count; i < count; i++) {
    const char *name = builder->kind->properties[i].path;
    size_t size = strcspn(name, ".");
    const struct ets_field *field;
    if (!name[size] || field_index(builder->type, name, size, &field) < 0 || !field->type ||
        !ets_type_field(field->type, "PartnerKey", 10))
      continue;
    for (int j = 0; j < 2; j++) {
      (void)snprintf(path, sizeof path, "%.*s.%s", (int)size, name, names[j]);
      add(builder, path, "String", PROPERTY_CLOSED);
    }
  }
}

static void add_tree(struct builder *builder, const struct node *node, const char *prefix) {
  char path[256];
  for (const struct node *child = node->first; child; child = child->next) {
    if (strcmp(child->name, "PartnerProperties") == 0) {
      const char *name = node_text(child, "Name");
      if (name && !*prefix)
        add(builder, name, "", 0);
      continue;
    }
    (void)snprintf(path, sizeof path, "%s%s", prefix, child->name);
    if (!child->first) {
      add(builder, path, "", AS_ELEMENT);
    } else if (!*prefix) {
      (void)snprintf(path, sizeof path, "%s.", child->name);
      add_tree(builder, child, path);
    }
  }
}

static const struct ets_type *sorted_type; /* under the lock of the store */

static int by_place(const void *a, const void *b) {
  const struct ets_field *leaf;
  struct place x = place_of(sorted_type, ((const struct property *)a)->path, &leaf);
  struct place y = place_of(sorted_type, ((const struct property *)b)->path, &leaf);
  if (x.first != y.first)
    return x.first < y.first ? -1 : 1;
  if (x.second != y.second)
    return x.second < y.second ? -1 : 1;
  return strcmp(((const struct property *)a)->path, ((const struct property *)b)->path);
}

static void map_to(struct builder *builder, const struct kind *computed) {
  struct kind *kind = builder->kind;
  kind->next = computed->next;
  kind->get = computed->get;
  kind->event = computed->event;
  kind->map = calloc(kind->property_count, sizeof *kind->map);
  if (!kind->map) {
    builder->failed = true;
    return;
  }
  for (size_t i = 0; i < kind->property_count; i++) {
    kind->map[i] = -1;
    for (size_t j = 0; j < computed->property_count; j++)
      if (strcmp(kind->properties[i].path, computed->properties[j].path) == 0)
        kind->map[i] = (int)j;
  }
}

struct kind *kind_build(const struct table *table, const struct kind *computed) {
  struct builder builder = {.kind = calloc(1, sizeof *builder.kind),
                            .type = ets_type_find(table->name, strlen(table->name))};
  if (!builder.kind)
    return NULL;
  struct kind *kind = builder.kind;
  kind->name = kind->table = table->name;
  kind->event = EVENT_TYPES;
  size_t count = 0;
  const struct ets_retrievable *listed = ets_retrievable_properties(&count, table->name);
  if (computed)
    for (size_t i = 0; i < computed->property_count && !builder.failed; i++) {
      add(&builder, computed->properties[i].path, "", computed->properties[i].flags);
      if (!builder.failed)
        kind->own[i].kind = computed->properties[i].kind;
    }
  for (size_t i = 0; !computed && i < count; i++)
    add(&builder, listed[i].property, listed[i].describe_type, 0);
  for (size_t i = 0; table->loaded && i < table->count; i++)
    if (table->records[i] && table->records[i]->loaded)
      add_tree(&builder, table->records[i]->tree, "");
  add_nil_members(&builder);
  sorted_type = builder.type;
  qsort(kind->own, kind->property_count, sizeof *kind->own, by_place);
  if (computed)
    map_to(&builder, computed);
  if (!builder.failed)
    return kind;
  kind_free(kind);
  return NULL;
}

void kind_free(struct kind *kind) {
  if (!kind)
    return;
  kind_free(kind->older);
  for (size_t i = 0; i < kind->property_count; i++)
    free((char *)(uintptr_t)kind->own[i].path);
  free(kind->own);
  free(kind->map);
  free(kind);
}
