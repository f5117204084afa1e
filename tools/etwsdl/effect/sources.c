#include "etwsdl/effect/sources.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "etwsdl/effect/expression.h"
#include "etwsdl/effect/findings.h"
#include "etwsdl/effect/macros.h"

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
  } else if ((strstr(name, "et__") || strstr(name, "fault__")) &&
             (what = known_struct(&search->old, name))) {
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
  if (strcmp(old->type, new->type) != 0 || strcmp(old->how, new->how) != 0)
    return intern_format(search->new.arena, "%s of struct %s (%s) is %s%s now, was %s%s", member,
                         owner, old->wire, new->type, new->how, old->type, old->how);
  return NULL;
}

static void check_member(struct search *search, const struct token *token, const char *owner) {
  const struct c_struct *was = map_get(&search->old.structs, owner);
  bool as_struct = map_get(&search->old.structs, token->text); /* check_word() counts it */
  if (!was || !map_get(&was->members, token->text) ||
      (as_struct && !map_get(&search->new.structs, token->text)))
    return;
  const char *loss = loss_of(search, owner, token->text);
  search->effect->uses += !as_struct;
  if (loss)
    lose(search, token, "%s", loss);
}

/* A member of what is not understood: it is said where it may be one that is lost. */
static void check_unclear(struct search *search, const struct token *token) {
  const char *loss = map_get(&search->at_risk, token->text);
  if (!loss)
    return;
  say_unclear(search, token,
              intern_format(search->new.arena, " what %s is a member of: %s", token->text, loss));
}

static void check_access(struct search *search, size_t i, const char *owner) {
  const struct token *member = &search->tokens.items[i];
  if (!owner)
    check_unclear(search, member);
  else if (*owner)
    check_member(search, member, owner);
}

/* How many values stand without a name at the beginning of braces. Numbers are no tokens, so that
 * a comma at the end counts as one. */
static size_t values_without_names(const struct search *search, size_t open) {
  size_t end = closing(search, open), count = 0;
  if (end <= open + 1 || (end == open + 2 && is_text(search, open + 1, "NULL"))) /* {0} */
    return 0;
  for (size_t i = open; i < end; count++) {
    i++;
    if (is_sign(search, i, ".") || (is_word(search, i) && is_sign(search, i + 1, ":")))
      return count;
    while (i < end && !is_sign(search, i, ","))
      i = closing(search, i) + 1;
  }
  return count;
}

/* Values without names are of the members in their order, which fields that come or go move. */
static void check_values(struct search *search, size_t open, const char *type) {
  const struct c_struct *was = type ? map_get(&search->old.structs, type) : NULL;
  const struct c_struct *is = type ? map_get(&search->new.structs, type) : NULL;
  bool pointer = is_sign(search, open - 1, ")") && is_sign(search, open - 2, "*");
  size_t count = was && is && !pointer ? values_without_names(search, open) : 0;
  for (size_t i = 0; i < count && i < was->order.count; i++) {
    const char *name = was->order.items[i];
    const char *now = i < is->order.count ? is->order.items[i] : "nothing";
    if (strcmp(name, now) == 0) {
      const char *loss = loss_of(search, type, name);
      if (loss)
        lose(search, &search->tokens.items[open], "%s", loss);
      continue;
    }
    say_unclear(search, &search->tokens.items[open],
                intern_format(search->new.arena,
                              ": values of struct %s without names: the %zu. is %s now, was %s",
                              type, i + 1, now, name));
    return;
  }
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
      if (!array)
        check_values(search, i, type);
    } else if (is_sign(search, i, "}") && depth > 0) {
      depth--;
    }
    bool begins = is_sign(search, i, "{") || is_sign(search, i, ",");
    if (begins && is_word(search, i + 1) && is_sign(search, i + 2, ":")) /* { EmailName: 0 } */
      check_access(search, i + 1, braces[depth].type);
    bool dot = is_sign(search, i, ".");
    if ((!dot && !is_sign(search, i, "->")) || !is_word(search, i + 1) || i == 0)
      continue;
    bool designator = dot && (is_sign(search, i - 1, "{") || is_sign(search, i - 1, ","));
    check_access(search, i + 1, designator ? braces[depth].type : expression_struct(search, i));
  }
}

