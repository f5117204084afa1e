#include "wire/encode.h"

#include "wire/decode.h"
#include "etH.h"
#include "object/object_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { TAG_SIZE = 128 };

static int put_members(struct soap *soap, const struct ets_type *type, const void *data);

static void qualify(char tag[TAG_SIZE], const char *name) {
  memcpy(tag, "et:", 3);
  size_t n = strlen(name);
  if (n > TAG_SIZE - 4)
    n = TAG_SIZE - 4;
  memcpy(tag + 3, name, n);
  tag[3 + n] = '\0';
}

static int put_text(struct soap *soap, const char *tag, const char *text) {
  return soap_element_begin_out(soap, tag, -1, "") || soap_string_out(soap, text, 0) ||
         soap_element_end_out(soap, tag);
}

static int put_scalar(struct soap *soap, const char *tag, const ets_value *value) {
  char text[64];
  if (value->kind == ETS_VALUE_TEXT || value->kind == ETS_VALUE_DATETIME)
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
  const struct ets_type *type = value->object.type;
  char named[TAG_SIZE] = "";
  if (type != field->type)
    qualify(named, type->name);
  return soap_element_begin_out(soap, tag, -1, named) ||
         put_members(soap, type, value->object.data) || soap_element_end_out(soap, tag);
}

static int put_field(struct soap *soap, const struct ets_field *field, const void *data) {
  char tag[TAG_SIZE];
  qualify(tag, field->name);
  size_t count = ets_field_count(field, data);
  for (size_t i = 0; i < count; i++) {
    ets_value value = ets_field_read(field, data, i);
    if (value.presence != ETS_ABSENT && put_value(soap, field, tag, &value))
      return soap->error;
  }
  return SOAP_OK;
}

static int put_members(struct soap *soap, const struct ets_type *type, const void *data) {
  for (uint32_t i = 0; i < type->field_count; i++)
    if (put_field(soap, &type->fields[i], data))
      return soap->error;
  return SOAP_OK;
}

int ets_encode(struct soap *soap, const char *name, const struct ets_type *type, const void *data) {
  char tag[TAG_SIZE];
  qualify(tag, name);
  return soap_element_begin_out(soap, tag, -1, "") || put_members(soap, type, data) ||
         soap_element_end_out(soap, tag);
}
