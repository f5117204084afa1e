#include "store/state.h"

#include <inttypes.h>
#include <jansson.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/hash.h"
#include "common/program.h"
#include "store/tree_json.h"

struct state {
  sqlite3 *database;
  const char *file;
  uint64_t *hashes; /* of the records as they are kept, by number; 0: none */
  size_t hash_count;
  bool failed; /* the last time, and it was said */
};

/* Of the file: whose it is, and how it is laid out. */
#define APPLICATION "1702130541" /* "etsm" */
#define LAYOUT "1"

static const char schema[] =
    "BEGIN IMMEDIATE;"
    "PRAGMA application_id = " APPLICATION "; PRAGMA user_version = " LAYOUT ";"
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL);"
    "CREATE TABLE record(number INTEGER PRIMARY KEY, type TEXT NOT NULL,"
    " account INTEGER NOT NULL, loaded INTEGER NOT NULL, tree TEXT NOT NULL);"
    "CREATE TABLE shadowed(subscriber INTEGER PRIMARY KEY);"
    "CREATE TABLE unsubs(send INTEGER, list INTEGER, count INTEGER,"
    " PRIMARY KEY(send, list)); COMMIT;";

/* What a record's number can be: a table is as long as the highest. */
enum { NUMBER_LIMIT = 1 << 28 };

enum { SMALLEST = 512 }; /* page of a database */

static bool complain_of(const struct state *state, const char *what) {
  complain("--state %s: %s: %s", state->file, what,
           state->database ? sqlite3_errmsg(state->database) : "out of memory");
  return false;
}

