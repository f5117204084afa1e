#include "operations/call.h"

#include "etH.h"

int call_account(const struct call *call, const struct et__ClientID *client) {
  const struct caller *caller = &call->caller;
  if (!client || !client->ID || *client->ID == 0 || *client->ID == caller->account)
    return caller->account;
  return caller->parent && world_has_account(call->service->world, *client->ID) ? *client->ID : 0;
}
