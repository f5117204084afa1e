/* Signals that ask for an end. There is one process, so there is one of these. */
#ifndef ETTRACK_RUN_STOP_H
#define ETTRACK_RUN_STOP_H

#include <pthread.h>
#include <stdbool.h>

/* From now on SIGINT, SIGTERM and SIGHUP ask the work to end in order, with what it has; a second
 * one ends the program at once, and takes the file away that stop_cleans() named. Those that are
 * ignored, as under nohup, stay so. A closed pipe and a file that may not grow are errors of
 * write(), no signals. */
void stop_watch(void);

/* Whether a signal has asked for an end. */
bool stop_asked(void);

/* The same, as sessions ask while they wait for the network. */
bool stop_callback(void *context);

/* Waits for a condition, and for no longer than a signal that arrived in another thread may go
 * unnoticed. */
void stop_wait(pthread_cond_t *condition, pthread_mutex_t *mutex);

/* The file to take away; NULL: none. Borrowed. */
void stop_cleans(const char *path);

#endif
