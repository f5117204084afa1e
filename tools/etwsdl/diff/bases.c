/* Base types that give nothing to what derives from them. */
#include <string.h>

#include "etwsdl/base/map.h"
#include "etwsdl/diff/steps.h"

static bool is_empty(const struct type *type) {
  return type->kind == TYPE_COMPLEX && !type->sent && type->attributes.count == 0 &&
         type->attribute_groups.count == 0 && !type->any_attribute && !type->mixed &&
         !type->simple_content;
}

struct bases {
  struct diff *diff;
  struct map used; /* names of types that something is said to be of, in either contract */
};

/* The first base that has content, or in whose place something may stand; "" for none. */
static const char *base_that_counts(const struct bases *bases, struct contract *contract,
                                    const struct type *type, const struct contract *other) {
  const struct type *base = type->base.type;
  for (; base && is_empty(base); base = base->base.type) {
    const char *name = contract_spell_type(contract, base);
    if (contract_type(other, name) && map_get(&bases->used, name))
      return name;
  }
  return base ? contract_spell_type(contract, base) : "";
}

static bool extends(const struct type *type) {
  return type->derivation == DERIVED_NOT || type->derivation == DERIVED_BY_EXTENSION;
}

static void look_at(const struct bases *bases, struct change *change) {
  struct diff *diff = bases->diff;
  const struct type *old = change->before->type, *new = change->after->type;
  const struct aspect *was = fact_aspect(change->before, ASPECT_DERIVATION);
  const struct aspect *is = fact_aspect(change->after, ASPECT_DERIVATION);
  if (old->kind != TYPE_COMPLEX || new->kind != TYPE_COMPLEX || !extends(old) || !extends(new) ||
      strcmp(base_that_counts(bases, diff->before, old, diff->after),
             base_that_counts(bases, diff->after, new, diff->before)) != 0)
    return;
  if (was && is)
    change->before = change_with(diff, change->before, is);
  else if (was)
    change->before = change_without(diff, change->before, ASPECT_DERIVATION);
  else if (is)
    change->after = change_without(diff, change->after, ASPECT_DERIVATION);
  change->folded = fact_says_same(change->before, change->after);
}

static void note_used(struct arena *arena, const struct list *facts, struct map *used) {
  for (size_t i = 0; i < facts->count; i++) {
    const struct fact *fact = facts->items[i];
    const struct aspect *aspect = fact_aspect(fact, ASPECT_TYPE);
    if (aspect)
      map_put(arena, used, aspect->text, fact);
  }
}

void diff_find_bases(struct diff *diff) {
  struct arena *arena = diff->after->arena;
  struct bases bases = {.diff = diff};
  note_used(arena, &diff->before_facts, &bases.used);
  note_used(arena, &diff->after_facts, &bases.used);
  for (size_t i = 0; i < diff->changes.count; i++) {
    struct change *change = diff->changes.items[i];
    const struct fact *fact = change_fact(change);
    if (fact->kind != FACT_TYPE || change->folded)
      continue;
    if (change->kind == &change_altered)
      look_at(&bases, change);
    else if (fact->type->abstract && is_empty(fact->type) && !map_get(&bases.used, fact->owner))
      change->folded = true; /* nothing is ever of this type, or in its place */
  }
}
