#include "kinds/build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/buffer.h"
#include "contract/types.h"
#include "contract/retrievable.h"
#include "ground/required.h"

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
      copy,
      kind_of(leaf, describe_type),
      flags | (leaf || !builder->type || flags & AS_ELEMENT ? 0 : PROPERTY_UNDECLARED),
      NULL,
      NULL,
      NULL};
}

/* What the documentation filters by, though a Describe does not name it: another name of a property
 * that there is. */
static const struct {
  const char *type, *path, *source;
} other_names[] = {
    {"Automation", "ProgramID", "ObjectID"},
    {"AutomationInstance", "ProgramInstanceID", "ObjectID"},
    {"TriggeredSendSummary", "TriggeredSendDefinitionObjectID", "TriggeredSendDefinition.ObjectID"},
};

static void add_other_names(struct builder *builder) {
  for (size_t i = 0; i < sizeof other_names / sizeof *other_names && !builder->failed; i++) {
    if (strcmp(other_names[i].type, builder->kind->name) != 0)
      continue;
    add(builder, other_names[i].path, "String", PROPERTY_FILTER_ONLY);
    struct property *added = known(builder, other_names[i].path);
    if (added)
      added->source = other_names[i].source;
  }
}

static bool is_scalar(const struct ets_field *field) {
  return field->kind != ETS_KIND_STRUCT && field->kind != ETS_KIND_ANY &&
         field->kind != ETS_KIND_BINARY && !(field->flags & ETS_FIELD_ARRAY);
}

/* Types that no Describe lists: what the contract has, and what identifies the objects in them. */
static void add_contract(struct builder *builder) {
  const struct ets_type *type = builder->type;
  char path[160];
  for (uint32_t i = 0; type && i < type->field_count; i++) {
    const struct ets_field *field = &type->fields[i];
    if (is_scalar(field))
      add(builder, field->name, "", 0);
    for (uint32_t j = 0; field->kind == ETS_KIND_STRUCT && !(field->flags & ETS_FIELD_ARRAY) &&
                         j < field->type->field_count;
         j++) {
      snprintf(path, sizeof path, "%s.%s", field->name, field->type->fields[j].name);
      if (is_scalar(&field->type->fields[j]))
        add(builder, path, "", 0);
    }
  }
}

static void add_required_member(struct builder *builder, const char *path,
                                const struct ets_field *field) {
  struct buffer element = {0};
  add(builder, path, "", PROPERTY_CLOSED);
  struct property *added = builder->failed ? NULL : known(builder, path);
  required_write(&element, field);
  builder->failed |= element.failed || !added;
  if (added && !added->required)
    added->required = element.data;
  else
    buffer_free(&element);
}

/* @param prefix  of the paths of the type's members, with its dot */
static void add_required(struct builder *builder, const struct ets_type *type, const char *prefix) {
  char path[256];
  for (uint32_t i = 0; type && i < type->field_count && !builder->failed; i++) {
    const struct ets_field *field = &type->fields[i];
    if (!(field->flags & ETS_FIELD_REQUIRED) || field->kind == ETS_KIND_ANY)
      continue;
    snprintf(path, sizeof path, "%s%s", prefix, field->name);
    add_required_member(builder, path, field);
  }
}

