#include "wire/encode.h"

#include "etH.h"
#include "contract/types.h"
#include "object/notes.h"
#include "object/object_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { TAG_SIZE = 128 };

static int put_members(struct soap *soap, ets_object object);

static void qualify(char tag[TAG_SIZE], const char *name) {
  snprintf(tag, TAG_SIZE, "et:%s", name);
}

static int put_text(struct soap *soap, const char *tag, const char *text) {
  return soap_element_begin_out(soap, tag, -1, "") || soap_string_out(soap, text, 0) ||
         soap_element_end_out(soap, tag);
}

static int put_scalar(struct soap *soap, const char *tag, const ets_value *value) {
  char text[64];
  if (value->text || value->kind == ETS_VALUE_TEXT || value->kind == ETS_VALUE_DATETIME)
    return put_text(soap, tag, value->text ? value->text : "");
  ets_value_format(value, text, sizeof text);
  return put_text(soap, tag, text);
}

static int put_binary(struct soap *soap, const char *tag, const ets_value *value) {
  if (value->size > INT32_MAX)
    return soap->error = SOAP_LENGTH;
  return soap_element_begin_out(soap, tag, -1, "") ||
         soap_putbase64(soap, value->bytes, (int)value->size) || soap_element_end_out(soap, tag);
}

static int put_any(struct soap *soap, const char *xml) {
  return xml ? soap_send(soap, xml) : SOAP_OK;
}

static int put_nil(struct soap *soap, const char *tag) {
  return soap_element(soap, tag, -1, "") || soap_attribute(soap, "xsi:nil", "true") ||
         soap_element_start_end_out(soap, tag);
}

/* --- undeclared elements --------------------------------------------------------------------- */

static int put_elements(struct soap *soap, const struct ets_element *element);

/* "et:" and a name of any length, in gSOAP's memory. */
static const char *qualified(struct soap *soap, const char *name) {
  size_t room = strlen(name) + 4;
  char *tag = soap_malloc(soap, room);
  if (tag)
    snprintf(tag, room, "et:%s", name);
  else
    soap->error = SOAP_EOM;
  return tag;
}

static int put_attributes(struct soap *soap, const struct ets_attribute *at) {
  char prefix[32];
  for (unsigned number = 0; at; at = at->next, number++) {
    const char *name = at->name;
    if (*at->space) {
      size_t room = strlen(name) + sizeof prefix;
      char *tag = soap_malloc(soap, room);
      if (!tag)
        return soap->error = SOAP_EOM;
      snprintf(prefix, sizeof prefix, "xmlns:a%u", number);
      snprintf(tag, room, "a%u:%s", number, name);
      if (soap_attribute(soap, prefix, at->space))
        return soap->error;
      name = tag;
    }
    if (soap_attribute(soap, name, at->value))
      return soap->error;
  }
  return SOAP_OK;
}

/* Names of other namespaces than the contract's bring theirs along as the default one. */
static int put_element(struct soap *soap, const struct ets_element *element) {
  bool foreign = strcmp(element->space, ETS_CONTRACT_NAMESPACE) != 0;
  const char *tag = foreign ? element->name : qualified(soap, element->name);
  const char *type = element->type && !foreign ? qualified(soap, element->type) : "";
  if (!tag || !type || soap_element(soap, tag, -1, type) ||
      (foreign && soap_attribute(soap, "xmlns", element->space)) ||
      (element->nil && soap_attribute(soap, "xsi:nil", "true")) ||
      put_attributes(soap, element->attributes) || soap_element_start_end_out(soap, NULL))
    return soap->error;
  return (element->text && soap_string_out(soap, element->text, 0)) ||
         put_elements(soap, element->first) || soap_element_end_out(soap, tag);
}

static int put_elements(struct soap *soap, const struct ets_element *element) {
  for (; element; element = element->next)
    if (put_element(soap, element))
      return soap->error;
  return SOAP_OK;
}

/* --- members --------------------------------------------------------------------------------- */

/* A type that only the service knows is named as it was. */
static int begin_object(struct soap *soap, const struct ets_type *declared, const char *tag,
                        ets_object object) {
  char named[TAG_SIZE] = "";
  const struct ets_notes *notes = object.notes;
  if (object.type != declared)
    qualify(named, object.type->name);
  else if (notes && notes->sent_type && strcmp(notes->sent_space, ETS_CONTRACT_NAMESPACE) == 0) {
    const char *sent = qualified(soap, notes->sent_type);
    return sent ? soap_element_begin_out(soap, tag, -1, sent) : soap->error;
  }
  return soap_element_begin_out(soap, tag, -1, named);
}

static int put_value(struct soap *soap, const struct ets_field *field, const char *tag,
                     const ets_value *value) {
  if (value->presence == ETS_NIL)
    return put_nil(soap, tag);
  if (field->kind == ETS_KIND_ANY)
    return put_any(soap, value->text);
  if (value->kind == ETS_VALUE_BINARY)
    return put_binary(soap, tag, value);
  if (value->kind != ETS_VALUE_OBJECT)
    return put_scalar(soap, tag, value);
  return begin_object(soap, field->type, tag, value->object) || put_members(soap, value->object) ||
         soap_element_end_out(soap, tag);
}

static int put_field(struct soap *soap, const struct ets_field *field, ets_object object) {
  char tag[TAG_SIZE];
  qualify(tag, field->name);
  size_t count = ets_field_count(field, object.data);
  for (size_t i = 0; i < count; i++) {
    ets_value value = ets_object_read(object, field, i);
    if (value.presence != ETS_ABSENT && put_value(soap, field, tag, &value))
      return soap->error;
  }
  return SOAP_OK;
}

static int put_members(struct soap *soap, ets_object object) {
  for (uint32_t i = 0; i < object.type->field_count; i++)
    if (put_field(soap, &object.type->fields[i], object))
      return soap->error;
  return put_elements(soap, ets_object_elements(object));
}

int ets_encode(struct soap *soap, const char *name, ets_object object) {
  char tag[TAG_SIZE];
  qualify(tag, name);
  return soap_element_begin_out(soap, tag, -1, "") || put_members(soap, object) ||
         soap_element_end_out(soap, tag);
}
