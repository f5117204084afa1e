#include "etwsdl/effect/macros.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_TOKENS = 1000000, MOST_LEVELS = 100 };

/* The macros whose text is on its way: none of them stands for itself again. */
struct active {
  const struct macro *macro;
  const struct active *outer;
  unsigned level;
};

struct expander {
  struct arena *arena;
  struct source *source;
  macros_unclear *unclear;
  void *context;
  const struct map *headers;
  unsigned row; /* of source->written, that is looked at */
  size_t made;  /* out of macros */
  bool too_much;
};

static bool is(const struct token_list *tokens, size_t i, const char *text) {
  return i < tokens->count && strcmp(tokens->items[i].text, text) == 0;
}

static bool begins_directive(const struct token_list *tokens, size_t i) {
  return is(tokens, i, "#") && (i == 0 || tokens->items[i - 1].row != tokens->items[i].row);
}

static size_t end_of_row(const struct token_list *tokens, size_t i) {
  unsigned row = tokens->items[i].row;
  while (i < tokens->count && tokens->items[i].row == row)
    i++;
  return i;
}

/* --- definitions ------------------------------------------------------------------------------ */

/* `name(` without a blank takes arguments. */
static bool takes_arguments(const struct token_list *tokens, size_t name) {
  const struct token *a = &tokens->items[name], *b = a + 1;
  return is(tokens, name + 1, "(") && b->line == a->line &&
         b->column == a->column + strlen(a->text);
}

static void note_definition(struct arena *arena, struct source *source, size_t name, size_t end,
                            struct map *headers) {
  struct token_list *tokens = &source->written;
  struct macro *macro = arena_alloc(arena, sizeof *macro);
  *macro = (struct macro){.name = tokens->items[name].text,
                          .source = source,
                          .row = tokens->items[name].row,
                          .from = name + 1,
                          .to = end,
                          .takes = takes_arguments(tokens, name)};
  if (macro->takes) {
    size_t at = name + 2;
    for (; at < end && !is(tokens, at, ")"); at++)
      if (tokens->items[at].word)
        list_add(arena, &macro->params, tokens->items[at].text);
      else if (is(tokens, at, ".") && is(tokens, at + 1, ".") && !is(tokens, at - 1, "."))
        list_add(arena, &macro->params, "__VA_ARGS__");
    macro->from = at < end ? at + 1 : end;
  }
  list_add(arena, map_list(arena, &source->macros, macro->name), macro);
  list_add(arena, &source->defined, macro);
  if (source->header)
    list_add(arena, map_list(arena, headers, macro->name), macro);
}

void macros_note(struct arena *arena, struct source *source, struct map *headers) {
  const struct token_list *tokens = &source->written;
  for (size_t i = 0; i < tokens->count; i++) {
    if (!begins_directive(tokens, i))
      continue;
    size_t end = end_of_row(tokens, i);
    if (is(tokens, i + 1, "define") && i + 2 < end && tokens->items[i + 2].word)
      note_definition(arena, source, i + 2, end, headers);
    else if (is(tokens, i + 1, "undef") && i + 2 < end)
      map_put(arena, &source->undefined, tokens->items[i + 2].text, source);
    i = end - 1;
  }
}

static bool same_text(const struct macro *a, const struct macro *b) {
  if (a->takes != b->takes || a->params.count != b->params.count ||
      a->to - a->from != b->to - b->from)
    return false;
  const struct token *x = a->source->written.items + a->from;
  const struct token *y = b->source->written.items + b->from;
  for (size_t i = 0; i < a->to - a->from; i++)
    if (strcmp(x[i].text, y[i].text) != 0)
      return false;
  for (size_t i = 0; i < a->params.count; i++)
    if (strcmp(a->params.items[i], b->params.items[i]) != 0)
      return false;
  return true;
}

/* What is found of a name in a source: its definitions there and in what it includes, or in any
 * header where these have none. */
struct found {
  struct list macros;
  bool differ;
};

static void add_found(struct expander *expander, struct found *found, const struct list *macros) {
  for (size_t i = 0; macros && i < macros->count; i++) {
    list_add(expander->arena, &found->macros, macros->items[i]);
    found->differ = found->differ || !same_text(found->macros.items[0], macros->items[i]);
  }
}

