/* ettrack send: the summary of sends. */
#include "batch.h"
#include "columns.h"
#include "send_columns.h"
#include "work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Up to so many messages a table counts the events without being asked. */
enum { COUNTED_UNASKED = 25000 };

struct plan {
  int32_t *job_ids;
  struct columns columns; /* properties, then the counts */
  size_t properties;
  bool counts; /* there are columns for them */
  char event_names[ETS_EVENT_TYPE_COUNT][48];
};

/* --- counts ---------------------------------------------------------------------------------- */

/* Adds up what is there instead of writing it. */
struct adder {
  struct taker taker;
  int64_t rows;
  int64_t sum;
};

static bool add_row(struct taker *taker, const char *type, ets_value *values) {
  struct adder *adder = (struct adder *)(void *)taker;
  (void)type;
  adder->rows++;
  adder->sum += values[0].presence == ETS_PRESENT ? values[0].integer : 0;
  return !work_interrupted();
}

static ets_status add_up(struct adder *adder, ets_cursor *cursor, ets_status status,
                         const char *column) {
  const struct work counting = {.columns = &column, .column_count = 1};
  *adder = (struct adder){{add_row}, 0, 0};
  return work_pump(&counting, cursor, status, &adder->taker, NULL);
}

static ets_value number(int64_t integer) {
  return (ets_value){.presence = ETS_PRESENT, .kind = ETS_VALUE_INTEGER, .integer = integer};
}

static ets_status count_links(ets_value *values, ets_session *session, int32_t job_id,
                              const ets_scope *scope) {
  ets_cursor *cursor = NULL;
  struct adder adder;
  ets_status status = ets_links_open(&cursor, session, job_id, scope);
  status = add_up(&adder, cursor, status, "Link.TotalClicks");
  if (status == ETS_OK) {
    values[0] = number(adder.rows);
    values[1] = number(adder.sum);
  }
  return status;
}

static ets_status count_events(ets_value *values, ets_session *session, int32_t job_id,
                               const ets_scope *scope) {
  static const char *const least = "SendID";
  ets_status status = ETS_OK;
  for (int type = 0; type < ETS_EVENT_TYPE_COUNT && status == ETS_OK; type++) {
    ets_cursor *cursor = NULL;
    struct adder adder;
    ets_event_query query = ETS_EVENT_QUERY_INIT;
    query.type = (ets_event_type)type;
    query.job_id = job_id;
    query.properties = &least;
    query.property_count = 1;
    status = ets_events_open(&cursor, session, &query, scope);
    status = add_up(&adder, cursor, status, least);
    if (status == ETS_OK)
      values[type] = number(adder.rows);
  }
  return status;
}

/* --- one send -------------------------------------------------------------------------------- */

static ets_status fetch(ets_object *send, ets_session *session, const struct work *work,
                        int32_t job_id, const ets_scope *scope) {
  const struct plan *plan = work->data;
  if (work->ettrack->options.properties.count == 0)
    return ets_send_summary(send, session, job_id, scope);
  ets_retrieve request = ETS_RETRIEVE_INIT;
  ets_cursor *cursor = NULL;
  request.object_type = "Send";
  request.properties = plan->columns.items;
  request.property_count = plan->properties;
  request.client_ids = scope->client_ids;
  request.client_id_count = scope->client_id_count;
  request.all_accounts = scope->all_accounts;
  ets_filter *filter = ets_filter_equals_integer("ID", job_id);
  request.filter = filter;
  ets_status status = filter ? ets_cursor_open(&cursor, session, &request) : ETS_E_NOMEM;
  ets_filter_free(filter);
  if (status == ETS_OK)
    status = ets_cursor_next(cursor, send);
  if (status == ETS_OK)
    ets_cursor_keep(cursor);
  ets_cursor_close(cursor);
  return status == ETS_END ? ets_send_summary(send, session, job_id, scope) : status;
}

