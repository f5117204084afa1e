/* Sends by their JobID. */
#ifndef ETTRACK_SENDS_JOBS_H
#define ETTRACK_SENDS_JOBS_H

#include "ettrack/cli/command.h"
#include "ettrack/run/work.h"

/* The operands as JobIDs, one for each; to be freed. NULL after saying what is wrong, with `*code`
 * set to the exit code. */
int32_t *jobs_read(const struct invocation *invocation, int *code);

/* ETS_OK when there is such a send, otherwise ETS_E_NOT_FOUND or another failure. Worth a question
 * when something of a send is empty. */
ets_status job_confirm(ets_session *session, int32_t job_id, const ets_scope *scope);

/* For struct work: what is asked for is a Send. */
const char *send_type(const struct work *work, size_t index);

/* What a send has several of, its links or its lists: how they are opened. */
struct job_parts {
  const char *object_type;
  const char *const *(*all)(void); /* properties */
  const struct shown *table;       /* those of a table */
  ets_status (*open)(ets_cursor **, ets_session *, int32_t job_id, const ets_scope *);
};

/* A command that prints them, with the highest `by` first; NULL: as they come. Returns its exit
 * code. */
int job_parts_run(const struct invocation *invocation, struct service *service,
                  const struct job_parts *parts, const char *by);

#endif
