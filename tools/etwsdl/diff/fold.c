/* What comes or goes as a whole is one change with details; order is told apart from content. */
#include <stdint.h>
#include <string.h>

#include "model/content.h"
#include "diff/steps.h"

/* --- folding ---------------------------------------------------------------------------------- */

/* Whether `fact` is part of what `whole` names: "A.Roles.Role" of field A.Roles or of type A. */
static bool is_part(const struct fact *fact, const struct fact *whole) {
  size_t n = strlen(whole->owner);
  switch (whole->kind) {
  case FACT_TYPE:
  case FACT_SIMPLE:
    return (fact->kind == FACT_FIELD || fact->kind == FACT_ATTRIBUTE ||
            fact->kind == FACT_CONTENT || fact->kind == FACT_VALUE || fact->kind == FACT_FACET ||
            fact->kind == FACT_TYPE || fact->kind == FACT_SIMPLE) &&
           strncmp(fact->owner, whole->owner, n) == 0 &&
           (fact->owner[n] == '.' || (fact->owner[n] == '\0' && fact->kind != whole->kind));
  case FACT_ELEMENT:
    return strncmp(whole->detail, "(inline)", 8) == 0 && fact->kind != FACT_ELEMENT && fact->type &&
           strncmp(fact->owner, whole->owner, n) == 0 &&
           (fact->owner[n] == '.' || fact->owner[n] == '\0');
  case FACT_FIELD: {
    size_t m = strlen(whole->name);
    return strncmp(whole->detail, "(inline)", 8) == 0 &&
           strncmp(fact->owner, whole->owner, n) == 0 && fact->owner[n] == '.' &&
           strncmp(fact->owner + n + 1, whole->name, m) == 0 &&
           (fact->owner[n + 1 + m] == '\0' || fact->owner[n + 1 + m] == '.');
  }
  case FACT_MESSAGE:
    return fact->kind == FACT_PART && strcmp(fact->owner, whole->owner) == 0;
  case FACT_BINDING:
    return (fact->kind == FACT_ACTION || fact->kind == FACT_HEADER || fact->kind == FACT_FAULT) &&
           strcmp(fact->owner, whole->owner) == 0;
  case FACT_OPERATION: {
    size_t m = strlen(whole->name);
    return (fact->kind == FACT_ACTION || fact->kind == FACT_HEADER || fact->kind == FACT_FAULT) &&
           strncmp(fact->name, whole->name, m) == 0 &&
           (fact->name[m] == '\0' || fact->name[m] == '.');
  }
  default:
    return false;
  }
}

static const struct fact *only_side(const struct change *change) {
  if (change->kind == CHANGE_ADDED)
    return change->after;
  return change->kind == CHANGE_REMOVED ? change->before : NULL;
}

/* The side of `whole` on which `part` (added or removed) would belong to it. An altered field can
 * have got or lost an inline type. */
static const struct fact *whole_side(const struct change *whole, const struct change *part) {
  if (whole->kind == CHANGE_ALTERED && whole->before->kind == FACT_FIELD)
    return part->kind == CHANGE_ADDED ? whole->after : whole->before;
  return whole->kind == part->kind ? only_side(whole) : NULL;
}

static bool gained_inline(const struct change *whole) {
  bool before = strncmp(whole->before->detail, "(inline)", 8) == 0;
  bool after = strncmp(whole->after->detail, "(inline)", 8) == 0;
  return before != after;
}

static void fold_into(struct diff *diff, struct change *whole) {
  if (whole->kind == CHANGE_ALTERED && !gained_inline(whole))
    return;
  for (size_t i = 0; i < diff->changes.count; i++) {
    struct change *part = diff->changes.items[i];
    const struct fact *fact = only_side(part);
    if (part == whole || part->folded || !fact)
      continue;
    const struct fact *side = whole_side(whole, part);
    if (!side || !is_part(fact, side))
      continue;
    part->folded = true;
    list_add(diff->after->arena, &whole->details, (struct fact *)(uintptr_t)fact);
    for (size_t k = 0; k < part->details.count; k++)
      list_add(diff->after->arena, &whole->details, part->details.items[k]);
  }
}

void diff_fold(struct diff *diff) {
  static const enum fact_kind wholes[] = {FACT_TYPE,    FACT_SIMPLE,  FACT_ELEMENT,  FACT_FIELD,
                                          FACT_MESSAGE, FACT_BINDING, FACT_OPERATION};
  for (size_t k = 0; k < sizeof wholes / sizeof wholes[0]; k++) {
    for (size_t i = 0; i < diff->changes.count; i++) {
      struct change *change = diff->changes.items[i];
      const struct fact *fact = change->after ? change->after : change->before;
      bool candidate = change->kind == CHANGE_ADDED || change->kind == CHANGE_REMOVED ||
                       change->kind == CHANGE_ALTERED;
      if (!change->folded && candidate && fact->kind == wholes[k])
        fold_into(diff, change);
    }
  }
}

/* --- order ------------------------------------------------------------------------------------ */

static bool has_field(struct contract *contract, struct type *type, const char *name) {
  struct list fields = {0};
  fields_own(contract, type, &fields);
  for (size_t i = 0; i < fields.count; i++) {
    const struct field *field = fields.items[i];
    const char *spelled = contract_spell_in(contract, field->qname, type->name.ns);
    if (strcmp(spelled, name) == 0)
      return true;
  }
  return false;
}

struct side {
  struct contract *contract;
  struct type *type;
};

static bool in_other(const void *context, const char *name) {
  const struct side *other = context;
  return has_field(other->contract, other->type, name);
}

static bool only_order(const char *before, const char *after) {
  return strpbrk(before, "|(") == NULL && strpbrk(after, "|(") == NULL;
}

/* The type that stands at this path in the other contract; NULL when it has no fields there. */
static struct type *other_type(const struct list *facts, const char *owner) {
  for (size_t i = 0; i < facts->count; i++) {
    const struct fact *fact = facts->items[i];
    if (fact->kind == FACT_FIELD && strcmp(fact->owner, owner) == 0)
      return fact->type;
  }
  return NULL;
}

static void settle_order(struct diff *diff, struct change *change) {
  const struct fact *known = change->after ? change->after : change->before;
  struct type *before =
      change->before ? change->before->type : other_type(&diff->before_facts, known->owner);
  struct type *after =
      change->after ? change->after->type : other_type(&diff->after_facts, known->owner);
  if (!before || !after) {
    change->folded = true; /* all fields came or went: said by them */
    return;
  }
  struct side old = {diff->before, before}, new = {diff->after, after};
  const char *was = content_line(diff->before, before, in_other, &new);
  const char *is = content_line(diff->after, after, in_other, &old);
  if (strcmp(was, is) == 0) {
    change->folded = true;
    return;
  }
  struct fact *facts = arena_alloc(diff->after->arena, 2 * sizeof *facts);
  facts[0] = facts[1] = *known;
  facts[0].detail = was;
  facts[1].detail = is;
  facts[0].at = before->content ? before->content->at : before->at;
  facts[1].at = after->content ? after->content->at : after->at;
  change->before = &facts[0];
  change->after = &facts[1];
  change->kind = only_order(was, is) ? CHANGE_REORDERED : CHANGE_ALTERED;
}

void diff_find_order(struct diff *diff) {
  for (size_t i = 0; i < diff->changes.count; i++) {
    struct change *change = diff->changes.items[i];
    const struct fact *fact = change->after ? change->after : change->before;
    if (fact->kind == FACT_CONTENT)
      settle_order(diff, change);
  }
}
