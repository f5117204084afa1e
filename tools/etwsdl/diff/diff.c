#include "diff/diff.h"

#include <stdlib.h>
#include <string.h>

#include "diff/steps.h"
#include "model/reach.h"

const char *diff_format(const struct diff *diff, const char *format, ...) {
  struct text text = {0};
  va_list arguments;
  va_start(arguments, format);
  text_vadd(&text, format, arguments);
  va_end(arguments);
  const char *kept = intern(diff->after->arena, text_get(&text));
  text_free(&text);
  return kept;
}

static void add_change(struct diff *diff, const struct fact *before, const struct fact *after) {
  struct change *change = arena_alloc(diff->after->arena, sizeof *change);
  change->kind = !before ? CHANGE_ADDED : !after ? CHANGE_REMOVED : CHANGE_ALTERED;
  change->before = before;
  change->after = after;
  list_add(diff->after->arena, &diff->changes, change);
}

static int compare_keys(const struct fact *a, const struct fact *b) {
  if (a->kind != b->kind)
    return a->kind < b->kind ? -1 : 1;
  int order = strcmp(a->owner, b->owner);
  return order != 0 ? order : strcmp(a->name, b->name);
}

static bool same_text(const char *a, const char *b) {
  return !a || !b ? a == b : strcmp(a, b) == 0;
}

/* Both lists are sorted. */
static void match(struct diff *diff, const struct list *before, const struct list *after,
                  bool documentation) {
  size_t i = 0, k = 0;
  while (i < before->count || k < after->count) {
    const struct fact *old = i < before->count ? before->items[i] : NULL;
    const struct fact *new = k < after->count ? after->items[k] : NULL;
    int order = !old ? 1 : !new ? -1 : compare_keys(old, new);
    if (order < 0) {
      add_change(diff, old, NULL);
    } else if (order > 0) {
      add_change(diff, NULL, new);
    } else if (strcmp(old->detail, new->detail) != 0 ||
               (documentation && !same_text(old->documentation, new->documentation))) {
      add_change(diff, old, new);
    }
    i += order <= 0;
    k += order >= 0;
  }
}

/* "Account.Roles.Role" is shown with "Account". Dots inside {namespace} do not count. */
static const char *group_of(const struct diff *diff, const struct fact *fact) {
  const char *start = strchr(fact->owner, '}');
  const char *dot = strchr(start ? start : fact->owner, '.');
  if (!dot || fact->kind == FACT_NAMESPACE)
    return fact->owner;
  return diff_format(diff, "%.*s", (int)(dot - fact->owner), fact->owner);
}

static const char *field_position(const struct diff *diff, const struct fact *fact) {
  struct list fields = {0};
  if (!fact->field)
    return "";
  fields_own(diff->after, fact->field->owner, &fields);
  for (size_t i = 0; i + 1 < fields.count; i++) {
    const struct field *field = fields.items[i];
    if (field->particle == fact->field->particle)
      return diff_format(diff, ", before %s", ((struct field *)fields.items[i + 1])->name);
  }
  return "";
}

static const char *names_of(const struct diff *diff, const struct list *facts) {
  const char *names = "";
  for (size_t i = 0; i < facts->count; i++) {
    const struct fact *fact = facts->items[i];
    names = diff_format(diff, "%s%s%s", names, i ? ", " : "", fact->owner);
  }
  return names;
}

static const char *describe_altered(const struct diff *diff, const struct change *change) {
  const char *subject = fact_subject(diff->after, change->after);
  const char *before = change->before->detail, *after = change->after->detail;
  if (strcmp(before, after) == 0)
    return diff_format(diff, "%s: documentation", subject);
  return diff_format(diff, "%s: %s -> %s", subject, *before ? before : "plain",
                     *after ? after : "plain");
}

static const char *describe(const struct diff *diff, const struct change *change) {
  switch (change->kind) {
  case CHANGE_ADDED:
    return diff_format(diff, "%s%s", fact_line(diff->after, change->after),
                       field_position(diff, change->after));
  case CHANGE_REMOVED:
    return fact_line(diff->before, change->before);
  case CHANGE_MOVED: {
    const struct fact *to = change->moved_to.items[0];
    const struct fact *from = change->moved_from.items[0];
    const char *now =
        strcmp(to->detail, from->detail) == 0 ? "" : diff_format(diff, ", now %s", to->detail);
    return diff_format(diff, "field %s %s: %s -> %s%s", from->name, from->detail,
                       names_of(diff, &change->moved_from), names_of(diff, &change->moved_to), now);
  }
  case CHANGE_REORDERED:
    return diff_format(diff, "order of %s: %s -> %s", change->after->owner, change->before->detail,
                       change->after->detail);
  case CHANGE_ALTERED:
    break;
  }
  return describe_altered(diff, change);
}

static int compare_changes(const void *a, const void *b) {
  const struct change *const *x = a, *const *y = b;
  int order = strcmp((*x)->group, (*y)->group);
  return order != 0 ? order : strcmp((*x)->text, (*y)->text);
}

/* Drops what was folded, describes and judges the rest. */
static void finish(struct diff *diff) {
  size_t kept = 0;
  for (size_t i = 0; i < diff->changes.count; i++) {
    struct change *change = diff->changes.items[i];
    if (change->folded)
      continue;
    change->group = group_of(diff, change->after ? change->after : change->before);
    change->text = describe(diff, change);
    diff_judge(diff, change);
    diff->sender_breaks += change->sender.breaking;
    diff->reader_breaks += change->reader.breaking;
    diff->breaking += change->sender.breaking || change->reader.breaking;
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
  match(diff, &diff->before_facts, &diff->after_facts, documentation);
  diff_find_order(diff);
  diff_find_moves(diff);
  diff_fold(diff);
  finish(diff);
}

size_t diff_notes(const struct contract *contract) {
  size_t notes = 0;
  for (size_t i = 0; i < contract->diagnostics.count; i++) {
    const struct diagnostic *diagnostic = contract->diagnostics.items[i];
    notes += strncmp(diagnostic->text, "not understood", strlen("not understood")) == 0;
  }
  return notes;
}
