/* The way of a command's work: sessions, output, retrievals one after the other or side by side. */
#include "common/program.h"
#include "ettrack/run/attempt.h"
#include "ettrack/run/outcome.h"
#include "ettrack/run/parallel.h"
#include "ettrack/run/progress.h"
#include "ettrack/run/stop.h"
#include "ettrack/run/sweep.h"
#include "ettrack/run/work.h"

#include <string.h>

static bool take_row(void *context, const char *type, ets_value *values) {
  return outcome_row(context, type, values);
}

static bool flush_rows(void *context) {
  struct outcome *outcome = context;
  return output_flush(outcome->output);
}

static void run_in_turn(struct work *work, ets_session *session, struct outcome *outcome) {
  const struct taker taker = {take_row, flush_rows, outcome};
  for (size_t i = 0; i < work->count && !outcome->stopped && !stop_asked(); i++) {
    ets_error error;
    ets_status status = attempt(work, i, session, &taker, &error);
    outcome_add(outcome, status, &error);
  }
}

static int open_output(struct output *output, const struct work *work,
                       const struct columns *shown) {
  const struct options *options = work->service->options;
  int error = output_open(output, work->writer, options->output, shown);
  if (error)
    complain("cannot write %s: %s", options->output ? options->output : "stdout", strerror(error));
  return error;
}

bool order_by(struct work *work, struct order *order, struct columns *columns, const char *name) {
  work->order = order;
  if (columns_find(columns, name, &order->column))
    return true;
  work->hidden++;
  return columns_add(columns, name, 0);
}

int work_perform(struct work *work) {
  struct service *service = work->service;
  const struct options *options = service->options;
  struct output output = {.blocks = work->blocks,
                          .below = work->below,
                          .rfc3339 = options->rfc3339,
                          .utc_offset = options->utc_offset,
                          .head = work->head};
  struct columns shown = *work->columns;
  shown.count -= work->hidden;
  struct outcome outcome = {.work = work,
                            .output = &output,
                            .order = work->order,
                            .limit = options->limit,
                            .wanted = work->count};
  ets_session *session = NULL;
  ets_error error;
  bool sweeps = work->sweep && options->jobs > 1;
  service->sessions = sweeps                        ? 2 * (int)options->jobs
                      : work->count < options->jobs ? (int)work->count
                                                    : (int)options->jobs;
  service->ordered = work->order != NULL;
  copies_init(&outcome.held, work->columns->count);
  stop_watch();
  ets_status status = service_session(&session, service, service->sessions > 1 ? 1 : 0, &error);
  if (status != ETS_OK) {
    complain("%s", error.message);
    return status == ETS_E_USAGE ? EXIT_USAGE : EXIT_FAILED;
  }
  if (open_output(&output, work, &shown) != 0) {
    ets_session_free(session);
    return EXIT_FAILED;
  }
  stop_cleans(output.target.temporary);
  progress_start(!options->quiet, output.target.file);
  if (sweeps)
    run_sweep(work, (int)options->jobs, session, &outcome);
  else if (service->sessions > 1)
    run_parallel(work, service->sessions, session, &outcome);
  else
    run_in_turn(work, session, &outcome);
  service_session_close(service, session);
  return outcome_finish(&outcome);
}
