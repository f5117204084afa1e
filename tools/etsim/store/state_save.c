#include <jansson.h>
#include <stdlib.h>

#include "store/state.h"
#include "store/state_database.h"
#include "store/tree_json.h"

static bool save_record(struct state *state, sqlite3_stmt *insert, const char *type,
                        const struct record *record, uint64_t *hash) {
  json_t *json = tree_to_json(record->tree);
  char *text = json ? json_dumps(json, JSON_COMPACT) : NULL;
  json_decref(json);
  if (!text)
    return false;
  *hash = state_hash(type, text, (uint64_t)record->account);
  bool done = true;
  if (*hash != state->hashes[record->number]) {
    (void)sqlite3_bind_int64(insert, 1, (sqlite3_int64)record->number);
    (void)sqlite3_bind_text(insert, 2, type, -1, SQLITE_TRANSIENT);
    (void)sqlite3_bind_int64(insert, 3, record->account);
    (void)sqlite3_bind_int(insert, 4, record->loaded);
    (void)sqlite3_bind_text(insert, 5, text, -1, SQLITE_TRANSIENT);
    done = sqlite3_step(insert) == SQLITE_DONE;
    (void)sqlite3_reset(insert);
  }
  free(text);
  return done;
}

/* Those that are not there any more have no hash. */
static bool delete_gone(struct state *state, const uint64_t *hashes) {
  sqlite3_stmt *statement = state_prepare(state, "DELETE FROM record WHERE number = ?");
  bool done = statement != NULL;
  for (size_t i = 0; done && i < state->hash_count; i++) {
    if (!state->hashes[i] || hashes[i])
      continue;
    (void)sqlite3_bind_int64(statement, 1, (sqlite3_int64)i);
    done = sqlite3_step(statement) == SQLITE_DONE;
    (void)sqlite3_reset(statement);
  }
  (void)sqlite3_finalize(statement);
  return done;
}

static bool save_records(struct state *state, const struct store *store, uint64_t *hashes) {
  sqlite3_stmt *insert =
      state_prepare(state, "INSERT OR REPLACE INTO record VALUES(?, ?, ?, ?, ?)");
  bool done = insert != NULL;
  for (size_t i = 0; done && i < store->table_count; i++) {
    const struct table *table = store->tables[i];
    for (size_t j = 0; done && j < table->count; j++) {
      const struct record *record = table->records[j];
      done = !record || save_record(state, insert, table->name, record, &hashes[record->number]);
    }
  }
  (void)sqlite3_finalize(insert);
  return done && delete_gone(state, hashes);
}

static bool save_effects(struct state *state, const struct store *store) {
  sqlite3_stmt *one = state_prepare(state, "INSERT OR IGNORE INTO shadowed VALUES(?)");
  sqlite3_stmt *other = state_prepare(state, "INSERT OR REPLACE INTO unsubs VALUES(?, ?, ?)");
  bool done = one && other;
  size_t at = 0;
  for (uint64_t subscriber; done && numbers_next(&store->shadowed, &at, &subscriber);) {
    (void)sqlite3_bind_int64(one, 1, (sqlite3_int64)subscriber);
    done = sqlite3_step(one) == SQLITE_DONE;
    (void)sqlite3_reset(one);
  }
  for (size_t i = 0; done && i < store->unsub_count; i++) {
    (void)sqlite3_bind_int(other, 1, store->unsubs[i].send);
    (void)sqlite3_bind_int(other, 2, store->unsubs[i].list);
    (void)sqlite3_bind_int64(other, 3, store->unsubs[i].count);
    done = sqlite3_step(other) == SQLITE_DONE;
    (void)sqlite3_reset(other);
  }
  (void)sqlite3_finalize(one);
  (void)sqlite3_finalize(other);
  return done && state_set_meta(state, "next_id", (uint64_t)store->next_id);
}

static bool save_clock(struct state *state, const struct clock *clock) {
  return !clock_runs_alone(clock) || state_set_meta(state, "clock", (uint64_t)clock_now(clock));
}

/* @return the hashes of what is written but for the COMMIT; NULL when something failed */
static uint64_t *write_all(struct state *state, const struct world *world) {
  const struct store *store = &world->store;
  uint64_t *hashes =
      state_make_room(state, store->newest) ? calloc(state->hash_count, sizeof *hashes) : NULL;
  if (hashes && state_run(state, "BEGIN IMMEDIATE") && save_records(state, store, hashes) &&
      save_effects(state, store) && save_clock(state, &world->demo.clock))
    return hashes;
  free(hashes);
  return NULL;
}

bool state_save(struct state *state, struct world *world) {
  struct store *store = &world->store;
  if (!atomic_load(&store->changed))
    return true;
  store_read(store);
  atomic_store(&store->changed, false);
  uint64_t *hashes = write_all(state, world);
  store_release(store);
  /* The disk is waited for without the lock. */
  bool done = hashes && state_run(state, "COMMIT");
  if (!done && !state->failed)
    (void)state_complain(state, "not saved");
  state->failed = !done;
  if (!done) {
    (void)state_run(state, "ROLLBACK");
    free(hashes);
    atomic_store(&store->changed, true);
    return false;
  }
  free(state->hashes);
  state->hashes = hashes;
  return true;
}

bool state_end(struct state *state, struct world *world) {
  if (clock_runs_alone(&world->demo.clock))
    atomic_store(&world->store.changed, true);
  return state_save(state, world);
}
