#include "wire/decode.h"

#include "etH.h"
#include "object/object_private.h"
#include "object/place.h"
#include "object/scalar.h"

#include <string.h>

static const char contract_namespace[] = "http://exacttarget.com/wsdl/partnerAPI";

static const char *local_name(const char *tag) {
  const char *colon = strchr(tag, ':');
  return colon ? colon + 1 : tag;
}

/* Whether the prefix of `tag` stands for the contract's namespace. */
static bool in_contract(struct soap *soap, const char *tag, const char *local) {
  struct soap_nlist *found =
      soap_lookup_ns(soap, tag, local == tag ? 0 : (size_t)(local - tag - 1));
  if (!found)
    return local == tag;
  const char *uri = found->index >= 0 ? soap->local_namespaces[found->index].ns : found->ns;
  return uri && strcmp(uri, contract_namespace) == 0;
}

bool ets_decode_is(struct soap *soap, const char *name) {
  const char *local = local_name(soap->tag);
  return strcmp(local, name) == 0 && in_contract(soap, soap->tag, local);
}

/* --- text ------------------------------------------------------------------------------------ */

/* Text that lies in the receive buffer as it is, up to its end tag: copied once. Leaves everything
 * untouched and returns NULL when it holds markup or an entity, or runs over the buffer's end. */
static char *text_in_buffer(struct ets_decoder *decoder) {
  struct soap *soap = decoder->soap;
  if (soap->ahead || (soap->mode & SOAP_ENC_LATIN))
    return NULL;
  const char *start = soap->buf + soap->bufidx;
  size_t left = soap->buflen - soap->bufidx;
  const char *end = memchr(start, '<', left);
  if (!end || end + 1 == start + left || end[1] != '/' || memchr(start, '&', (size_t)(end - start)))
    return NULL;
  char *text = ets_arena_text(decoder->arena, start, (size_t)(end - start));
  if (text)
    soap->bufidx += (size_t)(end - start);
  return text;
}

/* The same by gSOAP's character reader, which knows entities, CDATA and buffer ends. */
static char *text_by_character(struct ets_decoder *decoder) {
  struct soap *soap = decoder->soap;
  char *read = soap_string_in(soap, 1, 0, -1, NULL);
  if (!read)
    return NULL;
  char *text = ets_arena_text(decoder->arena, read, strlen(read));
  soap_dealloc(soap, read);
  if (!text)
    soap->error = SOAP_EOM;
  return text;
}

/* The end tag when it is the very one, in the buffer and without blanks: the usual case. */
static bool end_in_buffer(struct soap *soap) {
  size_t n = strlen(soap->tag);
  const char *at = soap->buf + soap->bufidx;
  if (soap->ahead || soap->buflen - soap->bufidx < n + 3 || at[0] != '<' || at[1] != '/' ||
      memcmp(at + 2, soap->tag, n) != 0 || at[n + 2] != '>')
    return false;
  soap->bufidx += n + 3;
  soap_pop_namespace(soap);
  soap->level--;
  return true;
}

int ets_decode_text(struct ets_decoder *decoder, char **text) {
  struct soap *soap = decoder->soap;
  if (soap_element_begin_in(soap, NULL, 1, NULL))
    return soap->error;
  if (!soap->body) {
    *text = ets_arena_text(decoder->arena, "", 0);
    return *text ? SOAP_OK : (soap->error = SOAP_EOM);
  }
  *text = text_in_buffer(decoder);
  if (*text && end_in_buffer(soap))
    return SOAP_OK;
  if (!*text)
    *text = text_by_character(decoder);
  if (!*text)
    return soap->error ? soap->error : (soap->error = SOAP_EOM);
  return soap_element_end_in(soap, NULL);
}

/* --- members --------------------------------------------------------------------------------- */

/* Keeps a value that does not fit its declared type where the accessors find it by name. */
static int keep_as_property(struct ets_decoder *decoder, const struct ets_type *type, void *data,
                            const char *name, char *text) {
  const struct ets_field *properties = ets_type_field(type, "PartnerProperties", 17);
  if (!properties)
    return SOAP_OK;
  struct et__APIProperty *property = ets_field_add(decoder->arena, properties, data);
  if (!property)
    return decoder->soap->error = SOAP_EOM;
  property->Name = ets_arena_text(decoder->arena, name, strlen(name));
  property->Value = text;
  return property->Name ? SOAP_OK : (decoder->soap->error = SOAP_EOM);
}

/* The type that xsi:type names when it derives from `declared`, else `declared`. */
static const struct ets_type *actual_type(struct ets_decoder *decoder,
                                          const struct ets_type *declared) {
  const char *named = decoder->soap->type;
  if (!*named)
    return declared;
  const char *local = local_name(named);
  if (decoder->last_type && strcmp(decoder->last_type->name, local) == 0 &&
      ets_type_is(decoder->last_type, declared))
    return decoder->last_type;
  const struct ets_type *type = ets_type_find(local, strlen(local));
  return type && ets_type_is(type, declared) ? type : declared;
}

static int decode_struct(struct ets_decoder *decoder, const struct ets_field *field, void *place) {
  struct soap *soap = decoder->soap;
  const struct ets_type *type = actual_type(decoder, field->type);
  void *data = ets_link_derived(decoder->arena, field->type, type, place);
  if (!data)
    return soap->error = SOAP_EOM;
  if (soap_element_begin_in(soap, NULL, 1, NULL))
    return soap->error;
  return soap->body ? ets_decode_members(decoder, type, data) : SOAP_OK;
}

