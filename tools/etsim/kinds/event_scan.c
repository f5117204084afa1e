#include "kinds/event_scan.h"

#include "kinds/filter.h"

/* Whether the tests of a number that every row has to pass allow this one. */
static bool may_match(const struct filter *filter, const char *path, int64_t number) {
  const struct filter *test = NULL;
  while ((test = filter_required(filter, path, test)) != NULL) {
    bool listed = test->op != FILTER_EQUALS && test->op != FILTER_IN;
    for (size_t i = 0; !listed && i < test->value_count; i++)
      listed = test->values[i].number == number;
    if (!listed)
      return false;
  }
  return true;
}

static void window(const struct filter *filter, int64_t *from, int64_t *to) {
  *from = INT64_MIN;
  *to = INT64_MAX;
  const struct filter *test = NULL;
  while ((test = filter_required(filter, "EventDate", test)) != NULL) {
    enum filter_op op = test->op;
    bool low = op == FILTER_GREATER || op == FILTER_GREATER_OR_EQUAL || op == FILTER_EQUALS ||
               op == FILTER_BETWEEN;
    bool high = op == FILTER_LESS || op == FILTER_LESS_OR_EQUAL || op == FILTER_EQUALS ||
                op == FILTER_BETWEEN;
    if (low && test->values[0].number > *from)
      *from = test->values[0].number;
    if (high && test->values[op == FILTER_BETWEEN].number < *to)
      *to = test->values[op == FILTER_BETWEEN].number;
  }
}

static void prepare(struct scan *scan) {
  const struct demo *demo = &scan->world->demo;
  struct scan_hints *hints = &scan->hints;
  const struct filter *test = filter_equality(scan->filter, "SubscriberKey");
  if (test)
    hints->subscriber = demo_subscriber_by_key(demo, test->values[0].text);
  hints->one_subscriber = test != NULL;
  if (!test && (test = filter_equality(scan->filter, "SubscriberID")) != NULL) {
    hints->subscriber = demo_subscriber_by_id(demo, test->values[0].number);
    hints->one_subscriber = true;
  }
  if ((test = filter_equality(scan->filter, "SendID")) != NULL) {
    hints->one_send = true;
    hints->send = demo_send_find(demo, test->values[0].number);
  }
  window(scan->filter, &hints->from, &hints->to);
  hints->ready = true;
}

static bool row_of_subscriber(struct scan *scan, const struct send *send, struct row *row) {
  uint32_t rows[DEMO_EVENTS_OF_ONE];
  enum event_type type = scan->kind->event;
  int count = demo_events_of(&scan->world->demo, send, type, scan->hints.subscriber, rows);
  int64_t horizon = demo_horizon(&scan->world->demo, send);
  while (scan->position.inner < (uint64_t)count) {
    demo_event(&scan->world->demo, send, type, rows[scan->position.inner++], &row->event);
    if (horizon == INT64_MAX || demo_arrival(&scan->world->demo, &row->event) <= horizon)
      return true;
  }
  return false;
}

static bool row_of_send(struct scan *scan, const struct send *send, struct row *row) {
  enum event_type type = scan->kind->event;
  struct scan_hints *hints = &scan->hints;
  if (hints->ranged != send) {
    hints->ranged = send;
    hints->first = 0;
    hints->end = may_match(scan->filter, "SendID", send->id) ? demo_event_count(send, type) : 0;
    hints->horizon = demo_horizon(&scan->world->demo, send);
    demo_events_between(send, type, hints->from,
                        hints->to < hints->horizon ? hints->to : hints->horizon, &hints->first,
                        &hints->end);
  }
  if (scan->position.inner < hints->first)
    scan->position.inner = hints->first;
  while (scan->position.inner < hints->end) {
    demo_event(&scan->world->demo, send, type, (uint32_t)scan->position.inner++, &row->event);
    if (hints->horizon == INT64_MAX ||
        demo_arrival(&scan->world->demo, &row->event) <= hints->horizon)
      return true;
  }
  return false;
}

bool event_next(struct scan *scan, struct row *row) {
  const struct demo *demo = &scan->world->demo;
  struct scan_hints *hints = &scan->hints;
  if (!hints->ready)
    prepare(scan);
  if (hints->one_subscriber && hints->subscriber == UINT32_MAX)
    return false;
  if (hints->one_send) {
    if (!hints->send || scan->position.outer > hints->send->ordinal)
      return false;
    scan->position.outer = hints->send->ordinal;
  }
  while (scan->position.outer < demo->send_count) {
    const struct send *send = &demo->sends[scan->position.outer];
    if (scan_sees(scan, send->account) &&
        (hints->one_subscriber ? row_of_subscriber(scan, send, row) : row_of_send(scan, send, row)))
      return true;
    if (hints->one_send) {
      scan->position.outer = demo->send_count;
      return false;
    }
    scan->position.outer++;
    scan->position.inner = 0;
  }
  return false;
}
