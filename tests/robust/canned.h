/* Answers that a session reads in place of a network: from loopback, by a thread that allocates
 * nothing, always the same. */
#ifndef ETS_TEST_CANNED_H
#define ETS_TEST_CANNED_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include <etsoap/session.h>

enum { CANNED_MAX = 16 };

struct canned {
  const char *answers[CANNED_MAX]; /* whole HTTP messages, one for each request */
  size_t sizes[CANNED_MAX];
  size_t count;
  size_t piece; /* at most so many bytes a read; 0: as many as fit */
  bool silent;  /* nothing is answered until the client goes */
  char *sent;   /* takes what is sent, NUL-terminated; NULL: dropped */
  size_t sent_size;
  /* kept while running */
  size_t next;
  size_t sent_length;
  char *request; /* the one in hand */
  int listener;
  pthread_t thread;
  bool serving;
};

/* Makes the session talk to `canned`, which has to outlive it.
 * @return ETS_OK, ETS_E_NOMEM */
ets_status canned_install(ets_session *session, struct canned *canned);

/* Waits for the peer to end; after the session was freed. */
void canned_end(struct canned *canned);

/* Back to the first answer, with nothing sent. */
void canned_rewind(struct canned *canned);

/* Adds the answer that is a file's envelope: FOLDER/NAME.xml, with the HTTP header it needs, in
 * chunks of `chunk` bytes when that is not 0. Returns the memory, for free(); NULL on failure. */
char *canned_add_file(struct canned *canned, const char *folder, const char *name, size_t chunk);

#endif
