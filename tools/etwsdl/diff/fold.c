/* What comes or goes as a whole is one change with details. */
#include <string.h>

#include "etwsdl/base/map.h"
#include "etwsdl/diff/steps.h"

enum whole_kind { WHOLE_TYPE, WHOLE_ELEMENT, WHOLE_FIELD, WHOLE_BINDING, WHOLE_OPERATION, WHOLES };

/* Changes that others can be part of, by direction, kind and what they name. */
struct wholes {
  struct diff *diff;
  struct map came[WHOLES], went[WHOLES];
};

static void put(struct wholes *wholes, char sign, enum whole_kind kind, const char *name,
                struct change *change) {
  map_put(wholes->diff->after->arena, sign == '+' ? &wholes->came[kind] : &wholes->went[kind], name,
          change);
}

/* Where parts look for the fact: a field holds an inline type under its own path. */
static void note_side(struct wholes *wholes, char sign, const struct fact *fact,
                      struct change *change) {
  switch (fact->kind) {
  case FACT_TYPE:
  case FACT_SIMPLE:
    put(wholes, sign, WHOLE_TYPE, fact->owner, change);
    break;
  case FACT_ELEMENT:
    if (fact_is_inline(fact))
      put(wholes, sign, WHOLE_ELEMENT, fact->owner, change);
    break;
  case FACT_FIELD:
    if (fact_is_inline(fact))
      put(wholes, sign, WHOLE_FIELD, diff_format(wholes->diff, "%s.%s", fact->owner, fact->name),
          change);
    break;
  case FACT_BINDING:
    put(wholes, sign, WHOLE_BINDING, fact->owner, change);
    break;
  case FACT_OPERATION:
    put(wholes, sign, WHOLE_OPERATION, fact->owner, change);
    break;
  default:
    break;
  }
}

static void note(struct wholes *wholes, struct change *change) {
  if (change->folded)
    return;
  if (change->kind == &change_added || change->kind == &change_removed) {
    note_side(wholes, change->kind->sign, change_fact(change), change);
  } else if (change->kind == &change_altered && change->before->kind == FACT_FIELD) {
    /* It can have got an inline type, or lost it. */
    bool was = fact_is_inline(change->before), is = fact_is_inline(change->after);
    if (is && !was)
      note_side(wholes, '+', change->after, change);
    else if (was && !is)
      note_side(wholes, '-', change->before, change);
  }
}

static struct change *find(const struct wholes *wholes, char sign, enum whole_kind kind,
                           const char *name, const struct change *part) {
  struct change *whole = map_get(sign == '+' ? &wholes->came[kind] : &wholes->went[kind], name);
  return whole == part ? NULL : whole;
}

static struct change *whole_at(const struct wholes *wholes, const struct change *part,
                               const char *path) {
  const struct fact *fact = change_fact(part);
  for (int i = WHOLE_TYPE; i <= WHOLE_FIELD; i++) {
    struct change *whole = find(wholes, part->kind->sign, (enum whole_kind)i, path, part);
    bool itself =
        whole && fact->kind == change_fact(whole)->kind && path == fact->owner && !*fact->name;
    if (whole && !itself)
      return whole;
  }
  return NULL;
}

/* The outermost of the wholes that the owner is inside of. */
static struct change *whole_around(const struct wholes *wholes, const struct change *part,
                                   const struct owner *owner) {
  if (!owner)
    return NULL;
  struct change *whole = whole_around(wholes, part, owner->outer);
  return whole ? whole : whole_at(wholes, part, owner->path);
}

static struct change *whole_of_schema(const struct wholes *wholes, const struct change *part,
                                      const struct fact *fact) {
  struct change *whole = whole_around(wholes, part, fact->inside);
  return whole ? whole : whole_at(wholes, part, fact->owner);
}

static struct change *whole_of(const struct wholes *wholes, const struct change *part) {
  const struct fact *fact = change_fact(part);
  switch (fact->kind) {
  case FACT_ELEMENT:
  case FACT_BINDING:
  case FACT_NAMESPACE:
  case FACT_KINDS:
    return NULL;
  case FACT_OPERATION:
    return find(wholes, part->kind->sign, WHOLE_BINDING, fact->name, part);
  case FACT_HEADER:
  case FACT_FAULT:
    return find(wholes, part->kind->sign, WHOLE_OPERATION, fact->owner, part);
  default:
    return whole_of_schema(wholes, part, fact);
  }
}

/* Follows a whole that is part of another one: a header of an operation of a binding. */
static struct change *outermost(const struct wholes *wholes, const struct change *part) {
  struct change *whole = whole_of(wholes, part);
  for (struct change *next = whole; next; next = whole_of(wholes, next)) {
    whole = next;
    if (whole->kind != &change_added && whole->kind != &change_removed)
      break;
  }
  return whole;
}

void diff_fold(struct diff *diff) {
  struct wholes wholes = {.diff = diff};
  for (size_t i = 0; i < diff->changes.count; i++)
    note(&wholes, diff->changes.items[i]);
  for (size_t i = 0; i < diff->changes.count; i++) {
    struct change *part = diff->changes.items[i];
    if (part->folded || (part->kind != &change_added && part->kind != &change_removed))
      continue;
    struct change *whole = outermost(&wholes, part);
    if (!whole)
      continue;
    part->folded = true;
    list_add(diff->after->arena, &whole->details, change_fact(part));
  }
}
