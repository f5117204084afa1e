#include "wire/element.h"

#include "object/place.h"
#include "wire/text.h"

#include <string.h>

static const char *keep(struct ets_reader *reader, const char *text, size_t n) {
  const char *copy = ets_arena_text(reader->arena, text, n);
  if (!copy)
    ets_reader_no_memory(reader);
  return copy;
}

static const char *keep_name(struct ets_reader *reader, const xmlChar *text) {
  return keep(reader, text ? (const char *)text : "", text ? strlen((const char *)text) : 0);
}

/* --- undeclared elements --------------------------------------------------------------------- */

static bool keep_attributes(struct ets_reader *reader, struct ets_element *element,
                            const struct ets_tag *tag) {
  struct ets_attribute **end = &element->attributes;
  for (int i = 0; i < tag->xml.attribute_count; i++) {
    const xmlChar **from = tag->xml.attributes + 5 * i;
    if (from[2] && from[2] == reader->instance)
      continue;
    struct ets_attribute *attribute = ets_arena_zalloc(reader->arena, sizeof *attribute);
    if (!attribute || !(attribute->name = keep_name(reader, from[0])) ||
        !(attribute->space = keep_name(reader, from[2])) ||
        !(attribute->value = keep(reader, (const char *)from[3], (size_t)(from[4] - from[3]))))
      return false;
    *end = attribute;
    end = &attribute->next;
  }
  return true;
}

/* An element under the one that a frame is for. */
static struct ets_element *add(struct ets_reader *reader, struct ets_frame *owner,
                               const xmlChar *name, const xmlChar *space) {
  const char *kept = keep_name(reader, name);
  const char *where = kept ? keep_name(reader, space) : NULL;
  struct ets_element *element = NULL;
  if (where && owner->place == ETS_PLACE_ELEMENT) {
    element =
        ets_element_add(reader->arena, &owner->element->first, &owner->element->last, kept, where);
  } else if (where) {
    struct ets_notes *notes = ets_frame_notes(reader, owner);
    if (notes)
      element = ets_element_add(reader->arena, &notes->elements, &notes->last, kept, where);
  }
  if (!element)
    ets_reader_no_memory(reader);
  return element;
}

void ets_element_start(struct ets_reader *reader, const struct ets_tag *tag) {
  struct ets_element *element = add(reader, reader->top, tag->xml.name, tag->space);
  if (!element || !keep_attributes(reader, element, tag))
    return;
  if (tag->type) {
    const char *colon = memchr(tag->type, ':', tag->type_length);
    const char *local = colon ? colon + 1 : tag->type;
    element->type = keep(reader, local, (size_t)(tag->type + tag->type_length - local));
  }
  struct ets_frame *frame = ets_reader_push(reader, ETS_PLACE_ELEMENT);
  if (!frame)
    return;
  frame->element = element;
  frame->nil = tag->nil;
}

struct ets_element *ets_element_root(struct ets_reader *reader, const struct ets_tag *tag) {
  struct ets_element *element = ets_arena_zalloc(reader->arena, sizeof *element);
  struct ets_frame *frame = element ? ets_reader_push(reader, ETS_PLACE_ELEMENT) : NULL;
  if (!frame || !(element->name = keep_name(reader, tag->xml.name)) ||
      !(element->space = keep_name(reader, tag->space))) {
    ets_reader_no_memory(reader);
    return NULL;
  }
  frame->element = element;
  reader->lenient = true;
  return element;
}

bool ets_element_from_leaf(struct ets_reader *reader) {
  struct ets_frame *frame = reader->top;
  struct ets_element *element = add(reader, frame - 1, frame->name, frame->space);
  if (!element)
    return false;
  frame->place = ETS_PLACE_ELEMENT;
  frame->element = element;
  return true;
}

/* A fault's code is a name with a prefix, which only means something in its place. */
static void resolve(struct ets_reader *reader, struct ets_element *element) {
  const char *text = element->text + strspn(element->text, " \t\r\n");
  size_t n = strcspn(text, ": \t\r\n");
  const char *space = ets_parse_space(&reader->parse, text, text[n] == ':' ? n : 0);
  element->names = space ? keep(reader, space, strlen(space)) : NULL;
}

void ets_element_end(struct ets_reader *reader) {
  struct ets_frame *frame = reader->top;
  bool blank = ets_text_is_blank(reader);
  size_t n;
  if (blank && (frame->parent || frame->nil)) {
    ets_text_drop(reader);
    frame->element->nil = frame->nil && !frame->parent;
  } else if (reader->length) {
    frame->element->text = ets_text_take(reader, &n);
    if (reader->lenient && frame->element->text)
      resolve(reader, frame->element);
  }
}

/* --- xsd:any --------------------------------------------------------------------------------- */

static void check(struct ets_reader *reader) {
  if (reader->xml.failed)
    ets_reader_no_memory(reader);
  else if (reader->xml.size > reader->parse.limits.value_bytes)
    ets_parse_too_long(&reader->parse);
}

/* The outermost element says all namespaces that are in force, so that its text stands alone. */
static void declare_all(struct ets_reader *reader) {
  const struct ets_declaration *scopes = reader->parse.scopes;
  for (size_t i = reader->parse.scope_count; i-- > 0;) {
    size_t later = i + 1;
    while (later < reader->parse.scope_count && strcmp(scopes[later].prefix, scopes[i].prefix) != 0)
      later++;
    if (later == reader->parse.scope_count)
      ets_xml_declare(&reader->xml, scopes[i].prefix, scopes[i].space);
  }
}

void ets_any_start(struct ets_reader *reader, const struct ets_field *any,
                   const struct ets_tag *tag) {
  struct ets_xml_tag written = tag->xml;
  bool outermost = reader->top->place != ETS_PLACE_ANY;
  struct ets_frame *frame = ets_reader_push(reader, ETS_PLACE_ANY);
  if (!frame)
    return;
  if (outermost) {
    frame->field = any;
    reader->xml.size = 0;
    written.declared = 0;
  }
  frame->name = tag->xml.name;
  frame->space = tag->xml.prefix;
  ets_xml_start(&reader->xml, &written);
  if (outermost)
    declare_all(reader);
  ets_xml_close_tag(&reader->xml);
  check(reader);
}

void ets_any_end(struct ets_reader *reader) {
  struct ets_frame *frame = reader->top;
  ets_xml_end(&reader->xml, frame->space, frame->name);
  check(reader);
  if (!frame->field || reader->xml.failed)
    return;
  const char *text = keep(reader, reader->xml.bytes, reader->xml.size);
  void *place = text ? ets_field_place(reader->arena, frame->field, frame[-1].object.data) : NULL;
  if (place)
    memcpy(place, &text, sizeof text);
  else
    ets_reader_no_memory(reader);
}
