/* A zip archive, nothing in it compressed. It is written as it comes: it may be larger than the
 * memory, up to the 4 GB that the numbers of a member have room for. */
#ifndef ETSIM_GROUND_ARCHIVE_H
#define ETSIM_GROUND_ARCHIVE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "common/buffer.h"

enum { ARCHIVE_MOST_MEMBERS = 8, ARCHIVE_PIECE = 1 << 16 };

struct archive_member {
  const char *name;
  uint32_t crc;
  uint64_t size, offset;
};

/* Begun as {.stream = a file that is open for writing}; the buffer is the caller's to free. */
struct archive {
  FILE *stream;
  struct archive_member members[ARCHIVE_MOST_MEMBERS];
  unsigned count;
  struct buffer piece; /* what is added here goes into the member that was begun last */
  bool failed;         /* errno says why */
};

void archive_begin(struct archive *archive, const char *name);

/* Writes what is in the piece: wanted when it has ARCHIVE_PIECE bytes, so that it stays small. */
void archive_put(struct archive *archive);

/* Of the member. */
void archive_end(struct archive *archive);

/* After the last member. */
void archive_finish(struct archive *archive);

#endif
