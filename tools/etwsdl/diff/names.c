/* Names that no message shows: that of a type which replaces an inline one of the same content (or
 * the other way round), and that of an operation, which only its SOAPAction and body stand for. */
#include <string.h>

#include "etwsdl/base/map.h"
#include "etwsdl/diff/steps.h"

struct side {
  struct map facts;   /* owner to its facts */
  struct map changes; /* owner to the changes that only this side has */
};

struct names {
  struct diff *diff;
  struct side old, new;
};

static void note_facts(struct arena *arena, const struct list *facts, struct side *side) {
  for (size_t i = 0; i < facts->count; i++) {
    const struct fact *fact = facts->items[i];
    if (fact->kind != FACT_ELEMENT)
      list_add(arena, map_list(arena, &side->facts, fact->owner), fact);
  }
}

static const char *below(const struct names *names, const char *path, const struct fact *fact) {
  return diff_format(names->diff, "%s.%s%s", path, fact->kind == FACT_ATTRIBUTE ? "@" : "",
                     fact->name);
}

/* Where the facts of a field's type stand: the path of an inline type, the name of another. */
static const char *type_path(const struct names *names, const char *path, const struct fact *fact) {
  const struct aspect *aspect = fact_aspect(fact, ASPECT_TYPE);
  if (!aspect)
    return "";
  return fact_is_inline(fact) ? below(names, path, fact) : aspect->text;
}

/* --- the same content ------------------------------------------------------------------------- */

enum { MOST_LEVELS = 20 };

static bool same_content(const struct names *names, const char *old, const char *new,
                         unsigned level);

static bool same_fact(const struct names *names, const char *old, const struct fact *was,
                      const char *new, const struct fact *is, unsigned level) {
  if (was->kind != is->kind || strcmp(was->name, is->name) != 0 ||
      was->aspects.count != is->aspects.count)
    return false;
  for (size_t i = 0; i < was->aspects.count; i++) {
    const struct aspect *x = was->aspects.items[i], *y = is->aspects.items[i];
    if (x->kind != y->kind)
      return false;
    bool nested = x->kind == ASPECT_TYPE && (fact_is_inline(was) || fact_is_inline(is));
    if (nested
            ? !same_content(names, type_path(names, old, was), type_path(names, new, is), level + 1)
            : strcmp(x->text, y->text) != 0)
      return false;
  }
  return true;
}

/* A type with a name has a fact of its own even when there is nothing to say. */
static const struct fact *next_fact(const struct list *facts, size_t *at) {
  while (facts && *at < facts->count) {
    const struct fact *fact = facts->items[(*at)++];
    if (fact->kind != FACT_TYPE || fact->aspects.count > 0)
      return fact;
  }
  return NULL;
}

static bool same_content(const struct names *names, const char *old, const char *new,
                         unsigned level) {
  const struct list *was = map_get(&names->old.facts, old);
  const struct list *is = map_get(&names->new.facts, new);
  size_t i = 0, k = 0;
  if (level > MOST_LEVELS || !was || !is)
    return false;
  for (;;) {
    const struct fact *x = next_fact(was, &i), *y = next_fact(is, &k);
    if (!x || !y)
      return x == y;
    if (!same_fact(names, old, x, new, y, level))
      return false;
  }
}

/* --- what is said of it no longer ------------------------------------------------------------- */

static void drop(const struct names *names, const struct side *side, const char *path,
                 unsigned level) {
  const struct list *changes = map_get(&side->changes, path);
  for (size_t i = 0; changes && level <= MOST_LEVELS && i < changes->count; i++) {
    struct change *change = changes->items[i];
    const struct fact *fact = change_fact(change);
    if (fact->kind == FACT_ELEMENT)
      continue;
    change->folded = true;
    if (fact_is_inline(fact))
      drop(names, side, below(names, path, fact), level + 1);
  }
}

