#include "etwsdl/effect/sources.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/program.h"
#include "etwsdl/effect/names.h"
#include "etwsdl/effect/tokens.h"

enum { MOST_SOURCE_BYTES = 64 * 1024 * 1024, MOST_FOLDERS = 60 };

struct search {
  struct source_effect *effect;
  struct c_names old, new;
  struct arena *arena; /* for one file */
  const char *path;
  struct token_list tokens;
  struct map variables; /* name to the struct that it is or points to */
};

/* --- what is said ----------------------------------------------------------------------------- */

static void lose(struct search *search, const struct token *token, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void lose(struct search *search, const struct token *token, const char *format, ...) {
  struct arena *arena = search->new.arena;
  va_list arguments;
  va_start(arguments, format);
  const char *text = intern_vformat(arena, format, arguments);
  va_end(arguments);
  list_add(arena, &search->effect->lines,
           intern_format(arena, "%s:%u:%u: %s", search->path, token->line, token->column, text));
  search->effect->losses++;
}

/* What is left of soap_default_et__Send, SOAP_TYPE_et__Send and the like: et__Send. */
static const char *bare_name(const char *name) {
  const char *at = strstr(name, "et__");
  if (!at)
    return name;
  return at > name && at[-1] == '_' && (at - 1 == name || at[-2] == '_') ? at - 1 : at;
}

static const char *known_struct(const struct c_names *names, const char *name) {
  const char *bare = bare_name(name);
  if (map_get(&names->structs, bare))
    return bare;
  return *bare == '_' && map_get(&names->structs, bare + 1) ? bare + 1 : NULL;
}

static void check_word(struct search *search, const struct token *token) {
  const char *name = token->text, *what;
  if ((what = map_get(&search->old.stubs, name))) {
    search->effect->uses++;
    if (!map_get(&search->new.stubs, name))
      lose(search, token, "%s: operation %s is gone", name, what);
  } else if ((what = map_get(&search->old.constants, name))) {
    search->effect->uses++;
    if (!map_get(&search->new.constants, name))
      lose(search, token, "%s: %s is gone", name, what);
  } else if (strstr(name, "et__") && (what = known_struct(&search->old, name))) {
    search->effect->uses++;
    if (!map_get(&search->new.structs, what))
      lose(search, token, "%s: type %s is gone", name,
           ((struct c_struct *)map_get(&search->old.structs, what))->wire);
  }
}

/* --- members ---------------------------------------------------------------------------------- */

static bool is_sign(const struct search *search, size_t i, const char *sign) {
  const struct token *token = &search->tokens.items[i];
  return i < search->tokens.count && !token->word && strcmp(token->text, sign) == 0;
}

static bool is_word(const struct search *search, size_t i) {
  return i < search->tokens.count && search->tokens.items[i].word;
}

static void check_member(struct search *search, const struct token *token, const char *owner) {
  const struct c_struct *was = map_get(&search->old.structs, owner);
  const struct c_struct *is = map_get(&search->new.structs, owner);
  const struct c_member *old = was ? map_get(&was->members, token->text) : NULL;
  const struct c_member *new = is ? map_get(&is->members, token->text) : NULL;
  if (!old || map_get(&search->old.structs, token->text))
    return; /* a member that is called like a struct is checked as one */
  search->effect->uses++;
  if (!new)
    lose(search, token, "%s of struct %s (%s, %s) is gone", token->text, owner, old->wire,
         old->type);
  else if (strcmp(old->type, new->type) != 0)
    lose(search, token, "%s of struct %s (%s) is %s now, was %s", token->text, owner, old->wire,
         new->type, old->type);
}

/* The struct behind a member; a union of a choice is passed through. */
static const char *struct_behind(const struct search *search, const char *owner,
                                 const char *member) {
  const struct c_struct *in = owner ? map_get(&search->old.structs, owner) : NULL;
  const struct c_member *found = in ? map_get(&in->members, member) : NULL;
  if (found)
    return found->into;
  if (in && strncmp(member, "union_", 6) == 0)
    return owner;
  return map_get(&search->variables, member);
}

/* From behind a name to the comma, semicolon or bracket that ends it: `[4] = {1, 2}`. */
static size_t skip_initializer(const struct search *search, size_t i) {
  size_t depth = 0;
  for (; i < search->tokens.count; i++) {
    bool opens = is_sign(search, i, "(") || is_sign(search, i, "[") || is_sign(search, i, "{");
    bool closes = is_sign(search, i, ")") || is_sign(search, i, "]") || is_sign(search, i, "}");
    if (depth == 0 && (closes || is_sign(search, i, ",") || is_sign(search, i, ";")))
      break;
    depth += opens;
    depth -= closes;
  }
  return i;
}

/* `struct et__Send *a, b[2]`: what is declared is of that struct, whatever it is part of. */
static size_t take_declaration(struct search *search, size_t i) {
  const char *name = search->tokens.items[i + 1].text;
  const char *type = map_get(&search->old.structs, name) ? name : NULL;
  size_t at = i + 2;
  while (type) {
    while (is_sign(search, at, "*") ||
           (is_word(search, at) && strcmp(search->tokens.items[at].text, "const") == 0))
      at++;
    bool ends = is_sign(search, at + 1, ",") || is_sign(search, at + 1, ";") ||
                is_sign(search, at + 1, "=") || is_sign(search, at + 1, ")") ||
                is_sign(search, at + 1, "[") || is_sign(search, at + 1, "(");
    if (!is_word(search, at) || !ends)
      break;
    map_put(search->arena, &search->variables, search->tokens.items[at].text, type);
    at = skip_initializer(search, at + 1);
    if (!is_sign(search, at, ","))
      break;
    at++;
  }
  return i + 2;
}

static size_t skip_index(const struct search *search, size_t i) {
  size_t depth = 0;
  while (i < search->tokens.count) {
    if (is_sign(search, i, "["))
      depth++;
    else if (is_sign(search, i, "]"))
      depth--;
    i++;
    if (depth == 0)
      break;
  }
  return i;
}

/* `a->b[2].c`: each member, of the struct that the one before leads to. */
static void follow_chain(struct search *search, size_t i) {
  const char *owner = map_get(&search->variables, search->tokens.items[i].text);
  i++;
  for (;;) {
    if (is_sign(search, i, "["))
      i = skip_index(search, i);
    if ((!is_sign(search, i, "->") && !is_sign(search, i, ".")) || !is_word(search, i + 1))
      return;
    const struct token *member = &search->tokens.items[i + 1];
    if (owner)
      check_member(search, member, owner);
    owner = struct_behind(search, owner, member->text);
    i += 2;
  }
}

/* `(struct et__Send){.EmailName = ...}` and `struct et__Send x = {.EmailName = ...}`. */
static void check_initializer(struct search *search, size_t i) {
  const char *name = search->tokens.items[i + 1].text;
  size_t at = i + 2, depth = 0;
  while (at < search->tokens.count && at < i + 8 && !is_sign(search, at, "{") &&
         !is_sign(search, at, ";"))
    at++;
  if (!map_get(&search->old.structs, name) || !is_sign(search, at, "{"))
    return;
  for (; at < search->tokens.count; at++) {
    if (is_sign(search, at, "{"))
      depth++;
    else if (is_sign(search, at, "}") && --depth == 0)
      return;
    bool starts = is_sign(search, at - 1, "{") || is_sign(search, at - 1, ",");
    if (depth == 1 && starts && is_sign(search, at, ".") && is_word(search, at + 1))
      check_member(search, &search->tokens.items[at + 1], name);
  }
}

static void check_tokens(struct search *search) {
  const struct token *tokens = search->tokens.items;
  for (size_t i = 0; i < search->tokens.count; i++)
    if (tokens[i].word && strcmp(tokens[i].text, "struct") == 0 && is_word(search, i + 1))
      take_declaration(search, i);
  for (size_t i = 0; i < search->tokens.count; i++) {
    if (!tokens[i].word)
      continue;
    check_word(search, &tokens[i]);
    bool member = i > 0 && (is_sign(search, i - 1, "->") || is_sign(search, i - 1, "."));
    if (!member)
      follow_chain(search, i);
    if (strcmp(tokens[i].text, "struct") == 0 && is_word(search, i + 1))
      check_initializer(search, i);
  }
}

/* --- files ------------------------------------------------------------------------------------ */

static bool is_source(const char *name) {
  static const char *const endings[] = {".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".inc"};
  const char *dot = strrchr(name, '.');
  for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
    if (strcmp(dot, endings[i]) == 0)
      return true;
  return false;
}

static bool check_file(struct search *search, const char *path) {
  FILE *file = fopen(path, "rb");
  struct buffer text = {0};
  char block[16384];
  size_t n;
  if (!file) {
    complain("cannot read %s: %s", path, strerror(errno));
    return false;
  }
  while (text.size < MOST_SOURCE_BYTES && (n = fread(block, 1, sizeof block, file)) > 0)
    buffer_add(&text, block, n);
  bool good = !ferror(file) && !text.failed;
  fclose(file);
  if (!good)
    complain("cannot read %s", path);
  search->path = intern(search->new.arena, path);
  search->arena = arena_new();
  search->tokens.count = 0;
  search->variables = (struct map){0};
  tokens_read(&search->tokens, search->arena, buffer_text(&text), text.size);
  check_tokens(search);
  search->effect->files++;
  arena_free(search->arena);
  buffer_free(&text);
  return good;
}

static bool check_path(struct search *search, const char *path, unsigned level);

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In the order of names, hidden ones left out; links are not followed. */
static bool check_folder(struct search *search, const char *path, unsigned level) {
  DIR *folder = opendir(path);
  struct list names = {0};
  struct arena *arena = search->new.arena;
  const struct dirent *entry;
  bool good = true;
  if (!folder) {
    complain("cannot read %s: %s", path, strerror(errno));
    return false;
  }
  while ((entry = readdir(folder)))
    if (entry->d_name[0] != '.')
      list_add(arena, &names, intern(arena, entry->d_name));
  closedir(folder);
  if (names.count > 0)
    qsort(names.items, names.count, sizeof *names.items, by_name);
  for (size_t i = 0; i < names.count; i++) {
    char *inside = need_format("%s/%s", path, (const char *)names.items[i]);
    struct stat status;
    bool wanted = lstat(inside, &status) == 0 &&
                  (S_ISDIR(status.st_mode) || (S_ISREG(status.st_mode) && is_source(inside)));
    good = (!wanted || check_path(search, inside, level + 1)) && good;
    free(inside);
  }
  return good;
}

static bool check_path(struct search *search, const char *path, unsigned level) {
  struct stat status;
  if (stat(path, &status) != 0) {
    complain("cannot read %s: %s", path, strerror(errno));
    return false;
  }
  if (!S_ISDIR(status.st_mode))
    return check_file(search, path);
  return level > MOST_FOLDERS || check_folder(search, path, level);
}

bool sources_check(struct source_effect *effect, const char *path, const struct meta *old,
                   const struct meta *new) {
  struct search search = {.effect = effect};
  *effect = (struct source_effect){0};
  c_names_make(&search.old, old);
  c_names_make(&search.new, new);
  bool good = check_path(&search, path, 0);
  free(search.tokens.items);
  return good;
}
