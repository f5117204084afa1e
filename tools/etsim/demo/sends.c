#include "demo/demo.h"

#include <stdlib.h>

#include "ground/date.h"

/* Spacing of send IDs: far enough apart for a random step, so they are unique and sorted. */
enum { ID_STEP = 97, ID_JITTER = 60 };

static const int64_t hour = 3600 * INT64_C(1000);

static uint32_t share(uint32_t count, uint32_t per_million) {
  return (uint32_t)((uint64_t)count * per_million / 1000000);
}

/* The demo send has round rates; others deviate up to 30 % either way. */
static uint32_t varied(const struct send *send, uint32_t count, uint32_t per_million, int which) {
  if (send->id != DEMO_SEND_ID)
    per_million = per_million * 7 / 10 +
                  (uint32_t)(mix(send->key, (uint64_t)which, 1) % (per_million * 6 / 10 + 1));
  return share(count, per_million);
}

static void set_counts(struct send *send, uint32_t subscribers, uint32_t excluded) {
  uint32_t n = subscribers;
  if (send->id != DEMO_SEND_ID && !send->started) {
    n = (uint32_t)(subscribers / 10 + mix(send->key, 2, 2) % ((uint64_t)subscribers * 4 / 5 + 1));
    if (n == 0)
      n = 1;
    if (n > subscribers)
      n = subscribers;
  }
  send->recipients = n;
  send->not_sent =
      send->id == DEMO_SEND_ID || send->started ? excluded : varied(send, excluded, 700000, 3);
  send->hard = varied(send, n, 9000, 4);
  send->soft = varied(send, n, 7500, 5);
  send->other = varied(send, n, 1500, 6);
  send->bounces = send->hard + send->soft + send->other;
  send->opens = varied(send, n, 224000, 7);
  send->opens_2 = varied(send, send->opens, 380000, 8);
  send->opens_3 = varied(send, send->opens_2, 320000, 9);
  send->clicks = varied(send, send->opens, 174000, 10);
  send->clicks_2 = varied(send, send->clicks, 300000, 11);
  send->clicks_3 = varied(send, send->clicks_2, 300000, 12);
  send->unsubs = varied(send, send->opens, 13400, 13);
  send->forwards = varied(send, send->opens, 4500, 14);
  send->opt_ins = send->forwards * 5 / 12;
  send->answers = varied(send, send->opens, 18000, 15);
  send->duplicates = varied(send, n, 1200, 16);
  send->invalid = varied(send, n, 600, 17);
  send->missing = varied(send, n, 250, 18);
  send->errored = send->not_sent / 40;
  send->unsubscribed = (send->not_sent - send->errored) * 64 / 100;
  send->undeliverable = (send->not_sent - send->errored) - send->unsubscribed;
}

static void set_lists(struct send *send) {
  static const uint32_t ends[DEMO_SEND_LISTS] = {620000, 900000, 1000000};
  send->list_count = send->recipients < 20 ? 1 : DEMO_SEND_LISTS;
  uint32_t first = 0;
  for (int i = 0; i < send->list_count; i++) {
    struct send_list *list = &send->lists[i];
    list->id = demo_list_id((send->ordinal + (unsigned)i * 2) % DEMO_LISTS);
    if (send->id == DEMO_SEND_ID)
      list->id = demo_list_id((size_t)i);
    list->first = first;
    list->end = i == send->list_count - 1 ? send->recipients : share(send->recipients, ends[i]);
    first = list->end;
  }
}

static void set_permutations(struct send *send, uint32_t subscribers) {
  permutation_init(&send->people, subscribers, mix(send->key, 20, 0));
  permutation_init(&send->ranks, send->recipients, mix(send->key, 21, 0));
  permutation_init(&send->bounced, send->bounces ? send->bounces : 1, mix(send->key, 22, 0));
  permutation_init(&send->chosen, send->clicks ? send->clicks : 1, mix(send->key, 23, 0));
}

