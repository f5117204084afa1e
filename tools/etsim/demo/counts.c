/* Counts per link and per list: no closed form, so the few per cent of a send that do something
 * are walked once, when somebody asks; and again as long as the send goes on. */
#include "demo/demo.h"

struct counting {
  const struct demo *demo;
  const struct send *send;
  int64_t horizon;
  struct demo_counts *counts;
};

static int list_of(const struct send *send, uint32_t recipient) {
  int i = 0;
  while (i < send->list_count - 1 && recipient >= send->lists[i].end)
    i++;
  return i;
}

static uint32_t *count_of(struct demo_tally *list, const struct event *event) {
  const struct send *send = event->send;
  switch (event->type) {
  case EVENT_SENT:
    return &list->sent;
  case EVENT_OPEN:
    return &list->opens;
  case EVENT_CLICK:
    return &list->clicks;
  case EVENT_UNSUB:
    return &list->unsubs;
  case EVENT_BOUNCE: {
    uint32_t kind = event->rank - (send->recipients - send->bounces);
    return kind < send->hard                ? &list->hard
           : kind < send->hard + send->soft ? &list->soft
                                            : &list->other;
  }
  default:
    return &list->forwards;
  }
}

/* The rows of a type that are there; every one of the first `unique` is another subscriber's. */
static void count_rows(const struct counting *counting, enum event_type type, uint32_t unique) {
  const struct send *send = counting->send;
  struct demo_counts *counts = counting->counts;
  uint32_t first = 0, end = demo_event_count(send, type);
  demo_events_between(send, type, INT64_MIN, counting->horizon, &first, &end);
  for (uint32_t row = first; row < end; row++) {
    struct event event;
    demo_event(counting->demo, send, type, row, &event);
    if (demo_arrival(counting->demo, &event) > counting->horizon)
      continue;
    if (row < unique)
      ++*count_of(&counts->lists[list_of(send, event.recipient)], &event);
    if (type != EVENT_CLICK)
      continue;
    counts->link_total[event.part]++;
    /* a second click goes to another link, a third one back to the first, see demo_events.c */
    if (row < send->clicks + send->clicks_2)
      counts->link_unique[event.part]++;
  }
}

static void count(struct counting *counting) {
  const struct send *send = counting->send;
  *counting->counts = (struct demo_counts){0};
  if (counting->horizon != INT64_MAX)
    count_rows(counting, EVENT_SENT, send->recipients);
  else
    for (int i = 0; i < send->list_count; i++)
      counting->counts->lists[i].sent = send->lists[i].end - send->lists[i].first;
  count_rows(counting, EVENT_BOUNCE, send->bounces);
  count_rows(counting, EVENT_OPEN, send->opens);
  count_rows(counting, EVENT_CLICK, send->clicks);
  count_rows(counting, EVENT_UNSUB, send->unsubs);
  count_rows(counting, EVENT_FORWARDED_EMAIL, send->forwards);
}

void demo_count(struct demo *demo, const struct send *send, struct demo_counts *counts) {
  struct send *own = &demo->sends[send->ordinal];
  int64_t horizon = demo_horizon(demo, send);
  (void)pthread_mutex_lock(&demo->lock);
  if (own->counted != horizon) {
    struct counting counting = {demo, own, horizon, &own->counts};
    count(&counting);
    own->counted = horizon;
  }
  *counts = own->counts;
  (void)pthread_mutex_unlock(&demo->lock);
}

void demo_total(struct demo *demo, const struct send *send, struct demo_tally *total) {
  struct demo_counts counts;
  if (demo_horizon(demo, send) == INT64_MAX) {
    *total = (struct demo_tally){send->recipients, send->hard,   send->soft,   send->other,
                                 send->opens,      send->clicks, send->unsubs, send->forwards};
    return;
  }
  demo_count(demo, send, &counts);
  *total = (struct demo_tally){0};
  for (int i = 0; i < send->list_count; i++) {
    const struct demo_tally *list = &counts.lists[i];
    total->sent += list->sent;
    total->hard += list->hard;
    total->soft += list->soft;
    total->other += list->other;
    total->opens += list->opens;
    total->clicks += list->clicks;
    total->unsubs += list->unsubs;
    total->forwards += list->forwards;
  }
}
