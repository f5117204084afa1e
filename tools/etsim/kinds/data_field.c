/* DataExtensionField as rows: the columns of every data extension that there is. */
#include "kinds/computed.h"
#include "kinds/scan.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define GET(name) static void name(struct world *world, struct row *row, struct value *value)

/* What the definition says of the column. */
static void get_text(const struct row *row, const char *name, struct value *value) {
  value_set_text(value, node_text(row->field, name));
}

static void get_boolean(const struct row *row, const char *name, struct value *value) {
  const char *text = node_text(row->field, name);
  value_set_boolean(value, text && (strcasecmp(text, "true") == 0 || strcmp(text, "1") == 0));
}

static void get_number(const struct row *row, const char *name, struct value *value) {
  if (node_text(row->field, name))
    value_set_integer(value, node_number(row->field, name, 0));
}

#define OF_FIELD(name, get, member) \
  GET(get_##name) {                 \
    (void)world;                    \
    get(row, member, value);        \
  }

OF_FIELD(name, get_text, "Name")
OF_FIELD(default, get_text, "DefaultValue")
OF_FIELD(length, get_number, "MaxLength")
OF_FIELD(scale, get_number, "Scale")
OF_FIELD(required, get_boolean, "IsRequired")
OF_FIELD(primary, get_boolean, "IsPrimaryKey")
OF_FIELD(type, get_text, "FieldType")

GET(get_account) {
  value_set_integer(value, row->owner->account ? row->owner->account : world->accounts[0]);
}

GET(get_created) {
  (void)world;
  value_set_text(value, node_text(row->owner->tree, "CreatedDate"));
}

GET(get_modified) {
  (void)world;
  value_set_text(value, node_text(row->owner->tree, "ModifiedDate"));
}

GET(get_ordinal) {
  (void)world;
  value_set_integer(value, row->index);
}

GET(get_extension_key) {
  (void)world;
  value_set_text(value, node_text(row->owner->tree, "CustomerKey"));
}

/* The same as long as column and data extension are there. */
GET(get_object_id) {
  uint64_t hash = mix(row->owner->number, row->index, 0xDF);
  (void)world;
  snprintf(row->scratch, sizeof row->scratch, "%08x-%04x-4000-8000-%012llx", (unsigned)(hash >> 32),
           (unsigned)(hash >> 16 & 0xFFFF),
           (unsigned long long)row->owner->number << 16 | row->index);
  value_set_text(value, row->scratch);
}

GET(get_key) {
  const char *extension = node_text(row->owner->tree, "CustomerKey");
  const char *name = node_text(row->field, "Name");
  (void)world;
  snprintf(row->scratch, sizeof row->scratch, "[%.100s].[%.100s]", extension ? extension : "",
           name ? name : "");
  value_set_text(value, row->scratch);
}

static const struct property properties[] = {
    PROPERTY("Client.ID", VALUE_INTEGER, 0, get_account),
    PROPERTY("PartnerKey", VALUE_TEXT, 0, property_nil),
    PROPERTY("CreatedDate", VALUE_DATE, 0, get_created),
    PROPERTY("ModifiedDate", VALUE_DATE, 0, get_modified),
    PROPERTY("ObjectID", VALUE_TEXT, 0, get_object_id),
    PROPERTY("CustomerKey", VALUE_TEXT, 0, get_key),
    PROPERTY("Name", VALUE_TEXT, 0, get_name),
    PROPERTY("DefaultValue", VALUE_TEXT, 0, get_default),
    PROPERTY("Scale", VALUE_INTEGER, 0, get_scale),
    PROPERTY("MaxLength", VALUE_INTEGER, 0, get_length),
    PROPERTY("IsRequired", VALUE_BOOLEAN, 0, get_required),
    PROPERTY("Ordinal", VALUE_INTEGER, 0, get_ordinal),
    PROPERTY("IsPrimaryKey", VALUE_BOOLEAN, 0, get_primary),
    PROPERTY("FieldType", VALUE_TEXT, 0, get_type),
    NIL_MEMBER("DataExtension.PartnerKey"),
    NIL_MEMBER("DataExtension.ObjectID"),
    PROPERTY("DataExtension.CustomerKey", VALUE_TEXT, 0, get_extension_key),
    PROPERTY("StorageType", VALUE_TEXT, 0, NULL)};

/* The field at the position; the row before is mostly the one in front of it. */
static const struct node *field_at(const struct record *extension, uint64_t index,
                                   const struct row *before) {
  if (before->field && before->owner == extension && before->index + 1 == index)
    return before->field->next;
  const struct node *fields = extension ? node_child(extension->tree, "Fields") : NULL;
  const struct node *field = fields ? fields->first : NULL;
  while (field && index--)
    field = field->next;
  return field;
}

static bool next(struct scan *scan, struct row *row) {
  const struct table *table = store_table(&scan->world->store, "DataExtension");
  while (table && scan->position.outer < table->count) {
    const struct record *extension = table->records[scan->position.outer];
    const struct node *field = field_at(extension, scan->position.inner, row);
    if (field && scan_sees(scan, extension->account)) {
      row->owner = extension;
      row->field = field;
      row->index = (unsigned)scan->position.inner++;
      return true;
    }
    scan->position = (struct position){scan->position.outer + 1, 0};
  }
  return false;
}

const struct kind data_field_kind = {.name = "DataExtensionField",
                                     .table = "DataExtensionField",
                                     .properties = properties,
                                     .property_count = PROPERTY_COUNT(properties),
                                     .event = EVENT_TYPES,
                                     .next = next};
