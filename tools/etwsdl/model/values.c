#include "etwsdl/model/values.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Integers are one kind with bounds: a long of -5 to 5 and an int of -5 to 5 are the same. */
static const struct {
  const char *name, *min, *max;
} integers[] = {
    {"integer", NULL, NULL},
    {"nonPositiveInteger", NULL, "0"},
    {"negativeInteger", NULL, "-1"},
    {"nonNegativeInteger", "0", NULL},
    {"positiveInteger", "1", NULL},
    {"long", "-9223372036854775808", "9223372036854775807"},
    {"int", "-2147483648", "2147483647"},
    {"short", "-32768", "32767"},
    {"byte", "-128", "127"},
    {"unsignedLong", "0", "18446744073709551615"},
    {"unsignedInt", "0", "4294967295"},
    {"unsignedShort", "0", "65535"},
    {"unsignedByte", "0", "255"},
};
enum { INTEGERS = sizeof integers / sizeof *integers };

enum { BOUNDS = 8 };
static const struct {
  const char *name;
  int tighter; /* 1: a greater number is, -1: a smaller one; 0: neither */
} bounds[BOUNDS] = {
    {"minInclusive", 1}, {"maxInclusive", -1}, {"minExclusive", 1}, {"maxExclusive", -1},
    {"minLength", 1},    {"maxLength", -1},    {"totalDigits", -1}, {"fractionDigits", -1},
};
enum { MIN_INCLUSIVE, MAX_INCLUSIVE, MIN_EXCLUSIVE, MAX_EXCLUSIVE, MIN_LENGTH };

/* What a chain of restrictions comes to. */
struct texts {
  const char *kind;   /* "string", "integer", "list of ..." */
  const char *spaces; /* preserve, replace, collapse */
  const char *bound[BOUNDS];
  const char *length;
  struct list patterns; /* text: one for each step, which all have to match */
  struct list values;   /* text; all of them when there is none */
  struct list others;   /* text: the sets that a union has besides */
};

/* --- numbers ---------------------------------------------------------------------------------- */

static bool is_number(const char *text) {
  text += *text == '-' || *text == '+';
  size_t whole = strspn(text, "0123456789");
  text += whole;
  size_t part = *text == '.' ? strspn(text + 1, "0123456789") : 0;
  return whole + part > 0 && text[part + (*text == '.')] == '\0';
}

/* Without a plus, leading zeros, a fraction that is none; "-0" is "0". */
static const char *number(struct arena *arena, const char *text) {
  if (!is_number(text))
    return text;
  bool negative = *text == '-';
  text += *text == '-' || *text == '+';
  text += strspn(text, "0");
  size_t whole = strspn(text, "0123456789"), n = strlen(text);
  while (n > whole && (text[n - 1] == '0' || text[n - 1] == '.'))
    if (text[--n] == '.')
      break;
  if (n == 0)
    return intern(arena, "0");
  return intern_format(arena, "%s%s%.*s", negative ? "-" : "", whole == 0 ? "0" : "", (int)n, text);
}

static int compare_numbers(const char *a, const char *b) {
  bool negative_a = *a == '-', negative_b = *b == '-';
  if (negative_a != negative_b)
    return negative_a ? -1 : 1;
  a += negative_a;
  b += negative_b;
  size_t n = strcspn(a, "."), m = strcspn(b, ".");
  int order = n != m ? (n < m ? -1 : 1) : strcmp(a, b);
  return negative_a ? -order : order;
}

/* --- built in --------------------------------------------------------------------------------- */

static void start_builtin(struct arena *arena, struct texts *set, const char *name) {
  set->kind = intern(arena, name);
  set->spaces = "collapse";
  if (strcmp(name, "string") == 0 || strcmp(name, "anySimpleType") == 0)
    set->spaces = "preserve";
  if (strcmp(name, "normalizedString") == 0)
    set->spaces = "replace";
  if (strcmp(name, "normalizedString") == 0 || strcmp(name, "token") == 0)
    set->kind = "string";
  for (size_t i = 0; i < INTEGERS; i++)
    if (strcmp(name, integers[i].name) == 0) {
      set->kind = "integer";
      set->bound[MIN_INCLUSIVE] = integers[i].min;
      set->bound[MAX_INCLUSIVE] = integers[i].max;
    }
}

