/* Answers that a session reads in place of a network: no socket, no thread, always the same. */
#ifndef ETS_TEST_CANNED_H
#define ETS_TEST_CANNED_H

#include <stddef.h>

#include <etsoap/session.h>

enum { CANNED_MAX = 8 };

struct canned {
  const char *answers[CANNED_MAX]; /* whole HTTP messages, one for each request */
  size_t sizes[CANNED_MAX];
  size_t count;
  size_t piece; /* at most so many bytes a read; 0: as many as fit */
  char *sent;   /* takes what is sent, NUL-terminated; NULL: dropped */
  size_t sent_size;
  /* kept while running */
  size_t next;
  const char *at;
  size_t left;
  size_t sent_length;
  bool sending;
};

/* Makes the session talk to `canned`, which has to outlive it. */
void canned_install(ets_session *session, struct canned *canned);

/* Back to the first answer, with nothing sent. */
void canned_rewind(struct canned *canned);

/* Adds the answer that is a file's envelope: FOLDER/NAME.xml, with the HTTP header it needs, in
 * chunks of `chunk` bytes when that is not 0. Returns the memory, for free(); NULL on failure. */
char *canned_add_file(struct canned *canned, const char *folder, const char *name, size_t chunk);

#endif
