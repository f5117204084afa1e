/* The sends that were listed last, for the completion of JobIDs: a private file in the cache folder
 * for each account, with nothing in it but JobIDs, dates and names. Where it cannot be written or
 * read there are none. */
#ifndef ETTRACK_SENDS_RECENT_H
#define ETTRACK_SENDS_RECENT_H

#include "common/buffer.h"
#include "ettrack/run/work.h"

#include <etsoap/settings.h>

enum { RECENT_SENDS = 500 };

struct recent_send {
  char id[20], date[11], name[80];
};

/* Takes the rows of a cursor to another taker, and remembers the last sends among them. */
struct recent {
  const struct taker *taker;
  size_t id, date, name;     /* which of the columns; as many as there are: none of them */
  size_t count;              /* of columns */
  struct recent_send *sends; /* the last ones, as a ring */
  size_t taken;              /* of all there were */
};

struct taker recent_taker(struct recent *recent, const struct taker *taker,
                          const struct columns *columns);

/* They take the place of those that the account had. Frees them. */
void recent_keep(struct recent *recent, const ets_settings *settings);

/* A line each, "12043295\t2026-11-10 A newsletter", the newest first; to be freed. "" for none. */
void recent_read(struct buffer *lines, const ets_settings *settings);

#endif
