/* The nearest declaration above
 * counts, which is right for names of functions and blocks without knowing where they end. */
#include "etwsdl/effect/declared.h"

#include <string.h>

const char other_struct[] = "";

struct declaration {
  size_t at;        /* the token */
  const char *type; /* NULL: that of a macro's argument */
  bool guessed;     /* `a * b` may be a product as well */
};

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

static void declare(struct search *search, size_t at, const char *type, bool guessed) {
  struct declaration *made = arena_alloc(search->arena, sizeof *made);
  *made = (struct declaration){at, type, guessed};
  list_add(search->arena, map_list(search->arena, &search->declared, search->tokens.items[at].text),
           made);
}

static size_t skip_pointers(const struct search *search, size_t at) {
  while (is_sign(search, at, "*") || is_text(search, at, "const") ||
         is_text(search, at, "restrict") || is_text(search, at, "volatile"))
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

static void note_declarators(struct search *search, size_t at, const char *type, bool guessed) {
  for (;;) {
    at = skip_pointers(search, at);
    if (!is_word(search, at) || !ends_declarator(search, at + 1))
      return;
    declare(search, at, type, guessed);
    at = skip_initializer(search, at + 1);
    /* `(struct a *b, struct c *d)`: behind the comma of a parameter stands a type. */
    if (guessed || !is_sign(search, at, ","))
      return;
    at++;
  }
}

static bool is_no_type(const struct search *search, size_t i) {
  static const char *const words[] = {"return",  "else",   "case",   "goto",   "sizeof",
                                      "typedef", "struct", "union",  "enum",   "const",
                                      "static",  "extern", "define", "inline", "break",
                                      "do",      "if",     "while",  "auto"};
  for (size_t k = 0; k < sizeof words / sizeof *words; k++)
    if (is_text(search, i, words[k]))
      return true;
  return is_sign(search, i - 1, "->") || is_sign(search, i - 1, ".") ||
         is_text(search, i - 1, "struct") || is_text(search, i - 1, "enum") ||
         is_text(search, i - 1, "union");
}

/* The arguments of a macro may be anything. */
static void note_macro(struct search *search, size_t i) {
  const struct token *tokens = search->tokens.items;
  if (!is_text(search, i, "define") || !is_sign(search, i + 2, "(") ||
      tokens[i + 2].line != tokens[i + 1].line ||
      tokens[i + 2].column != tokens[i + 1].column + strlen(tokens[i + 1].text))
    return;
  size_t close = closing(search, i + 2);
  for (size_t at = i + 3; at < close; at++)
    if (is_word(search, at))
      declare(search, at, NULL, false);
}

void declared_note(struct search *search) {
  search->declared = (struct map){0};
  for (size_t i = 0; i + 1 < search->tokens.count; i++) {
    note_macro(search, i);
    const char *name = search->tokens.items[i + 1].text;
    if (is_text(search, i, "struct") && is_word(search, i + 1))
      note_declarators(search, i + 2, map_get(&search->old.structs, name) ? name : other_struct,
                       false);
  }
  /* `send_t *a`, `et__Send *a`, `mine_t b`: of what the typedef above says, or none of ours. */
  for (size_t i = 1; i + 1 < search->tokens.count; i++) {
    if (!is_word(search, i) || is_no_type(search, i))
      continue;
    const char *name = search->tokens.items[i].text;
    const char *type =
        map_get(&search->old.structs, name) ? name : declared_struct(search, name, i);
    bool ours = type && *type;
    note_declarators(search, i + 1, ours ? type : other_struct, !ours);
  }
}

const char *declared_struct(const struct search *search, const char *name, size_t i) {
  const struct list *list = map_get(&search->declared, name);
  const struct declaration *found = NULL;
  bool ours = false;
  for (size_t k = 0; list && k < list->count; k++) {
    const struct declaration *declaration = list->items[k];
    ours = ours || (declaration->type && *declaration->type);
    if (!found || (declaration->at <= i && (found->at > i || declaration->at >= found->at)))
      found = declaration;
  }
  if (!found || (found->guessed && ours))
    return NULL;
  return found->type;
}

const char *member_struct(const struct search *search, const char *owner, const char *member,
                          size_t i) {
  const struct c_struct *in = owner && *owner ? map_get(&search->old.structs, owner) : NULL;
  const struct c_member *found = in ? map_get(&in->members, member) : NULL;
  if (found)
    return found->into;
  if (in && strncmp(member, "union_", 6) == 0) /* a union of a choice is passed through */
    return owner;
  return declared_struct(search, member, i);
}
