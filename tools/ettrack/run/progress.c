#include "ettrack/run/progress.h"

#include "common/program.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/ioctl.h>
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

bool progress_due(void) {
  int64_t now = progress.on ? milliseconds() : 0;
  if (!progress.on || now - progress.last < MILLISECONDS_BETWEEN)
    return false;
  progress.last = now;
  return true;
}

/* What does not fit would go on in the next line of the terminal. */
void progress_text(const char *line) {
  struct winsize size;
  bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
  fprintf(stderr, "\r%.*s\033[K", known ? size.ws_col - 1 : 79, line);
  progress.shown = true;
}

void progress_rows(uint64_t rows) {
  char line[80];
  if (!progress.on || rows % ROWS_BETWEEN_LOOKS != 0 || !progress_due())
    return;
  uint64_t elapsed = (uint64_t)(progress.last - progress.started);
  snprintf(line, sizeof line, "%" PRIu64 " rows, %" PRIu64 " rows/s", rows, rows * 1000 / elapsed);
  progress_text(line);
}

void progress_clear(void) {
  if (progress.shown)
    fputs("\r\033[K", stderr);
  progress.shown = false;
}
