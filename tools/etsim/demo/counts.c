/* Counts per link and per list: no closed form, so the few per cent of a send that do something
 * are walked once, when somebody asks. */
#include "demo/demo.h"

static struct send_list *list_of(struct send *send, uint32_t recipient) {
  int i = 0;
  while (i < send->list_count - 1 && recipient >= send->lists[i].end)
    i++;
  return &send->lists[i];
}

static void count_links(const struct demo *demo, struct send *send) {
  uint32_t rows = demo_event_count(send, EVENT_CLICK);
  for (uint32_t row = 0; row < rows; row++) {
    struct event event;
    demo_event(demo, send, EVENT_CLICK, row, &event);
    send->link_total[event.part]++;
    /* a second click goes to another link, a third one back to the first, see demo_events.c */
    if (row < send->clicks + send->clicks_2)
      send->link_unique[event.part]++;
  }
}

static void count_bounces(const struct demo *demo, struct send *send) {
  for (uint32_t row = 0; row < send->bounces; row++) {
    struct event event;
    demo_event(demo, send, EVENT_BOUNCE, row, &event);
    struct send_list *list = list_of(send, event.recipient);
    uint32_t kind = event.rank - (send->recipients - send->bounces);
    if (kind < send->hard)
      list->hard++;
    else if (kind < send->hard + send->soft)
      list->soft++;
    else
      list->other++;
  }
}

/* Every one of the first `rows` rows is another subscriber's. */
static void count_people(const struct demo *demo, struct send *send, enum event_type type,
                         uint32_t rows) {
  for (uint32_t row = 0; row < rows; row++) {
    struct event event;
    demo_event(demo, send, type, row, &event);
    struct send_list *list = list_of(send, event.recipient);
    switch (type) {
    case EVENT_OPEN:
      list->opens++;
      break;
    case EVENT_CLICK:
      list->clicks++;
      break;
    case EVENT_UNSUB:
      list->unsubs++;
      break;
    default:
      list->forwards++;
    }
  }
}

const struct send *demo_counts(struct demo *demo, const struct send *send) {
  struct send *own = &demo->sends[send->ordinal];
  (void)pthread_mutex_lock(&demo->lock);
  if (!own->counted) {
    count_links(demo, own);
    count_bounces(demo, own);
    count_people(demo, own, EVENT_OPEN, own->opens);
    count_people(demo, own, EVENT_CLICK, own->clicks);
    count_people(demo, own, EVENT_UNSUB, own->unsubs);
    count_people(demo, own, EVENT_FORWARDED_EMAIL, own->forwards);
    own->counted = true;
  }
  (void)pthread_mutex_unlock(&demo->lock);
  return own;
}
