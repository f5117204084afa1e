/* An HTTP message on its way into a file, with what is secret replaced by `***`. Works on pieces
 * of any size, holds no more than a header line, and undoes chunked framing. */
#ifndef ETS_REDACT_H
#define ETS_REDACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum ets_redact_state {
  ETS_REDACT_HEADER,
  ETS_REDACT_CHUNK_SIZE,
  ETS_REDACT_CHUNK_END,
  ETS_REDACT_BODY_START, /* another header may follow: of what is behind a proxy's tunnel */
  ETS_REDACT_BODY
};

/* Where in the body. */
enum ets_redact_place {
  ETS_REDACT_TEXT,
  ETS_REDACT_TAG,
  ETS_REDACT_COMMENT, /* and CDATA, which is told from it by `tag` */
  ETS_REDACT_HIDDEN   /* inside an element that is secret */
};

struct ets_redactor {
  FILE *file;
  bool subscribers; /* remove keys, ids and addresses of subscribers too */
  enum ets_redact_state state;
  bool chunked;
  char line[1024]; /* header or chunk size line */
  size_t line_length;
  size_t chunk_left;
  enum ets_redact_place place;
  char tag[128]; /* begin of the tag in hand, from behind its `<` */
  size_t tag_length;
  bool in_name; /* of the tag in hand */
  bool in_hidden_tag;
  char quote;      /* of the attribute value in hand, 0: none */
  char last[2];    /* the bytes before, the latest first */
  char hidden[64]; /* local name of the secret element */
  unsigned depth;  /* elements of that name that are open */
};

/* Starts a message; the file is borrowed. */
void ets_redact_begin(struct ets_redactor *redactor, FILE *file, bool subscribers);

void ets_redact(struct ets_redactor *redactor, const char *bytes, size_t size);

#endif
