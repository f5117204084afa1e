#include "object/step.h"

#include <stdint.h>
#include <string.h>

/* The number at `text`, of digits alone. Returns what is behind it; NULL: there is none. */
static const char *take_index(size_t *index, const char *text) {
  const char *at = text;
  size_t number = 0;
  for (; *at >= '0' && *at <= '9'; at++) {
    if (number > (SIZE_MAX - 9) / 10)
      return NULL;
    number = number * 10 + (size_t)(*at - '0');
  }
  *index = number;
  return at == text ? NULL : at;
}

bool ets_step_take(struct ets_step *step, const char *path) {
  *step = (struct ets_step){.name = path, .length = strcspn(path, ".[")};
  const char *at = path + step->length;
  step->indexed = *at == '[';
  if (step->indexed) {
    at = take_index(&step->index, at + 1);
    if (!at || *at != ']')
      return false;
    at++;
  }
  step->rest = *at == '.' ? at + 1 : NULL;
  return step->length > 0 && (*at == '\0' || (*at == '.' && at[1]));
}
