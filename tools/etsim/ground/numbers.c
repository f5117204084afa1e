#include "ground/numbers.h"

#include <stdlib.h>
#include <string.h>

#include "ground/permutation.h"

enum { FIRST_SIZE = 16 };

/* Where the number is, or would be. There is room. */
static uint64_t *slot_of(const struct numbers *numbers, uint64_t number) {
  size_t at = (size_t)mix(number, 0, 0) & (numbers->size - 1);
  while (numbers->slots[at] && numbers->slots[at] != number + 1)
    at = (at + 1) & (numbers->size - 1);
  return &numbers->slots[at];
}

bool numbers_have(const struct numbers *numbers, uint64_t number) {
  return numbers->used && *slot_of(numbers, number);
}

static bool grow(struct numbers *numbers) {
  struct numbers grown = {.size = numbers->size ? numbers->size * 2 : FIRST_SIZE,
                          .used = numbers->used};
  grown.slots = calloc(grown.size, sizeof *grown.slots);
  if (!grown.slots)
    return false;
  for (size_t i = 0; i < numbers->size; i++)
    if (numbers->slots[i])
      *slot_of(&grown, numbers->slots[i] - 1) = numbers->slots[i];
  free(numbers->slots);
  *numbers = grown;
  return true;
}

bool numbers_add(struct numbers *numbers, uint64_t number) {
  if (numbers->used * 2 >= numbers->size && !grow(numbers))
    return false;
  uint64_t *slot = slot_of(numbers, number);
  numbers->used += !*slot;
  *slot = number + 1;
  return true;
}

bool numbers_next(const struct numbers *numbers, size_t *at, uint64_t *number) {
  while (*at < numbers->size) {
    uint64_t slot = numbers->slots[(*at)++];
    *number = slot - 1;
    if (slot)
      return true;
  }
  return false;
}

void numbers_clear(struct numbers *numbers) {
  if (numbers->used)
    memset(numbers->slots, 0, numbers->size * sizeof *numbers->slots);
  numbers->used = 0;
}

void numbers_free(struct numbers *numbers) {
  free(numbers->slots);
  *numbers = (struct numbers){NULL, 0, 0};
}
