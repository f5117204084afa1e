/* Keeps answers of the service, some of each shape, to be held against the contract. */
#ifndef ETSIM_SERVER_ANSWERS_H
#define ETSIM_SERVER_ANSWERS_H

#include <stdbool.h>

#include "common/buffer.h"

struct answers;

/* Makes the folder where it is missing, and in it one for this contract, with the contract.
 * @param loaded  there are recordings, which may not follow it: they have a folder of their own
 * @return NULL after saying why */
struct answers *answers_open(const char *folder, bool loaded);
void answers_free(struct answers *answers);

/* Keeps the envelope, unless there are some of its shape: the elements that are in it, with their
 * types, and what kind of text. `answers` NULL: does nothing. */
void answers_keep(struct answers *answers, const char *operation, const struct buffer *envelope);

#endif
