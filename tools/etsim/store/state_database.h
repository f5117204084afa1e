/* The database of `--state`, for the files state*.c alone. */
#ifndef ETSIM_STORE_STATE_DATABASE_H
#define ETSIM_STORE_STATE_DATABASE_H

#include <sqlite3.h>

#include "store/world.h"

struct state {
  sqlite3 *database;
  const char *file;
  uint64_t *hashes; /* of the records as they are kept, by number; 0: none */
  size_t hash_count;
  bool failed; /* the last time, and it was said */
};

/* Says what is wrong, and why SQLite thinks so. @return false */
bool state_complain(const struct state *state, const char *what);

bool state_run(struct state *state, const char *sql);

/* NULL: it cannot be had. */
sqlite3_stmt *state_prepare(struct state *state, const char *sql);

bool state_set_meta(struct state *state, const char *name, uint64_t value);

/* @return whether it is there */
bool state_get_meta(struct state *state, const char *name, uint64_t *value);

/* Of a record as it is kept, never 0. Rows of a data extension change their type with its key. */
uint64_t state_hash(const char *type, const char *text, uint64_t account);

/* For the hashes of records up to this number. */
bool state_make_room(struct state *state, uint64_t newest);

/* What is kept becomes what the world has. @return false after saying what is damaged */
bool state_load(struct state *state, struct world *world, uint64_t next_id);

#endif
