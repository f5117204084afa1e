/* Who is sent to by a triggered send, and the list and the settings of its definition. All of this
 * wants the write lock of the store. */
#ifndef ETSIM_OPERATIONS_RECIPIENT_H
#define ETSIM_OPERATIONS_RECIPIENT_H

#include "store/world.h"

/* Whether the subscriber has unsubscribed from the definition's list. */
bool recipient_has_left(const struct world *world, const struct node *definition,
                        const struct node *subscriber);

/* With AutoAddSubscribers the subscriber comes onto the list, with AutoUpdateSubscribers the
 * profile attributes among those that were `given` are taken over. */
void recipient_take(struct world *world, int account, const struct node *definition,
                    struct node *subscriber, const struct node *given);

#endif
