/*
 * Two content models as regular expressions over the names of fields, walked side by side by their
 * derivatives: whatever one allows and the other does not shows within a few steps.
 */
#include <string.h>

#include "etwsdl/base/map.h"
#include "etwsdl/judge/fit.h"

enum { MOST_PAIRS = 4000, MOST_WORK = 2000000 };

enum term_kind { TERM_NONE, TERM_EMPTY, TERM_NAME, TERM_THEN, TERM_EITHER, TERM_REPEAT, TERM_ALL };

/* Equal terms are the same pointer. */
struct term {
  enum term_kind kind;
  size_t id;
  bool empty; /* whether nothing at all is allowed, too */
  const char *name;
  unsigned min, max;
  struct list parts; /* struct term */
};

struct sides {
  struct arena *arena;
  struct map terms;
  size_t count, work;
  bool exactly;
  struct map occurs; /* name to struct occurs: the looser of both sides */
  struct term *none, *nothing;
};

struct occurs {
  unsigned min, max;
  bool in_old, in_new;
};

/* --- terms ------------------------------------------------------------------------------------ */

static struct term *term(struct sides *sides, struct term made) {
  struct buffer key = {0};
  buffer_printf(&key, "%d %u %u %s", (int)made.kind, made.min, made.max,
                made.name ? made.name : "");
  for (size_t i = 0; i < made.parts.count; i++)
    buffer_printf(&key, " %zu", ((struct term *)made.parts.items[i])->id);
  sides->work += 1 + made.parts.count;
  struct term *known = map_get(&sides->terms, buffer_text(&key));
  if (known) {
    buffer_free(&key);
    return known;
  }
  known = arena_alloc(sides->arena, sizeof *known);
  *known = made;
  known->id = ++sides->count;
  map_put(sides->arena, &sides->terms, intern_buffer(sides->arena, &key), known);
  return known;
}

static struct term *then(struct sides *sides, struct term *a, struct term *b) {
  if (a == sides->none || b == sides->none)
    return sides->none;
  if (a == sides->nothing)
    return b;
  if (b == sides->nothing)
    return a;
  if (a->kind == TERM_THEN)
    return then(sides, a->parts.items[0], then(sides, a->parts.items[1], b));
  struct term made = {.kind = TERM_THEN, .empty = a->empty && b->empty};
  list_add(sides->arena, &made.parts, a);
  list_add(sides->arena, &made.parts, b);
  return term(sides, made);
}

/* Keeps the parts sorted by id, each once. */
static void add_choice(struct sides *sides, struct list *parts, struct term *part) {
  if (part->kind == TERM_EITHER) {
    for (size_t i = 0; i < part->parts.count; i++)
      add_choice(sides, parts, part->parts.items[i]);
    return;
  }
  size_t at = 0, end = parts->count;
  while (at < end) {
    size_t middle = (at + end) / 2;
    if (((struct term *)parts->items[middle])->id < part->id)
      at = middle + 1;
    else
      end = middle;
  }
  if (part == sides->none || (at < parts->count && parts->items[at] == part))
    return;
  list_add(sides->arena, parts, part);
  memmove(parts->items + at + 1, parts->items + at, (parts->count - 1 - at) * sizeof *parts->items);
  parts->items[at] = part;
}

static struct term *either(struct sides *sides, const struct list *choices) {
  struct term made = {.kind = TERM_EITHER};
  for (size_t i = 0; i < choices->count; i++)
    add_choice(sides, &made.parts, choices->items[i]);
  for (size_t i = 0; i < made.parts.count; i++)
    made.empty = made.empty || ((struct term *)made.parts.items[i])->empty;
  if (made.parts.count == 0)
    return sides->none;
  return made.parts.count == 1 ? made.parts.items[0] : term(sides, made);
}

static struct term *repeat(struct sides *sides, struct term *part, unsigned min, unsigned max) {
  if (max == 0 || part == sides->nothing)
    return sides->nothing;
  if (part == sides->none)
    return min == 0 ? sides->nothing : sides->none;
  if (part->empty)
    min = 0;
  if (min == 1 && max == 1)
    return part;
  if (part->empty && max == 1)
    return part;
  struct term made = {
      .kind = TERM_REPEAT, .min = min, .max = max, .empty = min == 0 || part->empty};
  list_add(sides->arena, &made.parts, part);
  return term(sides, made);
}

