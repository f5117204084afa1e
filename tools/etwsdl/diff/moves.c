/* Fields between base and derived types, and what such a move does to the types on the wire. */
#include <string.h>

#include "etwsdl/base/map.h"
#include "etwsdl/diff/steps.h"

/* Changes of fields by where a partner would look for them: "-" or "+", the field's name, and the
 * owner or one of its bases. */
struct index {
  struct diff *diff;
  struct map by_owner, by_base;
};

/* All fields of a type, with those of its bases, in both contracts. */
struct fields {
  struct map old, new; /* name to its place */
  bool reordered;      /* those of both do not stand in the same order */
};

struct known_fields {
  const struct diff *diff;
  struct map fields; /* spelled name of a type to its struct fields */
};

static bool is_field(const struct change *change) {
  bool one_sided = change->kind == &change_added || change->kind == &change_removed;
  return one_sided && !change->folded && change_fact(change)->kind == FACT_FIELD;
}

static const char *key(const struct index *index, const struct change_kind *kind, const char *field,
                       const char *type) {
  return diff_format(index->diff, "%c %s %s", kind->sign, field, type);
}

/* Names of the bases of a type in either contract: each has its own types. */
static struct list bases_of(const struct diff *diff, const char *owner) {
  struct contract *contracts[] = {diff->before, diff->after};
  struct list names = {0};
  for (size_t i = 0; i < 2; i++) {
    const struct type *type = contract_type(contracts[i], owner);
    for (const struct type *up = type ? type->base.type : NULL; up; up = up->base.type)
      list_add(diff->after->arena, &names,
               intern(diff->after->arena, contract_spell_type(contracts[i], up)));
  }
  return names;
}

static void note(struct index *index, struct change *change) {
  const struct fact *fact = change_fact(change);
  struct arena *arena = index->diff->after->arena;
  struct list bases = bases_of(index->diff, fact->owner);
  list_add(arena,
           map_list(arena, &index->by_owner, key(index, change->kind, fact->name, fact->owner)),
           change);
  for (size_t i = 0; i < bases.count; i++) {
    struct list *list =
        map_list(arena, &index->by_base, key(index, change->kind, fact->name, bases.items[i]));
    if (list->count == 0 || list->items[list->count - 1] != change)
      list_add(arena, list, change);
  }
}

static void take(const struct index *index, const struct list *from, struct list *partners) {
  for (size_t i = 0; from && i < from->count; i++) {
    struct change *change = from->items[i];
    bool known = false;
    for (size_t k = 0; k < partners->count && k < 4; k++)
      known = known || partners->items[k] == change;
    if (is_field(change) && !known)
      list_add(index->diff->after->arena, partners, change);
  }
}

/* The changes of the other direction that a move with this one in the middle would have. */
static struct list partners_of(const struct index *index, const struct change *pivot) {
  const struct fact *fact = change_fact(pivot);
  const struct change_kind *other =
      pivot->kind == &change_removed ? &change_added : &change_removed;
  struct list partners = {0}, bases = bases_of(index->diff, fact->owner);
  for (size_t i = 0; i < bases.count; i++)
    take(index, map_get(&index->by_owner, key(index, other, fact->name, bases.items[i])),
         &partners);
  take(index, map_get(&index->by_base, key(index, other, fact->name, fact->owner)), &partners);
  return partners;
}

/* Gone from one and come to several, or gone from several and come to one. */
static void join(struct diff *diff, struct change *pivot, const struct list *partners) {
  struct arena *arena = diff->after->arena;
  bool down = pivot->kind == &change_removed;
  const struct fact *one = change_fact(pivot);
  struct list others = {0};
  for (size_t i = 0; i < partners->count; i++) {
    struct change *partner = partners->items[i];
    partner->folded = true;
    list_add(arena, &others, change_fact(partner));
  }
  const struct fact *first = others.items[0];
  list_add(arena, down ? &pivot->moved_from : &pivot->moved_to, one);
  *(down ? &pivot->moved_to : &pivot->moved_from) = others;
  pivot->kind = &change_moved;
  pivot->before = down ? one : first;
  pivot->after = down ? first : one;
}

void diff_find_moves(struct diff *diff) {
  struct index index = {.diff = diff};
  bool came = false, went = false;
  for (size_t i = 0; i < diff->changes.count; i++) {
    const struct change *change = diff->changes.items[i];
    came = came || (is_field(change) && change->kind == &change_added);
    went = went || (is_field(change) && change->kind == &change_removed);
  }
  if (!came || !went)
    return;
  diff->known = arena_alloc(diff->after->arena, sizeof *diff->known);
  diff->known->diff = diff;
  for (size_t i = 0; i < diff->changes.count; i++)
    if (is_field(diff->changes.items[i]))
      note(&index, diff->changes.items[i]);
  for (size_t least = 2; least >= 1; least--)
    for (size_t i = 0; i < diff->changes.count; i++) {
      struct change *change = diff->changes.items[i];
      if (!is_field(change))
        continue;
      struct list partners = partners_of(&index, change);
      if (partners.count >= least)
        join(diff, change, &partners);
    }
}

