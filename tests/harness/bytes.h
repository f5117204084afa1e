/* An answer that lies in memory and comes in pieces. */
#ifndef HARNESS_BYTES_H
#define HARNESS_BYTES_H

#include "wire/answer.h"

struct bytes {
  const char *at;
  size_t left;
  size_t piece; /* how much comes at a time; 0: all of it */
};

/* For ets_answer_source. */
static inline ets_status read_bytes(void *context, const char **bytes, size_t *size,
                                    ets_error *error) {
  struct bytes *from = context;
  (void)error;
  *bytes = from->at;
  *size = from->piece && from->piece < from->left ? from->piece : from->left;
  from->at += *size;
  from->left -= *size;
  return ETS_OK;
}

#endif
