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
  ETS_REDACT_BODY
};

struct ets_redactor {
  FILE *file;
  bool subscribers; /* remove keys, ids and addresses of subscribers too */
  enum ets_redact_state state;
  bool chunked;
  char line[1024]; /* header or chunk size line */
  size_t line_length;
  size_t chunk_left;
  bool in_tag;
  bool in_name;
  char quote; /* of the attribute value in hand, 0: none */
  char last;  /* byte before, inside a tag */
  char name[64];
  size_t name_length;
  bool hiding;
  bool hidden_open; /* while hiding: the last byte was `<` */
};

/* Starts a message; the file is borrowed. */
void ets_redact_begin(struct ets_redactor *redactor, FILE *file, bool subscribers);

void ets_redact(struct ets_redactor *redactor, const char *bytes, size_t size);

#endif
