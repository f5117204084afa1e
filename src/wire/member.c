#include "wire/member.h"

#include "object/object_private.h"
#include "object/place.h"
#include "wire/element.h"
#include "wire/leaf.h"
#include "wire/text.h"

#include <string.h>

bool ets_object_place(struct ets_reader *reader, struct ets_frame *frame) {
  struct ets_frame *owner = frame - 1;
  void *place = ets_field_place(reader->arena, frame->field, owner->object.data);
  if (place)
    place = ets_link_derived(reader->arena, frame->field->type, frame->plan->type, place);
  if (!place) {
    ets_reader_no_memory(reader);
    return false;
  }
  frame->object.data = place;
  ets_notes_set(owner->object.notes, owner->object.type, frame->field);
  return !frame->plan->plain || ets_frame_notes(reader, frame);
}

/* Text where a struct is declared is kept as text that does not fit, if it is all there is. */
static void end_with_text(struct ets_reader *reader, struct ets_frame *frame) {
  size_t n;
  if (!frame->field || frame->object.data) {
    ets_parse_fail(&reader->parse, "has text between elements");
    return;
  }
  char *text = ets_text_take(reader, &n);
  if (text)
    ets_leaf_note(reader, frame - 1, frame->field, ETS_CELL_MISFIT, text);
}

void ets_object_end(struct ets_reader *reader) {
  struct ets_frame *frame = reader->top;
  if (reader->length && !ets_text_is_blank(reader)) {
    end_with_text(reader, frame);
    return;
  }
  ets_text_drop(reader);
  if (!frame->field)
    return;
  if (frame->nil && !frame->parent) {
    ets_leaf_note_nil(reader, frame - 1, frame->field);
    return;
  }
  if (!frame->object.data && !ets_object_place(reader, frame))
    return;
  if (frame->object.notes) {
    struct ets_cell *cell = ets_leaf_cell(reader, frame - 1, frame->field);
    if (cell)
      cell->notes = frame->object.notes;
  }
}

/* --- members --------------------------------------------------------------------------------- */

/* Whether a member that takes one value has one already. */
static bool is_taken(const struct ets_frame *owner, const struct ets_field *field) {
  if (field->flags & ETS_FIELD_ARRAY)
    return false;
  return ets_object_read(owner->object, field, 0).presence != ETS_ABSENT;
}

/* Whether another of the members is there of which there may be one. */
static bool is_passed_over(const struct ets_frame *owner, const struct ets_field *field) {
  return (field->flags & ETS_FIELD_CHOICE) && ets_field_counter(field, owner->object.data) != 0;
}

void ets_member_start(struct ets_reader *reader, const struct ets_field *field,
                      const struct ets_tag *tag) {
  struct ets_frame *owner = reader->top;
  bool behind = owner->at + 1 > owner->furthest;
  owner->furthest = behind ? owner->at + 1 : owner->furthest;
  if (!behind && is_taken(owner, field)) {
    ets_parse_fail(&reader->parse, "has %s twice", field->name);
    return;
  }
  if (is_passed_over(owner, field)) {
    ets_element_start(reader, tag);
    return;
  }
  if (field->kind == ETS_KIND_ANY) {
    ets_any_start(reader, field, tag);
    return;
  }
  bool object = field->kind == ETS_KIND_STRUCT, unknown = false;
  struct ets_frame *frame = ets_reader_push(reader, object ? ETS_PLACE_OBJECT : ETS_PLACE_LEAF);
  if (!frame)
    return;
  frame->field = field;
  frame->nil = tag->nil;
  frame->name = tag->xml.name;
  frame->space = tag->space;
  if (!object)
    return;
  struct ets_plan **inner = &frame[-1].plan->inner[field - frame[-1].plan->type->fields];
  if (tag->type || !*inner) {
    struct ets_plan *plan = ets_plan_actual(reader, field->type, tag, &unknown);
    if (!plan)
      return;
    if (!tag->type)
      *inner = plan;
    frame->plan = plan;
  } else {
    frame->plan = *inner;
  }
  frame->at = frame->plan->type->field_count;
  frame->object.type = frame->plan->type;
  if (unknown)
    ets_frame_sent_type(reader, frame, tag);
}
