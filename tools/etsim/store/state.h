/* `--state FILE`: what the store has, kept in an SQLite database, so that it survives the
 * process. */
#ifndef ETSIM_STORE_STATE_H
#define ETSIM_STORE_STATE_H

#include "store/world.h"

struct state;

/* What the data of a database belong to: with other options they mean something else. */
struct state_origin {
  uint64_t seed, sends, subscribers;
  uint64_t loads; /* sum of the files that are loaded, see load_sum(); 0: none */
};

/* Opens or makes the database. @param[out] kept  whether there were data in it: then the store,
 * which has to be empty, has them now, and a clock that runs goes on from there. NULL after saying
 * on stderr what is wrong */
struct state *state_open(const char *file, const struct state_origin *origin, struct world *world,
                         bool *kept);

/* Writes what has changed since, in one transaction; nothing when nothing has. Takes the lock, but
 * not while the disk is waited for. One thread at a time. @return false after saying on stderr why
 * not; what was kept before stays */
bool state_save(struct state *state, struct world *world);

/* The same for the last time: what a clock says that runs is kept as well. */
bool state_end(struct state *state, struct world *world);

/* Whether something is kept there; a file that is empty has nothing yet. */
bool state_is_there(const char *file);

void state_close(struct state *state);

#endif
