#include "etwsdl/model/sent.h"

#include "etwsdl/model/fields.h"

static struct particle *simplify(struct arena *arena, struct particle *particle);

static struct particle *with_occurs(struct arena *arena, const struct particle *particle,
                                    unsigned min, unsigned max) {
  struct particle *copy = arena_alloc(arena, sizeof *copy);
  *copy = *particle;
  copy->min = min;
  copy->max = max;
  return copy;
}

/* Whether `min` to `max` times, each `inner->min` to `inner->max`, leaves no number out. */
static bool is_without_gaps(unsigned min, unsigned max, const struct particle *inner) {
  return min == max || occurs_times(min, inner->max - inner->min) + 1 >= inner->min;
}

static struct particle *repeated(struct arena *arena, struct particle *inner,
                                 const struct particle *by, unsigned min) {
  if (!inner || (min == 1 && by->max == 1))
    return inner;
  if (is_without_gaps(min, by->max, inner))
    return with_occurs(arena, inner, occurs_times(min, inner->min),
                       occurs_times(by->max, inner->max));
  struct particle *around = with_occurs(arena, by, min, by->max);
  around->kind = PARTICLE_SEQUENCE;
  around->children = (struct list){0};
  list_add(arena, &around->children, inner);
  return around;
}

/* A sequence in a sequence and a choice in a choice are one. */
static void add_child(struct arena *arena, struct particle *particle, struct particle *child) {
  bool once = child->min == 1 && child->max == 1;
  bool nests = particle->kind == PARTICLE_SEQUENCE || particle->kind == PARTICLE_CHOICE;
  if (!once || !nests || child->kind != particle->kind) {
    list_add(arena, &particle->children, child);
    return;
  }
  for (size_t i = 0; i < child->children.count; i++)
    list_add(arena, &particle->children, child->children.items[i]);
}

static struct particle *simplify_group(struct arena *arena, const struct particle *particle) {
  struct particle *made = with_occurs(arena, particle, particle->min, particle->max);
  made->children = (struct list){0};
  for (size_t i = 0; i < particle->children.count; i++) {
    struct particle *child = simplify(arena, particle->children.items[i]);
    if (child)
      add_child(arena, made, child);
    else if (made->kind == PARTICLE_CHOICE)
      made->min = 0; /* nothing at all is one of the choices */
  }
  if (made->children.count == 0)
    return NULL;
  return made->children.count == 1 ? repeated(arena, made->children.items[0], made, made->min)
                                   : made;
}

/* NULL when nothing may come of it. */
static struct particle *simplify(struct arena *arena, struct particle *particle) {
  if (!particle || particle->max == 0)
    return NULL;
  if (particle->kind == PARTICLE_ELEMENT || particle->kind == PARTICLE_ANY)
    return particle;
  if (particle->kind == PARTICLE_GROUP)
    return repeated(arena, simplify(arena, particle->group.group->content), particle,
                    particle->min);
  return simplify_group(arena, particle);
}

void sent_compute(struct contract *contract) {
  for (size_t i = 0; i < contract->types.count; i++) {
    struct type *type = contract->types.items[i];
    type->sent = simplify(contract->arena, type->content);
  }
}