static bool has_kind(const struct texts *set, const char *kind) {
  return strcmp(set->kind, kind) == 0;
}

/* --- restrictions ----------------------------------------------------------------------------- */

static void tighten(struct arena *arena, struct texts *set, size_t i, const char *value) {
  if (has_kind(set, "integer") || has_kind(set, "decimal") || i >= MIN_LENGTH)
    value = number(arena, value);
  const char *known = set->bound[i];
  bool comparable = known && is_number(known) && is_number(value);
  if (!comparable || compare_numbers(value, known) * bounds[i].tighter > 0)
    set->bound[i] = value;
}

/* More than 4 is 5 or more, of integers. */
static void include_bounds(struct arena *arena, struct texts *set) {
  for (size_t i = MIN_EXCLUSIVE; i <= MAX_EXCLUSIVE && has_kind(set, "integer"); i++) {
    char *end = NULL;
    errno = 0;
    long long value = set->bound[i] ? strtoll(set->bound[i], &end, 10) : 0;
    if (!set->bound[i] || errno != 0 || *end != '\0' || value > 1000000000000 ||
        value < -1000000000000)
      continue;
    set->bound[i] = NULL;
    tighten(arena, set, i - MIN_EXCLUSIVE,
            intern_format(arena, "%lld", value + (i == MIN_EXCLUSIVE ? 1 : -1)));
  }
}

