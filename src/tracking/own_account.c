/* Whose account the session's calls act in. */
#include <etsoap/tracking.h>

#include "call/session_private.h"

#include <stdlib.h>

/* Every account has folders, and each names its account; those of a business unit may be shared by
 * its parent. The question is asked in any case: it tells whether the credentials are good. */
ets_status ets_own_account(int32_t *account, ets_session *session) {
  static const char *const property = "Client.ID";
  ets_retrieve request = ETS_RETRIEVE_INIT;
  ets_cursor *cursor;
  ets_object row;
  *account = 0;
  request.object_type = "DataFolder";
  request.properties = &property;
  request.property_count = 1;
  request.batch_size = 1;
  ets_status status = ets_cursor_open(&cursor, session, &request);
  if (status == ETS_OK)
    status = ets_cursor_next(cursor, &row);
  const char *named = ets_auth_account(&session->auth);
  int64_t id = named              ? strtoll(named, NULL, 10)
               : status == ETS_OK ? ets_get_integer(row, property, 0)
                                  : 0;
  ets_cursor_close(cursor);
  if (status == ETS_OK || status == ETS_END) {
    if (id < 1 || id > INT32_MAX)
      return ets_session_fail(session, ETS_E_NOT_FOUND,
                              "the service does not say which account this is; name its MID");
    *account = (int32_t)id;
    return ETS_OK;
  }
  return status;
}
