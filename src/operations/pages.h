/* Whether the pages of a Retrieve get anywhere. A service that always has more, and never anything
 * new, would be asked for ever. */
#ifndef ETS_PAGES_H
#define ETS_PAGES_H

#include "call/session_private.h"

/* Begin with {0}. */
struct ets_pages {
  uint64_t *seen; /* hashes of the RequestIDs so far */
  size_t count;
  size_t capacity;
  unsigned empty; /* pages in a row without a row */
};

/* A page has ended, and there is more behind `request_id`.
 * @return ETS_OK; ETS_E_PROTOCOL for a RequestID that was there before, or too many pages without a
 *         row; ETS_E_NOMEM */
ets_status ets_pages_add(struct ets_pages *pages, ets_session *session, const char *request_id,
                         bool had_rows);

void ets_pages_free(struct ets_pages *pages);

#endif
