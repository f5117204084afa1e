/* All that a cursor has, in one call. */
#include "object/pool_private.h"
#include "operations/cursor.h"

#include <etsoap/rows.h>

#include <string.h>

/* Room for one more row in an array that doubles. */
static bool make_room(ets_object **rows, size_t count, size_t *capacity, ets_pool *pool) {
  if (count < *capacity)
    return true;
  size_t larger = *capacity ? *capacity * 2 : 64;
  ets_object *array = ets_arena_alloc(&pool->arena, larger * sizeof *array);
  if (!array)
    return false;
  if (count > 0)
    memcpy(array, *rows, count * sizeof *array);
  *rows = array;
  *capacity = larger;
  return true;
}

ets_status ets_cursor_fetch(ets_object **rows, size_t *count, ets_cursor *cursor, ets_pool *pool,
                            size_t limit) {
  ets_object *array = NULL, row;
  ets_session *session = ets_cursor_session(cursor);
  size_t capacity = 0;
  ets_status status;
  *rows = NULL;
  *count = 0;
  if (ets_pool_status(pool) != ETS_OK)
    return ets_session_fail(session, ets_pool_status(pool), "%s", ets_pool_error(pool)->message);
  while ((status = ets_cursor_next(cursor, &row)) == ETS_OK && (!limit || *count < limit)) {
    if (!make_room(&array, *count, &capacity, pool))
      return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
    array[*count] = ets_object_copy(pool, row);
    if (ets_pool_status(pool) != ETS_OK)
      return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
    *rows = array;
    ++*count;
  }
  if (status == ETS_OK) {
    ets_cursor_put_back(cursor, row);
    return ets_session_fail(session, ETS_E_PARTIAL,
                            "there are more than %zu rows; ask for fewer, or take more", limit);
  }
  return status == ETS_END ? ETS_OK : status;
}

ets_status ets_fetch(ets_object **rows, size_t *count, ets_session *session,
                     const ets_retrieve *request, ets_pool *pool, size_t limit) {
  ets_cursor *cursor;
  *rows = NULL;
  *count = 0;
  ets_status status = ets_cursor_open(&cursor, session, request);
  if (status == ETS_OK)
    status = ets_cursor_fetch(rows, count, cursor, pool, limit);
  ets_cursor_close(cursor);
  return status;
}

ets_status ets_cursor_write(ets_cursor *cursor, int file, const ets_rows_options *options) {
  ets_session *session = ets_cursor_session(cursor);
  ets_rows *rows;
  ets_object row;
  ets_error error;
  ets_status status = ets_rows_open(&rows, file, options, &error);
  if (status != ETS_OK)
    return ets_session_fail(session, status, "%s", error.message);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK)
    status = ets_rows_add(rows, row);
  ets_status written = ets_rows_close(rows, status == ETS_END, &error);
  if (written != ETS_OK)
    return ets_session_fail(session, written, "%s", error.message);
  return status == ETS_END ? ETS_OK : status;
}