/* --- saying it -------------------------------------------------------------------------------- */

static const char *owners(const struct diff *diff, const struct list *facts) {
  struct buffer out = {0};
  for (size_t i = 0; i < facts->count; i++)
    buffer_printf(&out, "%s%s", i ? ", " : "", ((struct fact *)facts->items[i])->owner);
  return intern_buffer(diff->after->arena, &out);
}

static const char *describe(const struct diff *diff, const struct change *change) {
  const struct fact *to = change->moved_to.items[0], *from = change->moved_from.items[0];
  const char *was = fact_detail(diff->before, from), *is = fact_detail(diff->after, to);
  return diff_format(diff, "field %s %s: %s -> %s%s%s", from->name, was,
                     owners(diff, &change->moved_from), owners(diff, &change->moved_to),
                     fact_says_same(from, to) ? "" : ", now ", fact_says_same(from, to) ? "" : is);
}

/* --- what it does ----------------------------------------------------------------------------- */

static void note_places(struct arena *arena, const struct list *fields, struct map *places) {
  for (size_t i = 0; i < fields->count; i++)
    map_put(arena, places, ((struct field *)fields->items[i])->name, &fields->items[i]);
}

/* Whether the fields that a type has before and after stand in the same order. */
static bool same_order(const struct list *before, const struct list *after,
                       const struct map *places) {
  void **last = after->items;
  for (size_t i = 0; i < before->count; i++) {
    void **place = map_get(places, ((struct field *)before->items[i])->name);
    if (!place)
      continue;
    if (place < last)
      return false;
    last = place;
  }
  return true;
}

static const struct fields *fields_of(struct known_fields *known, struct type *before,
                                      struct type *after, const char *spelled) {
  const struct diff *diff = known->diff;
  struct arena *arena = diff->after->arena;
  struct fields *fields = map_get(&known->fields, spelled);
  struct list old = {0}, new = {0};
  if (fields)
    return fields;
  fields = arena_alloc(arena, sizeof *fields);
  fields_all(diff->before, before, &old);
  fields_all(diff->after, after, &new);
  note_places(arena, &old, &fields->old);
  note_places(arena, &new, &fields->new);
  fields->reordered = !same_order(&old, &new, &fields->new);
  map_put(arena, &known->fields, spelled, fields);
  return fields;
}

struct effect {
  const char *loses, *gains, *reordered; /* a type each, or NULL */
};

static void look_at(const struct fields *fields, const char *type, const char *name,
                    struct effect *effect) {
  bool had = map_get(&fields->old, name), has = map_get(&fields->new, name);
  if (had && !has && !effect->loses)
    effect->loses = type;
  if (!had && has && !effect->gains)
    effect->gains = type;
  if (had && has && !effect->reordered && fields->reordered)
    effect->reordered = type;
}

/* The type and all that derive from it, in the new contract. */
static void look_below(struct known_fields *known, struct type *after, const char *name,
                       struct effect *effect) {
  const struct diff *diff = known->diff;
  const char *spelled = contract_spell_type(diff->after, after);
  struct type *before = contract_type(diff->before, spelled);
  if (before && before->kind == TYPE_COMPLEX && after->kind == TYPE_COMPLEX)
    look_at(fields_of(known, before, after, spelled), spelled, name, effect);
  for (size_t i = 0; i < after->derived.count; i++)
    if (!((struct type *)after->derived.items[i])->anonymous)
      look_below(known, after->derived.items[i], name, effect);
}

static struct effect effect_of(const struct diff *diff, const struct change *change) {
  struct known_fields *known = diff->known;
  const struct list *sides[] = {&change->moved_from, &change->moved_to};
  const char *name = change_fact(change)->name;
  struct effect effect = {0};
  for (size_t i = 0; i < 2; i++)
    for (size_t k = 0; k < sides[i]->count; k++) {
      struct type *type = contract_type(diff->after, ((struct fact *)sides[i]->items[k])->owner);
      if (type)
        look_below(known, type, name, &effect);
    }
  return effect;
}

static void judge(struct opinion *opinion, const struct diff *diff, const struct change *change) {
  const struct fact *from = change->moved_from.items[0], *to = change->moved_to.items[0];
  struct effect effect = effect_of(diff, change);
  if (effect.loses)
    opinion_both(opinion, true, diff_format(diff, "%s no longer has it", effect.loses));
  else if (effect.reordered)
    opinion_both(opinion, true, diff_format(diff, "it stands elsewhere in %s", effect.reordered));
  else if (effect.gains)
    opinion_both(
        opinion, false,
        diff_format(diff, "every type that had it still has it, %s gains it", effect.gains));
  else
    opinion_both(opinion, false, "every type has the same fields in the same order as before");
  if (to->field->min > 0 && effect.gains)
    opinion_sender(opinion, true, diff_format(diff, "%s has to be sent with it now", effect.gains));
  if (!fact_says_same(from, to))
    judge_altered(opinion, from, to);
}

const struct change_kind change_moved = {'>', "moved", describe, judge};
