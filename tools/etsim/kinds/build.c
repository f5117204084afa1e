#include "kinds/build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ground/buffer.h"
#include "contract/types.h"
#include "contract/retrievable.h"
#include "store/world.h"

struct builder {
  struct kind *kind;
  const struct ets_type *type; /* NULL: not of the contract */
  size_t capacity;
  bool failed;
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

static const struct ets_type *type_of(const struct ets_field *field) {
  return field && field->kind == ETS_KIND_STRUCT ? field->type : NULL;
}

/* The field of the contract that a path ends in, or NULL. */
static const struct ets_field *leaf_of(const struct ets_type *type, const char *path) {
  const struct ets_field *field;
  for (;;) {
    size_t size = strcspn(path, ".");
    (void)field_index(type, path, size, &field);
    if (!field || !path[size])
      return field;
    type = type_of(field);
    path += size + 1;
  }
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
    there->flags |= flags & PROPERTY_TREE;
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
  const struct ets_field *leaf = flags & PROPERTY_FLAT ? NULL : leaf_of(builder->type, path);
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

/* The elements of a recording, at any depth. @param path  of the element that they are in */
static void add_tree(struct builder *builder, const struct node *node, struct buffer *path) {
  size_t size = path->size;
  for (const struct node *child = node->first; child && !builder->failed; child = child->next) {
    if (strcmp(child->name, "PartnerProperties") == 0) {
      const char *name = node_text(child, "Name");
      if (name && !size)
        add(builder, name, "", strchr(name, '.') ? PROPERTY_FLAT : 0);
      continue;
    }
    buffer_printf(path, "%s%s", size ? "." : "", child->name);
    if (path->failed) {
      builder->failed = true;
      return;
    }
    add(builder, path->data, "", AS_ELEMENT | (child->first ? PROPERTY_TREE : 0));
    add_tree(builder, child, path);
    path->size = size;
    path->data[size] = 0;
  }
}

static const struct ets_type *sorted_type; /* under the lock of the store */

/* What the contract does not know stands where the PartnerProperties do. */
static int place_of(const struct ets_type *type, const char *name, size_t size,
                    const struct ets_field **field) {
  const struct ets_field *partner;
  int place = field_index(type, name, size, field);
  return *field ? place : field_index(type, "PartnerProperties", 17, &partner);
}

static size_t segment_of(const struct property *property, const char *rest) {
  return property->flags & PROPERTY_FLAT ? strlen(rest) : strcspn(rest, ".");
}

/* Level by level in the order of the contract, so that what is in one element stands together. */
static int by_place(const void *a, const void *b) {
  const struct property *one = a, *other = b;
  const struct ets_type *type = sorted_type;
  for (const char *x = one->path, *y = other->path;;) {
    const struct ets_field *field, *unused;
    size_t x_size = segment_of(one, x), y_size = segment_of(other, y);
    int order = strncmp(x, y, x_size < y_size ? x_size : y_size);
    if (!order && x_size != y_size)
      order = x_size < y_size ? -1 : 1;
    int x_place = place_of(type, x, x_size, &field), y_place = place_of(type, y, y_size, &unused);
    if (order)
      return x_place != y_place ? x_place - y_place : order;
    if (!x[x_size] || !y[y_size])
      return (x[x_size] != 0) - (y[y_size] != 0);
    type = type_of(field);
    x += x_size + 1;
    y += y_size + 1;
  }
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
  struct buffer path = {0};
  for (size_t i = 0; table->loaded && i < table->count; i++)
    if (table->records[i] && table->records[i]->loaded)
      add_tree(&builder, table->records[i]->tree, &path);
  buffer_free(&path);
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