static bool events_wanted(const struct work *work, ets_value *values) {
  const struct plan *plan = work->data;
  if (work->ettrack->options.counts)
    return true;
  for (size_t i = 0; i < plan->properties; i++)
    if (values[i].kind == ETS_VALUE_INTEGER && values[i].presence == ETS_PRESENT &&
        strcmp(plan->columns.items[i], "NumberSent") == 0)
      return values[i].integer <= COUNTED_UNASKED;
  return false;
}

/* The copy of the summary outlives the calls that count. */
static ets_status add_counts(const struct work *work, ets_value *row, ets_session *session,
                             int32_t job_id, const ets_scope *scope) {
  const struct plan *plan = work->data;
  ets_value *counts = row + plan->properties;
  if (!plan->counts)
    return ETS_OK;
  ets_status status = count_links(counts, session, job_id, scope);
  if (status == ETS_OK && events_wanted(work, row))
    status = count_events(counts + 2, session, job_id, scope);
  return status;
}

static ets_status run(const struct work *work, size_t index, ets_session *session,
                      struct taker *taker) {
  const struct plan *plan = work->data;
  const ets_scope scope = scope_of(&work->ettrack->options);
  struct batch copy;
  ets_object send;
  batch_init(&copy, work->column_count);
  ets_value *values = calloc(work->column_count, sizeof *values);
  ets_status status =
      values ? fetch(&send, session, work, plan->job_ids[index], &scope) : ETS_E_NOMEM;
  for (size_t i = 0; status == ETS_OK && i < plan->properties; i++)
    values[i] = ets_get(send, plan->columns.items[i]);
  if (status == ETS_OK && !batch_add(&copy, "Send", values))
    status = ETS_E_NOMEM;
  if (status == ETS_OK) {
    status = add_counts(work, batch_row(&copy, 0), session, plan->job_ids[index], &scope);
    taker->row(taker, "Send", batch_row(&copy, 0));
  }
  free(values);
  batch_free(&copy);
  return status;
}

/* --- the command ----------------------------------------------------------------------------- */

static bool make_columns(struct plan *plan, const struct options *options) {
  if (!columns_choose(&plan->columns, options, ets_send_properties(), ets_send_properties()))
    return false;
  plan->properties = plan->columns.count;
  plan->counts = options->counts || (options->format == FORMAT_TABLE && !options->no_counts &&
                                     options->properties.count == 0);
  if (!plan->counts)
    return true;
  if (!columns_add(&plan->columns, SEND_LINKS) || !columns_add(&plan->columns, SEND_LINK_CLICKS))
    return false;
  for (int type = 0; type < ETS_EVENT_TYPE_COUNT; type++) {
    snprintf(plan->event_names[type], sizeof plan->event_names[type], SEND_EVENTS_PREFIX "%s",
             ets_event_object_type((ets_event_type)type));
    if (!columns_add(&plan->columns, plan->event_names[type]))
      return false;
  }
  return true;
}

int run_send(struct ettrack *ettrack) {
  const struct options *options = &ettrack->options;
  struct plan plan = {.job_ids = calloc(options->operand_count, sizeof *plan.job_ids)};
  struct work work = {.ettrack = ettrack,
                      .data = &plan,
                      .count = options->operand_count,
                      .format = options->format,
                      .run = run};
  int code = EXIT_CODE_FAILED;
  if (!plan.job_ids || !make_columns(&plan, options)) {
    complain("out of memory");
    goto cleanup;
  }
  for (size_t i = 0; i < options->operand_count; i++)
    if (!read_job_id(&plan.job_ids[i], options->operands[i])) {
      code = EXIT_CODE_USAGE;
      goto cleanup;
    }
  if (work.format == FORMAT_TABLE && options->properties.count == 0)
    work.format = FORMAT_SHEET;
  work.columns = plan.columns.items;
  work.column_count = plan.columns.count;
  code = work_run(&work);

cleanup:
  columns_free(&plan.columns);
  free(plan.job_ids);
  return code;
}
