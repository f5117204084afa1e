#include "etwsdl/facts/maker.h"

#include <string.h>

struct fact *fact_add(struct fact_maker *maker, struct fact fact) {
  struct arena *arena = maker->contract->arena;
  struct fact *kept = arena_alloc(arena, sizeof *kept);
  if (!fact.name)
    fact.name = "";
  *kept = fact;
  list_add(arena, &maker->facts, kept);
  return kept;
}

static struct aspect *add(struct fact_maker *maker, struct fact *fact, struct aspect aspect) {
  struct arena *arena = maker->contract->arena;
  struct aspect *kept = arena_alloc(arena, sizeof *kept);
  *kept = aspect;
  list_add(arena, &fact->aspects, kept);
  return kept;
}

void aspect_add(struct fact_maker *maker, struct fact *fact, enum aspect_kind kind,
                const char *text) {
  add(maker, fact, (struct aspect){.kind = kind, .text = text});
}

void aspect_flag(struct fact_maker *maker, struct fact *fact, enum aspect_kind kind, bool said) {
  if (said)
    aspect_add(maker, fact, kind, "");
}

void aspect_optional(struct fact_maker *maker, struct fact *fact, enum aspect_kind kind,
                     const char *text) {
  if (text)
    aspect_add(maker, fact, kind, text);
}

void aspect_type(struct fact_maker *maker, struct fact *fact, enum aspect_kind kind,
                 const char *text, struct type *type) {
  add(maker, fact, (struct aspect){.kind = kind, .text = text, .type = type});
}

void aspect_occurs(struct fact_maker *maker, struct fact *fact, unsigned min, unsigned max) {
  struct arena *arena = maker->contract->arena;
  const char *text = max == UNBOUNDED ? intern_format(arena, "%u..unbounded", min)
                                      : intern_format(arena, "%u..%u", min, max);
  add(maker, fact, (struct aspect){.kind = ASPECT_OCCURS, .text = text, .min = min, .max = max});
}

/* Control characters are escaped: one line stays one line. */
static const char *quoted(struct fact_maker *maker, const char *value) {
  struct buffer out = {0};
  buffer_add_char(&out, '"');
  for (const char *c = value; *c; c++) {
    unsigned char u = (unsigned char)*c;
    if (u == '"' || u == '\\')
      buffer_printf(&out, "\\%c", u);
    else if (u < 0x20 || u == 0x7f)
      buffer_printf(&out, "\\x%02x", (unsigned)u);
    else
      buffer_add_char(&out, *c);
  }
  buffer_add_char(&out, '"');
  return intern_buffer(maker->contract->arena, &out);
}

void aspect_quoted(struct fact_maker *maker, struct fact *fact, enum aspect_kind kind,
                   const char *text) {
  if (text)
    aspect_add(maker, fact, kind, quoted(maker, text));
}

static bool is_plain(const char *value) {
  size_t n = strlen(value);
  if (n == 0 || value[0] == ' ' || value[n - 1] == ' ' || value[0] == '"')
    return false;
  for (const char *c = value; *c; c++)
    if ((unsigned char)*c < 0x20 || (unsigned char)*c == 0x7f)
      return false;
  return true;
}

const char *fact_shown(struct fact_maker *maker, const char *text) {
  return is_plain(text) ? text : quoted(maker, text);
}