static int compare_texts(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort(struct list *texts) {
  size_t kept = 0;
  if (texts->count > 0)
    qsort(texts->items, texts->count, sizeof(void *), compare_texts);
  for (size_t i = 0; i < texts->count; i++)
    if (kept == 0 || strcmp(texts->items[kept - 1], texts->items[i]) != 0)
      texts->items[kept++] = texts->items[i];
  texts->count = kept;
}

static void add_facets(struct arena *arena, struct texts *set, const struct type *type) {
  struct list patterns = {0};
  struct buffer either = {0};
  for (size_t i = 0; i < type->facets.count; i++) {
    const struct facet *facet = type->facets.items[i];
    if (strcmp(facet->name, "whiteSpace") == 0)
      set->spaces = facet->value;
    else if (strcmp(facet->name, "pattern") == 0)
      list_add(arena, &patterns, facet->value);
    else if (strcmp(facet->name, "length") == 0)
      set->length = number(arena, facet->value);
    for (size_t k = 0; k < BOUNDS; k++)
      if (strcmp(facet->name, bounds[k].name) == 0)
        tighten(arena, set, k, facet->value);
  }
  include_bounds(arena, set);
  sort(&patterns);
  for (size_t i = 0; i < patterns.count; i++)
    buffer_printf(&either, "%s%s", i > 0 ? "|" : "", (const char *)patterns.items[i]);
  if (patterns.count > 0)
    list_add(arena, &set->patterns, intern_buffer(arena, &either));
}

static const char *canonical(struct arena *arena, const char *kind, const char *text) {
  size_t n = strlen(text);
  if (strcmp(kind, "string") == 0 || strncmp(kind, "list ", 5) == 0)
    return text;
  while (n > 0 && strchr(" \t\r\n", text[n - 1]))
    n--;
  size_t blank = strspn(text, " \t\r\n");
  text = intern_n(arena, text + blank, n > blank ? n - blank : 0);
  if (strcmp(kind, "integer") == 0 || strcmp(kind, "decimal") == 0)
    return number(arena, text);
  if (strcmp(kind, "boolean") == 0)
    return strcmp(text, "1") == 0 ? "true" : strcmp(text, "0") == 0 ? "false" : text;
  return text;
}

static void add_values(struct arena *arena, struct texts *set, const struct type *type) {
  if (type->values.count == 0)
    return;
  set->values = (struct list){0};
  for (size_t i = 0; i < type->values.count; i++) {
    const struct enum_value *value = type->values.items[i];
    list_add(arena, &set->values, canonical(arena, set->kind, value->text));
  }
  sort(&set->values);
}

static const char *set_text(struct arena *arena, struct texts *set);

static void start(struct contract *contract, struct texts *set, struct type *type);

/* The members that are lists of values with the same blanks are one list. */
static void start_union(struct contract *contract, struct texts *set, struct type *type) {
  struct arena *arena = contract->arena;
  struct texts values = {0};
  for (size_t i = 0; i < type->members.count; i++) {
    struct type *is = ((struct type_ref *)type->members.items[i])->type;
    struct texts member = {0};
    start(contract, &member, is);
    bool merges = member.values.count > 0 && member.patterns.count == 0 &&
                  (!values.kind ||
                   (has_kind(&values, member.kind) && strcmp(values.spaces, member.spaces) == 0));
    if (!merges) {
      list_add(arena, &set->others, set_text(arena, &member));
      continue;
    }
    values.kind = member.kind;
    values.spaces = member.spaces;
    for (size_t k = 0; k < member.values.count; k++)
      list_add(arena, &values.values, member.values.items[k]);
  }
  sort(&values.values);
  if (values.kind)
    list_add(arena, &set->others, set_text(arena, &values));
  sort(&set->others);
  set->kind = "union";
  set->spaces = "collapse";
  for (size_t i = 0; i < set->others.count; i++)
    if (strcmp(set->others.items[i], "string preserve") == 0) {
      set->others = (struct list){0}; /* any text at all */
      start_builtin(arena, set, "string");
    }
}

static void start_simple(struct contract *contract, struct texts *set, struct type *type) {
  struct arena *arena = contract->arena;
  if (type->derivation == DERIVED_BY_UNION) {
    start_union(contract, set, type);
    return;
  }
  if (type->derivation == DERIVED_BY_LIST) {
    set->kind = intern_format(arena, "list of (%s)", values_key(contract, type->base.type));
    set->spaces = "collapse";
    return;
  }
  start(contract, set, type->base.type);
  add_facets(arena, set, type);
  add_values(arena, set, type);
}

/* A type is worked out once: unions of unions would take forever. */
static void start(struct contract *contract, struct texts *set, struct type *type) {
  struct arena *arena = contract->arena;
  if (!type || type->kind != TYPE_SIMPLE) {
    start_builtin(arena, set, type ? type->name.local : "anySimpleType");
    return;
  }
  if (!type->texts) {
    struct texts *made = arena_alloc(arena, sizeof *made);
    start_simple(contract, made, type);
    type->texts = made;
  }
  *set = *type->texts;
  /* What is added to the copy goes into memory of its own. */
  set->patterns.capacity = set->patterns.count;
  set->values.capacity = set->values.count;
  set->others.capacity = set->others.count;
}

/* --- as a text -------------------------------------------------------------------------------- */

static void write_limits(struct buffer *out, const struct texts *set) {
  for (size_t i = 0; i < BOUNDS; i++) {
    bool nothing = i == MIN_LENGTH && set->bound[i] && strcmp(set->bound[i], "0") == 0;
    if (set->bound[i] && !nothing)
      buffer_printf(out, " %s=%s", bounds[i].name, set->bound[i]);
  }
  if (set->length)
    buffer_printf(out, " length=%s", set->length);
}

/* Where the values are listed, their kind and bounds say no more. */
static const char *set_text(struct arena *arena, struct texts *set) {
  struct buffer out = {0};
  bool listed = set->values.count > 0;
  if (set->others.count == 1 && !listed && set->patterns.count == 0)
    return set->others.items[0];
  bool typed = !listed || (!has_kind(set, "string") && !has_kind(set, "union"));
  buffer_printf(&out, "%s %s", typed ? set->kind : "values", set->spaces);
  if (!listed)
    write_limits(&out, set);
  sort(&set->patterns);
  for (size_t i = 0; i < set->patterns.count; i++)
    buffer_printf(&out, "\npattern %s", (const char *)set->patterns.items[i]);
  for (size_t i = 0; i < set->values.count; i++)
    buffer_printf(&out, "\nvalue %s", (const char *)set->values.items[i]);
  for (size_t i = 0; !listed && i < set->others.count; i++)
    buffer_printf(&out, "\nor %s", (const char *)set->others.items[i]);
  return intern_buffer(arena, &out);
}

const char *values_key(struct contract *contract, struct type *type) {
  struct texts set = {0};
  start(contract, &set, type);
  return set_text(contract->arena, &set);
}

const char *values_canonical(struct contract *contract, struct type *type, const char *text) {
  struct texts set = {0};
  if (!type || type->kind == TYPE_COMPLEX)
    return text;
  start(contract, &set, type);
  return canonical(contract->arena, set.kind, text);
}