static void look_at(const struct names *names, struct change *change) {
  const struct fact *was = change->before, *is = change->after;
  if (change->kind != &change_altered)
    return;
  bool element = was->kind == FACT_ELEMENT;
  const struct aspect *old_type = fact_aspect(was, ASPECT_TYPE);
  const struct aspect *new_type = fact_aspect(is, ASPECT_TYPE);
  if (!old_type || !new_type || strcmp(old_type->text, new_type->text) == 0)
    return;
  const char *before =
      element && fact_is_inline(was) ? was->owner : type_path(names, was->owner, was);
  const char *after = element && fact_is_inline(is) ? is->owner : type_path(names, is->owner, is);
  if (fact_is_inline(was) == fact_is_inline(is) || !same_content(names, before, after, 0))
    return;
  if (!contract_type(names->diff->after, before)) /* what both have speaks for itself */
    drop(names, &names->old, before, 0);
  if (!contract_type(names->diff->before, after))
    drop(names, &names->new, after, 0);
  change->before = change_with(names->diff, was, new_type);
  change->folded = fact_says_same(change->before, is);
}

/* --- operations ------------------------------------------------------------------------------- */

static const char *operation_key(const struct names *names, struct contract *contract,
                                 const struct fact *fact) {
  struct buffer key = {0};
  const struct aspect *style = fact_aspect(fact, ASPECT_STYLE);
  const struct side *side = contract == names->diff->before ? &names->old : &names->new;
  const struct list *all = map_get(&side->facts, fact->owner);
  if (!style || strcmp(style->text, "document") != 0)
    return NULL;
  for (size_t i = 0; all && i < all->count; i++) {
    const struct fact *part = all->items[i];
    if (part->kind == FACT_OPERATION || part->kind == FACT_HEADER || part->kind == FACT_FAULT)
      buffer_printf(&key, "%d %s %s\n", (int)part->kind, part->name, fact_detail(contract, part));
  }
  return intern_buffer(names->diff->after->arena, &key);
}

static void drop_operation(const struct side *side, const char *name) {
  const struct list *changes = map_get(&side->changes, name);
  for (size_t i = 0; changes && i < changes->count; i++) {
    struct change *change = changes->items[i];
    enum fact_kind kind = change_fact(change)->kind;
    change->folded =
        change->folded || kind == FACT_OPERATION || kind == FACT_HEADER || kind == FACT_FAULT;
  }
}

static void find_operations(const struct names *names) {
  struct diff *diff = names->diff;
  struct map gone = {0};
  for (size_t i = 0; i < diff->changes.count; i++) {
    struct change *change = diff->changes.items[i];
    if (change->kind != &change_removed || change->before->kind != FACT_OPERATION)
      continue;
    const char *key = operation_key(names, diff->before, change->before);
    if (key)
      map_put(diff->after->arena, &gone, key, change);
  }
  for (size_t i = 0; gone.used > 0 && i < diff->changes.count; i++) {
    struct change *change = diff->changes.items[i];
    if (change->kind != &change_added || change->after->kind != FACT_OPERATION || change->folded)
      continue;
    const char *key = operation_key(names, diff->after, change->after);
    struct change *other = key ? map_get(&gone, key) : NULL;
    if (!other || other->folded)
      continue;
    drop_operation(&names->old, other->before->owner);
    drop_operation(&names->new, change->after->owner);
  }
}

void diff_find_names(struct diff *diff) {
  struct arena *arena = diff->after->arena;
  struct names names = {.diff = diff};
  note_facts(arena, &diff->before_facts, &names.old);
  note_facts(arena, &diff->after_facts, &names.new);
  for (size_t i = 0; i < diff->changes.count; i++) {
    struct change *change = diff->changes.items[i];
    struct side *side = change->kind == &change_removed ? &names.old
                        : change->kind == &change_added ? &names.new
                                                        : NULL;
    if (side)
      list_add(arena, map_list(arena, &side->changes, change_fact(change)->owner), change);
  }
  for (size_t i = 0; i < diff->changes.count; i++)
    look_at(&names, diff->changes.items[i]);
  find_operations(&names);
}
