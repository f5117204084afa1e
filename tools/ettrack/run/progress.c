#include "ettrack/run/progress.h"

#include "common/program.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { ROWS_BETWEEN_LOOKS = 256, MILLISECONDS_BETWEEN = 200 };

/* There is one terminal, so there is one of these. */
static struct {
  bool on;
  bool shown;
  int64_t started;
  int64_t last;
} progress;

static int64_t milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void progress_start(bool wanted, int data_file) {
  program_before_talk(progress_clear);
  progress.on = wanted && isatty(STDERR_FILENO) && !isatty(data_file);
  progress.started = progress.last = milliseconds();
}

void progress_rows(uint64_t rows) {
  if (!progress.on || rows % ROWS_BETWEEN_LOOKS != 0)
    return;
  int64_t now = milliseconds();
  if (now - progress.last < MILLISECONDS_BETWEEN)
    return;
  progress.last = now;
  uint64_t elapsed = (uint64_t)(now - progress.started);
  fprintf(stderr, "\r%" PRIu64 " rows, %" PRIu64 " rows/s\033[K", rows, rows * 1000 / elapsed);
  progress.shown = true;
}

void progress_clear(void) {
  if (progress.shown)
    fputs("\r\033[K", stderr);
  progress.shown = false;
}
