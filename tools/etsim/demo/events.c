/* Which row of which event table is whose, and when it happened.
 *
 * Rows of a type are in the order of a base date that never goes back; the date itself comes up to
 * `jitter` later. So a window of dates is a range of rows, found by bisection. */
#include "demo/demo.h"

#include <math.h>

static const int64_t second = 1000;

enum { QUESTIONS = 3, JITTER_OPEN = 120, JITTER_REACTION = 600 }; /* seconds */

uint32_t demo_event_count(const struct send *send, enum event_type type) {
  switch (type) {
  case EVENT_SENT:
    return send->recipients;
  case EVENT_NOT_SENT:
    return send->not_sent;
  case EVENT_OPEN:
    return send->opens + send->opens_2 + send->opens_3;
  case EVENT_CLICK:
    return send->clicks + send->clicks_2 + send->clicks_3;
  case EVENT_BOUNCE:
    return send->bounces;
  case EVENT_UNSUB:
    return send->unsubs;
  case EVENT_FORWARDED_EMAIL:
    return send->forwards;
  case EVENT_FORWARDED_EMAIL_OPT_IN:
    return send->opt_ins;
  case EVENT_SURVEY:
    return send->answers * QUESTIONS;
  default: /* nothing is computed: only what was loaded or told is there */
    return 0;
  }
}

/* One of `some` ranks spread evenly over the `all` openers, and back. */
static uint32_t spread(uint32_t i, uint32_t some, uint32_t all) {
  return (uint32_t)((uint64_t)i * all / some);
}

static bool spread_back(uint32_t rank, uint32_t some, uint32_t all, uint32_t *i) {
  if (some == 0 || rank >= all)
    return false;
  uint64_t candidate = ((uint64_t)rank * some + all - 1) / all;
  *i = (uint32_t)candidate;
  return candidate < some && spread(*i, some, all) == rank;
}

/* The i-th of a block of rows: 0..first-1, then first..first+second-1, and so on. */
static uint32_t unstack(uint32_t row, uint32_t first, uint32_t second_block, uint32_t *turn) {
  *turn = 0;
  if (row < first)
    return row;
  row -= first;
  *turn = 1;
  if (row < second_block)
    return row;
  *turn = 2;
  return row - second_block;
}

/* Delay of the part `u` of all reactions: half come within 2.6 hours, 90 % within 13. */
static int64_t delay(double u) {
  double l = -log1p(-u);
  return (int64_t)((3.0 * l + 1.2 * l * l) * 3600e3);
}

static int64_t base_open(const struct send *send, uint32_t row) {
  double all = (double)demo_event_count(send, EVENT_OPEN);
  return send->sent + send->duration + 60 * second + delay(((double)row + 0.5) / (all + 1));
}

static int64_t base_click(const struct send *send, uint32_t row) {
  uint32_t open;
  if (row < send->clicks)
    open = spread(row, send->clicks, send->opens);
  else
    open = send->opens + spread(row - send->clicks, send->clicks_2 + send->clicks_3,
                                send->opens_2 + send->opens_3);
  return base_open(send, open) + JITTER_OPEN * second;
}

static int64_t base_date(const struct send *send, enum event_type type, uint32_t row) {
  switch (type) {
  case EVENT_SENT:
    return send->sent + send->duration * (int64_t)row / (int64_t)send->recipients;
  case EVENT_NOT_SENT:
    return send->sent + send->duration * (int64_t)row / (int64_t)send->not_sent;
  case EVENT_OPEN:
    return base_open(send, row);
  case EVENT_CLICK:
    return base_click(send, row);
  case EVENT_BOUNCE:
    return send->sent + send->duration + 20 * second +
           delay(((double)row + 0.5) / ((double)send->bounces + 1)) / 4;
  case EVENT_UNSUB:
    return base_open(send, spread(row, send->unsubs, send->opens)) + 300 * second;
  case EVENT_FORWARDED_EMAIL:
    return base_open(send, spread(row, send->forwards, send->opens)) + 240 * second;
  case EVENT_FORWARDED_EMAIL_OPT_IN:
    return base_date(send, EVENT_FORWARDED_EMAIL, spread(row, send->opt_ins, send->forwards)) +
           3600 * second;
  case EVENT_SURVEY:
    return base_open(send, spread(row / QUESTIONS, send->answers, send->opens)) + 400 * second +
           row % QUESTIONS;
  default:
    return send->sent;
  }
}

static int64_t jitter(enum event_type type) {
  switch (type) {
  case EVENT_SENT:
  case EVENT_NOT_SENT:
  case EVENT_SURVEY: /* the answers of one person have one time */
    return 0;
  case EVENT_OPEN:
    return JITTER_OPEN * second;
  default:
    return JITTER_REACTION * second;
  }
}

/* Which link the clicker's first click went to: every link has its share of the clickers. */
static unsigned first_link(const struct send *send, uint32_t clicker) {
  static const uint32_t ends[DEMO_LINKS] = {360, 540, 660, 760, 840, 900, 945, 975, 1000, 1000};
  uint64_t place = permutation_apply(&send->chosen, clicker);
  unsigned link = 0;
  while (link < DEMO_LINKS - 1 && place * 1000 >= (uint64_t)ends[link] * send->clicks)
    link++;
  return link;
}

