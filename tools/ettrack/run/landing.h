/* Where a browser comes back to after a sign-in: a port of this machine, for one answer. */
#ifndef ETTRACK_RUN_LANDING_H
#define ETTRACK_RUN_LANDING_H

#include <stdbool.h>
#include <stddef.h>

struct landing {
  int sockets[2]; /* -1: none */
  size_t count;
  int client; /* whose browser waits for an answer; -1: none */
  char path[256];
};

/* Listens at an address such as http://127.0.0.1:8765/signed-in. False after saying what is
 * wrong. */
bool landing_open(struct landing *landing, const char *redirect_uri);

/* Waits for the browser. The query of the address that it comes with goes into `query`. False when
 * it did not come in that many seconds, or a signal asked for an end. */
bool landing_wait(struct landing *landing, int seconds, char *query, size_t size);

enum landing_page { LANDING_DONE, LANDING_FAILED, LANDING_ANOTHER };

/* What the browser shows, which is left then: of the sign-in, or that it is of another one. */
void landing_answer(struct landing *landing, enum landing_page page);

void landing_close(struct landing *landing);

#endif
