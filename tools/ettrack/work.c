#include "work.h"

#include "progress.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECONDS_TO_END = 3 };

static volatile sig_atomic_t interrupted;
static const char *volatile unfinished_file; /* to be taken away on the way out; NULL: none */

/* The first signal asks the work to end in order. A second one ends it at once, and so does the
 * alarm, since the network may be waited for when the first one comes. */
static void on_signal(int signal_number) {
  if (!interrupted) {
    interrupted = signal_number;
    alarm(SECONDS_TO_END);
    return;
  }
  if (unfinished_file)
    unlink(unfinished_file);
  signal((int)interrupted, SIG_DFL);
  raise((int)interrupted);
}

/* A closed pipe is an error of write(), so that a file in the making can be taken away first. */
static void watch_signals(void) {
  struct sigaction action = {.sa_handler = on_signal};
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGHUP, &action, NULL);
  sigaction(SIGALRM, &action, NULL);
  signal(SIGPIPE, SIG_IGN);
}

bool work_interrupted(void) {
  return interrupted != 0;
}

ets_status work_pump(const struct work *work, ets_cursor *cursor, ets_status status,
                     struct taker *taker, uint64_t *rows) {
  ets_object row;
  if (status != ETS_OK)
    return status;
  ets_path *paths = calloc(work->column_count, sizeof *paths);
  ets_value *values = calloc(work->column_count, sizeof *values);
  bool more = paths && values;
  status = more ? ETS_OK : ETS_E_NOMEM;
  for (size_t i = 0; more && i < work->column_count; i++)
    paths[i] = ets_path_of(work->columns[i]);
  while (more && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    for (size_t i = 0; i < work->column_count; i++)
      values[i] = ets_path_get(&paths[i], row);
    if (rows)
      ++*rows;
    more = taker->row(taker, ets_object_kind(row), values);
  }
  free(paths);
  free(values);
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

/* --- how it goes ----------------------------------------------------------------------------- */

bool outcome_row(struct outcome *outcome, struct output *output, const char *type,
                 ets_value *values) {
  bool good = output_row(output, type, values);
  progress_rows(output->rows);
  if (!good || interrupted || (outcome->limit && output->rows >= outcome->limit))
    outcome->stopped = true;
  return !outcome->stopped;
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
  complain("%s", status == ETS_E_NOMEM ? "out of memory" : error->message);
  outcome->wrong_usage = status == ETS_E_USAGE && (outcome->failed == 0 || outcome->wrong_usage);
  outcome->failed++;
  if (!is_particular(status))
    outcome->stopped = true;
}

/* --- one after the other --------------------------------------------------------------------- */

struct direct {
  struct taker taker;
  struct output *output;
  struct outcome *outcome;
};

static bool take_row(struct taker *taker, const char *type, ets_value *values) {
  struct direct *direct = (struct direct *)(void *)taker;
  return outcome_row(direct->outcome, direct->output, type, values);
}

static void run_in_turn(struct work *work, ets_session *session, struct output *output,
                        struct outcome *outcome) {
  struct direct direct = {{take_row}, output, outcome};
  for (size_t i = 0; i < work->count && !outcome->stopped && !interrupted; i++) {
    ets_status status = work->run(work, i, session, &direct.taker);
    outcome_add(outcome, status, ets_session_error(session));
  }
}

/* --- the end --------------------------------------------------------------------------------- */

static bool fully_done(const struct work *work, const struct output *output,
                       const struct outcome *outcome) {
  if (outcome->failed > 0 || interrupted || output->sink.error)
    return false;
  return outcome->done == work->count || (outcome->limit && output->rows >= outcome->limit);
}

static void complain_about_output(const struct output *output, int error) {
  if (error == EPIPE) { /* the reader has gone: nobody wants to hear */
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
  }
  complain("cannot write %s: %s", output->target.path ? output->target.path : "stdout",
           strerror(error));
}

static int finish(struct work *work, struct output *output, const struct outcome *outcome) {
  bool complete = fully_done(work, output, outcome);
  bool some = output->rows > 0;
  char *kept;
  alarm(0);
  unfinished_file = NULL;
  int error = output_close(output, complete, &kept);
  progress_clear();
  if (error)
    complain_about_output(output, error);
  if (interrupted)
    complain("stopped by a signal after %" PRIu64 " rows", output->rows);
  if (kept)
    complain("rows are missing: %s is as it was, the %" PRIu64 " rows that came are in %s",
             output->target.path, output->rows, kept);
  else if (!complete && some && !error)
    complain("rows are missing: only %" PRIu64 " came", output->rows);
  free(kept);
  if (error)
    return EXIT_CODE_FAILED;
  if (complete)
    return EXIT_CODE_DONE;
  if (some || outcome->done > 0)
    return EXIT_CODE_INCOMPLETE;
  return outcome->wrong_usage ? EXIT_CODE_USAGE : EXIT_CODE_FAILED;
}

int work_run(struct work *work) {
  const struct options *options = &work->ettrack->options;
  struct outcome outcome = {.limit = (uint64_t)options->limit};
  struct output output = {.rfc3339 = options->rfc3339, .utc_offset = options->utc_offset};
  ets_session *session = NULL;
  ets_error error;
  int jobs = work->count < (size_t)options->jobs ? (int)work->count : options->jobs;
  work->ettrack->sessions = jobs;
  watch_signals();
  ets_status status = session_open(&session, work->ettrack, jobs > 1 ? 1 : 0, &error);
  if (status != ETS_OK) {
    complain("%s", error.message);
    return status == ETS_E_USAGE ? EXIT_CODE_USAGE : EXIT_CODE_FAILED;
  }
  int failure =
      output_open(&output, work->format, options->output, work->columns, work->column_count);
  if (failure) {
    complain("cannot write %s: %s", options->output ? options->output : "stdout",
             strerror(failure));
    ets_session_free(session);
    return EXIT_CODE_FAILED;
  }
  unfinished_file = output.target.temporary;
  progress_start(!options->quiet, output.target.file);
  if (jobs > 1)
    work_run_parallel(work, jobs, session, &output, &outcome);
  else
    run_in_turn(work, session, &output, &outcome);
  session_close(session, work->ettrack);
  int code = finish(work, &output, &outcome);
  traffic_print(work->ettrack);
  return code;
}
