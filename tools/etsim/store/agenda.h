/* What is going to happen by itself: it is kept in the store, under a name that no client sees, and
 * happens when the account's clock has come so far and somebody looks. */
#ifndef ETSIM_STORE_AGENDA_H
#define ETSIM_STORE_AGENDA_H

#include "store/world.h"

/* Types of the store that are not for clients begin so. */
#define HIDDEN_TYPE "Etsim"

/* Where it is kept: with its name in Happening, its date in Due. */
#define AGENDA_TABLE HIDDEN_TYPE "Agenda"

/* @param date  when it was due: what comes of it has this date
 * All of them want the write lock of the store, and have it. */
typedef void happen(struct world *world, int account, const struct node *what, int64_t date);

struct happening {
  const char *name;
  happen *happen;
};

/* Reads what was kept of it from an earlier run. @return false: out of memory */
bool agenda_begin(struct world *world);

/* Takes over `what`. Wants the write lock. @return false: out of memory */
bool agenda_add(struct world *world, const char *name, int64_t due, struct node *what, int account);

/* Lets happen what is due by now, in the order of the dates. Takes the lock when there is
 * something, and gives it back now and then.
 * @param happenings  all that there are, the last without a name
 * @param most  no more than so many */
void agenda_run(struct world *world, const struct happening *happenings, size_t most);

#endif
