#include "export/tables.h"

#include "contract/types.h"
#include "filter/property.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NAME_MOST = 64, EXTRA = ETS_EVENT_TYPE_COUNT };

static const char *const subscriber_properties[] = {"ID",
                                                    "SubscriberKey",
                                                    "EmailAddress",
                                                    "Status",
                                                    "CreatedDate",
                                                    "UnsubscribedDate",
                                                    "EmailTypePreference",
                                                    "PartnerKey",
                                                    "Client.ID",
                                                    NULL};

static const char *const *subscriber_names(void) {
  return subscriber_properties;
}

/* Behind the event types. */
static const struct extra {
  enum ets_table_source source;
  const char *name;
  const char *object_type;
  const char *text;
  const char *const *(*properties)(void);
  const char *send; /* the property that holds the JobID */
  const char *date; /* the one that windows go by */
} extras[] = {
    {ETS_SOURCE_SENDS, "sends", "Send", "sends with their statistics", ets_send_properties, "ID",
     "SendDate"},
    {ETS_SOURCE_LINKS, "links", "LinkSend", "links of sends with their clicks", ets_link_properties,
     "SendID", NULL},
    {ETS_SOURCE_LISTS, "lists", "ListSend", "lists of sends with their statistics",
     ets_list_properties, "SendID", NULL},
    {ETS_SOURCE_SUBSCRIBERS, "subscribers", "Subscriber", "subscribers as they are now",
     subscriber_names, NULL, NULL},
};

enum { EXTRAS = sizeof extras / sizeof *extras };

_Static_assert(ETS_TABLES_MOST == ETS_EVENT_TYPE_COUNT + EXTRAS, "there is room for all");

/* Event types first, then the others. */
static bool find(size_t *index, const char *text) {
  ets_event_type type;
  if (ets_event_type_find(&type, text)) {
    *index = type;
    return true;
  }
  for (size_t i = 0; i < EXTRAS; i++)
    if (strcasecmp(extras[i].name, text) == 0 || strcasecmp(extras[i].object_type, text) == 0) {
      *index = EXTRA + i;
      return true;
    }
  return false;
}

static const char *name_of(size_t index) {
  return index < EXTRA ? ets_event_name((ets_event_type)index) : extras[index - EXTRA].name;
}

bool ets_export_table_find(const char **name, const char *text) {
  size_t index;
  if (!find(&index, text))
    return false;
  *name = name_of(index);
  return true;
}

/* --- columns --------------------------------------------------------------------------------- */

static ets_value_kind kind_of(const char *object_type, const char *property) {
  switch (ets_filter_property(object_type, property)) {
  case ETS_PROPERTY_DATE:
    return ETS_VALUE_DATETIME;
  case ETS_PROPERTY_BOOLEAN:
    return ETS_VALUE_BOOLEAN;
  case ETS_PROPERTY_INTEGER:
    return ETS_VALUE_INTEGER;
  default:
    return ETS_VALUE_TEXT;
  }
}

/* A table's columns, their properties and their names in one piece, to be freed. */
struct columns {
  ets_export_column items[NAME_MOST];
  const char *properties[NAME_MOST];
  char names[];
};

static size_t length_of(const char *const *properties) {
  size_t length = 0;
  for (; *properties; properties++)
    length += strlen(*properties) + 1;
  return length;
}

static const char *column_name(char **next, const char *property) {
  char *name = *next;
  for (; *property; property++)
    *(*next)++ = *property == '.' ? '_' : *property;
  *(*next)++ = '\0';
  return name;
}

/* What the service is known to return, or the contract declares. */
static bool has_property(const ets_export_table *table, const char *property) {
  const struct ets_type *type = ets_type_find(table->object_type, strlen(table->object_type));
  return ets_tracking_has(table->object_type, property) &&
         (!table->whole || ets_type_declares(type, property));
}