static int decode_binary(struct ets_decoder *decoder, void *place) {
  struct soap *soap = decoder->soap;
  char *text;
  if (ets_decode_text(decoder, &text))
    return soap->error;
  struct xsd__base64Binary *binary = place;
  size_t room = strlen(text) / 4 * 3 + 3;
  binary->__ptr = ets_arena_alloc(decoder->arena, room);
  if (!binary->__ptr)
    return soap->error = SOAP_EOM;
  return soap_base642s(soap, text, (char *)binary->__ptr, room, &binary->__size) ? SOAP_OK
                                                                                 : soap->error;
}

static int decode_any(struct ets_decoder *decoder, void *place) {
  struct soap *soap = decoder->soap;
  char *xml = NULL;
  if (!soap_inliteral(soap, "-any", &xml))
    return soap->error;
  *(char **)place = ets_arena_text(decoder->arena, xml ? xml : "", xml ? strlen(xml) : 0);
  return *(char **)place ? SOAP_OK : (soap->error = SOAP_EOM);
}

/* Passes over the element in hand and all that is in it. */
int ets_decode_skip(struct soap *soap) {
  if (soap_element_begin_in(soap, NULL, 1, NULL))
    return soap->error;
  /* soap_element_end_in() passes over whatever stands before the end tag. */
  return soap->body ? soap_element_end_in(soap, NULL) : SOAP_OK;
}

/* A nil element: a nillable member points to ets_nil, anything else stays absent. */
static int decode_nil(struct ets_decoder *decoder, const struct ets_field *field, void *data) {
  const char *nil = ets_nil;
  if (ets_field_is_text(field) || (field->flags & (ETS_FIELD_POINTER | ETS_FIELD_ARRAY)))
    if (!(field->flags & ETS_FIELD_ARRAY) ||
        *(int *)(void *)((char *)data + field->count_offset) == 0)
      memcpy((char *)data + field->offset, &nil, sizeof nil);
  return ets_decode_skip(decoder->soap);
}

static int decode_scalar(struct ets_decoder *decoder, const struct ets_type *type,
                         const struct ets_field *field, void *data) {
  char *text;
  if (ets_decode_text(decoder, &text))
    return decoder->soap->error;
  if (!*text && !ets_field_is_text(field))
    return SOAP_OK;
  int64_t room; /* tried here first, so that a misfit leaves no place behind */
  if (!ets_field_is_text(field) && !ets_scalar_parse(field, text, &room))
    return keep_as_property(decoder, type, data, field->name, text);
  void *place = ets_field_place(decoder->arena, field, data);
  if (!place)
    return decoder->soap->error = SOAP_EOM;
  if (ets_field_is_text(field))
    *(char **)place = text;
  else
    memcpy(place, &room, ets_field_item_size(field));
  return SOAP_OK;
}

static int decode_field(struct ets_decoder *decoder, const struct ets_type *type,
                        const struct ets_field *field, void *data) {
  if (decoder->soap->null)
    return decode_nil(decoder, field, data);
  if (field->kind != ETS_KIND_STRUCT && field->kind != ETS_KIND_BINARY &&
      field->kind != ETS_KIND_ANY)
    return decode_scalar(decoder, type, field, data);
  void *place = ets_field_place(decoder->arena, field, data);
  if (!place)
    return decoder->soap->error = SOAP_EOM;
  if (field->kind == ETS_KIND_BINARY)
    return decode_binary(decoder, place);
  if (field->kind == ETS_KIND_ANY)
    return decode_any(decoder, place);
  return decode_struct(decoder, field, place);
}

/* The field that the element in hand is for. `next` is where the last one was found: answers keep
 * the contract's order, so the search is short. */
static const struct ets_field *find_field(const struct ets_type *type, const char *name,
                                          uint32_t *next) {
  for (uint32_t i = 0; i < type->field_count; i++) {
    uint32_t at = *next + i;
    if (at >= type->field_count)
      at -= type->field_count;
    if (strcmp(type->fields[at].name, name) == 0) {
      *next = at;
      return &type->fields[at];
    }
  }
  return NULL;
}

int ets_decode_members(struct ets_decoder *decoder, const struct ets_type *type, void *data) {
  struct soap *soap = decoder->soap;
  uint32_t next = 0;
  bool any = type->field_count == 1 && type->fields[0].kind == ETS_KIND_ANY;
  while (!soap_peek_element(soap)) {
    const char *local = local_name(soap->tag);
    const struct ets_field *field = any ? &type->fields[0] : find_field(type, local, &next);
    if (!any && (!field || !in_contract(soap, soap->tag, local))) {
      if (ets_decode_skip(soap))
        return soap->error;
      continue;
    }
    if (decode_field(decoder, type, field, data))
      return soap->error;
  }
  if (soap->error != SOAP_NO_TAG)
    return soap->error;
  soap->error = SOAP_OK;
  return soap_element_end_in(soap, NULL);
}

int ets_decode_object(struct ets_decoder *decoder, const struct ets_type *declared,
                      ets_object *object) {
  struct soap *soap = decoder->soap;
  const struct ets_type *type = actual_type(decoder, declared);
  decoder->last_type = type;
  *object = (ets_object){type, ets_arena_zalloc(decoder->arena, type->size), NULL};
  if (!object->data)
    return soap->error = SOAP_EOM;
  if (soap_element_begin_in(soap, NULL, 1, NULL))
    return soap->error;
  return soap->body ? ets_decode_members(decoder, type, object->data) : SOAP_OK;
}
