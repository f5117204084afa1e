#include "operations/pages.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { EMPTY_MOST = 3, FIRST_CAPACITY = 64, QUOTED_MOST = 60 };

/* FNV-1a; 64 bits do not meet by chance. */
static uint64_t hash_of(const char *text) {
  uint64_t hash = UINT64_C(0xCBF29CE484222325);
  for (; *text; text++)
    hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001B3);
  return hash;
}

static bool remember(struct ets_pages *pages, uint64_t hash) {
  if (pages->count == pages->capacity) {
    size_t capacity = pages->capacity ? pages->capacity * 2 : FIRST_CAPACITY;
    uint64_t *seen = realloc(pages->seen, capacity * sizeof *seen);
    if (!seen)
      return false;
    pages->seen = seen;
    pages->capacity = capacity;
  }
  pages->seen[pages->count++] = hash;
  return true;
}

/* The page in hand has the RequestID of page `first`, counted from 0. */
static ets_status report_circle(const struct ets_pages *pages, ets_session *session,
                                const char *request_id, size_t first) {
  char *quoted;
  if (!ets_auth_masked(&session->auth, request_id, &quoted))
    return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  int shown = (int)ets_text_cut(quoted, strlen(quoted), QUOTED_MOST);
  ets_status status =
      ets_session_fail(session, ETS_E_PROTOCOL,
                       "%s goes round in circles: page %zu has the RequestID of page %zu, %.*s",
                       session->endpoint, pages->count + 1, first + 1, shown, quoted);
  free(quoted);
  return status;
}

ets_status ets_pages_add(struct ets_pages *pages, ets_session *session, const char *request_id,
                         bool had_rows) {
  uint64_t hash = hash_of(request_id);
  pages->empty = had_rows ? 0 : pages->empty + 1;
  if (pages->empty > EMPTY_MOST)
    return ets_session_fail(session, ETS_E_PROTOCOL,
                            "%s says that there is more, and sent %u pages in a row without a row",
                            session->endpoint, pages->empty);
  for (size_t i = 0; i < pages->count; i++)
    if (pages->seen[i] == hash)
      return report_circle(pages, session, request_id, i);
  return remember(pages, hash) ? ETS_OK : ets_session_fail(session, ETS_E_NOMEM, "out of memory");
}

void ets_pages_free(struct ets_pages *pages) {
  free(pages->seen);
  *pages = (struct ets_pages){0};
}
