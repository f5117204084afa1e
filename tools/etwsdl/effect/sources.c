#include "etwsdl/effect/sources.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/program.h"
#include "etwsdl/effect/expression.h"
#include "etwsdl/effect/search.h"

enum { MOST_SOURCE_BYTES = 64 * 1024 * 1024, MOST_FOLDERS = 60 };

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

/* What a member loses; NULL: nothing. */
static const char *loss_of(const struct search *search, const char *owner, const char *member) {
  const struct c_struct *was = map_get(&search->old.structs, owner);
  const struct c_struct *is = map_get(&search->new.structs, owner);
  const struct c_member *old = was ? map_get(&was->members, member) : NULL;
  const struct c_member *new = is ? map_get(&is->members, member) : NULL;
  if (!old)
    return NULL;
  if (!new)
    return intern_format(search->new.arena, "%s of struct %s (%s, %s) is gone", member, owner,
                         old->wire, old->type);
  if (strcmp(old->type, new->type) != 0)
    return intern_format(search->new.arena, "%s of struct %s (%s) is %s now, was %s", member, owner,
                         old->wire, new->type, old->type);
  return NULL;
}

static void check_member(struct search *search, const struct token *token, const char *owner) {
  const struct c_struct *was = map_get(&search->old.structs, owner);
  if (!was || !map_get(&was->members, token->text) || map_get(&search->old.structs, token->text))
    return; /* a member that is called like a struct is checked as one */
  const char *loss = loss_of(search, owner, token->text);
  search->effect->uses++;
  if (loss)
    lose(search, token, "%s", loss);
}

/* A member of what is not understood: it is said where it may be one that is lost. */
static void check_unclear(struct search *search, const struct token *token) {
  const char *loss = map_get(&search->at_risk, token->text);
  if (!loss)
    return;
  list_add(search->new.arena, &search->effect->lines,
           intern_format(search->new.arena, "%s:%u:%u: not understood what %s is a member of: %s",
                         search->path, token->line, token->column, token->text, loss));
  search->effect->unclear++;
}

static void check_access(struct search *search, size_t i, const char *owner) {
  const struct token *member = &search->tokens.items[i];
  if (!owner)
    check_unclear(search, member);
  else if (*owner)
    check_member(search, member, owner);
}

enum { MOST_BRACES = 100 };

/* `a->b`, and `.b = ` between the braces of what is filled in. */
static void check_members(struct search *search) {
  struct {
    const char *type;
    bool array;
  } braces[MOST_BRACES] = {{other_struct, false}};
  size_t depth = 0;
  for (size_t i = 0; i < search->tokens.count; i++) {
    if (is_sign(search, i, "{") && depth + 1 < MOST_BRACES) {
      bool array;
      const char *type = brace_struct(search, i, braces[depth].type, braces[depth].array, &array);
      braces[++depth].type = type;
      braces[depth].array = array;
    } else if (is_sign(search, i, "}") && depth > 0) {
      depth--;
    }
    bool dot = is_sign(search, i, ".");
    if ((!dot && !is_sign(search, i, "->")) || !is_word(search, i + 1) || i == 0)
      continue;
    bool designator = dot && (is_sign(search, i - 1, "{") || is_sign(search, i - 1, ","));
    check_access(search, i + 1, designator ? braces[depth].type : expression_struct(search, i));
  }
}

/* offsetof(struct et__Send, EmailName) */
static void check_offset(struct search *search, size_t i) {
  if (is_sign(search, i + 1, "(") && is_text(search, i + 2, "struct") && is_word(search, i + 3) &&
      is_sign(search, i + 4, ",") && is_word(search, i + 5))
    check_member(search, &search->tokens.items[i + 5], search->tokens.items[i + 3].text);
}

static void check_tokens(struct search *search) {
  declared_note(search);
  for (size_t i = 0; i < search->tokens.count; i++) {
    if (search->tokens.items[i].word)
      check_word(search, &search->tokens.items[i]);
    if (is_text(search, i, "offsetof"))
      check_offset(search, i);
  }
  check_members(search);
}

/* In the order of types, so that the same one is named each time. */
static void note_risks(struct search *search, const struct meta *old) {
  for (size_t i = 0; i < old->types.count; i++) {
    const char *owner = ((struct meta_type *)old->types.items[i])->cname, *member;
    const struct c_struct *was = map_get(&search->old.structs, owner);
    void *value;
    for (size_t at = 0; was && (member = map_next(&was->members, &at, &value));) {
      const char *loss = map_get(&search->at_risk, member) ? NULL : loss_of(search, owner, member);
      if (loss)
        map_put(search->new.arena, &search->at_risk, member, loss);
    }
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
  if (S_ISREG(status.st_mode))
    return check_file(search, path);
  if (!S_ISDIR(status.st_mode)) {
    complain("%s is neither a file nor a folder", path);
    return false;
  }
  return level > MOST_FOLDERS || check_folder(search, path, level);
}

bool sources_check(struct source_effect *effect, const char *path, const struct meta *old,
                   const struct meta *new) {
  struct search search = {.effect = effect};
  *effect = (struct source_effect){0};
  c_names_make(&search.old, old);
  c_names_make(&search.new, new);
  note_risks(&search, old);
  bool good = check_path(&search, path, 0);
  free(search.tokens.items);
  return good;
}
