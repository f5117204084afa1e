#include "wire/plan.h"

#include "object/object_private.h"
#include "wire/soap_names.h"

#include <string.h>

/* What quick.h may do with a field. */
static enum ets_way way_of(const struct ets_field *field) {
  bool one = !(field->flags & (ETS_FIELD_ARRAY | ETS_FIELD_CHOICE));
  if (field->kind == ETS_KIND_STRUCT && !(field->flags & ETS_FIELD_CHOICE))
    return ETS_WAY_OBJECT;
  if (one && ets_field_is_text(field))
    return ETS_WAY_TEXT;
  if (one && field->kind == ETS_KIND_INT && (field->flags & ETS_FIELD_POINTER))
    return ETS_WAY_INTEGER;
  return ETS_WAY_LONG;
}

struct ets_plan *ets_plan_of(struct ets_reader *reader, const struct ets_type *type) {
  for (struct ets_plan *plan = reader->plans; plan; plan = plan->next)
    if (plan->type == type)
      return plan;
  struct ets_arena *arena = &reader->plan_arena;
  size_t n = type->field_count + 1;
  struct ets_plan *plan = ets_arena_zalloc(arena, sizeof *plan);
  if (!plan || !(plan->names = ets_arena_zalloc(arena, n * sizeof *plan->names)) ||
      !(plan->inner = ets_arena_zalloc(arena, n * sizeof(struct ets_plan *))) ||
      !(plan->ways = ets_arena_zalloc(arena, n * sizeof *plan->ways)) ||
      !(plan->after = ets_arena_zalloc(arena, n * sizeof *plan->after))) {
    ets_reader_no_memory(reader);
    return NULL;
  }
  plan->type = type;
  plan->any = type->field_count == 1 && type->fields[0].kind == ETS_KIND_ANY;
  for (uint32_t i = 0; i < type->field_count; i++) {
    plan->after[i] = (uint16_t)(i + 1);
    plan->ways[i] = (unsigned char)way_of(&type->fields[i]);
    plan->plain |= ets_field_is_plain(&type->fields[i]);
  }
  plan->next = reader->plans;
  return reader->plans = plan;
}

static bool in_contract(struct ets_reader *reader, const xmlChar *space) {
  if (space == reader->contract || !space)
    return true;
  if (!ets_in_contract(space))
    return false;
  reader->contract = space;
  return true;
}

static uint32_t search(struct ets_plan *plan, const xmlChar *name, uint32_t from) {
  uint32_t n = plan->type->field_count;
  for (uint32_t i = 0, at = from < n ? from : 0; i < n; i++, at = at + 1 < n ? at + 1 : 0)
    if (plan->names[at] == name)
      return at;
  for (uint32_t i = 0; i < n; i++)
    if (!plan->names[i] && strcmp(plan->type->fields[i].name, (const char *)name) == 0) {
      plan->names[i] = name;
      return i;
    }
  return n;
}

/* Rows have the same members in the same order, so the one that came behind the last one the time
 * before is tried first; then the same one again, for arrays. */
const struct ets_field *ets_plan_find(struct ets_reader *reader, struct ets_frame *frame,
                                      const xmlChar *name, const xmlChar *space) {
  struct ets_plan *plan = frame->plan;
  uint32_t last = frame->at, n = plan->type->field_count;
  if (!in_contract(reader, space))
    return NULL;
  if (plan->any)
    return &plan->type->fields[0];
  uint32_t at = plan->after[last];
  if (at >= n || plan->names[at] != name) {
    at = search(plan, name, at);
    if (at == n)
      return NULL;
    plan->after[last] = (uint16_t)at;
  }
  frame->at = at;
  return &plan->type->fields[at];
}

struct ets_plan *ets_plan_actual(struct ets_reader *reader, const struct ets_type *declared,
                                 const struct ets_tag *tag, bool *unknown) {
  struct ets_plan *last = reader->last_plan;
  *unknown = false;
  if (!tag->type)
    return ets_plan_of(reader, declared);
  if (last && reader->last_length == tag->type_length &&
      reader->last_scopes == reader->parse.scope_count &&
      memcmp(reader->last_type, tag->type, tag->type_length) == 0 &&
      ets_type_is(last->type, declared))
    return last;
  const char *colon = memchr(tag->type, ':', tag->type_length);
  const char *local = colon ? colon + 1 : tag->type;
  size_t n = (size_t)(tag->type + tag->type_length - local);
  const char *space =
      ets_parse_space(&reader->parse, tag->type, colon ? (size_t)(colon - tag->type) : 0);
  /* A prefix that nobody declared, or no namespace at all: the name alone has to do. */
  bool ours = !space || !*space || strcmp(space, ETS_CONTRACT_NAMESPACE) == 0;
  const struct ets_type *type = ours ? ets_type_find(local, n) : NULL;
  *unknown = !type || !ets_type_is(type, declared);
  struct ets_plan *plan = ets_plan_of(reader, *unknown ? declared : type);
  if (plan && !*unknown && tag->type_length < sizeof reader->last_type) {
    memcpy(reader->last_type, tag->type, tag->type_length);
    reader->last_length = tag->type_length;
    reader->last_scopes = reader->parse.scope_count;
    reader->last_plan = plan;
  }
  return plan;
}
