#include "store/history.h"

#include <stdio.h>

#include "ground/date.h"
#include "store/tracked.h"

enum { FIRST_JOB = 13000011, SENDING_MS = 230 };

static const int64_t minute = 60000;

struct past {
  const char *definition; /* its CustomerKey */
  const char *begin;
  int64_t step; /* milliseconds from one message to the next */
  uint32_t messages;
  uint32_t excluded; /* of those who are unsubscribed or undeliverable */
};

static const struct past pasts[] = {{"sign-up", "", 0, 0, 0},
                                    {"order-confirmation", "2026-03-02T08:15:30.4", 5400123, 60, 3},
                                    {"birthday", "2026-01-05T06:00:00.25", 86400000, 24, 1}};

/* At a clock that was set, what is later has not happened. */
static bool is_past(const struct world *world, int64_t date) {
  return !world->demo.clock.dated || date <= world_now(world);
}

static bool add(struct world *world, struct tracked *message, uint32_t subscriber,
                enum tracked_kind kind, int64_t date) {
  if (!is_past(world, date))
    return true;
  char key[DEMO_KEY_SIZE], id[16];
  (void)demo_subscriber_key(&world->demo, subscriber, key);
  snprintf(id, sizeof id, "%d", (int)demo_subscriber_id(subscriber));
  message->key = key;
  message->id = id;
  bool done = tracked_add(world, message, kind, date);
  if (kind == TRACKED_SENT)
    tracked_log(world, message, NULL);
  return done;
}

/* What one recipient does: every second one opens, every fifth of them clicks, one in twenty
 * bounces. */
static bool add_message(struct world *world, struct tracked *message, uint32_t i, int64_t date) {
  bool done = add(world, message, i, TRACKED_SENT, date);
  if (i % 20 == 7)
    return done && add(world, message, i, TRACKED_BOUNCE, date + minute / 3);
  if (i % 2)
    return done;
  int64_t opened = date + minute * (2 + i % 50);
  done = done && add(world, message, i, TRACKED_OPEN, opened);
  if (i % 10 == 0)
    done = done && add(world, message, i, TRACKED_CLICK, opened + minute / 2);
  if (i % 6 == 0)
    done = done && add(world, message, i, TRACKED_OPEN_AGAIN, opened + 90 * minute);
  if (i % 30 == 0)
    done = done && add(world, message, i, TRACKED_CLICK_AGAIN, opened + 91 * minute);
  return done;
}

static bool add_past(struct world *world, const struct past *past, long job) {
  const struct demo *demo = &world->demo;
  struct table *table = store_table(&world->store, "TriggeredSendDefinition");
  size_t index = store_find(table, "CustomerKey", past->definition, 0);
  if (index == SIZE_MAX)
    return false;
  struct node *definition = table->records[index]->tree;
  int64_t date = 0;
  bool done = tracked_summary(world, world->accounts[0], definition) &&
              (!past->messages || date_read(&date, past->begin));
  for (uint32_t i = 0; done && i < past->messages && i < demo->subscribers; i++) {
    if (!is_past(world, date + SENDING_MS))
      break;
    struct tracked message = tracked_batch(world, world->accounts[0], definition, job, date);
    done = add_message(world, &message, i, date + SENDING_MS);
    if (done && i < past->excluded && i < demo->excluded) {
      uint32_t who = demo->subscribers + i;
      int64_t unused;
      done = add(world, &message, who,
                 demo_status(demo, who, 0, &unused) == DEMO_UNSUBSCRIBED ? TRACKED_OPTED_OUT
                                                                         : TRACKED_UNDELIVERABLE,
                 date);
    }
    date += past->step;
  }
  return done;
}

/* --- automations ---------------------------------------------------------------------------- */

static void forget_later(const struct world *world, const char *type, const char *end) {
  struct table *table = store_table(&world->store, type);
  for (size_t i = 0; table && i < table->count; i++) {
    const char *text = table->records[i] ? node_text(table->records[i]->tree, end) : NULL;
    int64_t date;
    if (text && date_read(&date, text) && !is_past(world, date))
      store_remove(table, i);
  }
}

/* The automation's last run is the last that there is. */
static void forget_runs(const struct world *world, struct node *automation) {
  static const char *const names[][2] = {{"LastRunInstanceID", "ObjectID"},
                                         {"LastRunTime", "StartTime"}};
  const struct table *runs = store_table(&world->store, "AutomationInstance");
  const struct node *last = NULL;
  for (size_t i = 0; runs && i < runs->count; i++)
    if (runs->records[i])
      last = runs->records[i]->tree;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (last)
      (void)node_put(automation, names[i][0], node_text(last, names[i][1]));
    else
      node_remove(automation, names[i][0]);
}

static void forget_future(const struct world *world) {
  forget_later(world, "AutomationInstance", "CompletedTime");
  forget_later(world, "ImportResultsSummary", "EndDate");
  forget_later(world, "FileTrigger", "LastPullDate");
  const struct table *automations = store_table(&world->store, "Automation");
  for (size_t i = 0; automations && i < automations->count; i++)
    forget_runs(world, automations->records[i]->tree);
}

bool history_fill(struct world *world) {
  bool done = true;
  if (world->demo.clock.dated)
    forget_future(world);
  for (size_t i = 0; done && i < sizeof pasts / sizeof *pasts; i++)
    done = add_past(world, &pasts[i], FIRST_JOB + (long)i);
  return done;
}
