/* The operation Describe. */
#include <string.h>

#include "operations/answer.h"
#include "contract/types.h"
#include "contract/retrievable.h"
#include "common/escape.h"

#include "etH.h"

enum { DESCRIBE_LIMIT = 1000 }; /* answers are far longer than what asks for them */

static void write_property(struct buffer *out, const char *element, const char *name,
                           const char *type, bool retrievable) {
  buffer_printf(out, "<%s><PartnerKey xsi:nil=\"true\" /><ObjectID xsi:nil=\"true\" /><Name>",
                element);
  escape_xml(out, name, strlen(name));
  buffer_add_text(out, "</Name><DataType>");
  escape_xml(out, type, strlen(type));
  buffer_printf(out,
                "</DataType><IsUpdatable>false</IsUpdatable><IsRetrievable>%s</IsRetrievable>"
                "</%s>",
                retrievable ? "true" : "false", element);
}

static const char *describe_type(const struct ets_field *field) {
  switch (field->kind) {
  case ETS_KIND_INT:
    return "Int32";
  case ETS_KIND_LONG:
    return "Int64";
  case ETS_KIND_SHORT:
    return "Int16";
  case ETS_KIND_BOOLEAN:
    return "Boolean";
  case ETS_KIND_DOUBLE:
    return "Double";
  case ETS_KIND_DATETIME:
  case ETS_KIND_DATE:
  case ETS_KIND_TIME:
    return "DateTime";
  case ETS_KIND_ENUM:
    return field->enumeration->name;
  case ETS_KIND_STRUCT:
    return field->type->name;
  default:
    return "String";
  }
}

/* The attributes that Configure made. */
static void write_extended(struct buffer *out, const struct store *store) {
  const struct table *table = store_table(store, "PropertyDefinition");
  bool any = false;
  for (size_t i = 0; table && i < table->count; i++) {
    const struct record *record = table->records[i];
    const char *name = record ? node_text(record->tree, "Name") : NULL;
    const char *type = record ? node_text(record->tree, "PropertyType") : NULL;
    if (!name)
      continue;
    if (!any)
      buffer_add_text(out, "<ExtendedProperties>");
    any = true;
    write_property(out, "ExtendedProperty", name, type ? type : "string", false);
  }
  if (any)
    buffer_add_text(out, "</ExtendedProperties>");
}

static void write_definition(struct buffer *out, const struct store *store, const char *name) {
  size_t count = 0;
  const struct ets_retrievable *listed = ets_retrievable_properties(&count, name);
  const struct ets_type *type = ets_type_find(name, strlen(name));
  buffer_add_text(out, "<ObjectDefinition><ObjectType>");
  escape_xml(out, name, strlen(name));
  buffer_add_text(out, "</ObjectType>");
  for (size_t i = 0; i < count; i++)
    write_property(out, "Properties", listed[i].property, listed[i].describe_type, true);
  for (uint32_t i = 0; listed && type && i < type->field_count; i++) {
    const struct ets_field *field = &type->fields[i];
    if (!ets_retrievable_find(name, field->name))
      write_property(out, "Properties", field->name, describe_type(field), false);
  }
  if (strcmp(name, "Subscriber") == 0)
    write_extended(out, store);
  buffer_add_text(out, "</ObjectDefinition>");
}

int __et__Describe(struct soap *soap, struct _et__DefinitionRequestMsg *request,
                   struct _et__DefinitionResponseMsg *unused) {
  (void)unused;
  struct call *call = soap->user;
  struct store *store = &call->service->world->store;
  const struct et__ArrayOfObjectDefinitionRequest *wanted =
      request ? request->DescribeRequests : NULL;
  if (wanted && wanted->__sizeObjectDefinitionRequest > DESCRIBE_LIMIT) {
    answer_fault(call, FAULT_CLIENT, 0, "A Describe takes 1000 object types at most.");
    return SOAP_STOP;
  }
  char id[GUID_SIZE];
  random_guid(id, random_number());
  answer_begin(call, "DescribeResponse");
  buffer_add_text(call->out,
                  "<DefinitionResponseMsg xmlns=\"http://exacttarget.com/wsdl/partnerAPI\">");
  store_read(store);
  for (int i = 0; wanted && i < wanted->__sizeObjectDefinitionRequest; i++) {
    const char *name = wanted->ObjectDefinitionRequest[i].ObjectType;
    write_definition(call->out, store, name ? name : "");
  }
  store_release(store);
  buffer_printf(call->out, "<RequestID>%s</RequestID></DefinitionResponseMsg>", id);
  answer_end(call);
  return call->out->failed ? SOAP_EOM : SOAP_STOP;
}
