#include "store/state_database.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/hash.h"
#include "common/program.h"

bool state_complain(const struct state *state, const char *what) {
  complain("--state %s: %s: %s", state->file, what,
           state->database ? sqlite3_errmsg(state->database) : "out of memory");
  return false;
}

bool state_run(struct state *state, const char *sql) {
  return sqlite3_exec(state->database, sql, NULL, NULL, NULL) == SQLITE_OK;
}

sqlite3_stmt *state_prepare(struct state *state, const char *sql) {
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(state->database, sql, -1, &statement, NULL) != SQLITE_OK)
    return NULL;
  return statement;
}

bool state_set_meta(struct state *state, const char *name, uint64_t value) {
  sqlite3_stmt *statement = state_prepare(state, "INSERT OR REPLACE INTO meta VALUES(?, ?)");
  char text[24];
  snprintf(text, sizeof text, "%" PRIu64, value);
  (void)sqlite3_bind_text(statement, 1, name, -1, SQLITE_TRANSIENT);
  (void)sqlite3_bind_text(statement, 2, text, -1, SQLITE_TRANSIENT);
  bool done = statement && sqlite3_step(statement) == SQLITE_DONE;
  (void)sqlite3_finalize(statement);
  return done;
}

bool state_get_meta(struct state *state, const char *name, uint64_t *value) {
  sqlite3_stmt *statement = state_prepare(state, "SELECT value FROM meta WHERE name = ?");
  (void)sqlite3_bind_text(statement, 1, name, -1, SQLITE_TRANSIENT);
  bool there = statement && sqlite3_step(statement) == SQLITE_ROW;
  if (there)
    *value = strtoull((const char *)sqlite3_column_text(statement, 0), NULL, 10);
  (void)sqlite3_finalize(statement);
  return there;
}

uint64_t state_hash(const char *type, const char *text, uint64_t account) {
  uint64_t hash = hash_bytes(HASH_BEGIN ^ account, type, strlen(type));
  hash = hash_bytes(hash, text, strlen(text));
  return hash ? hash : 1;
}

bool state_make_room(struct state *state, uint64_t newest) {
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
