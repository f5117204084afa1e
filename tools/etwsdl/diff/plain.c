/* What came, went, or says something else. */
#include "etwsdl/diff/change.h"

#include <string.h>

const struct fact *change_fact(const struct change *change) {
  return change->after ? change->after : change->before;
}

void change_add(struct diff *diff, const struct fact *before, const struct fact *after) {
  struct change *change = arena_alloc(diff->after->arena, sizeof *change);
  change->kind = !before                         ? &change_added
                 : !after                        ? &change_removed
                 : fact_says_same(before, after) ? &change_documented
                                                 : &change_altered;
  change->before = before;
  change->after = after;
  list_add(diff->after->arena, &diff->changes, change);
}

/* `said` NULL: says nothing of it. */
static const struct fact *says_otherwise(struct diff *diff, const struct fact *fact,
                                         enum aspect_kind kind, const struct aspect *said) {
  struct arena *arena = diff->after->arena;
  struct fact *copy = arena_alloc(arena, sizeof *copy);
  *copy = *fact;
  copy->aspects = (struct list){0};
  for (size_t i = 0; i < fact->aspects.count; i++) {
    const struct aspect *aspect = fact->aspects.items[i];
    if (aspect->kind == kind)
      aspect = said;
    if (aspect)
      list_add(arena, &copy->aspects, aspect);
  }
  return copy;
}

const struct fact *change_with(struct diff *diff, const struct fact *fact,
                               const struct aspect *said) {
  return says_otherwise(diff, fact, said->kind, said);
}

const struct fact *change_without(struct diff *diff, const struct fact *fact,
                                  enum aspect_kind kind) {
  return says_otherwise(diff, fact, kind, NULL);
}

const char *diff_format(const struct diff *diff, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const char *text = intern_vformat(diff->after->arena, format, arguments);
  va_end(arguments);
  return text;
}

static const char *describe_added(const struct diff *diff, const struct change *change) {
  const struct fact *fact = change->after;
  const char *next = fact->field ? fact->field->next : NULL;
  return diff_format(diff, "%s%s%s", fact_line(diff->after, fact), next ? ", before " : "",
                     next ? next : "");
}

static void judge_came(struct opinion *opinion, const struct diff *diff,
                       const struct change *change) {
  (void)diff;
  judge_added(opinion, change->after);
}

const struct change_kind change_added = {'+', "added", describe_added, judge_came};

static const char *describe_removed(const struct diff *diff, const struct change *change) {
  return fact_line(diff->before, change->before);
}

static void judge_went(struct opinion *opinion, const struct diff *diff,
                       const struct change *change) {
  (void)diff;
  judge_removed(opinion, change->before);
}

const struct change_kind change_removed = {'-', "removed", describe_removed, judge_went};

static const char *describe_altered(const struct diff *diff, const struct change *change) {
  const char *before = fact_detail(diff->before, change->before);
  const char *after = fact_detail(diff->after, change->after);
  return diff_format(diff, "%s: %s -> %s", fact_subject(diff->after, change->after),
                     *before ? before : "plain", *after ? after : "plain");
}

static void judge_other(struct opinion *opinion, const struct diff *diff,
                        const struct change *change) {
  (void)diff;
  judge_altered(opinion, change->before, change->after);
}

const struct change_kind change_altered = {'~', "changed", describe_altered, judge_other};

static const char *describe_documented(const struct diff *diff, const struct change *change) {
  return diff_format(diff, "%s: documentation", fact_subject(diff->after, change->after));
}

static void judge_documented(struct opinion *opinion, const struct diff *diff,
                             const struct change *change) {
  (void)diff;
  (void)change;
  opinion_both(opinion, false, "documentation only");
}

const struct change_kind change_documented = {'~', "changed", describe_documented,
                                              judge_documented};