/* offsetof(struct et__Send, EmailName), offsetof(send_t, EmailName) */
static void check_offset(struct search *search, size_t i) {
  size_t type = i + 2 + is_text(search, i + 2, "struct");
  if (!is_sign(search, i + 1, "(") || !is_word(search, type) || !is_sign(search, type + 1, ",") ||
      !is_word(search, type + 2))
    return;
  const char *name = search->tokens.items[type].text;
  check_access(search, type + 2,
               map_get(&search->old.structs, name) ? name
               : type > i + 2                      ? other_struct
                                                   : declared_struct(search, name, i));
}

static void check_tokens(struct search *search) {
  for (size_t i = 0; i < search->tokens.count; i++) {
    if (search->tokens.items[i].word)
      check_word(search, &search->tokens.items[i]);
    if (is_text(search, i, "offsetof") || is_text(search, i, "__builtin_offsetof"))
      check_offset(search, i);
  }
  check_members(search);
}

static void note_risks_of(struct search *search, const char *owner, const struct c_struct *was) {
  const char *member;
  void *value;
  for (size_t at = 0; (member = map_next(&was->members, &at, &value));) {
    const char *loss = map_get(&search->at_risk, member) ? NULL : loss_of(search, owner, member);
    if (loss)
      map_put(search->new.arena, &search->at_risk, member, loss);
  }
}

/* In the order of types, so that the same one is named each time; faults come last. */
static void note_risks(struct search *search, const struct meta *old) {
  const char *owner;
  void *was;
  for (size_t i = 0; i < old->types.count; i++) {
    owner = ((struct meta_type *)old->types.items[i])->cname;
    was = map_get(&search->old.structs, owner);
    if (was)
      note_risks_of(search, owner, was);
  }
  for (size_t at = 0; (owner = map_next(&search->old.structs, &at, &was));)
    note_risks_of(search, owner, was);
}

static bool lacks_any(const struct map *old, const struct map *new) {
  const char *name;
  void *value;
  for (size_t at = 0; (name = map_next(old, &at, &value));)
    if (!map_get(new, name))
      return true;
  return false;
}

/* --- files ------------------------------------------------------------------------------------ */

/* A macro that has to do with the bindings, in one of the ways that it is defined in. */
static bool is_ours(const struct search *search, const struct macro *macro) {
  for (size_t i = macro->from; i < macro->to; i++) {
    const char *text = macro->source->written.items[i].text;
    if (map_get(&search->at_risk, text) || strstr(text, "et__"))
      return true;
  }
  return false;
}

static void macro_unclear(void *context, const struct token *at, const struct list *macros) {
  struct search *search = context;
  bool ours = !macros;
  for (size_t i = 0; macros && !ours && i < macros->count; i++)
    ours = is_ours(search, macros->items[i]);
  if (ours && search->loses && search->source->checked)
    say_unclear(search, at,
                macros ? intern_format(search->new.arena,
                                       ": macro %s is defined in several ways, which may not lose "
                                       "the same",
                                       at->text)
                       : ": its macros come to more than a program can have");
}

static void look_at(struct search *search, struct source *source) {
  search->source = source;
  search->tokens = source->expanded;
}

/* What is included comes first: it says what the names of a source are. */
static void note(struct search *search, struct source *source) {
  if (source->is_noted)
    return;
  source->is_noted = true;
  for (size_t i = 0; i < source->includes.count; i++)
    note(search, source->includes.items[i]);
  look_at(search, source);
  declared_note(search);
  expression_note(search);
}

static bool is_param(const struct macro *macro, const char *name) {
  for (size_t i = 0; i < macro->params.count; i++)
    if (strcmp(name, macro->params.items[i]) == 0)
      return true;
  return false;
}

/* What is there to be included where macros stand for something. */
static bool includes_a_list(const struct source *source) {
  for (size_t i = 0; i < source->includes.count; i++) {
    const char *dot = strrchr(((struct source *)source->includes.items[i])->path, '.');
    if (dot && (strcmp(dot, ".def") == 0 || strcmp(dot, ".inc") == 0 || strcmp(dot, ".inl") == 0))
      return true;
  }
  return false;
}