/* Every fifth send belongs to one of the children, the demo send to the parent. */
static int owner(const struct demo *demo, const struct send *send) {
  size_t children = demo->account_count - 1;
  unsigned back = (unsigned)demo->send_count - 1 - send->ordinal;
  if (children == 0 || back % 5 != 3)
    return demo->accounts[0];
  return demo->accounts[1 + back / 5 % children];
}

static void set_send(const struct demo *demo, struct send *send, unsigned ordinal) {
  int64_t last = 0;
  (void)date_read(&last, "2026-11-10T10:02:01.987");
  unsigned back = (unsigned)demo->send_count - 1 - ordinal;
  uint64_t key = mix(demo->seed, back, 0xD0);
  *send = (struct send){.ordinal = ordinal, .key = key, .counted = INT64_MIN};
  send->id = DEMO_SEND_ID - (int)back * ID_STEP - (back ? (int)(key % ID_JITTER) : 0);
  send->account = owner(demo, send);
  /* one a week, a few hours off, and never before the year 2000 */
  int64_t step =
      demo->send_count > 1000 ? 26 * 365 * 24 * hour / (int64_t)demo->send_count : 7 * 24 * hour;
  send->sent = last - (int64_t)back * step - (back ? (int64_t)(key >> 20) % (step / 8) : 0);
  set_counts(send, demo->subscribers, demo->excluded);
  send->duration = 600000 + (int64_t)send->recipients / 4;
  set_permutations(send, demo->subscribers);
  set_lists(send);
}

bool demo_init(struct demo *demo, uint64_t seed, size_t sends, uint32_t subscribers,
               const int *accounts, size_t account_count) {
  *demo = (struct demo){.seed = seed,
                        .subscribers = subscribers,
                        .excluded = subscribers / 25,
                        .send_count = sends,
                        .seeded = sends,
                        .accounts = accounts,
                        .account_count = account_count};
  demo->sends = calloc(sends + DEMO_STARTED_LIMIT, sizeof *demo->sends);
  if (!demo->sends)
    return false;
  for (size_t i = 0; i < sends; i++)
    set_send(demo, &demo->sends[i], (unsigned)i);
  if (pthread_mutex_init(&demo->lock, NULL)) {
    free(demo->sends);
    return false;
  }
  return true;
}

void demo_free(struct demo *demo) {
  if (!demo->sends)
    return;
  (void)pthread_mutex_destroy(&demo->lock);
  for (size_t i = demo->seeded; i < demo->send_count; i++)
    free(demo->sends[i].started);
  free(demo->sends);
  demo->sends = NULL;
}

/* It has room of its own behind the others, which stay where they are. */
struct send *demo_start(struct demo *demo, int id, int account, int list, int64_t date,
                        struct demo_started *started) {
  if (!started || !demo->subscribers || demo->send_count == demo->seeded + DEMO_STARTED_LIMIT) {
    free(started);
    return NULL;
  }
  struct send *send = &demo->sends[demo->send_count];
  *send = (struct send){.id = id,
                        .account = account,
                        .ordinal = (unsigned)demo->send_count,
                        .key = mix(demo->seed, (uint64_t)id, 0xD1),
                        .sent = date,
                        .started = started,
                        .counted = INT64_MIN};
  set_counts(send, demo->subscribers, demo->excluded);
  send->duration = 60000 + (int64_t)send->recipients / 4;
  set_permutations(send, demo->subscribers);
  send->list_count = 1;
  send->lists[0] = (struct send_list){.id = list, .end = send->recipients};
  demo->send_count++;
  return send;
}

const struct send *demo_send_find(const struct demo *demo, int64_t id) {
  size_t low = 0, high = demo->send_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (demo->sends[middle].id < id)
      low = middle + 1;
    else
      high = middle;
  }
  return low < demo->send_count && demo->sends[low].id == id ? &demo->sends[low] : NULL;
}
