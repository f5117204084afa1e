#include "etwsdl/facts/facts.h"

#include <stdlib.h>
#include <string.h>

#include "etwsdl/facts/schema.h"
#include "etwsdl/facts/wsdl.h"

int facts_compare_subjects(const struct fact *a, const struct fact *b) {
  if (a->kind != b->kind)
    return a->kind < b->kind ? -1 : 1;
  int order = strcmp(a->owner, b->owner);
  return order != 0 ? order : strcmp(a->name, b->name);
}

/* Facts of one subject, which bad luck or a field that stands twice may give, in the order that
 * they were made in. */
struct keyed {
  const struct fact *fact;
  size_t index;
};

static int compare(const void *a, const void *b) {
  const struct keyed *x = a, *y = b;
  int order = facts_compare_subjects(x->fact, y->fact);
  return order != 0 ? order : x->index < y->index ? -1 : x->index > y->index;
}

struct list facts_of(struct contract *contract) {
  struct fact_maker maker = {.contract = contract};
  facts_of_schemas(&maker);
  facts_of_wsdl(&maker);
  size_t count = maker.facts.count;
  struct keyed *keyed = need_alloc(count * sizeof *keyed);
  for (size_t i = 0; i < count; i++)
    keyed[i] = (struct keyed){maker.facts.items[i], i};
  if (count > 0)
    qsort(keyed, count, sizeof *keyed, compare);
  struct list facts = {0};
  for (size_t i = 0; i < count; i++)
    list_add(contract->arena, &facts, keyed[i].fact);
  free(keyed);
  return facts;
}

static int compare_lines(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct buffer surface_of(struct contract *contract) {
  struct list facts = facts_of(contract);
  struct list lines = {0};
  struct buffer out = {0};
  for (size_t i = 0; i < facts.count; i++)
    list_add(contract->arena, &lines, fact_line(contract, facts.items[i]));
  if (lines.count > 0)
    qsort(lines.items, lines.count, sizeof(void *), compare_lines);
  for (size_t i = 0; i < lines.count; i++)
    buffer_printf(&out, "%s\n", (const char *)lines.items[i]);
  return out;
}