static uint32_t rank_of(const struct send *send, enum event_type type, uint32_t row,
                        struct event *event) {
  uint32_t turn;
  switch (type) {
  case EVENT_OPEN:
    return unstack(row, send->opens, send->opens_2, &turn);
  case EVENT_CLICK: {
    uint32_t clicker = unstack(row, send->clicks, send->clicks_2, &turn);
    event->part = (first_link(send, clicker) + (turn == 1)) % (DEMO_LINKS - 1);
    return spread(clicker, send->clicks, send->opens);
  }
  case EVENT_BOUNCE:
    return send->recipients - send->bounces + permutation_apply(&send->bounced, row);
  case EVENT_UNSUB:
    return spread(row, send->unsubs, send->opens);
  case EVENT_FORWARDED_EMAIL:
    return spread(row, send->forwards, send->opens);
  case EVENT_FORWARDED_EMAIL_OPT_IN:
    return spread(spread(row, send->opt_ins, send->forwards), send->forwards, send->opens);
  case EVENT_SURVEY:
    event->part = row % QUESTIONS;
    return spread(row / QUESTIONS, send->answers, send->opens);
  default:
    return 0;
  }
}

void demo_event(const struct demo *demo, const struct send *send, enum event_type type,
                uint32_t row, struct event *event) {
  event->send = send;
  event->type = type;
  event->row = row;
  event->part = 0;
  event->date = base_date(send, type, row);
  int64_t late = jitter(type);
  if (late)
    event->date += (int64_t)(mix(send->key, row, 0x100 + (uint64_t)type) % (uint64_t)late);
  if (type == EVENT_NOT_SENT) {
    event->recipient = row;
    event->rank = UINT32_MAX;
    event->subscriber = demo->subscribers + row;
    return;
  }
  if (type == EVENT_SENT) {
    event->recipient = row;
    event->rank = UINT32_MAX;
  } else {
    event->rank = rank_of(send, type, row, event);
    event->recipient = permutation_apply(&send->ranks, event->rank);
  }
  event->subscriber = permutation_apply(&send->people, event->recipient);
}

static int add_row(uint32_t *rows, int count, bool there, uint32_t row) {
  if (there)
    rows[count++] = row;
  return count;
}

static int rows_of_rank(const struct send *send, enum event_type type, uint32_t rank,
                        uint32_t *rows) {
  uint32_t i = 0;
  int n = 0;
  switch (type) {
  case EVENT_OPEN:
    n = add_row(rows, n, rank < send->opens, rank);
    n = add_row(rows, n, rank < send->opens_2, send->opens + rank);
    return add_row(rows, n, rank < send->opens_3, send->opens + send->opens_2 + rank);
  case EVENT_CLICK:
    if (!spread_back(rank, send->clicks, send->opens, &i))
      return 0;
    n = add_row(rows, n, true, i);
    n = add_row(rows, n, i < send->clicks_2, send->clicks + i);
    return add_row(rows, n, i < send->clicks_3, send->clicks + send->clicks_2 + i);
  case EVENT_BOUNCE:
    if (rank < send->recipients - send->bounces)
      return 0;
    return add_row(rows, 0, true,
                   permutation_invert(&send->bounced, rank - (send->recipients - send->bounces)));
  case EVENT_UNSUB:
    return spread_back(rank, send->unsubs, send->opens, &i) ? add_row(rows, 0, true, i) : 0;
  case EVENT_FORWARDED_EMAIL:
    return spread_back(rank, send->forwards, send->opens, &i) ? add_row(rows, 0, true, i) : 0;
  case EVENT_FORWARDED_EMAIL_OPT_IN:
    if (!spread_back(rank, send->forwards, send->opens, &i) ||
        !spread_back(i, send->opt_ins, send->forwards, &i))
      return 0;
    return add_row(rows, 0, true, i);
  case EVENT_SURVEY:
    if (!spread_back(rank, send->answers, send->opens, &i))
      return 0;
    for (uint32_t question = 0; question < QUESTIONS; question++)
      n = add_row(rows, n, true, i * QUESTIONS + question);
    return n;
  default:
    return 0;
  }
}

int demo_events_of(const struct demo *demo, const struct send *send, enum event_type type,
                   uint32_t subscriber, uint32_t rows[DEMO_EVENTS_OF_ONE]) {
  if (subscriber >= demo->subscribers) {
    uint32_t row = subscriber - demo->subscribers;
    return add_row(rows, 0, type == EVENT_NOT_SENT && row < send->not_sent, row);
  }
  uint32_t recipient = permutation_invert(&send->people, subscriber);
  if (recipient >= send->recipients || type == EVENT_NOT_SENT)
    return 0;
  if (type == EVENT_SENT)
    return add_row(rows, 0, true, recipient);
  return rows_of_rank(send, type, permutation_invert(&send->ranks, recipient), rows);
}

/* First row whose base date is not before `date`. */
static uint32_t bisect(const struct send *send, enum event_type type, int64_t date, uint32_t low,
                       uint32_t high) {
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (base_date(send, type, middle) < date)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void demo_events_between(const struct send *send, enum event_type type, int64_t from, int64_t to,
                         uint32_t *first, uint32_t *end) {
  if (from > INT64_MIN + jitter(type))
    *first = bisect(send, type, from - jitter(type), *first, *end);
  if (to < INT64_MAX)
    *end = bisect(send, type, to + 1, *first, *end);
}

int demo_batch(const struct event *event) {
  return 1 + (int)(event->recipient / 5000);
}

int demo_list(const struct event *event) {
  const struct send *send = event->send;
  if (event->type == EVENT_NOT_SENT)
    return send->lists[event->row % (uint32_t)send->list_count].id;
  int i = 0;
  while (i < send->list_count - 1 && event->recipient >= send->lists[i].end)
    i++;
  return send->lists[i].id;
}

bool demo_is_master(const struct event *unsub) {
  return mix(unsub->send->key, unsub->row, 0xC0) % 8 == 0;
}