static bool run(struct state *state, const char *sql) {
  return sqlite3_exec(state->database, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static sqlite3_stmt *prepare(struct state *state, const char *sql) {
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(state->database, sql, -1, &statement, NULL) != SQLITE_OK)
    return NULL;
  return statement;
}

/* --- saving --------------------------------------------------------------------------------- */

/* Rows of a data extension change their type with its key. */
static uint64_t hash_of(const char *type, const char *text, uint64_t account) {
  uint64_t hash = hash_bytes(HASH_BEGIN ^ account, type, strlen(type));
  hash = hash_bytes(hash, text, strlen(text));
  return hash ? hash : 1;
}

static bool make_room(struct state *state, uint64_t newest) {
  if (newest < state->hash_count)
    return true;
  size_t count = (size_t)newest + 1024;
  uint64_t *hashes = realloc(state->hashes, count * sizeof *hashes);
  if (!hashes)
    return false;
  memset(hashes + state->hash_count, 0, (count - state->hash_count) * sizeof *hashes);
  state->hashes = hashes;
  state->hash_count = count;
  return true;
}

static bool save_record(struct state *state, sqlite3_stmt *insert, const char *type,
                        const struct record *record, uint64_t *hash) {
  json_t *json = tree_to_json(record->tree);
  char *text = json ? json_dumps(json, JSON_COMPACT) : NULL;
  json_decref(json);
  if (!text)
    return false;
  *hash = hash_of(type, text, (uint64_t)record->account);
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
  sqlite3_stmt *statement = prepare(state, "DELETE FROM record WHERE number = ?");
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
  sqlite3_stmt *insert = prepare(state, "INSERT OR REPLACE INTO record VALUES(?, ?, ?, ?, ?)");
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

static bool save_meta(struct state *state, const char *name, uint64_t value) {
  sqlite3_stmt *statement = prepare(state, "INSERT OR REPLACE INTO meta VALUES(?, ?)");
  char text[24];
  snprintf(text, sizeof text, "%" PRIu64, value);
  (void)sqlite3_bind_text(statement, 1, name, -1, SQLITE_TRANSIENT);
  (void)sqlite3_bind_text(statement, 2, text, -1, SQLITE_TRANSIENT);
  bool done = statement && sqlite3_step(statement) == SQLITE_DONE;
  (void)sqlite3_finalize(statement);
  return done;
}

static bool save_effects(struct state *state, const struct store *store) {
  sqlite3_stmt *one = prepare(state, "INSERT OR IGNORE INTO shadowed VALUES(?)");
  sqlite3_stmt *other = prepare(state, "INSERT OR REPLACE INTO unsubs VALUES(?, ?, ?)");
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
  return done && save_meta(state, "next_id", (uint64_t)store->next_id);
}

static bool save_clock(struct state *state, const struct clock *clock) {
  return !clock_runs_alone(clock) || save_meta(state, "clock", (uint64_t)clock_now(clock));
}

/* @return the hashes of what is written but for the COMMIT; NULL when something failed */
static uint64_t *write_all(struct state *state, const struct world *world) {
  const struct store *store = &world->store;
  uint64_t *hashes =
      make_room(state, store->newest) ? calloc(state->hash_count, sizeof *hashes) : NULL;
  if (hashes && run(state, "BEGIN IMMEDIATE") && save_records(state, store, hashes) &&
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
  bool done = hashes && run(state, "COMMIT");
  if (!done && !state->failed)
    (void)complain_of(state, "not saved");
  state->failed = !done;
  if (!done) {
    (void)run(state, "ROLLBACK");
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

/* --- opening -------------------------------------------------------------------------------- */

/* What is kept of a record, so that it goes when the record does. */
static bool note_kept(struct state *state, const struct record *record, const char *type,
                      const char *text) {
  if (!make_room(state, record->number))
    return false;
  state->hashes[record->number] = hash_of(type, text, (uint64_t)record->account);
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
  sqlite3_stmt *one = prepare(state, "SELECT subscriber FROM shadowed");
  sqlite3_stmt *other = prepare(state, "SELECT send, list, count FROM unsubs");
  bool done = (one && other) || complain_of(state, "cannot be read");
  while (done && sqlite3_step(one) == SQLITE_ROW)
    done = store_shadow(store, (uint32_t)sqlite3_column_int64(one, 0));
  while (done && sqlite3_step(other) == SQLITE_ROW)
    done = load_unsubs(state, store, other);
  (void)sqlite3_finalize(one);
  (void)sqlite3_finalize(other);
  return done;
}

static bool load_records(struct state *state, struct store *store) {
  sqlite3_stmt *rows = prepare(state, "SELECT * FROM record ORDER BY number");
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
    return complain_of(state, "cannot be read");
  return load_effects(state, store);
}

static bool read_meta(struct state *state, const char *name, uint64_t *value) {
  sqlite3_stmt *statement = prepare(state, "SELECT value FROM meta WHERE name = ?");
  (void)sqlite3_bind_text(statement, 1, name, -1, SQLITE_TRANSIENT);
  bool there = statement && sqlite3_step(statement) == SQLITE_ROW;
  if (there)
    *value = strtoull((const char *)sqlite3_column_text(statement, 0), NULL, 10);
  (void)sqlite3_finalize(statement);
  return there;
}

/* @return false after saying what does not fit */
static bool check_origin(struct state *state, const struct state_origin *origin, bool kept) {
  const struct {
    const char *name;
    uint64_t given;
  } members[] = {
      {"seed", origin->seed}, {"sends", origin->sends}, {"subscribers", origin->subscribers}};
  for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
    uint64_t there = 0;
    if (!kept && !save_meta(state, members[i].name, members[i].given))
      return complain_of(state, "cannot be written");
    if (kept && (!read_meta(state, members[i].name, &there) || there != members[i].given)) {
      complain("--state %s: it was made with --%s %" PRIu64 ", not %" PRIu64, state->file,
               members[i].name, there, members[i].given);
      return false;
    }
  }
  return true;
}

/* What was loaded is in the database: the same command line goes on from there. */
static bool check_loads(struct state *state, const struct state_origin *origin, bool kept) {
  uint64_t there = 0;
  if (!kept)
    return save_meta(state, "loads", origin->loads) || complain_of(state, "cannot be written");
  if (!origin->loads || (read_meta(state, "loads", &there) && there == origin->loads))
    return true;
  complain("--state %s: it has an account already, without these files: leave --load away, or give "
           "another FILE",
           state->file);
  return false;
}

/* @return the number, -1: it cannot be had */
static long ask(struct state *state, const char *sql) {
  sqlite3_stmt *statement = prepare(state, sql);
  long number = statement && sqlite3_step(statement) == SQLITE_ROW
                    ? (long)sqlite3_column_int64(statement, 0)
                    : -1;
  (void)sqlite3_finalize(statement);
  return number;
}

static bool complain_of_file(const struct state *state) {
  int code = sqlite3_errcode(state->database);
  return complain_of(state, code == SQLITE_BUSY ? "is in use by another program"
                            : code == SQLITE_NOTADB || code == SQLITE_CORRUPT
                                ? "is no database of etsim"
                                : "cannot be read and written");
}

/* A database of another program is left as it is. @return false after saying whose it is not */
static bool check_owner(struct state *state, bool *empty) {
  long tables = ask(state, "SELECT count(*) FROM sqlite_master");
  *empty = tables == 0;
  if (tables < 0)
    return complain_of_file(state);
  if (tables && !ask(state, "SELECT application_id = " APPLICATION " FROM pragma_application_id")) {
    complain("--state %s: is a database of another program", state->file);
    return false;
  }
  if (tables && !ask(state, "SELECT user_version = " LAYOUT " FROM pragma_user_version")) {
    complain("--state %s: was made by another version of etsim (layout %ld, this one has " LAYOUT
             ")",
             state->file, ask(state, "PRAGMA user_version"));
    return false;
  }
  return true;
}

/* What is kept has happened: a clock that runs goes on from there. */
static void load_clock(struct state *state, struct clock *clock) {
  uint64_t kept;
  if (clock_runs_alone(clock) && read_meta(state, "clock", &kept) && (int64_t)kept > clock->account)
    clock->account = (int64_t)kept;
}

static bool load(struct state *state, const struct state_origin *origin, struct world *world,
                 bool *kept) {
  uint64_t next_id = 0;
  bool empty;
  struct stat there;
  /* SQLite takes what is left of a database for a new one. */
  if (stat(state->file, &there) == 0 && S_ISREG(there.st_mode) && there.st_size > 0 &&
      there.st_size < SMALLEST) {
    complain("--state %s: is no database of etsim", state->file);
    return false;
  }
  (void)sqlite3_config(SQLITE_CONFIG_URI, 0); /* a FILE is a file, whatever its name */
  if (sqlite3_open(state->file, &state->database) != SQLITE_OK)
    return complain_of(state, "cannot be opened");
  /* What is here is written over what another etsim tells: it is this one's alone. */
  if (!run(state, "PRAGMA locking_mode = EXCLUSIVE"))
    return complain_of(state, "cannot be opened");
  if (!check_owner(state, &empty))
    return false;
  if (!run(state, "PRAGMA journal_mode = WAL") || (empty && !run(state, schema)))
    return complain_of_file(state);
  *kept = read_meta(state, "next_id", &next_id);
  if (!check_origin(state, origin, *kept) || !check_loads(state, origin, *kept))
    return false;
  if (*kept && !load_records(state, &world->store))
    return false;
  if (*kept) {
    world->store.next_id = (int)next_id;
    load_clock(state, &world->demo.clock);
    atomic_store(&world->store.changed, false);
  }
  return true;
}

struct state *state_open(const char *file, const struct state_origin *origin, struct world *world,
                         bool *kept) {
  struct state *state = calloc(1, sizeof *state);
  if (!state) {
    complain("--state %s: out of memory", file);
    return NULL;
  }
  state->file = file;
  if (load(state, origin, world, kept))
    return state;
  state_close(state);
  return NULL;
}

bool state_is_there(const char *file) {
  struct stat there;
  return stat(file, &there) == 0 && there.st_size > 0;
}

void state_close(struct state *state) {
  if (!state)
    return;
  (void)sqlite3_close(state->database);
  free(state->hashes);
  free(state);
}
