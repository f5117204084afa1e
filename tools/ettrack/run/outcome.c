#include "ettrack/run/outcome.h"

#include "common/program.h"
#include "ettrack/run/progress.h"
#include "ettrack/run/stop.h"
#include "ettrack/run/work.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static bool limit_reached(const struct outcome *outcome) {
  return outcome->limit && outcome->output->rows >= outcome->limit;
}

static bool keep_row(struct outcome *outcome, const char *type, const ets_value *values) {
  if (!copies_add(&outcome->held, type, values)) {
    outcome->output->error = ENOMEM;
    outcome->stopped = true;
  }
  progress_rows(outcome->held.rows);
  outcome->stopped = outcome->stopped || stop_asked();
  return !outcome->stopped;
}

bool outcome_row(struct outcome *outcome, const char *type, ets_value *values) {
  struct output *output = outcome->output;
  if (outcome->order)
    return keep_row(outcome, type, values);
  bool good = output_row(output, type, values);
  progress_rows(output->rows);
  if (!good || stop_asked() || limit_reached(outcome))
    outcome->stopped = true;
  return !outcome->stopped;
}

/* What was kept, each row in its place. */
static void write_held(struct outcome *outcome) {
  struct copies *held = &outcome->held;
  struct order_row *rows = order_rows(outcome->order, held);
  if (!rows)
    outcome->output->error = ENOMEM;
  for (size_t i = 0; rows && i < held->rows && !limit_reached(outcome); i++)
    if (!output_row(outcome->output, held->types[rows[i].row], copies_row(held, rows[i].row)))
      break;
  free(rows);
  copies_free(held);
}

/* Failures that are about this one retrieval; any other would meet the next one too. */
static bool is_particular(ets_status status) {
  return status == ETS_E_NOT_FOUND || status == ETS_E_REFUSED || status == ETS_E_PERMISSION;
}

void outcome_add(struct outcome *outcome, ets_status status, const ets_error *error) {
  if (status == ETS_OK) {
    outcome->done++;
    return;
  }
  if (status == ETS_E_ABORTED) { /* outcome_finish() says so */
    outcome->stopped = true;
    return;
  }
  complain("%s", status == ETS_E_NOMEM ? "out of memory" : error->message);
  outcome->wrong_usage = status == ETS_E_USAGE && (outcome->failed == 0 || outcome->wrong_usage);
  outcome->failed++;
  if (!is_particular(status))
    outcome->stopped = true;
}

static bool is_complete(const struct outcome *outcome) {
  const struct output *output = outcome->output;
  if (outcome->failed > 0 || stop_asked() || output->error)
    return false;
  return outcome->done == outcome->wanted || (!outcome->order && limit_reached(outcome));
}

static void complain_about_output(const struct output *output, int error, bool only_reads) {
  if (error == EPIPE && only_reads) { /* the reader has gone: nobody wants to hear */
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
  }
  complain("cannot write %s: %s", output->target.path ? output->target.path : "stdout",
           strerror(error));
}

static void say_what_is_missing(const struct output *output, bool complete, const char *kept) {
  if (stop_asked())
    complain("stopped by a signal after %" PRIu64 " rows", output->rows);
  if (kept && output->error)
    complain("rows are missing: %s is as it was, what could be written is in %s",
             output->target.path, kept);
  else if (kept)
    complain("rows are missing: %s is as it was, the %" PRIu64 " rows that came are in %s",
             output->target.path, output->rows, kept);
  else if (!complete && output->rows > 0)
    complain("rows are missing: only %" PRIu64 " came", output->rows);
}

int outcome_finish(struct outcome *outcome) {
  struct output *output = outcome->output;
  if (outcome->order)
    write_held(outcome);
  bool complete = is_complete(outcome);
  char *kept;
  stop_cleans(NULL);
  int error = output_close(output, complete, &kept);
  progress_clear();
  if (error)
    complain_about_output(output, error, !outcome->work->effects);
  if (!error || kept)
    say_what_is_missing(output, complete, kept);
  bool partial = kept != NULL, good = complete && !error;
  free(kept);
  if (!good && outcome->work->effects && outcome->work->effects(outcome->work, error != 0))
    return EXIT_INCOMPLETE;
  if (error)
    return partial ? EXIT_INCOMPLETE : EXIT_FAILED;
  if (complete)
    return EXIT_DONE;
  if (output->rows > 0 || outcome->done > 0)
    return EXIT_INCOMPLETE;
  return outcome->wrong_usage ? EXIT_USAGE : EXIT_FAILED;
}
