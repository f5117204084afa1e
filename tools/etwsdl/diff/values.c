/* Simple types are the texts that they take: where both contracts take the same ones it does not
 * matter by which steps they say so, nor what the type is called. xsi:type names a complex type; of
 * a text it says nothing. */
#include <string.h>

#include "etwsdl/base/map.h"
#include "etwsdl/diff/steps.h"
#include "etwsdl/model/values.h"

struct side {
  struct map types;   /* path of a simple type to the type */
  struct map changes; /* path to the changes of what is said there, and of its inline parts */
};

struct values {
  struct diff *diff;
  struct side old, new;
};

static bool is_simple(const struct fact *fact) {
  return fact->kind == FACT_SIMPLE || fact->kind == FACT_VALUE || fact->kind == FACT_FACET;
}

/* "EventType.(base).(item)" is a part of "EventType". */
static const char *whole_of(struct arena *arena, const char *path) {
  const char *part = strstr(path, ".(");
  return part ? intern_n(arena, path, (size_t)(part - path)) : path;
}

static void note_types(struct arena *arena, const struct list *facts, struct side *side) {
  for (size_t i = 0; i < facts->count; i++) {
    const struct fact *fact = facts->items[i];
    if (fact->kind == FACT_SIMPLE)
      map_put(arena, &side->types, fact->owner, fact->type);
  }
}

static bool same_texts(const struct values *values, struct type *old, struct type *new) {
  return strcmp(values_key(values->diff->before, old), values_key(values->diff->after, new)) == 0;
}

static void note_changes(struct values *values) {
  struct diff *diff = values->diff;
  struct arena *arena = diff->after->arena;
  for (size_t i = 0; i < diff->changes.count; i++) {
    struct change *change = diff->changes.items[i];
    const struct fact *fact = change_fact(change);
    if (!is_simple(fact))
      continue;
    const char *path = whole_of(arena, fact->owner);
    if (change->before)
      list_add(arena, map_list(arena, &values->old.changes, path), change);
    if (change->after)
      list_add(arena, map_list(arena, &values->new.changes, path), change);
  }
}

static void drop(const struct side *side, const char *path) {
  const struct list *changes = map_get(&side->changes, path);
  for (size_t i = 0; changes && i < changes->count; i++)
    ((struct change *)changes->items[i])->folded = true;
}

/* Types that both have. */
static void look_at_types(const struct values *values, const struct side *side) {
  void *changes;
  const char *path;
  for (size_t at = 0; (path = map_next(&side->changes, &at, &changes));) {
    struct type *was = map_get(&values->old.types, path);
    struct type *is = map_get(&values->new.types, path);
    if (was && is && same_texts(values, was, is))
      drop(side, path);
  }
}

/* One that others are made of, or that stands for another: those say what comes of it. */
static bool is_a_step(const struct change *change) {
  const struct fact *fact = change_fact(change);
  const struct type *type = fact->type;
  return fact->kind == FACT_SIMPLE && !(change->before && change->after) && !type->anonymous &&
         (type->itself == 0 || type_meant(type) != type);
}

static void drop_steps(const struct values *values) {
  struct diff *diff = values->diff;
  for (size_t i = 0; i < diff->changes.count; i++) {
    const struct change *change = diff->changes.items[i];
    if (is_a_step(change))
      drop(change->before ? &values->old : &values->new, change_fact(change)->owner);
  }
}

/* --- what is of such a type ------------------------------------------------------------------- */

static bool takes_text(const struct fact *fact, const struct type *type) {
  return type ? type->kind != TYPE_COMPLEX && strcmp(type->name.local, "anyType") != 0
              : fact->kind == FACT_ATTRIBUTE;
}

static const char *path_of(const struct values *values, const struct fact *fact,
                           const struct aspect *type) {
  if (!fact_is_inline(fact))
    return type->text;
  if (fact->kind == FACT_ELEMENT)
    return fact->owner;
  return diff_format(values->diff, "%s.%s%s", fact->owner, fact->kind == FACT_ATTRIBUTE ? "@" : "",
                     fact->name);
}

static void look_at(const struct values *values, struct change *change) {
  if (change->kind != &change_altered || is_simple(change->before))
    return;
  const struct aspect *was = fact_aspect(change->before, ASPECT_TYPE);
  const struct aspect *is = fact_aspect(change->after, ASPECT_TYPE);
  if (!was || !is || !takes_text(change->before, was->type) ||
      !takes_text(change->after, is->type) || strcmp(was->text, is->text) == 0 ||
      !same_texts(values, was->type, is->type))
    return;
  const char *before = path_of(values, change->before, was);
  const char *after = path_of(values, change->after, is);
  if (!map_get(&values->new.types, before))
    drop(&values->old, before);
  if (!map_get(&values->old.types, after))
    drop(&values->new, after);
  change->before = change_with(values->diff, change->before, is);
  change->folded = fact_says_same(change->before, change->after);
}

void diff_find_values(struct diff *diff) {
  struct values values = {.diff = diff};
  note_types(diff->after->arena, &diff->before_facts, &values.old);
  note_types(diff->after->arena, &diff->after_facts, &values.new);
  note_changes(&values);
  look_at_types(&values, &values.old);
  look_at_types(&values, &values.new);
  drop_steps(&values);
  for (size_t i = 0; i < diff->changes.count; i++)
    look_at(&values, diff->changes.items[i]);
}
