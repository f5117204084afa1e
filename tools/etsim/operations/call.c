#include "operations/call.h"

#include "etH.h"

int call_account(const struct call *call, const struct et__ClientID *client) {
  if (client && client->ID && call->caller.parent &&
      world_has_account(call->service->world, *client->ID))
    return *client->ID;
  return call->caller.account;
}
