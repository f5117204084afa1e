#include "object/pairs.h"

#include "object/notes.h"
#include "object/object_private.h"

#include "etStub.h"

#include <string.h>

/* A list of pairs inside an object. */
struct pairs {
  ets_object owner; /* has the list as a member */
  const struct ets_field *field;
  const struct et__APIProperty *at;
  size_t count;
};

static const ets_value absent = {.presence = ETS_ABSENT};

bool ets_object_is_row(ets_object object) {
  return object.type && strcmp(object.type->name, "DataExtensionObject") == 0;
}

static struct pairs pairs_of(ets_object owner, const char *name) {
  struct pairs pairs = {owner, ets_type_field(owner.type, name, strlen(name)), NULL, 0};
  if (pairs.field && (pairs.field->flags & ETS_FIELD_ARRAY)) {
    pairs.count = ets_field_count(pairs.field, owner.data);
    memcpy(&pairs.at, (char *)owner.data + pairs.field->offset, sizeof pairs.at);
  }
  return pairs;
}

static struct pairs columns_of(ets_object row) {
  const struct ets_field *properties = ets_type_field(row.type, ETS_NAME("Properties"));
  ets_value list = properties ? ets_object_read(row, properties, 0) : absent;
  return list.kind == ETS_VALUE_OBJECT ? pairs_of(list.object, "Property") : (struct pairs){0};
}

/* A pair without a Value has none: nil. What its struct cannot hold is in its notes. */
static ets_value value_of(const struct pairs *pairs, size_t index) {
  const char *text = pairs->at[index].Value;
  ets_value value = {.kind = ETS_VALUE_TEXT, .presence = ETS_NIL};
  const struct ets_cell *cell = ets_notes_find(pairs->owner.notes, pairs->field, index);
  if (text && text != ets_nil) {
    value.text = text;
    value.presence = *text ? ETS_PRESENT : ETS_EMPTY;
  } else if (!text && cell && cell->notes) {
    const struct ets_element *element = cell->notes->elements;
    while (element && strcmp(element->name, "Value") != 0)
      element = element->next;
    if (element)
      value = ets_element_value(element);
  }
  return value;
}

static ets_value find_pair(const struct pairs *pairs, const char *name) {
  for (size_t i = 0; i < pairs->count; i++)
    if (pairs->at[i].Name && strcmp(pairs->at[i].Name, name) == 0)
      return value_of(pairs, i);
  return absent;
}

ets_value ets_column_read(ets_object object, const char *name) {
  if (!ets_object_is_row(object))
    return absent;
  struct pairs columns = columns_of(object);
  return find_pair(&columns, name);
}

ets_value ets_partner_read(ets_object object, const char *name) {
  struct pairs partners = pairs_of(object, "PartnerProperties");
  return find_pair(&partners, name);
}

static int walk_pairs(const struct pairs *pairs, ets_visitor *visit, void *context) {
  int stop = 0;
  for (size_t i = 0; i < pairs->count && !stop; i++) {
    const char *name = pairs->at[i].Name;
    bool named = name && name != ets_nil;
    ets_value value = named ? value_of(pairs, i) : ets_object_read(pairs->owner, pairs->field, i);
    stop = visit(context, named ? name : pairs->field->name, &value);
  }
  return stop;
}

int ets_columns_walk(ets_object object, ets_visitor *visit, void *context) {
  struct pairs columns = columns_of(object);
  return walk_pairs(&columns, visit, context);
}

int ets_partners_walk(ets_object object, ets_visitor *visit, void *context) {
  struct pairs partners = pairs_of(object, "PartnerProperties");
  return walk_pairs(&partners, visit, context);
}