static struct term *all(struct sides *sides, const struct list *members) {
  struct term made = {.kind = TERM_ALL, .empty = true};
  for (size_t i = 0; i < members->count; i++) {
    add_choice(sides, &made.parts, members->items[i]);
    made.empty = made.empty && ((struct term *)members->items[i])->empty;
  }
  if (made.parts.count == 0)
    return sides->nothing;
  return made.parts.count == 1 ? made.parts.items[0] : term(sides, made);
}

/* --- from the contract ------------------------------------------------------------------------ */

struct side {
  struct sides *sides;
  struct contract *contract;
  const char *ns;
  bool is_new;
};

static const char *name_of(const struct side *side, const struct particle *particle) {
  return particle->kind == PARTICLE_ANY
             ? "##any"
             : contract_spell_in(side->contract, particle->element->name, side->ns);
}

static void note_names(const struct side *side, const struct particle *particle) {
  if (!particle || particle->max == 0)
    return;
  for (size_t i = 0; i < particle->children.count; i++)
    note_names(side, particle->children.items[i]);
  if (particle->kind != PARTICLE_ELEMENT && particle->kind != PARTICLE_ANY)
    return;
  struct sides *sides = side->sides;
  const char *name = name_of(side, particle);
  struct occurs *occurs = map_get(&sides->occurs, name);
  if (!occurs) {
    occurs = arena_alloc(sides->arena, sizeof *occurs);
    *occurs = (struct occurs){.min = 1, .max = 1};
    map_put(sides->arena, &sides->occurs, name, occurs);
  }
  *(side->is_new ? &occurs->in_new : &occurs->in_old) = true;
  if (particle->min == 0)
    occurs->min = 0;
  if (particle->max > 1)
    occurs->max = UNBOUNDED;
}

static struct term *term_of(const struct side *side, const struct particle *particle);

static struct term *leaf(const struct side *side, const struct particle *particle) {
  struct sides *sides = side->sides;
  const char *name = name_of(side, particle);
  const struct occurs *occurs = map_get(&sides->occurs, name);
  if (!occurs || !occurs->in_old || !occurs->in_new)
    return sides->nothing;
  struct term *symbol =
      term(sides, (struct term){.kind = TERM_NAME, .name = intern(sides->arena, name)});
  return sides->exactly ? repeat(sides, symbol, particle->min, particle->max)
                        : repeat(sides, symbol, occurs->min, occurs->max);
}

/* A choice whose fields the other side does not have is still a choice: one of the others may stay
 * away. */
static struct term *inside(const struct side *side, const struct particle *particle) {
  struct sides *sides = side->sides;
  struct term *made = sides->nothing;
  struct list parts = {0};
  for (size_t i = 0; i < particle->children.count; i++)
    list_add(sides->arena, &parts, term_of(side, particle->children.items[i]));
  if (particle->kind == PARTICLE_CHOICE)
    return parts.count > 0 ? either(sides, &parts) : sides->nothing;
  if (particle->kind == PARTICLE_ALL)
    return all(sides, &parts);
  for (size_t i = parts.count; i > 0; i--)
    made = then(sides, parts.items[i - 1], made);
  return made;
}

static struct term *term_of(const struct side *side, const struct particle *particle) {
  if (!particle || particle->max == 0)
    return side->sides->nothing;
  if (particle->kind == PARTICLE_ELEMENT || particle->kind == PARTICLE_ANY)
    return leaf(side, particle);
  return repeat(side->sides, inside(side, particle), particle->min, particle->max);
}

static bool is_too_much(const struct sides *sides) {
  return sides->work > MOST_WORK;
}

struct names {
  struct list list; /* text, each once */
  struct map seen;
};

/* --- derivatives ------------------------------------------------------------------------------ */

static void first_names(struct sides *sides, const struct term *from, struct names *names) {
  sides->work++;
  if (from->kind == TERM_NAME) {
    if (map_put(sides->arena, &names->seen, from->name, from))
      list_add(sides->arena, &names->list, from->name);
    return;
  }
  for (size_t i = 0; i < from->parts.count; i++) {
    const struct term *part = from->parts.items[i];
    first_names(sides, part, names);
    if (from->kind == TERM_THEN && !part->empty)
      return;
  }
}

static struct term *after_name(struct sides *sides, struct term *from, const char *name);

static struct term *after_all(struct sides *sides, const struct term *from, const char *name) {
  struct list choices = {0};
  for (size_t i = 0; i < from->parts.count && !is_too_much(sides); i++) {
    struct term *rest = after_name(sides, from->parts.items[i], name);
    struct list others = {0};
    if (rest == sides->none)
      continue;
    for (size_t k = 0; k < from->parts.count; k++)
      if (k != i)
        list_add(sides->arena, &others, from->parts.items[k]);
    list_add(sides->arena, &choices, then(sides, rest, all(sides, &others)));
  }
  return either(sides, &choices);
}

