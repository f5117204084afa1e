#include "store/agenda.h"

#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 64 }; /* as many as are let happen while others wait for the lock */

static const char table_name[] = HIDDEN_TYPE "Agenda";

static int64_t due_of(const struct record *record) {
  const char *due = node_text(record->tree, "Due");
  return due ? strtoll(due, NULL, 10) : 0;
}

bool agenda_add(struct world *world, const char *name, int64_t due, struct node *what,
                int account) {
  if (!what || !node_put(what, "Happening", name) || !node_put_number(what, "Due", due)) {
    node_free(what);
    return false;
  }
  struct store *store = &world->store;
  if (due < atomic_load(&world->next_due))
    atomic_store(&world->next_due, due);
  return store_add(store, store_make_table(store, table_name), what, account) != NULL;
}

struct due {
  int64_t date;
  struct record *record;
};

static int by_date(const void *a, const void *b) {
  const struct due *one = a, *other = b;
  if (one->date != other->date)
    return one->date < other->date ? -1 : 1;
  return one->record->number < other->record->number ? -1 : 1;
}

/* Those that are due, and when the next one is; what has happened leaves no gaps. */
static size_t collect(struct table *table, int64_t now, struct due *list, int64_t *next) {
  size_t count = 0, kept = 0;
  *next = INT64_MAX;
  for (size_t i = 0; i < table->count; i++) {
    struct record *record = table->records[i];
    if (!record)
      continue;
    table->records[kept++] = record;
    int64_t date = due_of(record);
    if (date <= now)
      list[count++] = (struct due){date, record};
    else if (date < *next)
      *next = date;
  }
  table->count = kept;
  return count;
}

static void run(struct world *world, struct table *table, const struct due *due,
                const struct happening *happenings) {
  struct record *record = due->record;
  const char *name = node_text(record->tree, "Happening");
  for (; happenings->name; happenings++)
    if (name && strcmp(happenings->name, name) == 0)
      happenings->happen(world, record->account, record->tree, due->date);
  store_remove_record(table, record);
}

static void run_due(struct world *world, struct table *table, int64_t now,
                    const struct happening *happenings) {
  struct due *list = calloc(table->count + 1, sizeof *list);
  int64_t next;
  if (!list)
    return;
  size_t count = collect(table, now, list, &next);
  qsort(list, count, sizeof *list, by_date);
  atomic_store(&world->next_due, count > AT_ONCE ? list[AT_ONCE].date : next);
  for (size_t i = 0; i < count && i < AT_ONCE; i++)
    run(world, table, &list[i], happenings);
  free(list);
}

bool agenda_run(struct world *world, const struct happening *happenings) {
  struct store *store = &world->store;
  int64_t now = clock_now(&world->demo.clock);
  if (now < atomic_load(&world->next_due))
    return false;
  store_write(store);
  struct table *table = store_table(store, table_name);
  if (table)
    run_due(world, table, now, happenings);
  else
    atomic_store(&world->next_due, INT64_MAX);
  store_release(store);
  return table != NULL;
}
