#include "export/accounts.h"

#include "call/session_private.h"

#include <inttypes.h>
#include <stdlib.h>

static bool has(const struct ets_accounts *accounts, int32_t account) {
  for (size_t i = 0; i < accounts->count; i++)
    if (accounts->items[i] == account)
      return true;
  return false;
}

static ets_status add(struct ets_accounts *accounts, ets_session *session, int32_t account) {
  if (has(accounts, account))
    return ETS_OK;
  int32_t *items = realloc(accounts->items, (accounts->count + 1) * sizeof *items);
  if (!items)
    return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  accounts->items = items;
  accounts->items[accounts->count++] = account;
  return ETS_OK;
}

static ets_status add_listed(struct ets_accounts *accounts, ets_session *session, int64_t id) {
  if (id >= 1 && id <= INT32_MAX)
    return add(accounts, session, (int32_t)id);
  return ets_session_fail(
      session, ETS_E_PROTOCOL,
      "the service lists a BusinessUnit with ID %lld, which is no MID; name the "
      "accounts instead of all",
      (long long)id);
}

/* All of them, as the service lists them. */
static ets_status find_all(struct ets_accounts *accounts, ets_session *session) {
  static const char *const id = "ID";
  ets_retrieve request = ETS_RETRIEVE_INIT;
  ets_cursor *cursor;
  ets_object row;
  request.object_type = "BusinessUnit";
  request.properties = &id;
  request.property_count = 1;
  request.all_accounts = true;
  ets_status status = ets_cursor_open(&cursor, session, &request);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK)
    status = add_listed(accounts, session, ets_get_integer(row, id, 0));
  ets_cursor_close(cursor);
  if (status != ETS_END)
    return status;
  return accounts->count > 0
             ? ETS_OK
             : ets_session_fail(session, ETS_E_NOT_FOUND, "the service lists no business units");
}

ets_status ets_accounts_find(struct ets_accounts *accounts, ets_session *session,
                             const ets_export_query *query) {
  ets_status status = ETS_OK;
  *accounts = (struct ets_accounts){0};
  if (query->all_accounts)
    return find_all(accounts, session);
  for (size_t i = 0; status == ETS_OK && i < query->account_count; i++)
    status = query->accounts[i] >= 1
                 ? add(accounts, session, query->accounts[i])
                 : ets_session_fail(session, ETS_E_USAGE,
                                    "account %" PRId32 ": expected a MID, 1 or more",
                                    query->accounts[i]);
  if (status != ETS_OK || query->account_count > 0)
    return status;
  status = ets_own_account(&accounts->own, session);
  return status == ETS_OK ? add(accounts, session, accounts->own) : status;
}

void ets_accounts_free(struct ets_accounts *accounts) {
  free(accounts->items);
  *accounts = (struct ets_accounts){0};
}
