#include "etwsdl/diff/diff.h"

#include <stdlib.h>
#include <string.h>

#include "etwsdl/diff/steps.h"
#include "etwsdl/facts/facts.h"
#include "etwsdl/model/reach.h"

static bool same_text(const char *a, const char *b) {
  return !a || !b ? a == b : strcmp(a, b) == 0;
}

/* What no message leads to may come, go and change: nobody sees it. */
static bool is_seen(const struct fact *fact) {
  return fact && (!fact->reach || *fact->reach != 0);
}

static bool differ(const struct fact *was, const struct fact *is, bool documentation) {
  return !was || !is || !fact_says_same(was, is) ||
         (documentation && !same_text(was->documentation, is->documentation));
}

/* Both lists are sorted. */
static void match(struct diff *diff, bool documentation) {
  const struct list *before = &diff->before_facts, *after = &diff->after_facts;
  size_t i = 0, k = 0;
  while (i < before->count || k < after->count) {
    const struct fact *old = i < before->count ? before->items[i] : NULL;
    const struct fact *new = k < after->count ? after->items[k] : NULL;
    int order = !old ? 1 : !new ? -1 : facts_compare_subjects(old, new);
    const struct fact *was = order <= 0 ? old : NULL, *is = order >= 0 ? new : NULL;
    if ((is_seen(was) || is_seen(is)) && differ(was, is, documentation))
      change_add(diff, was, is);
    i += order <= 0;
    k += order >= 0;
  }
}

/* "Account.Roles.Role" is shown with "Account". */
static const char *group_of(const struct fact *fact) {
  const struct owner *named = fact->inside;
  while (named && named->outer)
    named = named->outer;
  return named ? named->path : fact->owner;
}

static int compare_changes(const void *a, const void *b) {
  const struct change *const *x = a, *const *y = b;
  int order = strcmp((*x)->group, (*y)->group);
  return order != 0 ? order : strcmp((*x)->text, (*y)->text);
}

static void finish_one(struct diff *diff, struct change *change) {
  struct opinion opinion = opinion_begin(diff->before, diff->after, change->before, change->after);
  change->group = group_of(change_fact(change));
  change->text = change->kind->describe(diff, change);
  change->kind->judge(&opinion, diff, change);
  change->sender = opinion.sender;
  change->reader = opinion.reader;
  diff->sender_breaks += change->sender.breaking;
  diff->reader_breaks += change->reader.breaking;
  diff->breaking += change->sender.breaking || change->reader.breaking;
}

/* Drops what was folded, describes and judges the rest. */
static void finish(struct diff *diff) {
  size_t kept = 0;
  for (size_t i = 0; i < diff->changes.count; i++) {
    struct change *change = diff->changes.items[i];
    if (change->folded)
      continue;
    finish_one(diff, change);
    diff->changes.items[kept++] = change;
  }
  diff->changes.count = kept;
  if (kept > 0)
    qsort(diff->changes.items, kept, sizeof(void *), compare_changes);
}

void diff_make(struct diff *diff, struct contract *before, struct contract *after,
               bool documentation) {
  *diff = (struct diff){.before = before, .after = after};
  reach_compute(before);
  reach_compute(after);
  diff->before_facts = facts_of(before);
  diff->after_facts = facts_of(after);
  match(diff, documentation);
#define STEP(name) diff_##name(diff);
#include "etwsdl/diff/steps.def"
#undef STEP
  finish(diff);
}

size_t diff_notes(const struct diff *diff) {
  return diff->before->not_understood + diff->after->not_understood;
}
