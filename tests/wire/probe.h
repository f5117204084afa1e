/* The parts of the probe that the wire cases run. */
#ifndef PROBE_H
#define PROBE_H

#include <etsoap/etsoap.h>

/* Prints an object with everything in it, one property a line. */
void probe_object(ets_object object);

/* Prints how a call ended; the exit code. */
int probe_report(ets_session *session, ets_status status, uint64_t rows);

/* Retrieves, and takes the rows in one of three ways. */
int probe_retrieve(ets_session *session, int argc, char **argv);

/* The calls that change something or ask for anything but rows. */
int probe_write(ets_session *session, int argc, char **argv);

/* One-to-one triggered sends, `oneone` taken off. */
int probe_one_to_one(ets_session *session, int argc, char **argv);

#endif
