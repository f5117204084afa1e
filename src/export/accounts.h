/* Whose data: the accounts of an export. */
#ifndef ETS_EXPORT_ACCOUNTS_H
#define ETS_EXPORT_ACCOUNTS_H

#include <etsoap/export.h>

struct ets_accounts {
  int32_t *items;
  size_t count;
  int32_t own; /* the caller's own, which is asked for without ClientIDs; 0: none of them is */
};

/* Those of the query, each once. Talks to the network for the caller's own and for all; what goes
 * wrong is the session's error. Free it in any case. */
ets_status ets_accounts_find(struct ets_accounts *accounts, ets_session *session,
                             const ets_export_query *query);
void ets_accounts_free(struct ets_accounts *accounts);

#endif
