#include "store/agenda.h"

#include <stdlib.h>
#include <string.h>

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
  return store_add(store, store_make_table(store, table_name), what, account) != NULL;
}

/* The next one up to a date; SIZE_MAX: none. */
static size_t find_next(const struct table *table, int64_t until) {
  size_t next = SIZE_MAX;
  for (size_t i = 0; table && i < table->count; i++) {
    const struct record *record = table->records[i];
    if (!record || due_of(record) > until)
      continue;
    if (next == SIZE_MAX || due_of(record) < due_of(table->records[next]))
      next = i;
  }
  return next;
}

static bool is_due(struct store *store, int64_t now) {
  store_read(store);
  bool due = find_next(store_table(store, table_name), now) != SIZE_MAX;
  store_release(store);
  return due;
}

static void run(struct world *world, struct table *table, size_t index,
                const struct happening *happenings) {
  struct record *record = table->records[index];
  table->records[index] = NULL;
  const char *name = node_text(record->tree, "Happening");
  for (; happenings->name; happenings++)
    if (name && strcmp(happenings->name, name) == 0)
      happenings->happen(world, record->account, record->tree, due_of(record));
  store_drop(record);
}

bool agenda_run(struct world *world, const struct happening *happenings) {
  struct store *store = &world->store;
  int64_t now = clock_now(&world->demo.clock);
  if (!is_due(store, now))
    return false;
  store_write(store);
  struct table *table = store_table(store, table_name);
  for (size_t next; (next = find_next(table, now)) != SIZE_MAX;)
    run(world, table, next, happenings);
  store_release(store);
  return true;
}