/* What may follow once `name` was seen; none when it may not be, or when it is too much. */
static struct term *after_name(struct sides *sides, struct term *from, const char *name) {
  struct list choices = {0};
  struct term *part = from->parts.count > 0 ? from->parts.items[0] : NULL;
  if (sides->work++ > MOST_WORK)
    return sides->none;
  switch (from->kind) {
  case TERM_NONE:
  case TERM_EMPTY:
    return sides->none;
  case TERM_NAME:
    return from->name == name ? sides->nothing : sides->none;
  case TERM_THEN:
    list_add(sides->arena, &choices,
             then(sides, after_name(sides, part, name), from->parts.items[1]));
    if (part->empty)
      list_add(sides->arena, &choices, after_name(sides, from->parts.items[1], name));
    return either(sides, &choices);
  case TERM_EITHER:
    for (size_t i = 0; i < from->parts.count; i++)
      list_add(sides->arena, &choices, after_name(sides, from->parts.items[i], name));
    return either(sides, &choices);
  case TERM_REPEAT:
    return then(sides, after_name(sides, part, name),
                repeat(sides, part, from->min > 0 ? from->min - 1 : 0,
                       from->max == UNBOUNDED ? UNBOUNDED : from->max - 1));
  case TERM_ALL:
    break;
  }
  return after_all(sides, from, name);
}

/* --- side by side ----------------------------------------------------------------------------- */

struct walk {
  struct sides *sides;
  struct list pending; /* struct term, by twos */
  struct map seen;
  bool wider, narrower; /* not refuted yet: new allows all of old; old all of new */
};

static void visit(struct walk *walk, struct term *old, struct term *new) {
  struct arena *arena = walk->sides->arena;
  if (old == new)
    return;
  if (old == walk->sides->none)
    walk->narrower = false;
  else if (new == walk->sides->none)
    walk->wider = false;
  else if (map_put(arena, &walk->seen, intern_format(arena, "%zu %zu", old->id, new->id), walk)) {
    list_add(arena, &walk->pending, old);
    list_add(arena, &walk->pending, new);
  }
}

static void step(struct walk *walk, struct term *old, struct term *new) {
  struct names names = {0};
  if (old->empty && !new->empty)
    walk->wider = false;
  if (new->empty && !old->empty)
    walk->narrower = false;
  first_names(walk->sides, old, &names);
  first_names(walk->sides, new, &names);
  for (size_t i = 0; i < names.list.count && !is_too_much(walk->sides); i++)
    visit(walk, after_name(walk->sides, old, names.list.items[i]),
          after_name(walk->sides, new, names.list.items[i]));
}

static enum fit compare(struct sides *sides, struct term *old, struct term *new) {
  struct walk walk = {.sides = sides, .wider = true, .narrower = true};
  visit(&walk, old, new);
  for (size_t i = 0; i < walk.pending.count && (walk.wider || walk.narrower); i += 2) {
    if (i / 2 >= MOST_PAIRS)
      return FIT_OTHER;
    step(&walk, walk.pending.items[i], walk.pending.items[i + 1]);
    if (is_too_much(sides))
      return FIT_OTHER;
  }
  if (walk.wider)
    return walk.narrower ? FIT_SAME : FIT_WIDER;
  return walk.narrower ? FIT_NARROWER : FIT_OTHER;
}

static enum fit fit(struct contract *before, const struct type *old, struct contract *after,
                    const struct type *new, bool exactly) {
  struct sides sides = {.arena = arena_new(), .exactly = exactly};
  const struct side was = {&sides, before, old->name.ns, false};
  const struct side is = {&sides, after, new->name.ns, true};
  sides.none = term(&sides, (struct term){.kind = TERM_NONE});
  sides.nothing = term(&sides, (struct term){.kind = TERM_EMPTY, .empty = true});
  note_names(&was, old->sent);
  note_names(&is, new->sent);
  enum fit found = compare(&sides, term_of(&was, old->sent), term_of(&is, new->sent));
  arena_free(sides.arena);
  return found;
}

enum fit arrangement_fit(struct contract *before, const struct type *old, struct contract *after,
                         const struct type *new) {
  return fit(before, old, after, new, false);
}

enum fit content_fit(struct contract *before, const struct type *old, struct contract *after,
                     const struct type *new) {
  return fit(before, old, after, new, true);
}
