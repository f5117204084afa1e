#include "wire/reader.h"

#include "wire/element.h"
#include "wire/leaf.h"
#include "wire/member.h"
#include "wire/text.h"

bool ets_reader_root(struct ets_reader *reader, struct ets_plan *plan, const struct ets_tag *tag,
                     bool unknown) {
  struct ets_frame *frame = ets_reader_push(reader, ETS_PLACE_OBJECT);
  if (!frame)
    return false;
  frame->plan = plan;
  frame->at = plan->type->field_count;
  frame->nil = tag->nil;
  frame->object = (ets_object){plan->type, ets_arena_zalloc(reader->arena, plan->type->size), NULL};
  if (!frame->object.data) {
    ets_reader_no_memory(reader);
    return false;
  }
  if (!plan->plain && !unknown)
    return true;
  return ets_frame_notes(reader, frame) && (!unknown || ets_frame_sent_type(reader, frame, tag));
}

bool ets_reader_before(struct ets_reader *reader) {
  reader->top->parent = true;
  if (reader->length == 0)
    return true;
  bool blank = reader->lenient || ets_text_is_blank(reader);
  if (blank)
    ets_text_drop(reader);
  else
    ets_parse_fail(&reader->parse, "has text between elements");
  return blank;
}

void ets_reader_start(struct ets_reader *reader, struct ets_tag *tag) {
  struct ets_frame *top = reader->top;
  if (top->place == ETS_PLACE_ANY) {
    ets_any_start(reader, NULL, tag);
    return;
  }
  if (!ets_reader_before(reader))
    return;
  if (tag->xml.attribute_count)
    ets_reader_tag(reader, tag);
  if (top->place == ETS_PLACE_LEAF && !ets_element_from_leaf(reader))
    return;
  if (top->place == ETS_PLACE_ELEMENT) {
    ets_element_start(reader, tag);
    return;
  }
  if (!top->object.data && !ets_object_place(reader, top))
    return;
  const struct ets_field *field = ets_plan_find(reader, top, tag->xml.name, tag->space);
  if (field)
    ets_member_start(reader, field, tag);
  else
    ets_element_start(reader, tag);
}

static const char *name_of(const struct ets_frame *frame) {
  return frame->element ? frame->element->name
         : frame->field ? frame->field->name
                        : frame->object.type->name;
}

/* Whether an element that says xsi:nil holds something all the same. In a fault anything goes. */
static bool is_filled_nil(struct ets_reader *reader) {
  const struct ets_frame *top = reader->top;
  return top->nil && !reader->lenient &&
         (top->parent || (reader->length && !ets_text_is_blank(reader)));
}

void ets_reader_end(struct ets_reader *reader) {
  if (is_filled_nil(reader)) {
    ets_reader_filled_nil(reader, name_of(reader->top));
    return;
  }
  switch (reader->top->place) {
  case ETS_PLACE_LEAF:
    ets_leaf_end(reader);
    break;
  case ETS_PLACE_OBJECT:
    ets_object_end(reader);
    break;
  case ETS_PLACE_ELEMENT:
    ets_element_end(reader);
    break;
  case ETS_PLACE_ANY:
    ets_any_end(reader);
    break;
  default:
    break;
  }
}

void ets_reader_text(struct ets_reader *reader, const char *bytes, size_t n) {
  const struct ets_frame *top = reader->top;
  if (top->place == ETS_PLACE_ANY)
    ets_xml_text(&reader->xml, bytes, n);
  else if (top->place > ETS_PLACE_SKIP && (!top->parent || reader->lenient))
    ets_text_add(reader, bytes, n);
  else if (top->place != ETS_PLACE_SKIP && !ets_is_blank(bytes, n))
    ets_parse_fail(&reader->parse, "has text between elements");
}
