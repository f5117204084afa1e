#include "store/history.h"

#include <stdio.h>

#include "ground/date.h"
#include "store/tracked.h"

enum { FIRST_JOB = 13000011 };

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

static bool add(struct world *world, struct tracked *message, uint32_t subscriber,
                enum tracked_kind kind, int64_t date) {
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
  date += 230;
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
  if (!past->messages)
    return tracked_summary(world, world->accounts[0], definition);
  bool done = date_read(&date, past->begin);
  for (uint32_t i = 0; done && i < past->messages && i < demo->subscribers; i++) {
    struct tracked message = tracked_batch(world, world->accounts[0], definition, job, date);
    done = add_message(world, &message, i, date);
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

bool history_fill(struct world *world) {
  bool done = true;
  for (size_t i = 0; done && i < sizeof pasts / sizeof *pasts; i++)
    done = add_past(world, &pasts[i], FIRST_JOB + (long)i);
  return done;
}
