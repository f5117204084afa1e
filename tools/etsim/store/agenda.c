#include "store/agenda.h"

#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 64 }; /* as many as are let happen while others wait for the lock */

static int64_t due_of(const struct record *record) {
  const char *due = node_text(record->tree, "Due");
  return due ? strtoll(due, NULL, 10) : 0;
}

static bool read_table(struct due_heap *heap, const struct table *table) {
  for (size_t i = 0; table && i < table->count; i++)
    if (table->records[i]) {
      if (!due_make_room(heap))
        return false;
      due_push(heap, due_of(table->records[i]), table->records[i]);
    }
  return true;
}

static void note_next(struct world *world) {
  const struct due_heap *agenda = &world->agenda;
  atomic_store(&world->next_due, agenda->count ? agenda->items[0].date : INT64_MAX);
}

bool agenda_begin(struct world *world) {
  bool done = read_table(&world->agenda, store_table(&world->store, AGENDA_TABLE));
  note_next(world);
  return done;
}

bool agenda_add(struct world *world, const char *name, int64_t due, struct node *what,
                int account) {
  struct store *store = &world->store;
  if (!what || !node_put(what, "Happening", name) || !node_put_number(what, "Due", due) ||
      !due_make_room(&world->agenda)) {
    node_free(what);
    return false;
  }
  struct record *record = store_add(store, store_make_table(store, AGENDA_TABLE), what, account);
  if (!record)
    return false;
  due_push(&world->agenda, due, record);
  note_next(world);
  return true;
}

static void run(struct world *world, const struct due *due, const struct happening *happenings) {
  struct record *record = due->record;
  const char *name = node_text(record->tree, "Happening");
  for (; happenings->name; happenings++)
    if (name && strcmp(happenings->name, name) == 0)
      happenings->happen(world, record->account, record->tree, due->date);
  store_remove_record(store_table(&world->store, AGENDA_TABLE), record);
}

/* @return whether more of it is due */
static bool run_some(struct world *world, int64_t now, size_t most,
                     const struct happening *happenings) {
  struct due_heap *agenda = &world->agenda;
  store_write(&world->store);
  for (; most && agenda->count && agenda->items[0].date <= now; most--) {
    const struct due due = due_pop(agenda);
    run(world, &due, happenings);
  }
  note_next(world);
  store_close_gaps(store_table(&world->store, AGENDA_TABLE));
  store_release(&world->store);
  return now >= atomic_load(&world->next_due);
}

void agenda_run(struct world *world, const struct happening *happenings, size_t most) {
  int64_t now = world_now(world);
  if (now < atomic_load(&world->next_due))
    return;
  for (size_t some; most; most -= some) {
    some = most < AT_ONCE ? most : AT_ONCE;
    if (!run_some(world, now, some, happenings))
      break;
  }
}
