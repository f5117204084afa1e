/* A job: a send by a definition that shows as a Send, with its lists and links, whose counts follow
 * the events. All of this wants the write lock of the store. */
#ifndef ETSIM_STORE_JOB_H
#define ETSIM_STORE_JOB_H

#include "store/world.h"

/* A number for a new one. */
long job_next(struct store *store);

/* Makes the Send, by what the definition says; nothing is counted yet. NULL: out of memory. */
struct record *job_show(struct world *world, int account, const struct node *definition, long job,
                        const char *status, int64_t date);

/* Whether the Send with this ID was made so, not by a client. */
bool job_is_shown(const struct world *world, const char *id);

/* Makes the ListSend and the LinkSend of a job whose definition names a list and an email. */
bool job_show_parts(struct world *world, int account, const struct node *definition, long job);

/* One link of a job: the one that its email has. */
int job_link_id(long job);
const char *job_link_url(const struct world *world, const struct node *definition, char *buffer,
                         size_t size);

/* The Send was changed at this date. */
void job_touch(struct world *world, long job, int64_t date);

/* Adds to a count of the Send and of its ListSend. */
void job_count(struct world *world, long job, const char *what, int by);
/* An unsubscribe from a list; it is counted in the Send even when the list is none of the job's. */
void job_count_unsub(struct world *world, long job, long list);
/* And to one of its LinkSend. */
void job_count_link(struct world *world, long job, const char *what);

#endif
