/* So many threads, each with a session and a cursor of its own over the sent events of the demo
 * send; each reads the first so many of them and looks at every row.
 *
 *   threads THREADS ROWS      prints what was read and the most memory that was in use, in kB
 *
 * The endpoint and the credentials come from the environment. */
#include <etsoap/etsoap.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { THREADS_MAX = 64, SEND = 12043295 };

struct job {
  pthread_t thread;
  long wanted;
  long rows;
  ets_counters counters;
  ets_error error;
};

static bool is_whole(ets_object row, ets_path *key, ets_path *date) {
  ets_time when;
  ets_value subscriber = ets_path_get(key, row), event = ets_path_get(date, row);
  return ets_object_is(row, "SentEvent") && ets_get_integer(row, "SendID", 0) == SEND &&
         subscriber.presence == ETS_PRESENT && event.text &&
         ets_time_parse(&when, event.text, ETS_SERVER_UTC_OFFSET) == ETS_OK;
}

static ets_status read_rows(struct job *job, ets_session *session) {
  ets_cursor *cursor;
  ets_object row;
  ets_event_query query = ETS_EVENT_QUERY_INIT;
  query.job_id = SEND;
  ets_path key = ets_path_of("SubscriberKey"), date = ets_path_of("EventDate");
  ets_status status = ets_events_open(&cursor, session, &query, NULL);
  while (status == ETS_OK && job->rows < job->wanted &&
         (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    job->rows++;
    if (!is_whole(row, &key, &date))
      status = ETS_E_PROTOCOL;
  }
  job->error = *ets_session_error(session);
  job->error.status = status;
  job->counters = *ets_session_counters(session);
  ets_cursor_close(cursor);
  return status;
}

static void *run(void *argument) {
  struct job *job = argument;
  ets_session *session;
  if (ets_session_from_environment(&session, &job->error) != ETS_OK)
    return NULL;
  read_rows(job, session);
  ets_session_free(session);
  return NULL;
}

static bool report(const struct job *job, int number) {
  bool good = job->rows == job->wanted && job->counters.rows == (uint64_t)job->wanted &&
              job->error.status >= ETS_OK;
  if (!good)
    fprintf(stderr, "thread %d: %ld of %ld rows; %s: %s\n", number, job->rows, job->wanted,
            ets_status_name(job->error.status), job->error.message);
  return good;
}

int main(int argc, char **argv) {
  static struct job jobs[THREADS_MAX];
  long threads = argc == 3 ? strtol(argv[1], NULL, 10) : 0;
  long rows = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
  struct rusage usage;
  long total = 0;
  bool good = true;
  if (threads < 1 || threads > THREADS_MAX || rows < 1) {
    fputs("usage: threads THREADS ROWS\n", stderr);
    return 2;
  }
  for (long i = 0; i < threads; i++) {
    jobs[i].wanted = rows;
    if (pthread_create(&jobs[i].thread, NULL, run, &jobs[i]) != 0)
      abort();
  }
  for (long i = 0; i < threads; i++) {
    pthread_join(jobs[i].thread, NULL);
    good = report(&jobs[i], (int)i) && good;
    total += jobs[i].rows;
  }
  getrusage(RUSAGE_SELF, &usage);
  printf("%ld rows, %ld kB\n", total, usage.ru_maxrss);
  return good ? 0 : 1;
}
