/* Who was told to be on which list: objects of type ListSubscriber. */
#ifndef ETSIM_STORE_MEMBER_H
#define ETSIM_STORE_MEMBER_H

#include "store/store.h"

/* NULL: nothing was told of that. Wants the lock. */
struct record *member_find(const struct store *store, const char *key, long list);

#endif
