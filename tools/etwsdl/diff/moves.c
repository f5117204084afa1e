/* Fields between base and derived types, and what such a move does to the types on the wire. */
#include <stdint.h>
#include <string.h>

#include "diff/steps.h"

static bool derives(const struct type *type, const struct type *base) {
  for (const struct type *up = type->base.type; up; up = up->base.type)
    if (up == base)
      return true;
  return false;
}

/* Related in either contract: by name, since each has its own types. */
static bool related(const struct diff *diff, const char *a, const char *b) {
  struct contract *contracts[] = {diff->before, diff->after};
  for (size_t i = 0; i < 2; i++) {
    const struct type *x = contract_type(contracts[i], a);
    const struct type *y = contract_type(contracts[i], b);
    if (x && y && (derives(x, y) || derives(y, x)))
      return true;
  }
  return false;
}

static bool is_field(const struct change *change, enum change_kind kind) {
  const struct fact *fact = kind == CHANGE_ADDED ? change->after : change->before;
  return change->kind == kind && !change->folded && fact->kind == FACT_FIELD;
}

/* Gone from one and come to several, or gone from several and come to one. */
static void join(struct diff *diff, struct change *pivot) {
  struct arena *arena = diff->after->arena;
  bool down = pivot->kind == CHANGE_REMOVED;
  const struct fact *one = down ? pivot->before : pivot->after;
  struct list others = {0};
  for (size_t i = 0; i < diff->changes.count; i++) {
    struct change *change = diff->changes.items[i];
    if (!is_field(change, down ? CHANGE_ADDED : CHANGE_REMOVED))
      continue;
    const struct fact *other = down ? change->after : change->before;
    if (strcmp(other->name, one->name) != 0 || !related(diff, other->owner, one->owner))
      continue;
    change->folded = true;
    list_add(arena, &others, (struct fact *)(uintptr_t)other);
  }
  if (others.count == 0)
    return;
  const struct fact *first = others.items[0];
  list_add(arena, down ? &pivot->moved_from : &pivot->moved_to, (struct fact *)(uintptr_t)one);
  *(down ? &pivot->moved_to : &pivot->moved_from) = others;
  pivot->kind = CHANGE_MOVED;
  pivot->before = down ? one : first;
  pivot->after = down ? first : one;
}

/* How many changes of the other direction would belong to a move with this one in the middle. */
static size_t partners(const struct diff *diff, const struct change *pivot) {
  bool down = pivot->kind == CHANGE_REMOVED;
  const struct fact *one = down ? pivot->before : pivot->after;
  size_t count = 0;
  for (size_t i = 0; i < diff->changes.count; i++) {
    const struct change *change = diff->changes.items[i];
    if (!is_field(change, down ? CHANGE_ADDED : CHANGE_REMOVED))
      continue;
    const struct fact *other = down ? change->after : change->before;
    count += strcmp(other->name, one->name) == 0 && related(diff, other->owner, one->owner);
  }
  return count;
}

void diff_find_moves(struct diff *diff) {
  for (size_t least = 2; least >= 1; least--)
    for (size_t i = 0; i < diff->changes.count; i++) {
      struct change *change = diff->changes.items[i];
      if ((is_field(change, CHANGE_REMOVED) || is_field(change, CHANGE_ADDED)) &&
          partners(diff, change) >= least)
        join(diff, change);
    }
}

/* --- what it does ----------------------------------------------------------------------------- */

static size_t position(const struct list *fields, const char *name) {
  for (size_t i = 0; i < fields->count; i++)
    if (strcmp(((struct field *)fields->items[i])->name, name) == 0)
      return i;
  return fields->count;
}

/* Whether the fields that a type has before and after stand in the same order. */
static bool same_order(const struct list *before, const struct list *after) {
  size_t last = 0;
  bool any = false;
  for (size_t i = 0; i < before->count; i++) {
    size_t at = position(after, ((struct field *)before->items[i])->name);
    if (at == after->count)
      continue;
    if (any && at < last)
      return false;
    last = at;
    any = true;
  }
  return true;
}

struct move_effect {
  const char *loses, *gains, *reordered; /* a type each, or NULL */
};

static void look_at(const struct diff *diff, struct type *before, struct type *after,
                    const char *name, struct move_effect *effect) {
  struct list old = {0}, new = {0};
  fields_all(diff->before, before, &old);
  fields_all(diff->after, after, &new);
  bool had = position(&old, name) < old.count;
  bool has = position(&new, name) < new.count;
  const char *type = contract_spell_type(diff->after, after);
  if (had && !has && !effect->loses)
    effect->loses = type;
  if (!had && has && !effect->gains)
    effect->gains = type;
  if (had && has && !same_order(&old, &new) && !effect->reordered)
    effect->reordered = type;
}

void diff_judge_move(const struct diff *diff, struct change *change) {
  const struct fact *from = change->moved_from.items[0];
  const struct fact *to = change->moved_to.items[0];
  struct move_effect effect = {0};
  for (size_t i = 0; i < diff->after->types.count; i++) {
    struct type *after = diff->after->types.items[i];
    if (after->anonymous || after->kind != TYPE_COMPLEX)
      continue;
    struct type *before = contract_type(diff->before, contract_spell_type(diff->after, after));
    if (before && before->kind == TYPE_COMPLEX)
      look_at(diff, before, after, from->name, &effect);
  }
  if (effect.loses)
    judge_both(change, breaks(diff_format(diff, "%s no longer has it", effect.loses)));
  else if (effect.reordered)
    judge_both(change, breaks(diff_format(diff, "it stands elsewhere in %s", effect.reordered)));
  else if (effect.gains)
    judge_both(change, fine(diff_format(diff, "every type that had it still has it, %s gains it",
                                        effect.gains)));
  else
    judge_both(change, fine("every type has the same fields in the same order as before"));
  if (to->field->min > 0 && effect.gains)
    change->sender = breaks(diff_format(diff, "%s has to be sent with it now", effect.gains));
  if (strcmp(to->detail, from->detail) != 0) {
    struct change altered = *change;
    altered.kind = CHANGE_ALTERED;
    diff_judge_field(diff, &altered);
    if (altered.sender.breaking)
      change->sender = altered.sender;
    if (altered.reader.breaking)
      change->reader = altered.reader;
  }
}
