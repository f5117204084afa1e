#include "report/average.h"

#include "tracking/question.h"
#include "tracking/rates.h"

#include <stdlib.h>

enum { DAYS = 183, PAGE = 2500 };

/* A send of the period. */
struct send {
  int64_t id;
  ets_report_totals totals;
  bool triggered;
};

struct sends {
  struct send *items;
  size_t count, capacity;
};

static bool add_send(struct sends *sends, ets_object row) {
  if (sends->count == sends->capacity) {
    size_t capacity = sends->capacity ? 2 * sends->capacity : 64;
    struct send *items = realloc(sends->items, capacity * sizeof *items);
    if (!items)
      return false;
    sends->items = items;
    sends->capacity = capacity;
  }
  struct send *send = &sends->items[sends->count++];
  *send = (struct send){.id = ets_get_integer(row, "ID", 0)};
  ets_totals_take(&send->totals, row);
  return true;
}

/* Those that sent something, but for the one that the report is of. */
static ets_status read_sends(struct sends *sends, struct ets_report_reading *reading) {
  const int64_t six_months = DAYS * 86400 * INT64_C(1000000);
  ets_time since = ets_time_add(reading->report->made, -six_months);
  ets_cursor *cursor;
  ets_object row;
  ets_status status = ets_sends_open(&cursor, reading->session, &since, NULL, reading->scope);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK)
    if (ets_get_integer(row, "ID", 0) != reading->query->job_id &&
        ets_get_integer(row, "NumberSent", 0) > 0 && !add_send(sends, row))
      status = ets_reading_no_memory(reading);
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

/* Some of the sends that are none of triggered messages, as far as is known. NULL: there are none,
 * or no memory for it. */
static ets_filter *those_of(size_t *count, const char *property, const struct sends *sends,
                            size_t from) {
  int64_t ids[ETS_QUESTION_IDS];
  *count = 0;
  for (size_t i = from; i < sends->count && i < from + ETS_QUESTION_IDS; i++)
    if (!sends->items[i].triggered)
      ids[(*count)++] = sends->items[i].id;
  return *count > 0 ? ets_question_ids(property, ids, *count) : NULL;
}

static bool mark(struct sends *sends, size_t from, int64_t id) {
  bool marked = false;
  for (size_t i = from; i < sends->count && i < from + ETS_QUESTION_IDS; i++)
    if (sends->items[i].id == id && !sends->items[i].triggered)
      marked = sends->items[i].triggered = true;
  return marked;
}

/* One page of messages that name a triggered send definition: their sends are marked. `more`: there
 * may be others. */
static ets_status mark_page(bool *more, struct ets_report_reading *reading, struct sends *sends,
                            size_t from, ets_filter *of_sends) {
  static const char *const properties[] = {"SendID", NULL};
  ets_filter *triggered =
      ets_filter_simple("TriggeredSendDefinitionObjectID", ETS_IS_NOT_NULL, NULL, 0);
  ets_cursor *cursor;
  ets_object row;
  size_t rows = 0;
  bool marked = false;
  ets_status status = ets_question_find(&cursor, reading->session, "SentEvent", properties,
                                        reading->scope, ets_filter_and(of_sends, triggered));
  while (status == ETS_OK && rows < PAGE && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    marked = mark(sends, from, ets_get_integer(row, "SendID", 0)) || marked;
    rows++;
  }
  ets_cursor_close(cursor);
  *more = rows == PAGE && marked;
  return status == ETS_END ? ETS_OK : status;
}

/* A triggered send has any number of messages: those that are found are left out of the next
 * question, so that none is read to its end. */
static ets_status mark_triggered(struct ets_report_reading *reading, struct sends *sends) {
  ets_status status = ETS_OK;
  for (size_t from = 0; status == ETS_OK && from < sends->count; from += ETS_QUESTION_IDS) {
    bool more = true;
    while (more && status == ETS_OK) {
      size_t count;
      ets_filter *of_sends = those_of(&count, "SendID", sends, from);
      if (count == 0)
        break;
      status = of_sends ? mark_page(&more, reading, sends, from, of_sends)
                        : ets_reading_no_memory(reading);
    }
  }
  return status;
}

/* All clicks of these sends; the service does not have them in a Send. */
static ets_status add_clicks(ets_report_totals *sum, struct ets_report_reading *reading,
                             ets_filter *of_sends) {
  static const char *const properties[] = {"Link.TotalClicks", NULL};
  ets_cursor *cursor;
  ets_object row;
  ets_status status = ets_question_find(&cursor, reading->session, "LinkSend", properties,
                                        reading->scope, of_sends);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    int64_t clicks = ets_get_integer(row, "Link.TotalClicks", 0);
    sum->clicks = ets_statistics_sum(sum->clicks, clicks > 0 ? clicks : 0);
  }
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

static ets_status add_up(struct ets_report_reading *reading, const struct sends *sends) {
  ets_report_average *average = &reading->report->average;
  ets_report_totals sum = {0};
  ets_status status = ETS_OK;
  for (size_t i = 0; i < sends->count; i++)
    if (!sends->items[i].triggered) {
      ets_totals_add(&sum, &sends->items[i].totals);
      average->sends++;
    }
  for (size_t from = 0; status == ETS_OK && from < sends->count; from += ETS_QUESTION_IDS) {
    size_t count;
    ets_filter *of_sends = those_of(&count, "SendID", sends, from);
    if (count > 0)
      status = add_clicks(&sum, reading, of_sends);
  }
  ets_totals_rates(&average->rates, &average->cumulated_clicks, &sum);
  return status;
}

ets_status ets_report_compare(struct ets_report_reading *reading) {
  struct sends sends = {0};
  ets_status status = read_sends(&sends, reading);
  if (status == ETS_OK)
    status = mark_triggered(reading, &sends);
  if (status == ETS_OK)
    status = add_up(reading, &sends);
  free(sends.items);
  return status;
}
