/* The nearest declaration above
 * counts, which is right for names of functions and blocks without knowing where they end. */
#include "etwsdl/effect/declared.h"

#include <stdint.h>
#include <string.h>

const char other_struct[] = "";

bool is_sign(const struct search *search, size_t i, const char *sign) {
  return i < search->tokens.count && !search->tokens.items[i].word &&
         strcmp(search->tokens.items[i].text, sign) == 0;
}

bool is_word(const struct search *search, size_t i) {
  return i < search->tokens.count && search->tokens.items[i].word;
}

bool is_text(const struct search *search, size_t i, const char *word) {
  return is_word(search, i) && strcmp(search->tokens.items[i].text, word) == 0;
}

static bool opens(const struct search *search, size_t i) {
  return is_sign(search, i, "(") || is_sign(search, i, "[") || is_sign(search, i, "{");
}

static bool closes(const struct search *search, size_t i) {
  return is_sign(search, i, ")") || is_sign(search, i, "]") || is_sign(search, i, "}");
}

size_t opening(const struct search *search, size_t i) {
  size_t depth = 0;
  if (!closes(search, i))
    return i;
  for (size_t at = i + 1; at-- > 0;) {
    depth += closes(search, at);
    if (opens(search, at) && --depth == 0)
      return at;
  }
  return i;
}

size_t closing(const struct search *search, size_t i) {
  size_t depth = 0;
  if (!opens(search, i))
    return i;
  for (size_t at = i; at < search->tokens.count; at++) {
    depth += opens(search, at);
    if (closes(search, at) && --depth == 0)
      return at;
  }
  return i;
}

/* --- declarations ----------------------------------------------------------------------------- */

enum { MOST_OF_A_BLOCK = 20000 };

/* Where a name that a function declares no longer holds: at the end of its block; of a parameter,
 * at that of the body, or of the prototype that has none. */
static size_t end_of_scope(const struct search *search, size_t at) {
  size_t braces = 0, brackets = 0;
  for (size_t i = at; i < search->tokens.count && i - at < MOST_OF_A_BLOCK; i++) {
    brackets += is_sign(search, i, "(");
    braces += is_sign(search, i, "{");
    if (is_sign(search, i, "}") && braces-- == 0)
      return i;
    if (!is_sign(search, i, ")") || brackets-- > 0)
      continue;
    if (is_sign(search, i + 1, "{"))
      return closing(search, i + 1);
    bool prototype = is_sign(search, i + 1, ";") || is_sign(search, i + 1, ",") ||
                     is_sign(search, i + 1, ")") || is_sign(search, i + 1, "=");
    return prototype ? i : SIZE_MAX;
  }
  return SIZE_MAX;
}

static void declare(struct search *search, size_t at, struct declaration said) {
  const char *name = search->tokens.items[at].text;
  struct declaration *made = arena_alloc(search->arena, sizeof *made);
  *made = said;
  made->at = at;
  made->end = said.local ? end_of_scope(search, at) : SIZE_MAX;
  list_add(search->arena, map_list(search->arena, &search->source->declared, name), made);
  if (search->source->header && !said.local)
    list_add(search->arena, map_list(search->arena, &search->names, name), made);
}

void declared_add(struct search *search, size_t at, const char *type) {
  declare(search, at, (struct declaration){.type = type, .local = true});
}

static size_t skip_pointers(const struct search *search, size_t at) {
  while (is_sign(search, at, "*") || is_text(search, at, "const") ||
         is_text(search, at, "restrict") || is_text(search, at, "volatile") ||
         is_sign(search, at, "&"))
    at++;
  return at;
}

static bool ends_declarator(const struct search *search, size_t at) {
  static const char *const signs[] = {",", ";", "=", ")", "[", "(", ":"};
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    if (is_sign(search, at, signs[i]))
      return true;
  return false;
}

/* From behind a name to the comma, semicolon or bracket that ends it: `[4] = {1, 2}`. */
static size_t skip_initializer(const struct search *search, size_t i) {
  for (; i < search->tokens.count; i++) {
    bool body = is_sign(search, i, "{") && !is_sign(search, i - 1, "=");
    if (body || closes(search, i) || is_sign(search, i, ",") || is_sign(search, i, ";"))
      return i;
    if (opens(search, i))
      i = closing(search, i);
  }
  return i;
}

static void note_declarators(struct search *search, size_t at, struct declaration said) {
  for (;;) {
    at = skip_pointers(search, at);
    if (!is_word(search, at) || !ends_declarator(search, at + 1))
      return;
    declare(search, at, said);
    at = skip_initializer(search, at + 1);
    /* `(struct a *b, struct c *d)`: behind the comma of a parameter stands a type. */
    if (said.guessed || !is_sign(search, at, ","))
      return;
    at++;
  }
}

bool is_no_type(const struct search *search, size_t i) {
  static const char *const words[] = {
      "return", "else",  "case",   "goto",        "sizeof", "typedef",    "struct",  "union",
      "enum",   "const", "static", "extern",      "define", "inline",     "break",   "do",
      "if",     "while", "auto",   "__auto_type", "typeof", "__typeof__", "decltype"};
  for (size_t k = 0; k < sizeof words / sizeof *words; k++)
    if (is_text(search, i, words[k]))
      return true;
  return is_sign(search, i - 1, "->") || is_sign(search, i - 1, ".") ||
         is_text(search, i - 1, "struct") || is_text(search, i - 1, "enum") ||
         is_text(search, i - 1, "union");
}

