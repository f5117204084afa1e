#include "report/tally.h"

#include <stdlib.h>
#include <string.h>

static size_t hash(const char *name) {
  uint64_t hash = 14695981039346656037u;
  for (; *name; name++)
    hash = (hash ^ (unsigned char)*name) * 1099511628211u;
  return (size_t)(hash ^ hash >> 32);
}

/* Where a name is, or would be. */
static size_t *slot_of(const struct ets_report_tally *tally, const char *name) {
  size_t at = hash(name) & (tally->slot_count - 1);
  while (tally->slots[at] && strcmp(tally->items[tally->slots[at] - 1].name, name) != 0)
    at = (at + 1) & (tally->slot_count - 1);
  return &tally->slots[at];
}

/* Twice as many slots, three of four of which may be taken, and as many items. */
static bool grow(struct ets_report_tally *tally) {
  size_t count = tally->slot_count ? tally->slot_count * 2 : 64;
  size_t *slots = calloc(count, sizeof *slots);
  struct ets_tally_item *items = realloc(tally->items, count * sizeof *items);
  if (items)
    tally->items = items;
  if (!slots || !items) {
    free(slots);
    return false;
  }
  free(tally->slots);
  tally->slots = slots;
  tally->slot_count = count;
  for (size_t i = 0; i < tally->count; i++)
    *slot_of(tally, tally->items[i].name) = i + 1;
  return true;
}

struct ets_tally_item *ets_tally_at(struct ets_report_tally *tally, const char *name) {
  if (4 * (tally->count + 1) > 3 * tally->slot_count && !grow(tally))
    return NULL;
  size_t *slot = slot_of(tally, name);
  if (*slot)
    return &tally->items[*slot - 1];
  char *copy = strdup(name);
  if (!copy)
    return NULL;
  tally->items[tally->count] = (struct ets_tally_item){.name = copy};
  *slot = ++tally->count;
  return &tally->items[tally->count - 1];
}

static int compare(const void *left, const void *right) {
  const struct ets_tally_item *a = left, *b = right;
  if (a->key != b->key)
    return a->key > b->key ? -1 : 1;
  return strcmp(a->name, b->name);
}

void ets_tally_sort(struct ets_report_tally *tally, size_t count) {
  for (size_t i = 0; i < tally->count; i++)
    tally->items[i].key = tally->items[i].counts[count];
  if (tally->count > 0)
    qsort(tally->items, tally->count, sizeof *tally->items, compare);
  free(tally->slots);
  tally->slots = NULL;
  tally->slot_count = 0;
}

void ets_tally_free(struct ets_report_tally *tally) {
  for (size_t i = 0; i < tally->count; i++)
    free(tally->items[i].name);
  free(tally->items);
  free(tally->slots);
  *tally = (struct ets_report_tally){0};
}
