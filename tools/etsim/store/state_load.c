#include <jansson.h>

#include "common/program.h"
#include "store/state_database.h"
#include "store/tree_json.h"

/* What a record's number can be: a table is as long as the highest. */
enum { NUMBER_LIMIT = 1 << 28 };

/* What is kept of a record, so that it goes when the record does. */
static bool note_kept(struct state *state, const struct record *record, const char *type,
                      const char *text) {
  if (!state_make_room(state, record->number))
    return false;
  state->hashes[record->number] = state_hash(type, text, (uint64_t)record->account);
  return true;
}

static bool load_record(struct state *state, struct store *store, sqlite3_stmt *row) {
  sqlite3_int64 number = sqlite3_column_int64(row, 0);
  if (number < 1 || number > NUMBER_LIMIT)
    return false;
  const char *type = (const char *)sqlite3_column_text(row, 1);
  const char *text = (const char *)sqlite3_column_text(row, 4);
  json_t *json = type && text ? json_loads(text, JSON_ALLOW_NUL, NULL) : NULL;
  struct node *tree = json ? tree_from_json(NULL, json) : NULL;
  json_decref(json);
  struct table *table = tree ? store_make_table(store, type) : NULL;
  struct record *record = store_add(store, table, tree, sqlite3_column_int(row, 2));
  if (!record)
    return false;
  record->number = (uint64_t)number;
  record->loaded = sqlite3_column_int(row, 3) != 0;
  table->loaded |= record->loaded;
  store->newest = record->number;
  return note_kept(state, record, type, text);
}

static bool load_unsubs(struct state *state, struct store *store, sqlite3_stmt *row) {
  sqlite3_int64 count = sqlite3_column_int64(row, 2);
  int send = sqlite3_column_int(row, 0);
  if (count >= 1 && count <= UINT32_MAX)
    return store_count_unsubs(store, send, sqlite3_column_int(row, 1), (uint32_t)count);
  complain("--state %s: unsubscribes of send %d are damaged", state->file, send);
  return false;
}

static bool load_effects(struct state *state, struct store *store) {
  sqlite3_stmt *one = state_prepare(state, "SELECT subscriber FROM shadowed");
  sqlite3_stmt *other = state_prepare(state, "SELECT send, list, count FROM unsubs");
  bool done = (one && other) || state_complain(state, "cannot be read");
  while (done && sqlite3_step(one) == SQLITE_ROW)
    done = store_shadow(store, (uint32_t)sqlite3_column_int64(one, 0));
  while (done && sqlite3_step(other) == SQLITE_ROW)
    done = load_unsubs(state, store, other);
  (void)sqlite3_finalize(one);
  (void)sqlite3_finalize(other);
  return done;
}

static bool load_records(struct state *state, struct store *store) {
  sqlite3_stmt *rows = state_prepare(state, "SELECT * FROM record ORDER BY number");
  int step = SQLITE_ERROR;
  bool whole = true;
  while (whole && rows && (step = sqlite3_step(rows)) == SQLITE_ROW) {
    whole = load_record(state, store, rows);
    if (!whole)
      complain("--state %s: record %lld is damaged", state->file,
               (long long)sqlite3_column_int64(rows, 0));
  }
  (void)sqlite3_finalize(rows);
  if (!whole)
    return false;
  if (step != SQLITE_DONE)
    return state_complain(state, "cannot be read");
  return load_effects(state, store);
}

/* What is kept has happened: a clock that runs goes on from there. */
static void load_clock(struct state *state, struct clock *clock) {
  uint64_t kept;
  if (clock_runs_alone(clock) && state_get_meta(state, "clock", &kept) &&
      (int64_t)kept > clock->account)
    clock->account = (int64_t)kept;
}

bool state_load(struct state *state, struct world *world, uint64_t next_id) {
  if (!load_records(state, &world->store))
    return false;
  world->store.next_id = (int)next_id;
  load_clock(state, &world->demo.clock);
  atomic_store(&world->store.changed, false);
  return true;
}
