/*
 * How many fields a type has when its groups and inline types are written out. A few groups that
 * use each other twice make more than memory holds, and an inline type in a group that uses the
 * group again never ends.
 */
#include "etwsdl/read/check_size.h"

enum { MARK_COUNTING = 10, MARK_COUNTED };
enum { MOST_FIELDS = 20000, MOST_IN_ALL = 1000000, MOST_LEVELS = 100, TOO_MANY = 2000000 };

static size_t count_type(struct type *type, unsigned level);
static size_t count_group(struct group *group, unsigned level);

static size_t add(size_t a, size_t b) {
  return a + b > TOO_MANY ? TOO_MANY : a + b;
}

static size_t count_inline(const struct type_ref *ref, unsigned level) {
  bool is_inline = ref->type && ref->type->anonymous;
  return is_inline ? count_type(ref->type, level + 1) : 0;
}

static size_t count_particle(const struct particle *particle, unsigned level) {
  size_t count = 1;
  if (!particle)
    return 0;
  if (particle->kind == PARTICLE_GROUP)
    count = add(count, count_group(particle->group.group, level + 1));
  if (particle->kind == PARTICLE_ELEMENT) {
    const struct element *element = particle->element;
    const struct element *declared = element->is_reference ? element->target : element;
    count = add(count, count_inline(&declared->type, level));
  }
  for (size_t i = 0; i < particle->children.count; i++)
    count = add(count, count_particle(particle->children.items[i], level));
  return count;
}

static size_t count_attributes(const struct list *attributes, const struct list *groups,
                               unsigned level) {
  size_t count = attributes->count;
  for (size_t i = 0; i < groups->count; i++)
    count = add(count, count_group(((struct group_ref *)groups->items[i])->group, level + 1));
  return count;
}

static size_t count_group(struct group *group, unsigned level) {
  if (group->mark == MARK_COUNTED)
    return group->expanded;
  if (group->mark == MARK_COUNTING || level > MOST_LEVELS)
    return TOO_MANY;
  group->mark = MARK_COUNTING;
  group->expanded = add(count_particle(group->content, level),
                        count_attributes(&group->attributes, &group->attribute_groups, level));
  group->mark = MARK_COUNTED;
  return group->expanded;
}

static size_t count_type(struct type *type, unsigned level) {
  if (type->mark == MARK_COUNTED)
    return type->expanded;
  if (type->mark == MARK_COUNTING || level > MOST_LEVELS)
    return TOO_MANY;
  type->mark = MARK_COUNTING;
  type->expanded = add(count_particle(type->content, level),
                       count_attributes(&type->attributes, &type->attribute_groups, level));
  type->mark = MARK_COUNTED;
  return type->expanded;
}

void check_size(struct contract *contract) {
  size_t all = 0;
  for (size_t i = 0; i < contract->types.count; i++) {
    struct type *type = contract->types.items[i];
    size_t count = count_type(type, 0);
    if (count > MOST_FIELDS)
      contract_error(contract, type->at,
                     "type %s has more than %d fields when its groups and inline types are "
                     "written out, or has itself inside",
                     contract_spell_type(contract, type), MOST_FIELDS);
    all = add(all, count);
  }
  if (all > MOST_IN_ALL)
    contract_error(contract, (struct place){contract->path, 1, 1},
                   "more than %d fields when groups and inline types are written out", MOST_IN_ALL);
}
