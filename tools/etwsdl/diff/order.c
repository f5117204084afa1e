/* How fields are arranged: plain order is told apart from choices and what repeats. */
#include <stdlib.h>
#include <string.h>

#include "etwsdl/base/map.h"
#include "etwsdl/diff/steps.h"
#include "etwsdl/judge/fit.h"
#include "etwsdl/model/content.h"

/* The type that has fields at a path. */
static void note_types(struct arena *arena, const struct list *facts, struct map *types) {
  for (size_t i = 0; i < facts->count; i++) {
    const struct fact *fact = facts->items[i];
    if (fact->kind == FACT_FIELD)
      map_put(arena, types, fact->owner, fact->type);
  }
}

/* --- saying it -------------------------------------------------------------------------------- */

static bool in_map(const void *context, const char *name) {
  return map_get(context, name);
}

static void note_names(struct contract *contract, struct type *type, struct map *names) {
  struct list fields = {0};
  fields_own(contract, type, &fields);
  for (size_t i = 0; i < fields.count; i++) {
    const struct field *field = fields.items[i];
    map_put(contract->arena, names, contract_spell_in(contract, field->qname, type->name.ns), type);
  }
}

static struct fact *fact_with_line(struct diff *diff, const struct fact *known, struct type *type,
                                   const char *line) {
  struct fact *fact = arena_alloc(diff->after->arena, sizeof *fact);
  struct aspect *aspect = arena_alloc(diff->after->arena, sizeof *aspect);
  *fact = *known;
  fact->type = type;
  fact->at = type->sent ? type->sent->at : type->at;
  fact->reach = &type->reach;
  fact->aspects = (struct list){0};
  *aspect = (struct aspect){.kind = ASPECT_ARRANGEMENT, .text = line, .type = type};
  list_add(diff->after->arena, &fact->aspects, aspect);
  return fact;
}

/* Without the fields that only one side has; with them when that is all there is to see. */
static void write_lines(struct diff *diff, struct change *change, struct type *before,
                        struct type *after) {
  const struct fact *known = change_fact(change);
  struct map old = {0}, new = {0};
  note_names(diff->before, before, &old);
  note_names(diff->after, after, &new);
  const char *was = content_line(diff->before, before, in_map, &new);
  const char *is = content_line(diff->after, after, in_map, &old);
  if (strcmp(was, is) == 0) {
    was = content_line(diff->before, before, NULL, NULL);
    is = content_line(diff->after, after, NULL, NULL);
  }
  change->before = fact_with_line(diff, known, before, was);
  change->after = fact_with_line(diff, known, after, is);
}

static void settle(struct diff *diff, struct change *change, struct type *before,
                   struct type *after) {
  change->folded = !before || !after || /* all fields came or went: they say it */
                   arrangement_fit(diff->before, before, diff->after, after) == FIT_SAME ||
                   content_fit(diff->before, before, diff->after, after) == FIT_SAME;
  if (change->folded)
    return;
  write_lines(diff, change, before, after);
  bool plain = content_is_plain(before) && content_is_plain(after);
  change->kind = plain ? &change_reordered : &change_altered;
}

void diff_find_order(struct diff *diff) {
  struct arena *arena = diff->after->arena;
  struct map old = {0}, new = {0};
  note_types(arena, &diff->before_facts, &old);
  note_types(arena, &diff->after_facts, &new);
  for (size_t i = 0; i < diff->changes.count; i++) {
    struct change *change = diff->changes.items[i];
    const struct fact *fact = change_fact(change);
    if (fact->kind == FACT_CONTENT && !change->folded)
      settle(diff, change, change->before ? change->before->type : map_get(&old, fact->owner),
             change->after ? change->after->type : map_get(&new, fact->owner));
  }
}

/* --- which fields have moved ------------------------------------------------------------------ */

struct spot_of {
  const char *name;
  size_t old;  /* position in the old order */
  size_t best; /* where it stands in the longest run that ends here */
  size_t before;
  bool stays;
};

/* The fields that both have, in the new order. */
static size_t common(const struct diff *diff, const struct change *change, struct spot_of **spots) {
  struct list old = {0}, new = {0};
  struct map places = {0};
  size_t count = 0;
  fields_own(diff->before, change->before->type, &old);
  fields_own(diff->after, change->after->type, &new);
  for (size_t i = 0; i < old.count; i++)
    map_put(diff->after->arena, &places, ((struct field *)old.items[i])->name, &old.items[i]);
  *spots = need_alloc(new.count * sizeof **spots);
  for (size_t i = 0; i < new.count; i++) {
    const char *name = ((struct field *)new.items[i])->name;
    void **place = map_get(&places, name);
    if (place)
      (*spots)[count++] = (struct spot_of){.name = name, .old = (size_t)(place - old.items)};
  }
  return count;
}

/* Marks a longest run of fields that follow each other as before. */
static void mark_stays(struct spot_of *spots, size_t count) {
  size_t *ends = need_alloc((count + 1) * sizeof *ends), length = 0;
  for (size_t i = 0; i < count; i++) {
    size_t low = 0, high = length;
    while (low < high) {
      size_t middle = (low + high) / 2;
      if (spots[ends[middle]].old < spots[i].old)
        low = middle + 1;
      else
        high = middle;
    }
    spots[i].before = low > 0 ? ends[low - 1] : count;
    ends[low] = i;
    if (low == length)
      length++;
  }
  for (size_t at = length > 0 ? ends[length - 1] : count; at < count; at = spots[at].before)
    spots[at].stays = true;
  free(ends);
}

enum { MOST_NAMED = 3 };

static const char *describe(const struct diff *diff, const struct change *change) {
  struct spot_of *spots;
  struct buffer out = {0};
  size_t count = common(diff, change, &spots), moved = 0;
  mark_stays(spots, count);
  buffer_printf(&out, "order of %s:", change->after->owner);
  for (size_t i = 0; i < count; i++) {
    if (spots[i].stays || ++moved > MOST_NAMED)
      continue;
    buffer_printf(&out, "%s %s ", moved > 1 ? "," : "", spots[i].name);
    if (i + 1 < count)
      buffer_printf(&out, "before %s", spots[i + 1].name);
    else
      buffer_printf(&out, "last");
  }
  if (moved > MOST_NAMED)
    buffer_printf(&out, " and %zu more", moved - MOST_NAMED);
  free(spots);
  return intern_buffer(diff->after->arena, &out);
}

static void judge(struct opinion *opinion, const struct diff *diff, const struct change *change) {
  (void)diff;
  (void)change;
  opinion_sender(opinion, true, "the service takes them in the new order");
  opinion_reader(opinion, false, "stubs and helpers read fields in any order");
}

const struct change_kind change_reordered = {'#', "reordered", describe, judge};
