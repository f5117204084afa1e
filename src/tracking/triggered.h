/* Triggered send definitions by their key. */
#ifndef ETS_TRACKING_TRIGGERED_H
#define ETS_TRACKING_TRIGGERED_H

#include <etsoap/tracking.h>

enum { ETS_OBJECT_ID_SIZE = 64 };

/* The ObjectID that events name a definition by. Talks to the network.
 * @param key  CustomerKey of the definition
 * @return ETS_E_NOT_FOUND when there is none */
ets_status ets_triggered_object_id(char object_id[ETS_OBJECT_ID_SIZE], ets_session *session,
                                   const char *key, const ets_scope *scope);

#endif
