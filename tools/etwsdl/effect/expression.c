#include "etwsdl/effect/expression.h"

#include <string.h>

enum { MOST_LEVELS = 60 };

static const char *before(const struct search *search, size_t end, unsigned level);

/* `struct et__Send *` or a typedef between the brackets. NULL: it is no struct that is known. */
static const char *type_between(const struct search *search, size_t from, size_t to) {
  while (is_text(search, from, "const"))
    from++;
  if (is_text(search, from, "struct") && is_word(search, from + 1)) {
    const char *name = search->tokens.items[from + 1].text;
    return map_get(&search->old.structs, name) ? name : other_struct;
  }
  return is_word(search, from) && from < to
             ? declared_struct(search, search->tokens.items[from].text, from)
             : NULL;
}

/* `(struct et__Send *)p`, `(send_t *)p`, `(send_p)p`: what stands in the brackets is a type. Of
 * `(struct et__Send *)0` nothing is behind them: numbers are no tokens. */
static bool is_cast(const struct search *search, size_t open, size_t close, size_t to) {
  bool name = close + 1 < to && close == open + 2 && is_word(search, open + 1) &&
              (is_word(search, close + 1) || is_sign(search, close + 1, "("));
  return close < to && (name || is_text(search, open + 1, "struct") ||
                        is_text(search, open + 1, "const") || is_sign(search, close - 1, "*"));
}

/* The end of the operand that decides: `a` of `a + 1`, `b` of `x ? b : c`. */
static size_t operand(const struct search *search, size_t *from, size_t to) {
  for (size_t at = *from; at < to; at++) {
    size_t close = closing(search, at);
    if (close > at) {
      at = close;
      continue;
    }
    if (is_sign(search, at, "?") || is_sign(search, at, ","))
      *from = at + 1;
    else if (is_sign(search, at, "+") || is_sign(search, at, "-") || is_sign(search, at, "=") ||
             is_sign(search, at, ":"))
      return at;
  }
  return to;
}

static const char *between(const struct search *search, size_t from, size_t to, unsigned level) {
  size_t end = operand(search, &from, to);
  while (from < end && (is_sign(search, from, "*") || is_sign(search, from, "&")))
    from++;
  if (is_sign(search, from, "(")) {
    size_t close = closing(search, from);
    if (is_cast(search, from, close, end))
      return type_between(search, from + 1, close);
  }
  return from < end ? before(search, end, level + 1) : NULL;
}

static bool is_call(const struct search *search, size_t open) {
  static const char *const words[] = {"return", "sizeof", "case", "else", "do"};
  for (size_t i = 0; open > 0 && i < sizeof words / sizeof *words; i++)
    if (is_text(search, open - 1, words[i]))
      return false;
  return open > 0 && is_word(search, open - 1);
}

static const char *before(const struct search *search, size_t end, unsigned level) {
  while (end > 2 && ((is_sign(search, end - 1, "+") && is_sign(search, end - 2, "+")) ||
                     (is_sign(search, end - 1, "-") && is_sign(search, end - 2, "-"))))
    end -= 2;
  while (end > 0 && is_sign(search, end - 1, "]") && opening(search, end - 1) < end - 1)
    end = opening(search, end - 1);
  if (end == 0 || level > MOST_LEVELS)
    return NULL;
  size_t at = end - 1;
  const char *name = search->tokens.items[at].text;
  if (is_sign(search, at, ")")) {
    size_t open = opening(search, at);
    if (open == at)
      return NULL;
    return is_call(search, open) ? before(search, open, level + 1)
                                 : between(search, open + 1, at, level + 1);
  }
  if (!is_word(search, at))
    return NULL;
  if (at > 0 && (is_sign(search, at - 1, "->") || is_sign(search, at - 1, ".")))
    return member_struct(search, before(search, at - 1, level + 1), name, at);
  return declared_struct(search, name, at);
}

const char *expression_struct(const struct search *search, size_t end) {
  return before(search, end, 0);
}

/* --- types of expressions --------------------------------------------------------------------- */

/* `__auto_type a = b->c, d = e`, `auto *a = b` */
static void note_auto(struct search *search, size_t i) {
  size_t at = i;
  do {
    at++;
    while (is_sign(search, at, "*") || is_sign(search, at, "&") || is_text(search, at, "const"))
      at++;
    if (!is_word(search, at) || !is_sign(search, at + 1, "="))
      return;
    size_t name = at;
    for (at += 2; at < search->tokens.count; at = closing(search, at) + 1)
      if (is_sign(search, at, ";") || is_sign(search, at, ","))
        break;
    declared_add(search, name, between(search, name + 2, at, 0));
  } while (is_sign(search, at, ","));
}

/* `typeof(*a) b` */
static void note_typeof(struct search *search, size_t i) {
  if (!is_sign(search, i + 1, "("))
    return;
  size_t close = closing(search, i + 1), at = close + 1;
  while (is_sign(search, at, "*") || is_text(search, at, "const"))
    at++;
  bool type = is_text(search, i + 2, "struct") || is_text(search, i + 2, "const") ||
              is_sign(search, close - 1, "*");
  if (is_word(search, at))
    declared_add(search, at,
                 type ? type_between(search, i + 2, close) : between(search, i + 2, close, 0));
}

void expression_note(struct search *search) {
  for (size_t i = 0; i + 1 < search->tokens.count; i++) {
    if (is_text(search, i, "__auto_type") || is_text(search, i, "auto"))
      note_auto(search, i);
    else if (is_text(search, i, "typeof") || is_text(search, i, "__typeof__") ||
             is_text(search, i, "__typeof") || is_text(search, i, "decltype"))
      note_typeof(search, i);
  }
}

/* --- braces ----------------------------------------------------------------------------------- */

static bool begins_item(const struct search *search, size_t i) {
  return is_sign(search, i, "{") || is_sign(search, i, ",");
}

static const char *behind_equals(const struct search *search, size_t at, const char *around,
                                 bool *array) {
  while (is_sign(search, at, "]")) {
    *array = true;
    at = opening(search, at) - 1;
  }
  if (begins_item(search, at)) { /* [2] = { */
    *array = false;
    return around;
  }
  if (!is_word(search, at))
    return NULL;
  const char *name = search->tokens.items[at].text;
  if (at > 1 && is_sign(search, at - 1, ".") && begins_item(search, at - 2))
    return member_struct(search, around, name, at);
  return declared_struct(search, name, at);
}

const char *brace_struct(const struct search *search, size_t i, const char *around,
                         bool around_array, bool *array) {
  *array = false;
  if (i == 0)
    return other_struct;
  if (is_sign(search, i - 1, ")")) {
    size_t open = opening(search, i - 1);
    if (open == 0 || (is_word(search, open - 1) && !is_text(search, open - 1, "return")))
      return other_struct; /* of a function, of an if: no designators there */
    *array = is_sign(search, i - 2, "]");
    return type_between(search, open + 1, i - 1);
  }
  if (is_sign(search, i - 1, "="))
    return behind_equals(search, i - 2, around, array);
  if (begins_item(search, i - 1))
    return around_array || (around && !*around) ? around : NULL;
  return other_struct;
}
