#include "ettrack/run/stop.h"

#include <signal.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t asked; /* the signal's number */
static const char *volatile to_be_removed;

static void on_signal(int signal_number) {
  if (!asked) {
    asked = signal_number;
    return;
  }
  if (to_be_removed)
    unlink(to_be_removed);
  signal((int)asked, SIG_DFL);
  raise((int)asked);
}

void stop_watch(void) {
  static const int asking[] = {SIGINT, SIGTERM, SIGHUP};
  const struct sigaction action = {.sa_handler = on_signal};
  struct sigaction old;
  for (size_t i = 0; i < sizeof asking / sizeof *asking; i++)
    if (sigaction(asking[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
      sigaction(asking[i], &action, NULL);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
}

bool stop_asked(void) {
  return asked != 0;
}

bool stop_callback(void *context) {
  (void)context;
  return stop_asked();
}

void stop_wait(pthread_cond_t *condition, pthread_mutex_t *mutex) {
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_nsec += 200000000;
  if (until.tv_nsec >= 1000000000) {
    until.tv_sec++;
    until.tv_nsec -= 1000000000;
  }
  pthread_cond_timedwait(condition, mutex, &until);
}

void stop_cleans(const char *path) {
  to_be_removed = path;
}
