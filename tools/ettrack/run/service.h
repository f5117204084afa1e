/* The service that a command talks to: its settings, and sessions made from them. */
#ifndef ETTRACK_RUN_SERVICE_H
#define ETTRACK_RUN_SERVICE_H

#include "ettrack/cli/options.h"
#include "ettrack/columns/columns.h"

#include <etsoap/etsoap.h>

struct service {
  const struct options *options;
  ets_settings *settings;
  int sessions;         /* that run side by side and share --max-rps; 0 counts as 1 */
  ets_counters traffic; /* of the sessions that are closed */
  bool ordered;         /* rows are put in order, so --limit says nothing of how many to ask for */
  bool untraced;        /* not all that --trace asks for could be written; that was said */
};

/* Reads the settings that a session needs: flags, environment, config file. Does not talk to the
 * network. Returns an exit code, after complaining when it is not EXIT_DONE; close it in any
 * case. */
int service_open(struct service *service, const struct options *options);

/* Says what --traffic asks for, and frees the settings. False when a trace is not complete. */
bool service_close(struct service *service);

/* `number` 0: the session is the only one; otherwise 1, 2, ... `error` says what is wrong. */
ets_status service_session(ets_session **session, const struct service *service, int number,
                           ets_error *error);

/* Books what the session did and frees it. NULL is allowed. From one thread at a time. */
void service_session_close(struct service *service, ets_session *session);

/* A Retrieve of objects in that scope, without filter. The names are borrowed. */
ets_retrieve service_retrieve(const struct service *service, const char *object_type,
                              const struct columns *columns);

/* A cursor over those of them that a filter of our own making finds, in pages of the service's own
 * size. The filter is freed; NULL: out of memory. */
ets_status service_find(ets_cursor **cursor, const struct service *service, ets_session *session,
                        const char *object_type, const struct columns *columns, ets_filter *filter);

/* Whose data: what --mid, --all-accounts, --batch-size and --limit ask for. */
ets_scope service_scope(const struct service *service);

/* The same, and of it these properties. */
ets_scope service_scope_of(const struct service *service, const struct columns *columns);

#endif