/* Words of types that are no structs of ours. */
static bool is_builtin(const char *name) {
  static const char *const words[] = {"void",   "char", "short",    "int",    "long", "float",
                                      "double", "bool", "unsigned", "signed", "_Bool"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcmp(name, words[i]) == 0)
      return true;
  return false;
}

/* What a walk through the tokens is inside of. */
struct scope {
  size_t brackets; /* round ones: parameters */
  size_t braces;   /* of a function and what is in it */
};

static void follow(struct scope *scope, const struct search *search, size_t i) {
  if (is_sign(search, i, "("))
    scope->brackets++;
  else if (is_sign(search, i, ")"))
    scope->brackets -= scope->brackets > 0;
  else if (is_sign(search, i, "{"))
    scope->braces += scope->braces > 0 || is_sign(search, i - 1, ")");
  else if (is_sign(search, i, "}"))
    scope->braces -= scope->braces > 0;
}

static struct declaration of_type(const struct scope *scope, const char *type, bool guessed) {
  return (struct declaration){
      .type = type, .guessed = guessed, .local = scope->brackets + scope->braces > 0};
}

/* `struct a *b`, `union { ... } c`: of a struct of the bindings, or certainly of none. */
static void note_structs(struct search *search) {
  struct scope scope = {0};
  for (size_t i = 0; i + 1 < search->tokens.count; i++) {
    follow(&scope, search, i);
    if (!is_text(search, i, "struct") && !is_text(search, i, "union"))
      continue;
    bool named = is_word(search, i + 1);
    const char *name = named ? search->tokens.items[i + 1].text : "";
    size_t behind = i + 1 + named;
    if (is_sign(search, behind, "{"))
      behind = closing(search, behind) + 1;
    const char *type = map_get(&search->old.structs, name) ? name : other_struct;
    note_declarators(search, behind, of_type(&scope, type, false));
  }
}

/* `send_t *a`, `et__Send *a`, `mine_t b`: of what a typedef says, or not known. */
static void note_others(struct search *search) {
  struct scope scope = {0};
  for (size_t i = 0; i + 1 < search->tokens.count; i++) {
    follow(&scope, search, i);
    if (i == 0 || !is_word(search, i) || is_no_type(search, i))
      continue;
    size_t at = skip_pointers(search, i + 1);
    if (!is_word(search, at) || !ends_declarator(search, at + 1))
      continue;
    const char *name = search->tokens.items[i].text;
    const char *type = map_get(&search->old.structs, name) ? name
                       : is_builtin(name)                  ? other_struct
                                                           : declared_struct(search, name, i);
    note_declarators(search, i + 1, of_type(&scope, type, !type || !*type));
  }
}

void declared_note(struct search *search) {
  note_structs(search);
  note_others(search);
}

/* Of several that are nearest in no sense: what all of them say. */
static const struct declaration *common_one(const struct search *search, const struct list *list,
                                            const struct declaration *found) {
  for (size_t i = 0; list && i < list->count; i++) {
    const struct declaration *next = list->items[i];
    if (next->local)
      continue;
    if (!found)
      found = next;
    else if (!found->type || !next->type || strcmp(found->type, next->type) != 0)
      found = &search->unclear_name;
  }
  return found;
}

static const struct declaration *seen_elsewhere(const struct search *search, const char *name) {
  struct source *source = search->source;
  const struct declaration *found = map_get(&source->known_names, name);
  if (found)
    return found;
  for (size_t i = 0; i < source->sees.count; i++) {
    const struct source *seen = source->sees.items[i];
    found = common_one(search, map_get(&seen->declared, name), found);
  }
  if (!found)
    found = common_one(search, map_get(&search->names, name), NULL);
  if (!found)
    found = &search->unclear_name;
  if (search->all_noted)
    map_put(search->arena, &source->known_names, name, found);
  return found;
}

const char *declared_struct(const struct search *search, const char *name, size_t i) {
  const struct list *list = map_get(&search->source->declared, name);
  const struct declaration *found = NULL;
  bool ours = false;
  for (size_t k = 0; list && k < list->count; k++) {
    const struct declaration *declaration = list->items[k];
    ours = ours || (declaration->type && *declaration->type);
    if (declaration->end < i || (declaration->local && declaration->at > i))
      continue;
    if (!found || (declaration->at <= i && (found->at > i || declaration->at >= found->at)))
      found = declaration;
  }
  if (!found)
    found = seen_elsewhere(search, name);
  return found->guessed && ours ? NULL : found->type;
}

const char *member_struct(const struct search *search, const char *owner, const char *member,
                          size_t i) {
  const struct c_struct *in = owner && *owner ? map_get(&search->old.structs, owner) : NULL;
  const struct c_member *found = in ? map_get(&in->members, member) : NULL;
  if (found)
    return found->into;
  (void)i;
  /* Whose member it is, is not looked at: all structs of the sources must say the same. */
  return seen_elsewhere(search, member)->type;
}