/* Those inside of sub-objects, wherever something of one is given. */
static void add_required_inside(struct builder *builder) {
  char prefix[256];
  for (size_t i = 0; i < builder->kind->property_count && !builder->failed; i++) {
    const struct property *property = &builder->kind->properties[i];
    const char *dot = property->flags & PROPERTY_FLAT ? NULL : strrchr(property->path, '.');
    size_t size = dot ? (size_t)(dot - property->path) + 1 : 0;
    if (!dot || size >= sizeof prefix)
      continue;
    memcpy(prefix, property->path, size - 1);
    prefix[size - 1] = 0;
    const struct ets_type *type = type_of(leaf_of(builder->type, prefix));
    memcpy(prefix + size - 1, ".", 2);
    add_required(builder, type, prefix);
  }
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
        !ets_type_field(field->type, ETS_NAME("PartnerKey")))
      continue;
    for (int j = 0; j < 2; j++) {
      snprintf(path, sizeof path, "%.*s.%s", (int)size, name, names[j]);
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

static const struct ets_type *api_object(void) {
  return ets_type_find(ETS_NAME("APIObject"));
}

/* A property on its way into order, with the type that its path begins in. */
struct placed {
  struct property property;
  const struct ets_type *type;
};

/* What the contract does not know stands where the PartnerProperties do; in a type that it does not
 * know, behind what every APIObject has. */
static int place_of(const struct ets_type *type, const char *name, size_t size,
                    const struct ets_field **field) {
  const struct ets_field *partner;
  int place = field_index(type, name, size, field);
  if (*field)
    return place;
  if (type && type == api_object())
    return (int)type->field_count;
  return field_index(type, ETS_NAME("PartnerProperties"), &partner);
}

static size_t segment_of(const struct property *property, const char *rest) {
  return property->flags & PROPERTY_FLAT ? strlen(rest) : strcspn(rest, ".");
}

/* Level by level in the order of the contract, so that what is in one element stands together. */
static int by_place(const void *a, const void *b) {
  const struct property *one = &((const struct placed *)a)->property;
  const struct property *other = &((const struct placed *)b)->property;
  const struct ets_type *type = ((const struct placed *)a)->type;
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

static void sort(struct builder *builder) {
  struct kind *kind = builder->kind;
  struct placed *placed = calloc(kind->property_count + 1, sizeof *placed);
  if (!placed) {
    builder->failed = true;
    return;
  }
  for (size_t i = 0; i < kind->property_count; i++)
    placed[i] = (struct placed){kind->own[i], builder->type ? builder->type : api_object()};
  qsort(placed, kind->property_count, sizeof *placed, by_place);
  for (size_t i = 0; i < kind->property_count; i++)
    kind->own[i] = placed[i].property;
  free(placed);
}

static void add_computed(struct builder *builder, const struct kind *computed) {
  struct kind *kind = builder->kind;
  kind->next = computed->next;
  kind->event = computed->event;
  for (size_t i = 0; i < computed->property_count && !builder->failed; i++) {
    const struct property *property = &computed->properties[i];
    add(builder, property->path, "", property->flags);
    if (!builder->failed) {
      kind->own[i].kind = property->kind;
      kind->own[i].get = property->get;
    }
  }
}

static void add_one(struct builder *builder, const char *path, const char *describe_type) {
  const struct ets_field *leaf = leaf_of(builder->type, path);
  bool whole = leaf && leaf->kind == ETS_KIND_STRUCT;
  add(builder, path, describe_type, whole ? PROPERTY_TREE : 0);
}

static void add_listed(struct builder *builder, const char *type) {
  size_t count = 0;
  const struct ets_retrievable *listed = ets_retrievable_properties(&count, type);
  for (size_t i = 0; i < count; i++)
    add_one(builder, listed[i].property, listed[i].describe_type);
}

/* What clients of the service are answered, though a Describe does not name it. */
static const struct {
  const char *type, *path, *describe_type;
} unlisted[] = {
    {"AccountUser", "IsLocked", "Boolean"},
    {"AccountUser", "Roles", ""},
    {"AccountUserAccount", "ObjectID", "String"},
    {"AccountUserAccount", "AccountUser.AccountUserID", "Int32"},
    {"AccountUserAccount", "Account.ID", "Int32"},
};

static void add_unlisted(struct builder *builder) {
  for (size_t i = 0; i < sizeof unlisted / sizeof *unlisted; i++)
    if (strcmp(unlisted[i].type, builder->kind->name) == 0)
      add_one(builder, unlisted[i].path, unlisted[i].describe_type);
}

/* Types of which more can be had than the Describe that we know of lists. */
static bool is_listed_in_part(const char *name) {
  return strcmp(name, "Automation") == 0 || strcmp(name, "AutomationInstance") == 0;
}

static void add_loaded(struct builder *builder, const struct table *table) {
  struct buffer path = {0};
  for (size_t i = 0; table->loaded && i < table->count; i++)
    if (table->records[i] && table->records[i]->loaded)
      add_tree(builder, table->records[i]->tree, &path);
  buffer_free(&path);
}

struct kind *kind_build(const struct table *table, const struct kind *computed) {
  struct builder builder = {.kind = calloc(1, sizeof *builder.kind),
                            .type = ets_type_find(table->name, strlen(table->name))};
  if (!builder.kind)
    return NULL;
  struct kind *kind = builder.kind;
  kind->name = kind->table = table->name;
  kind->event = EVENT_TYPES;
  if (computed)
    add_computed(&builder, computed);
  else if (ets_retrievable_knows(table->name))
    add_listed(&builder, table->name);
  if (!computed && !table->loaded &&
      (!ets_retrievable_knows(table->name) || is_listed_in_part(table->name)))
    add_contract(&builder);
  add_unlisted(&builder);
  add_loaded(&builder, table);
  add_required(&builder, builder.type, "");
  add_required_inside(&builder);
  add_nil_members(&builder);
  add_other_names(&builder);
  sort(&builder);
  if (!builder.failed)
    return kind;
  kind_free(kind);
  return NULL;
}
