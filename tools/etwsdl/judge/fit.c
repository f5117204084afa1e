/* Whether values of one type are values of another. */
#include "etwsdl/judge/fit.h"

#include <string.h>

/* Each name holds all values of those before it in the same chain. */
static const char *const chains[][6] = {
    {"byte", "short", "int", "long", "integer", "decimal"},
    {"unsignedByte", "unsignedShort", "unsignedInt", "unsignedLong", "nonNegativeInteger",
     "integer"},
    {"float", "double", NULL, NULL, NULL, NULL},
    {"NMTOKEN", "token", "normalizedString", "string", NULL, NULL},
};

static int place_in(size_t chain, const char *name) {
  for (int i = 0; i < 6 && chains[chain][i]; i++)
    if (strcmp(chains[chain][i], name) == 0)
      return i;
  return -1;
}

static enum fit primitive_fit(const char *before, const char *after) {
  if (strcmp(before, after) == 0)
    return FIT_SAME;
  if (strcmp(after, "string") == 0 || strcmp(after, "anySimpleType") == 0)
    return FIT_WIDER;
  if (strcmp(before, "string") == 0 || strcmp(before, "anySimpleType") == 0)
    return FIT_NARROWER;
  for (size_t i = 0; i < sizeof chains / sizeof *chains; i++) {
    int x = place_in(i, before), y = place_in(i, after);
    if (x >= 0 && y >= 0)
      return x < y ? FIT_WIDER : FIT_NARROWER;
  }
  return FIT_OTHER;
}

static bool is_limited(const struct type *type) {
  while (type && type->kind == TYPE_SIMPLE) {
    if (type->values.count + type->facets.count > 0)
      return true;
    type = type->base.type;
  }
  return false;
}

static bool derives_by_name(struct contract *from, const struct type *type,
                            struct contract *base_from, const struct type *base) {
  const char *name = contract_spell_type(base_from, base);
  for (const struct type *up = type->base.type; up; up = up->base.type)
    if (strcmp(contract_spell_type(from, up), name) == 0)
      return true;
  return false;
}

enum fit type_fit(struct contract *before, const struct type *old, struct contract *after,
                  const struct type *new) {
  if (!new)
    return !old ? FIT_SAME : FIT_WIDER; /* anyType */
  if (!old)
    return FIT_NARROWER;
  if (derives_by_name(after, new, before, old))
    return FIT_NARROWER;
  if (derives_by_name(before, old, after, new))
    return FIT_WIDER;
  const char *was = type_primitive(old), *is = type_primitive(new);
  if (!was || !is)
    return FIT_OTHER;
  enum fit fit = primitive_fit(was, is);
  bool was_limited = is_limited(old), limited = is_limited(new);
  if (fit == FIT_SAME && was_limited != limited)
    return limited ? FIT_NARROWER : FIT_WIDER;
  if (fit == FIT_SAME && was_limited && limited)
    return FIT_OTHER;
  if ((fit == FIT_WIDER && limited) || (fit == FIT_NARROWER && was_limited))
    return FIT_OTHER;
  return fit;
}
