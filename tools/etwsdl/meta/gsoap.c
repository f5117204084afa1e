#include "etwsdl/meta/gsoap.h"

#include <string.h>

static bool could_be_union(const struct particle *choice) {
  if (choice->max > 1)
    return false;
  for (size_t i = 0; i < choice->children.count; i++) {
    const struct particle *child = choice->children.items[i];
    if (child->kind != PARTICLE_ELEMENT || child->max > 1)
      return false;
  }
  return true;
}

static size_t count_unions(const struct particle *particle) {
  size_t count = 0;
  if (!particle)
    return 0;
  if (particle->kind == PARTICLE_CHOICE)
    count += could_be_union(particle);
  for (size_t i = 0; i < particle->children.count; i++)
    count += count_unions(particle->children.items[i]);
  return count;
}

bool choice_is_union(const struct type *type, const struct particle *choice) {
  return could_be_union(choice) && count_unions(type->sent) == 1;
}

bool choice_is_loose(const struct type *type, const struct particle *choice) {
  if (could_be_union(choice))
    return count_unions(type->sent) > 1;
  for (size_t i = 0; i < choice->children.count; i++)
    if (((struct particle *)choice->children.items[i])->kind == PARTICLE_ANY)
      return true;
  return false;
}

bool values_are_constants(const struct type *type) {
  for (size_t i = 0; i < type->values.count; i++) {
    const char *text = ((const struct enum_value *)type->values.items[i])->text;
    text += *text == '-' || *text == '+';
    size_t n = strlen(text);
    if (n == 1 || (n > 0 && strspn(text, "0123456789") == n))
      return false;
  }
  return type->values.count > 0;
}
