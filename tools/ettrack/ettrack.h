/* ettrack: tracking data of sends from the shell. What all its parts share. */
#ifndef ETTRACK_H
#define ETTRACK_H

#include "options.h"
#include "output.h"

#include <etsoap/etsoap.h>

/* The same for every program here. */
enum { EXIT_CODE_DONE = 0, EXIT_CODE_FAILED = 1, EXIT_CODE_USAGE = 2, EXIT_CODE_INCOMPLETE = 3 };

struct ettrack {
  struct options options;
  ets_settings *settings;
  int sessions;         /* that run side by side and share --max-rps; 0 counts as 1 */
  ets_counters traffic; /* of the sessions that are closed */
};

/* One line on stderr, `ettrack: ...`; control characters become blanks. */
void complain(const char *format, ...) ETS_PRINTF(1, 2);

/* Reads the settings that a session needs: flags, environment, config file. Returns an exit code,
 * after complaining when it is not EXIT_CODE_DONE. */
int settings_read(struct ettrack *ettrack);

/* A session from them. `number` 0: it is the only one; otherwise 1, 2, ... `error` says what is
 * wrong. */
ets_status session_open(ets_session **session, const struct ettrack *ettrack, int number,
                        ets_error *error);

/* Books what the session did and frees it. NULL is allowed. From one thread at a time. */
void session_close(ets_session *session, struct ettrack *ettrack);

/* What --traffic asks for, on stderr. */
void traffic_print(const struct ettrack *ettrack);

/* The scope that --mid, --all-accounts and --batch-size ask for. */
ets_scope scope_of(const struct options *options);

/* ETS_OK when there is such a send, otherwise ETS_E_NOT_FOUND or another failure. */
ets_status send_confirm(ets_session *session, int32_t job_id, const ets_scope *scope);

int run_send(struct ettrack *ettrack);
int run_sends(struct ettrack *ettrack);
int run_links(struct ettrack *ettrack);
int run_lists(struct ettrack *ettrack);
int run_events(struct ettrack *ettrack);
int run_retrieve(struct ettrack *ettrack);
int run_describe(struct ettrack *ettrack);
int run_status(struct ettrack *ettrack);
int run_version(struct ettrack *ettrack);
int run_help(struct ettrack *ettrack);

void print_help(const struct command *command);

/* The candidate nearest to `word`, NULL when none is near. `next` gives candidates until NULL. */
const char *suggestion_for(const char *word, const char *(*next)(size_t index, const void *context),
                           const void *context);

#endif
