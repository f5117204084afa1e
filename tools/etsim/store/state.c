#include "store/state.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "common/program.h"
#include "store/state_database.h"

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

enum { SMALLEST = 512 }; /* page of a database */

/* @return false after saying what does not fit */
static bool check_origin(struct state *state, const struct state_origin *origin, bool kept) {
  const struct {
    const char *name;
    uint64_t given;
  } members[] = {
      {"seed", origin->seed}, {"sends", origin->sends}, {"subscribers", origin->subscribers}};
  for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
    uint64_t there = 0;
    if (!kept && !state_set_meta(state, members[i].name, members[i].given))
      return state_complain(state, "cannot be written");
    if (kept && (!state_get_meta(state, members[i].name, &there) || there != members[i].given)) {
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
    return state_set_meta(state, "loads", origin->loads) ||
           state_complain(state, "cannot be written");
  if (!origin->loads || (state_get_meta(state, "loads", &there) && there == origin->loads))
    return true;
  complain("--state %s: it has an account already, without these files: leave --load away, or give "
           "another FILE",
           state->file);
  return false;
}

/* @return the number, -1: it cannot be had */
static long ask(struct state *state, const char *sql) {
  sqlite3_stmt *statement = state_prepare(state, sql);
  long number = statement && sqlite3_step(statement) == SQLITE_ROW
                    ? (long)sqlite3_column_int64(statement, 0)
                    : -1;
  (void)sqlite3_finalize(statement);
  return number;
}

static bool complain_of_file(const struct state *state) {
  int code = sqlite3_errcode(state->database);
  return state_complain(state, code == SQLITE_BUSY ? "is in use by another program"
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

static bool open_database(struct state *state, const struct state_origin *origin,
                          struct world *world, bool *kept) {
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
    return state_complain(state, "cannot be opened");
  /* What is here is written over what another etsim tells: it is this one's alone. */
  if (!state_run(state, "PRAGMA locking_mode = EXCLUSIVE"))
    return state_complain(state, "cannot be opened");
  if (!check_owner(state, &empty))
    return false;
  if (!state_run(state, "PRAGMA journal_mode = WAL") || (empty && !state_run(state, schema)))
    return complain_of_file(state);
  *kept = state_get_meta(state, "next_id", &next_id);
  if (!check_origin(state, origin, *kept) || !check_loads(state, origin, *kept))
    return false;
  return !*kept || state_load(state, world, next_id);
}

struct state *state_open(const char *file, const struct state_origin *origin, struct world *world,
                         bool *kept) {
  struct state *state = calloc(1, sizeof *state);
  if (!state) {
    complain("--state %s: out of memory", file);
    return NULL;
  }
  state->file = file;
  if (open_database(state, origin, world, kept))
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
