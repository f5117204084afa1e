#include "call/retry.h"

#include "call/log_private.h"

#include <time.h>

int64_t ets_monotonic(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void sleep_for(int64_t milliseconds) {
  struct timespec left = {milliseconds / 1000, (milliseconds % 1000) * 1000000};
  while (milliseconds > 0 && nanosleep(&left, &left) != 0)
    ;
}

void ets_retry_pace(ets_session *session) {
  double rate = session->retry.max_requests_per_second;
  int64_t now = ets_monotonic();
  if (rate > 0 && session->next_request > now)
    sleep_for(session->next_request - now);
  if (rate > 0) {
    int64_t from = session->next_request > now ? session->next_request : now;
    session->next_request = from + (int64_t)(1000 / rate);
  }
}

/* Whether the request may be sent again. A request that cannot have been carried out may; one that
 * may have been, only when doing it twice does no harm. */
static bool may_repeat(const ets_session *session, const struct ets_operation *operation,
                       ets_status status) {
  bool harmless = (operation->reads && !session->moves_mark) || session->retry.repeat_writes;
  switch (status) {
  case ETS_E_CONNECT:
  case ETS_E_LIMITED:
  case ETS_E_UNAVAILABLE:
    return true;
  case ETS_E_CUT:
    return harmless;
  case ETS_E_HTTP:
    return harmless && session->error.http_status >= 500;
  default:
    return false;
  }
}

/* A number from 0 to below `limit`; splitmix64, since any spread will do. */
static int64_t jitter(ets_session *session, int64_t limit) {
  uint64_t z = session->jitter += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return limit > 0 ? (int64_t)((z ^ (z >> 31)) % (uint64_t)limit) : 0;
}

bool ets_retry_again(ets_session *session, const struct ets_operation *operation,
                     struct ets_retry_state *state, ets_status status) {
  const ets_retry *policy = &session->retry;
  int doublings = state->attempt < 20 ? state->attempt - 1 : 20;
  int64_t ceiling = (int64_t)policy->first_delay << doublings;
  if (ceiling > policy->max_delay)
    ceiling = policy->max_delay;
  int64_t wait = jitter(session, ceiling + 1);
  int64_t spent = ets_monotonic() - state->start;
  if (state->attempt >= policy->tries || !may_repeat(session, operation, status) ||
      spent + wait > policy->total_time) {
    ets_log(session, ETS_LOG_FAILURE, state->attempt, status, 0);
    return false;
  }
  ets_log(session, ETS_LOG_RETRY, state->attempt, status, wait);
  sleep_for(wait);
  state->attempt++;
  session->counters.retries++;
  return true;
}
