#include "etwsdl/model/content.h"

#include <stdlib.h>
#include <string.h>

struct renderer {
  struct contract *contract;
  const char *ns; /* of the type */
  content_keeps *keeps;
  const void *context;
};

struct part_line {
  const char *line; /* "" when nothing is left */
  bool bare_list;   /* "A, B" without parentheses */
};

static bool once(const struct particle *particle) {
  return particle->min == 1 && particle->max == 1;
}

static const char *occurs(struct contract *contract, const struct particle *particle) {
  if (once(particle))
    return "";
  if (particle->min == 0 && particle->max == 1)
    return "?";
  if (particle->max == UNBOUNDED)
    return intern_format(contract->arena, "{%u,}", particle->min);
  return intern_format(contract->arena, "{%u,%u}", particle->min, particle->max);
}

static struct part_line leaf(const struct renderer *renderer, const struct particle *particle) {
  const char *name = "##any";
  if (particle->kind == PARTICLE_ELEMENT)
    name = contract_spell_in(renderer->contract, particle->element->name, renderer->ns);
  bool kept = !renderer->keeps || renderer->keeps(renderer->context, name);
  return (struct part_line){kept && particle->max > 0 ? name : "", false};
}

static struct part_line render(const struct renderer *renderer, const struct particle *particle);

static struct part_line finish(const struct renderer *renderer, const struct particle *around,
                               enum particle_kind kind, const struct buffer *inside, size_t count,
                               bool bare) {
  struct contract *contract = renderer->contract;
  const char *repeat = occurs(contract, around);
  const char *line = intern_n(contract->arena, buffer_text(inside), inside->size);
  if (count == 0 || (count == 1 && *repeat == '\0'))
    return (struct part_line){line, bare};
  if (kind == PARTICLE_SEQUENCE && *repeat == '\0')
    return (struct part_line){line, true};
  const char *word = kind == PARTICLE_ALL ? "all" : "";
  line = intern_format(contract->arena, "%s(%s)%s", word, line, repeat);
  return (struct part_line){line, false};
}

/* The order inside an `all` says nothing. */
static int compare_lines(const void *a, const void *b) {
  const struct part_line *x = a, *y = b;
  return strcmp(x->line, y->line);
}

static struct part_line render(const struct renderer *renderer, const struct particle *particle) {
  if (!particle || particle->max == 0)
    return (struct part_line){"", false};
  if (particle->kind == PARTICLE_ELEMENT || particle->kind == PARTICLE_ANY)
    return leaf(renderer, particle);
  struct buffer text = {0};
  size_t count = 0;
  bool bare = false;
  size_t children = particle->children.count;
  struct part_line *lines = need_alloc(children * sizeof *lines);
  for (size_t i = 0; i < children; i++)
    lines[i] = render(renderer, particle->children.items[i]);
  if (particle->kind == PARTICLE_ALL && children > 0)
    qsort(lines, children, sizeof *lines, compare_lines);
  for (size_t i = 0; i < children; i++) {
    struct part_line child = lines[i];
    if (!*child.line)
      continue;
    bool enclose = child.bare_list && particle->kind != PARTICLE_SEQUENCE;
    if (count > 0)
      buffer_printf(&text, "%s", particle->kind == PARTICLE_CHOICE ? " | " : ", ");
    buffer_printf(&text, "%s%s%s", enclose ? "(" : "", child.line, enclose ? ")" : "");
    bare = child.bare_list && !enclose;
    count++;
  }
  free(lines);
  struct part_line line = finish(renderer, particle, particle->kind, &text, count, bare);
  buffer_free(&text);
  return line;
}

const char *content_line(struct contract *contract, const struct type *type, content_keeps *keeps,
                         const void *context) {
  const struct renderer renderer = {contract, type->name.ns, keeps, context};
  return intern(contract->arena, render(&renderer, type->sent).line);
}

/* How many fields there are, and whether more than a sequence arranges them. */
static void survey(const struct particle *particle, size_t *fields, bool *arranged) {
  size_t inside = 0;
  if (!particle || particle->max == 0)
    return;
  if (particle->kind == PARTICLE_ELEMENT || particle->kind == PARTICLE_ANY) {
    ++*fields;
    return;
  }
  for (size_t i = 0; i < particle->children.count; i++)
    survey(particle->children.items[i], &inside, arranged);
  bool loose = particle->kind == PARTICLE_CHOICE || particle->kind == PARTICLE_ALL;
  if ((inside > 0 && !once(particle)) || (inside > 1 && loose))
    *arranged = true;
  *fields += inside;
}

bool content_matters(const struct type *type) {
  size_t fields = 0;
  bool arranged = false;
  survey(type->sent, &fields, &arranged);
  return arranged || fields > 1;
}

bool content_is_plain(const struct type *type) {
  size_t fields = 0;
  bool arranged = false;
  survey(type->sent, &fields, &arranged);
  return !arranged;
}
