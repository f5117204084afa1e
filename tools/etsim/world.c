#include "world.h"

enum { PARENT_MID = 10001, FIRST_CHILD_MID = 10002 };

bool world_init(struct world *world, uint64_t seed, size_t sends, uint32_t subscribers) {
  *world = (struct world){.accounts = {PARENT_MID, FIRST_CHILD_MID, FIRST_CHILD_MID + 1}};
  return demo_init(&world->demo, seed, sends, subscribers, world->accounts, WORLD_ACCOUNTS);
}

void world_free(struct world *world) {
  demo_free(&world->demo);
}