static const struct found *find_all(struct expander *expander, const char *name) {
  struct source *source = expander->source;
  struct found *found = map_get(&source->known_macros, name);
  if (found)
    return found;
  found = arena_alloc(expander->arena, sizeof *found);
  for (size_t i = 0; i < source->sees.count; i++) {
    const struct source *seen = source->sees.items[i];
    add_found(expander, found, map_get(&seen->macros, name));
    found->differ = found->differ || map_get(&seen->undefined, name);
  }
  if (found->macros.count == 0)
    add_found(expander, found, map_get(expander->headers, name));
  map_put(expander->arena, &source->known_macros, name, found);
  return found;
}

static struct macro *find(struct expander *expander, const struct token *use,
                          const struct active *active) {
  const struct found *found = find_all(expander, use->text);
  struct macro *nearest = NULL;
  if (found->macros.count == 0)
    return NULL;
  for (const struct active *up = active; up; up = up->outer)
    if (strcmp(up->macro->name, use->text) == 0)
      return NULL;
  for (size_t i = 0; i < found->macros.count; i++) {
    struct macro *macro = found->macros.items[i];
    macro->used = true;
    if (macro->source == expander->source && macro->row < expander->row)
      nearest = macro;
  }
  if (found->differ)
    expander->unclear(expander->context, use, &found->macros);
  return nearest ? nearest : found->macros.items[0];
}

/* --- uses ------------------------------------------------------------------------------------- */

struct argument {
  const struct token *tokens;
  size_t count;
};

static bool is_text(const struct token *token, const char *text) {
  return strcmp(token->text, text) == 0;
}

/* Behind the closing bracket; 0 when it does not come. Arguments beyond `most` are one. */
static size_t read_arguments(const struct token *tokens, size_t count, struct argument *arguments,
                             size_t most) {
  size_t depth = 0, made = 0, start = 1;
  for (size_t i = 0; i < count; i++) {
    bool opens = !tokens[i].word && strchr("([{", *tokens[i].text);
    bool closes = !tokens[i].word && strchr(")]}", *tokens[i].text);
    depth += opens;
    bool last = closes && --depth == 0;
    if (!last && (depth != 1 || !is_text(&tokens[i], ",") || made + 1 >= most))
      continue;
    if (made < most)
      arguments[made++] = (struct argument){tokens + start, i - start};
    start = i + 1;
    if (last)
      return i + 1;
  }
  return 0;
}

static size_t param_index(const struct macro *macro, const struct token *token) {
  for (size_t i = 0; token->word && i < macro->params.count; i++)
    if (strcmp(macro->params.items[i], token->text) == 0)
      return i;
  return macro->params.count;
}

static void expand(struct expander *expander, struct token_list *out, const struct token *tokens,
                   size_t count, const struct active *active, const struct token *place);

/* `a ## b` is one name. */
static void paste(struct expander *expander, struct token_list *out, const struct token *next) {
  struct token *last = out->count > 0 ? &out->items[out->count - 1] : NULL;
  if (last && last->word && next->word)
    last->text = intern_format(expander->arena, "%s%s", last->text, next->text);
  else
    tokens_add(out, *next);
}

static void put_argument(struct expander *expander, struct token_list *out,
                         const struct argument *argument, bool pasted, bool pastes,
                         const struct active *active) {
  size_t from = 0;
  if (pasted && argument->count > 0)
    paste(expander, out, &argument->tokens[from++]);
  if (pasted || pastes)
    for (size_t i = from; i < argument->count; i++)
      tokens_add(out, argument->tokens[i]);
  else
    expand(expander, out, argument->tokens, argument->count, active, NULL);
}

