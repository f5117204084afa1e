/* How far a send has come, by the account's clock. */
#include "demo/demo.h"

static const int64_t hour = INT64_C(3600000);

/* No event is later, see the dates in events.c. */
static int64_t last_arrival(const struct demo *demo, const struct send *send) {
  int64_t last = send->sent + send->duration;
  for (enum event_type type = 0; type < EVENT_TYPES; type++) {
    uint32_t rows = demo_event_count(send, type);
    struct event event;
    if (!rows)
      continue;
    demo_event(demo, send, type, rows - 1, &event);
    last = event.date > last ? event.date : last;
  }
  return last + hour + (demo->late_percent ? demo->late_by : 0);
}

int64_t demo_horizon(const struct demo *demo, const struct send *send) {
  if (!send->started && !demo->clock.dated)
    return INT64_MAX;
  int64_t now = clock_now(&demo->clock);
  if (send->started && send->started->stopped < now)
    return send->started->stopped;
  return now > last_arrival(demo, send) ? INT64_MAX : now;
}

int64_t demo_arrival(const struct demo *demo, const struct event *event) {
  if (!demo->late_percent)
    return event->date;
  uint64_t chance = mix(event->send->key, event->row, 0x1A7E + (uint64_t)event->type);
  if (chance % 100 >= demo->late_percent || !demo->late_by)
    return event->date;
  return event->date + 1 + (int64_t)((chance >> 8) % (uint64_t)demo->late_by);
}

bool demo_is_there(const struct demo *demo, const struct send *send) {
  return send->started || !demo->clock.dated || send->sent - 2 * hour <= clock_now(&demo->clock);
}

const char *demo_send_status(const struct demo *demo, const struct send *send) {
  const struct demo_started *started = send->started;
  if (!started && !demo->clock.dated)
    return "Complete";
  int64_t now = clock_now(&demo->clock);
  if (started && started->stopped != INT64_MAX)
    return started->canceled ? "Canceled" : "Paused";
  return now < send->sent                    ? "Scheduled"
         : now < send->sent + send->duration ? "Sending"
                                             : "Complete";
}
