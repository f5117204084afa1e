/* Compressed bodies (gzip, zlib), piece by piece. */
#ifndef ETS_HTTP_INFLATE_H
#define ETS_HTTP_INFLATE_H

#include <stdbool.h>
#include <stddef.h>

struct ets_inflater;

/* NULL when out of memory. Free with ets_inflater_free(). */
struct ets_inflater *ets_inflater_new(void);
void ets_inflater_free(struct ets_inflater *inflater);

enum ets_inflated { ETS_INFLATED, ETS_INFLATE_BROKEN, ETS_INFLATE_NO_MEMORY };

/* Takes what it can of `*size` bytes and leaves how many it took there.
 * @param[out] out       what came out, in memory of the inflater, until the next call; more may
 *                       come out of the same input
 * @param[out] out_size  0: more input is wanted */
enum ets_inflated ets_inflater_take(struct ets_inflater *inflater, const char *bytes, size_t *size,
                                    char **out, size_t *out_size);

/* Whether what was taken is whole: at the end of a stream, or nothing at all. */
bool ets_inflater_is_whole(const struct ets_inflater *inflater);

#endif