/* `(s)->name` or `et__##name` of what it is given, by a list that is included: not found there. */
static void check_named_by_argument(struct search *search, const struct macro *macro) {
  for (size_t i = 1; search->loses && i < search->tokens.count; i++) {
    bool member = is_sign(search, i - 1, "->") || is_sign(search, i - 1, ".");
    bool pasted = i > 1 && is_sign(search, i - 1, "#") && is_sign(search, i - 2, "#");
    if (!(member || pasted) || !is_param(macro, search->tokens.items[i].text))
      continue;
    say_unclear(
        search, &search->tokens.items[i],
        intern_format(search->new.arena, ": what macro %s names by its argument", macro->name));
    return;
  }
}

/* A macro that nothing uses: what it is given may be anything. */
static void check_macro(struct search *search, struct source *source, const struct macro *macro) {
  struct map declared = source->declared;
  search->source = source;
  search->tokens = (struct token_list){.items = source->written.items + macro->from,
                                       .count = macro->to - macro->from};
  source->declared = (struct map){0};
  for (size_t i = 0; i < search->tokens.count; i++)
    if (is_param(macro, search->tokens.items[i].text))
      declared_add(search, i, NULL);
  check_tokens(search);
  if (includes_a_list(source))
    check_named_by_argument(search, macro);
  source->declared = declared;
}

static void check_unused_macros(struct search *search, struct source *source) {
  for (size_t i = 0; i < source->defined.count; i++) {
    const struct macro *macro = source->defined.items[i];
    if (!macro->used)
      check_macro(search, source, macro);
  }
}

/* It may define anything. Headers of the bindings define what is known. */
static void check_missing(struct search *search, const struct source *source) {
  static const char *const known[] = {"etH.h", "etStub.h", "soapH.h", "soapStub.h", "stdsoap2.h"};
  for (size_t i = 0; i < source->missing.count; i++) {
    const struct include *include = source->missing.items[i];
    bool ours = strncmp(include->name, "etsoap/", 7) == 0;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
      ours = ours || strcmp(include->name, known[k]) == 0;
    if (!ours && search->loses)
      say_unclear(search, &include->at,
                  intern_format(search->new.arena,
                                ": %s is not here: what its macros and types "
                                "stand for",
                                include->name));
  }
}

static void check_files(struct search *search) {
  const struct list *sources = &search->files.sources;
  for (size_t i = 0; i < sources->count; i++)
    macros_note(search->arena, sources->items[i], &search->macros);
  for (size_t i = 0; i < sources->count; i++) {
    search->source = sources->items[i];
    macros_expand(search->arena, sources->items[i], &search->macros, macro_unclear, search);
  }
  for (int headers = 1; headers >= 0; headers--)
    for (size_t i = 0; i < sources->count; i++)
      if (((struct source *)sources->items[i])->header == headers)
        note(search, sources->items[i]);
  search->all_noted = true;
  for (size_t i = 0; i < sources->count; i++) {
    struct source *source = sources->items[i];
    if (!source->checked)
      continue;
    look_at(search, source);
    check_tokens(search);
    check_unused_macros(search, source);
    check_missing(search, source);
    search->effect->files++;
    findings_hand_over(search, source);
  }
}

bool sources_check(struct source_effect *effect, const char *path, const struct meta *old,
                   const struct meta *new) {
  struct search search = {.effect = effect};
  *effect = (struct source_effect){0};
  c_names_make(&search.old, old);
  c_names_make(&search.new, new);
  note_risks(&search, old);
  search.loses = search.at_risk.used > 0 || lacks_any(&search.old.structs, &search.new.structs) ||
                 lacks_any(&search.old.constants, &search.new.constants) ||
                 lacks_any(&search.old.stubs, &search.new.stubs);
  bool good = files_read(&search.files, path);
  search.arena = search.files.arena;
  check_files(&search);
  files_free(&search.files);
  return good;
}