static bool make_columns(struct ets_tables *tables, const char *const *properties, const char *send,
                         const char *date) {
  ets_export_table *table = &tables->items[tables->count];
  struct columns *columns = malloc(sizeof *columns + length_of(properties));
  if (!columns)
    return false;
  char *next = columns->names;
  table->columns = columns->items;
  table->column_count = 0;
  table->date = tables->sends[tables->count] = ETS_EXPORT_NO_DATE;
  tables->accounts[tables->count] = ETS_EXPORT_NO_DATE;
  for (; *properties && table->column_count < NAME_MOST; properties++) {
    if (!has_property(table, *properties))
      continue;
    size_t at = table->column_count++;
    if (send && strcmp(*properties, send) == 0)
      tables->sends[tables->count] = at;
    if (strcmp(*properties, "Client.ID") == 0)
      tables->accounts[tables->count] = at;
    if (date && strcmp(*properties, date) == 0)
      table->date = at;
    columns->properties[at] = *properties;
    columns->items[at] = (ets_export_column){column_name(&next, *properties), *properties,
                                             kind_of(table->object_type, *properties)};
  }
  tables->properties[tables->count] = columns->properties;
  return true;
}

/* --- tables ---------------------------------------------------------------------------------- */

static ets_status add(struct ets_tables *tables, size_t index, ets_error *error) {
  ets_export_table *table = &tables->items[tables->count];
  const struct extra *extra = index < EXTRA ? NULL : &extras[index - EXTRA];
  const ets_event_type type = (ets_event_type)index;
  *table = (ets_export_table){.name = name_of(index)};
  table->object_type = extra ? extra->object_type : ets_event_object_type(type);
  table->text = extra ? extra->text : "events of one type";
  table->events = !extra;
  table->whole = extra && extra->source == ETS_SOURCE_SUBSCRIBERS;
  tables->sources[tables->count] = extra ? extra->source : ETS_SOURCE_EVENTS;
  tables->types[tables->count] = type;
  if (!ets_type_find(table->object_type, strlen(table->object_type)))
    return ets_error_set(error, ETS_E_USAGE, "this contract has no %s", table->object_type);
  if (!make_columns(tables, extra ? extra->properties() : ets_event_properties(type),
                    extra ? extra->send : "SendID", extra ? extra->date : "EventDate"))
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  tables->count++;
  bool dated = table->date != ETS_EXPORT_NO_DATE || (extra && !extra->date);
  if (table->column_count == 0 || !dated)
    return ets_error_set(error, ETS_E_USAGE, "this contract has no %s.%s", table->object_type,
                         dated   ? "properties"
                         : extra ? extra->date
                                 : "EventDate");
  return ETS_OK;
}

static bool has(const struct ets_tables *tables, const char *name) {
  for (size_t i = 0; i < tables->count; i++)
    if (strcmp(tables->items[i].name, name) == 0)
      return true;
  return false;
}

/* What the contract lacks is left out where nobody asked for it. */
static ets_status add_all(struct ets_tables *tables, ets_error *error) {
  for (size_t i = 0; i < ETS_TABLES_MOST; i++) {
    const char *type =
        i < EXTRA ? ets_event_object_type((ets_event_type)i) : extras[i - EXTRA].object_type;
    bool asked_only = i >= EXTRA && extras[i - EXTRA].source == ETS_SOURCE_SUBSCRIBERS;
    if (asked_only || !ets_type_find(type, strlen(type)))
      continue;
    ets_status status = add(tables, i, error);
    if (status != ETS_OK)
      return status;
  }
  return ETS_OK;
}

ets_status ets_tables_make(struct ets_tables *tables, const char *const *names, size_t count,
                           ets_error *error) {
  *tables = (struct ets_tables){0};
  if (count == 0)
    return add_all(tables, error);
  for (size_t i = 0; i < count; i++) {
    size_t index;
    if (!find(&index, names[i]))
      return ets_error_set(
          error, ETS_E_USAGE,
          "there is no table %.60s; an event type such as sent or OpenEvent, sends, "
          "links, lists or subscribers",
          names[i]);
    ets_status status = has(tables, name_of(index)) ? ETS_OK : add(tables, index, error);
    if (status != ETS_OK)
      return status;
  }
  return ETS_OK;
}

void ets_tables_free(struct ets_tables *tables) {
  for (size_t i = 0; i < tables->count; i++)
    free((void *)tables->items[i].columns);
  tables->count = 0;
}
