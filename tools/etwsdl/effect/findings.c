#include "etwsdl/effect/findings.h"

#include <stdarg.h>
#include <stdlib.h>

struct finding {
  unsigned line, column;
  size_t index;
  const char *text;
};

static void say(struct search *search, const struct token *at, const char *text) {
  struct list *findings = &search->source->findings;
  struct finding *made = arena_alloc(search->arena, sizeof *made);
  *made = (struct finding){at->line, at->column, findings->count,
                           intern_format(search->new.arena, "%s:%u:%u: %s", search->source->path,
                                         at->line, at->column, text)};
  list_add(search->arena, findings, made);
}

static int by_place(const void *a, const void *b) {
  const struct finding *const *x = a, *const *y = b;
  if ((*x)->line != (*y)->line)
    return (*x)->line < (*y)->line ? -1 : 1;
  if ((*x)->column != (*y)->column)
    return (*x)->column < (*y)->column ? -1 : 1;
  return (*x)->index < (*y)->index ? -1 : (*x)->index > (*y)->index;
}

void findings_hand_over(struct search *search, const struct source *source) {
  const struct list *findings = &source->findings;
  if (findings->count > 0)
    qsort(findings->items, findings->count, sizeof *findings->items, by_place);
  for (size_t i = 0; i < findings->count; i++)
    list_add(search->new.arena, &search->effect->lines,
             ((struct finding *)findings->items[i])->text);
}

void lose(struct search *search, const struct token *token, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  say(search, token, intern_vformat(search->new.arena, format, arguments));
  va_end(arguments);
  search->effect->losses++;
}

void say_unclear(struct search *search, const struct token *at, const char *what) {
  say(search, at, intern_format(search->new.arena, "not understood%s", what));
  search->effect->unclear++;
}
