#include "operations/happenings.h"

#include <stdlib.h>
#include <string.h>

#include "ground/permutation.h"

enum { READY = 2, RUN_MS = 30000 };

static const int64_t second = 1000, minute = 60000;

static struct record *find(const struct world *world, const char *type, const char *id) {
  const struct table *table = store_table(&world->store, type);
  size_t index = id ? store_find(table, "ObjectID", id, 0) : SIZE_MAX;
  return index == SIZE_MAX ? NULL : table->records[index];
}

/* --- messages ------------------------------------------------------------------------------- */

static uint64_t hash_of(const struct world *world, const char *text, long job, long batch) {
  uint64_t hash = mix(world->demo.seed, (uint64_t)job, (uint64_t)batch);
  for (; *text; text++)
    hash = mix(hash, (unsigned char)*text, 0x7E);
  return hash;
}

static void expect(struct world *world, const struct tracked *message, enum tracked_kind kind,
                   int64_t due) {
  struct node *what = node_new(NULL, "Object");
  if (what && node_put_number(what, "Kind", kind) && node_put_number(what, "Job", message->job) &&
      node_put_number(what, "Batch", message->batch) && node_put(what, "Key", message->key) &&
      node_put(what, "ID", message->id ? message->id : "0") &&
      node_put(what, "Definition", node_text(message->definition, "ObjectID")))
    (void)agenda_add(world, "Event", due, what, message->account);
  else
    node_free(what);
}

/* One in twenty bounces, half of the others open, a third of these click. */
void happenings_of_message(struct world *world, const struct tracked *message, int64_t date) {
  if (!message->key || !node_text(message->definition, "ObjectID"))
    return;
  uint64_t hash = hash_of(world, message->key, message->job, message->batch);
  if (hash % 20 == 0) {
    expect(world, message, TRACKED_BOUNCE, date + 5 * second);
    return;
  }
  if (hash / 20 % 2)
    return;
  int64_t opened = date + minute + (int64_t)(hash / 40 % 3600) * second;
  expect(world, message, TRACKED_OPEN, opened);
  if (hash / 40 % 3 == 0)
    expect(world, message, TRACKED_CLICK, opened + 20 * second);
  if (hash / 120 % 4 == 0)
    expect(world, message, TRACKED_OPEN_AGAIN, opened + 180 * minute);
}

void happenings_event(struct world *world, int account, const struct node *what, int64_t date) {
  const struct record *definition =
      find(world, "TriggeredSendDefinition", node_text(what, "Definition"));
  if (!definition)
    return;
  const struct tracked message = {.account = account,
                                  .definition = definition->tree,
                                  .job = node_number(what, "Job", 0),
                                  .batch = node_number(what, "Batch", 0),
                                  .key = node_text(what, "Key"),
                                  .id = node_text(what, "ID")};
  (void)tracked_add(world, &message, (enum tracked_kind)node_number(what, "Kind", 0), date);
}

/* --- automations ---------------------------------------------------------------------------- */

bool happenings_of_run(struct world *world, int account, const char *automation, const char *run,
                       int64_t date) {
  struct node *what = node_new(NULL, "Object");
  if (what && node_put(what, "Automation", automation) && node_put(what, "Run", run))
    return agenda_add(world, "EndOfRun", date + RUN_MS, what, account);
  node_free(what);
  return false;
}

void happenings_end_of_run(struct world *world, int account, const struct node *what,
                           int64_t date) {
  struct record *automation = find(world, "Automation", node_text(what, "Automation"));
  struct record *run = find(world, "AutomationInstance", node_text(what, "Run"));
  (void)account;
  if (!run || strcmp(node_text(run->tree, "StatusMessage"), "Running") != 0)
    return; /* it was stopped */
  (void)node_put_number(run->tree, "Status", READY);
  (void)node_put(run->tree, "StatusMessage", "Completed");
  (void)node_put_date(run->tree, "StatusLastUpdate", date);
  (void)node_put_date(run->tree, "CompletedTime", date);
  if (automation)
    (void)node_put_number(automation->tree, "Status", READY);
}
