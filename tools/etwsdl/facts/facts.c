#include "facts/facts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "facts/schema.h"
#include "facts/wsdl.h"

const char *const fact_words[FACT_KINDS] = {
    "action",  "attribute", "binding",   "content", "element", "facet",  "fault", "field", "header",
    "message", "namespace", "operation", "part",    "port",    "simple", "type",  "value"};

void fact_add(struct fact_sink *sink, struct fact fact) {
  struct arena *arena = sink->contract->arena;
  struct fact *kept = arena_alloc(arena, sizeof *kept);
  if (!fact.name)
    fact.name = "";
  *kept = fact;
  list_add(arena, &sink->facts, kept);
}

const char *fact_subject(struct contract *contract, const struct fact *fact) {
  bool value = fact->kind == FACT_VALUE || fact->kind == FACT_FACET;
  if (*fact->name == '\0' && !value)
    return intern(contract->arena,
                  arena_format(contract->arena, "%s %s", fact_words[fact->kind], fact->owner));
  return intern(contract->arena, arena_format(contract->arena, "%s %s.%s", fact_words[fact->kind],
                                              fact->owner, fact->name));
}

const char *fact_line(struct contract *contract, const struct fact *fact) {
  const char *subject = fact_subject(contract, fact);
  if (*fact->detail == '\0')
    return subject;
  return intern(contract->arena, arena_format(contract->arena, "%s %s", subject, fact->detail));
}

static int compare(const void *a, const void *b) {
  const struct fact *const *x = a, *const *y = b;
  if ((*x)->kind != (*y)->kind)
    return (*x)->kind < (*y)->kind ? -1 : 1;
  int order = strcmp((*x)->owner, (*y)->owner);
  if (order == 0)
    order = strcmp((*x)->name, (*y)->name);
  return order != 0 ? order : strcmp((*x)->detail, (*y)->detail);
}

struct list facts_of(struct contract *contract) {
  struct fact_sink sink = {.contract = contract};
  facts_of_schemas(&sink);
  facts_of_wsdl(&sink);
  if (sink.facts.count > 0)
    qsort(sink.facts.items, sink.facts.count, sizeof(void *), compare);
  return sink.facts;
}

static int compare_lines(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct text surface_of(struct contract *contract) {
  struct list facts = facts_of(contract);
  struct list lines = {0};
  struct text out = {0};
  for (size_t i = 0; i < facts.count; i++)
    list_add(contract->arena, &lines, (void *)(uintptr_t)fact_line(contract, facts.items[i]));
  if (lines.count > 0)
    qsort(lines.items, lines.count, sizeof(void *), compare_lines);
  for (size_t i = 0; i < lines.count; i++)
    text_add(&out, "%s\n", (const char *)lines.items[i]);
  return out;
}
