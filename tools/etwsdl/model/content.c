#include "model/content.h"

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
    return arena_format(contract->arena, "{%u,}", particle->min);
  return arena_format(contract->arena, "{%u,%u}", particle->min, particle->max);
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
                               enum particle_kind kind, const struct text *inside, size_t count,
                               bool bare) {
  struct contract *contract = renderer->contract;
  const char *repeat = occurs(contract, around);
  const char *line = intern(contract->arena, text_get(inside));
  if (count == 0 || (count == 1 && *repeat == '\0'))
    return (struct part_line){line, bare};
  if (kind == PARTICLE_SEQUENCE && *repeat == '\0')
    return (struct part_line){line, true};
  const char *word = kind == PARTICLE_ALL ? "all" : "";
  line = intern(contract->arena, arena_format(contract->arena, "%s(%s)%s", word, line, repeat));
  return (struct part_line){line, false};
}

static struct part_line render(const struct renderer *renderer, const struct particle *particle) {
  if (!particle || particle->max == 0)
    return (struct part_line){"", false};
  if (particle->kind == PARTICLE_ELEMENT || particle->kind == PARTICLE_ANY)
    return leaf(renderer, particle);
  struct text text = {0};
  size_t count = 0;
  bool bare = false;
  if (particle->kind == PARTICLE_GROUP) {
    struct part_line inside = render(renderer, particle->group.group->content);
    text_add(&text, "%s", inside.line);
    count = *inside.line != '\0';
    bare = inside.bare_list;
  }
  for (size_t i = 0; i < particle->children.count; i++) {
    struct part_line child = render(renderer, particle->children.items[i]);
    if (*child.line == '\0')
      continue;
    bool enclose = child.bare_list && particle->kind != PARTICLE_SEQUENCE;
    if (count > 0)
      text_add(&text, "%s", particle->kind == PARTICLE_CHOICE ? " | " : ", ");
    text_add(&text, "%s%s%s", enclose ? "(" : "", child.line, enclose ? ")" : "");
    bare = child.bare_list && !enclose;
    count++;
  }
  struct part_line line = finish(renderer, particle, particle->kind, &text, count, bare);
  text_free(&text);
  return line;
}

const char *content_line(struct contract *contract, const struct type *type, content_keeps *keeps,
                         const void *context) {
  const struct renderer renderer = {contract, type->name.ns, keeps, context};
  return intern(contract->arena, render(&renderer, type->content).line);
}

bool content_matters(const char *line) {
  return strpbrk(line, ",|(") != NULL;
}