/* The text of a macro with its arguments in it, each token at the place of the use. */
static void substitute(struct expander *expander, struct token_list *out, const struct macro *macro,
                       const struct argument *arguments, const struct token *use,
                       const struct active *active) {
  const struct token_list *written = &macro->source->written;
  for (size_t i = macro->from; i < macro->to; i++) {
    bool pasted = i >= macro->from + 2 && is(written, i - 1, "#") && is(written, i - 2, "#");
    bool pastes = i + 2 < macro->to && is(written, i + 1, "#") && is(written, i + 2, "#");
    if (is(written, i, "#")) {
      bool text = !is(written, i + 1, "#") && (i == macro->from || !is(written, i - 1, "#"));
      i += text && macro->takes; /* #x is a text */
      continue;
    }
    struct token token = written->items[i];
    size_t index = param_index(macro, &token);
    token.line = use->line;
    token.column = use->column;
    token.row = use->row;
    if (index < macro->params.count)
      put_argument(expander, out, &arguments[index], pasted, pastes, active);
    else if (pasted)
      paste(expander, out, &token);
    else
      tokens_add(out, token);
  }
}

/* How many tokens the use of a macro takes up; 0: it is none. */
static size_t replace(struct expander *expander, struct token_list *out, const struct token *tokens,
                      size_t count, struct macro *macro, const struct active *active,
                      const struct token *place) {
  struct argument *arguments = need_alloc((macro->params.count + 1) * sizeof *arguments);
  struct token_list text = {0};
  size_t taken = 1;
  memset(arguments, 0, (macro->params.count + 1) * sizeof *arguments);
  if (macro->takes) {
    bool called = count > 1 && is_text(&tokens[1], "(");
    size_t behind =
        called ? read_arguments(tokens + 1, count - 1, arguments, macro->params.count) : 0;
    taken = behind > 0 ? 1 + behind : 0;
    expander->made += called && behind == 0 ? count : 0; /* was looked through in vain */
  }
  if (taken > 0) {
    const struct active inside = {macro, active, active ? active->level + 1 : 1};
    substitute(expander, &text, macro, arguments, place ? place : tokens, active);
    expand(expander, out, text.items, text.count, &inside, place ? place : tokens);
  }
  free(text.items);
  free(arguments);
  return taken;
}

/* `#define G GET` of a macro that takes arguments, where they follow: that one. */
static struct macro *behind_names(struct expander *expander, struct macro *macro,
                                  const struct token *tokens, size_t count,
                                  const struct active *active) {
  bool called = count > 1 && is_text(&tokens[1], "(");
  for (unsigned level = 0; called && level < MOST_LEVELS; level++) {
    const struct token *text = &macro->source->written.items[macro->from];
    if (macro->takes || macro->to - macro->from != 1 || !text->word)
      return macro;
    struct token use = tokens[0];
    use.text = text->text;
    struct macro *next = find(expander, &use, active);
    if (!next)
      return macro;
    macro = next;
  }
  return macro;
}

/* `place`: of the use that they come from; NULL: they are written so. */
static void expand(struct expander *expander, struct token_list *out, const struct token *tokens,
                   size_t count, const struct active *active, const struct token *place) {
  for (size_t i = 0; i < count; i++) {
    expander->row = active || place ? expander->row : tokens[i].row;
    expander->made += active != NULL;
    expander->too_much = expander->too_much || expander->made > MOST_TOKENS ||
                         (active && active->level > MOST_LEVELS);
    struct macro *macro =
        tokens[i].word && !expander->too_much ? find(expander, &tokens[i], active) : NULL;
    if (macro)
      macro = behind_names(expander, macro, tokens + i, count - i, active);
    size_t taken = macro ? replace(expander, out, tokens + i, count - i, macro, active, place) : 0;
    if (taken > 0)
      i += taken - 1;
    else
      tokens_add(out, tokens[i]);
  }
}

/* Directives are passed over, in the middle of arguments as well: what an #if leaves out counts. */
void macros_expand(struct arena *arena, struct source *source, const struct map *headers,
                   macros_unclear *unclear, void *context) {
  const struct token_list *written = &source->written;
  struct expander expander = {
      .arena = arena, .source = source, .headers = headers, .unclear = unclear, .context = context};
  struct token_list code = {0};
  for (size_t i = 0; i < written->count;)
    if (begins_directive(written, i))
      i = end_of_row(written, i);
    else
      tokens_add(&code, written->items[i++]);
  expand(&expander, &source->expanded, code.items, code.count, NULL, NULL);
  if (expander.too_much)
    unclear(context, &written->items[0], NULL);
  free(code.items);
}
