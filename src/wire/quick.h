/* Short cuts through the reader for what nearly every element of a page is: the member that was
 * foreseen, without attributes, its text in one piece, a text or a number as it is printed. Each
 * does all of it and says true, or touches nothing; then the long way does. */
#ifndef ETS_QUICK_H
#define ETS_QUICK_H

#include "object/object_private.h"
#include "wire/plan.h"

#include <string.h>

/* A start tag without attributes. */
static inline bool ets_quick_start(struct ets_reader *reader, const xmlChar *name,
                                   const xmlChar *space) {
  struct ets_frame *top = reader->top, *frame = top + 1;
  if (top->place != ETS_PLACE_OBJECT || reader->length || !top->object.data ||
      space != reader->contract || reader->parse.outcome != ETS_OK ||
      reader->parse.depth >= reader->parse.limits.nesting ||
      frame == reader->frames + reader->frame_room)
    return false;
  struct ets_plan *plan = top->plan;
  uint32_t at = plan->after[top->at];
  enum ets_way way = (enum ets_way)plan->ways[at];
  bool behind = at >= top->furthest;
  if (plan->names[at] != name || way == ETS_WAY_LONG)
    return false;
  const struct ets_field *field = &plan->type->fields[at];
  if (!behind && !(field->flags & ETS_FIELD_ARRAY))
    return false;
  if (way == ETS_WAY_OBJECT) {
    struct ets_plan *inner = plan->inner[at];
    if (!inner)
      return false;
    *frame = (struct ets_frame){.place = ETS_PLACE_OBJECT, .plan = inner, .field = field};
    frame->at = inner->type->field_count;
    frame->object.type = inner->type;
  } else {
    frame->place = ETS_PLACE_LEAF;
    frame->nil = frame->parent = frame->row = false;
    frame->field = field;
    frame->name = name;
    frame->space = space;
  }
  reader->parse.depth++;
  top->parent = true;
  top->at = at;
  if (behind)
    top->furthest = at + 1;
  reader->top = frame;
  return true;
}

/* Whether xsi:nil="true" is all that a tag has. */
static inline bool ets_quick_nil(const struct ets_reader *reader, int attribute_count,
                                 const xmlChar **attributes) {
  return attribute_count == 1 && attributes[2] == reader->instance &&
         attributes[0] == reader->nil_name && attributes[4] - attributes[3] == 4 &&
         memcmp(attributes[3], "true", 4) == 0;
}

/* The first piece of a value. */
static inline bool ets_quick_text(struct ets_reader *reader, const char *bytes, size_t n) {
  struct ets_arena *arena = reader->arena;
  if (reader->top->place != ETS_PLACE_LEAF || reader->length || reader->parse.outcome != ETS_OK ||
      n > reader->parse.limits.value_bytes || (size_t)(arena->end - arena->next) <= n)
    return false;
  reader->text = memcpy(arena->next, bytes, n);
  reader->text[n] = '\0';
  reader->length = n;
  arena->next += n + 1;
  return true;
}

/* Digits as they are printed. */
static inline bool ets_quick_integer(const char *text, size_t n, int *value) {
  size_t at = *text == '-';
  int magnitude = 0;
  if (n - at > 9 || n == at || (text[at] == '0' && n > 1))
    return false;
  for (; at < n; at++) {
    unsigned digit = (unsigned char)text[at] - (unsigned)'0';
    if (digit > 9)
      return false;
    magnitude = 10 * magnitude + (int)digit;
  }
  *value = *text == '-' ? -magnitude : magnitude;
  return true;
}

/* The end of a value that has a text, or is nil. */
static inline bool ets_quick_end(struct ets_reader *reader) {
  struct ets_frame *leaf = reader->top, *owner = leaf - 1;
  const struct ets_field *field = leaf->field;
  const char *text = leaf->nil ? ets_nil : reader->text;
  if (leaf->place != ETS_PLACE_LEAF || !text || (leaf->nil && reader->length) ||
      reader->parse.outcome != ETS_OK)
    return false;
  void *member = (char *)owner->object.data + field->offset;
  int value;
  switch ((enum ets_way)owner->plan->ways[field - owner->plan->type->fields]) {
  case ETS_WAY_TEXT:
    memcpy(member, &text, sizeof text);
    break;
  case ETS_WAY_INTEGER:
    if (leaf->nil || !ets_quick_integer(text, reader->length, &value))
      return false;
    reader->arena->next = reader->text; /* the number takes the place of its digits */
    int *number = ets_arena_alloc(reader->arena, sizeof value);
    if (!number) {
      ets_reader_no_memory(reader);
      return true;
    }
    *number = value;
    memcpy(member, &number, sizeof number);
    break;
  default:
    return false;
  }
  reader->text = NULL;
  reader->length = 0;
  reader->top = owner;
  ets_parse_leave(&reader->parse);
  return true;
}

#endif
