#include "manual/declaration.h"

#include <ctype.h>
#include <string.h>

static bool starts(const char *at, const char *what) {
  return strncmp(at, what, strlen(what)) == 0;
}

static bool is_blank(char c) {
  return c == ' ' || c == '\n';
}

static bool is_name(char c) {
  return isalnum((unsigned char)c) || c == '_';
}

static struct span trimmed(const char *from, const char *until) {
  while (from < until && is_blank(*from))
    from++;
  while (until > from && is_blank(until[-1]))
    until--;
  return (struct span){from, (size_t)(until - from)};
}

/* Behind the comment that begins here; the end of the text when it does not end. */
static const char *behind_comment(const char *at) {
  const char *end = strstr(at + 2, "*/");
  return end ? end + 2 : at + strlen(at);
}

/* Behind the line, with those that a backslash at its end joins to it. */
static const char *behind_line(const char *at) {
  while (*at && *at != '\n')
    at += at[0] == '\\' && at[1] ? 2 : 1;
  return at + (*at == '\n');
}

static struct span inner(const char *at, size_t mark) {
  const char *end = behind_comment(at);
  return trimmed(at + mark, end - (end[-1] == '/' ? 2 : 0));
}

static bool is_tag(const char *at, const char *tag) {
  struct span comment = inner(at, 3);
  return comment.size == strlen(tag) && memcmp(comment.text, tag, comment.size) == 0;
}

/* Behind what no reader is to see. */
static const char *behind_condition(const char *at) {
  do {
    at = behind_comment(at);
    at = strstr(at, "/**") ? strstr(at, "/**") : at + strlen(at);
  } while (*at && !is_tag(at, "@endcond"));
  return *at ? behind_comment(at) : at;
}

/* --- forms ----------------------------------------------------------------------------------- */

/* The first of `marks` outside of comments and brackets; the end when there is none. */
static const char *find(const char *at, const char *end, const char *marks) {
  int depth = 0;
  while (at < end) {
    if (starts(at, "/*")) {
      at = behind_comment(at);
      continue;
    }
    if (depth == 0 && strchr(marks, *at))
      return at;
    depth += (*at == '(' || *at == '{' || *at == '[') - (*at == ')' || *at == '}' || *at == ']');
    at++;
  }
  return end;
}

static struct span last_name(const char *from, const char *until) {
  while (until > from && !is_name(until[-1]))
    until--;
  const char *begin = until;
  while (begin > from && is_name(begin[-1]))
    begin--;
  return (struct span){begin, (size_t)(until - begin)};
}

static const char *read_macro(struct declaration *declaration, const char *at) {
  const char *name = at + strlen("#define "), *end = behind_line(at), *rest = name;
  while (is_name(*rest))
    rest++;
  declaration->kind = DECLARES_MACRO;
  declaration->name = (struct span){name, (size_t)(rest - name)};
  declaration->takes = *rest == '(';
  declaration->inside = trimmed(rest, end);
  return end;
}

static const char *read_type(struct declaration *declaration, const char *at, const char *end) {
  const char *brace = find(at, end, "{"), *bracket = find(at, end, "(");
  declaration->kind = DECLARES_TYPE;
  declaration->name = last_name(at, bracket);
  declaration->before = trimmed(at, end);
  if (brace < end) {
    const char *last = end;
    while (last > brace && *last != '}')
      last--;
    declaration->inside = (struct span){brace + 1, (size_t)(last - brace) - 1};
    declaration->before = trimmed(at, brace);
  }
  if (declaration->name.text < brace) /* no name behind the braces */
    declaration->name = last_name(at, brace);
  return end + 1;
}

static const char *read_function(struct declaration *declaration, const char *at, const char *end) {
  static const char api[] = "ETS_API ";
  const char *bracket = find(at, end, "(");
  declaration->kind = DECLARES_FUNCTION;
  declaration->name = last_name(at, bracket);
  if (starts(at, api))
    at += sizeof api - 1;
  declaration->before = trimmed(at, declaration->name.text);
  declaration->inside = trimmed(bracket + 1, find(bracket + 1, end, ")"));
  return end + 1;
}

static const char *read_form(struct declaration *declaration, const char *at) {
  const char *all = at + strlen(at);
  if (starts(at, "#define "))
    return read_macro(declaration, at);
  const char *end = find(at, all, ";");
  if (end == all)
    return NULL;
  if (starts(at, "typedef ") || starts(at, "enum ") || starts(at, "struct ets_type;"))
    return read_type(declaration, at, end);
  return find(at, end, "(") < end ? read_function(declaration, at, end) : NULL;
}

bool declaration_next(const char **at, struct declaration *declaration) {
  const char *from = *at;
  while ((from = strstr(from, "/**"))) {
    *declaration = (struct declaration){.comment = inner(from, 3)};
    if (is_tag(from, "@cond")) {
      from = behind_condition(from);
      continue;
    }
    const char *next = behind_comment(from);
    if (from[3] == '<') {
      from = next;
      continue;
    }
    if (starts(declaration->comment.text, "@file")) {
      declaration->comment = trimmed(declaration->comment.text + strlen("@file"),
                                     declaration->comment.text + declaration->comment.size);
      *at = next;
      return true;
    }
    while (is_blank(*next))
      next++;
    const char *end = read_form(declaration, next);
    if (end) {
      *at = end;
      return true;
    }
    from = next;
  }
  return false;
}

/* --- what is inside -------------------------------------------------------------------------- */

/* What is said of it behind it: a comment that begins with a `<`. */
static const char *read_behind(struct member *member, const char *at, const char *end) {
  while (at < end && is_blank(*at))
    at++;
  if (!starts(at, "/**<"))
    return at;
  member->comment = inner(at, 4);
  return behind_comment(at);
}

bool member_next(struct span *inside, struct member *member) {
  const char *at = inside->text, *end = at + inside->size;
  *member = (struct member){{NULL, 0}, {"", 0}};
  for (;;) {
    while (at < end && is_blank(*at))
      at++;
    if (at >= end)
      return false;
    if (starts(at, "/**") && is_tag(at, "@cond"))
      at = behind_condition(at);
    else if (starts(at, "/**") && (member->comment = inner(at, 3)).size > 0)
      at = behind_comment(at);
    else if (starts(at, "/*"))
      at = behind_comment(at);
    else
      break;
  }
  const char *stop = find(at, end, ";,");
  const char *comment = at;
  while (comment < stop && !starts(comment, "/*"))
    comment++;
  member->text = trimmed(at, comment);
  at = read_behind(member, comment < stop ? comment : stop + (stop < end), end);
  if (comment < stop)
    at = stop + (stop < end);
  *inside = (struct span){at, (size_t)(end - at)};
  return member->text.size > 0;
}

bool argument_next(struct span *inside, struct span *argument) {
  const char *end = inside->text + inside->size;
  if (inside->size == 0)
    return false;
  const char *comma = find(inside->text, end, ",");
  *argument = trimmed(inside->text, comma);
  const char *rest = comma < end ? comma + 1 : end;
  *inside = (struct span){rest, (size_t)(end - rest)};
  return argument->size > 0;
}
