#include "call/retry.h"

#include "base/clock.h"

int64_t ets_pace_take(struct ets_pace *pace) {
  double rate = pace->policy.max_requests_per_second;
  if (rate <= 0)
    return 0;
  int64_t now = ets_monotonic();
  int64_t turn = pace->next_request > now ? pace->next_request : now;
  pace->next_request = turn + (int64_t)(1000 / rate);
  return turn - now;
}

/* A request that cannot have been carried out may be sent again; one that may have been, only when
 * doing it twice does no harm. */
static bool may_repeat(const ets_error *error, bool harmless) {
  switch (error->status) {
  case ETS_E_CONNECT:
  case ETS_E_LIMITED:
  case ETS_E_UNAVAILABLE:
    return true;
  case ETS_E_CUT:
    return harmless;
  case ETS_E_HTTP:
    return harmless && (error->http_status >= 500 || error->http_status == 408);
  default:
    return false;
  }
}

/* A number from 0 to below `limit`; splitmix64, since any spread will do. */
static int64_t jitter(struct ets_pace *pace, int64_t limit) {
  uint64_t z = pace->jitter += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return limit > 0 ? (int64_t)((z ^ (z >> 31)) % (uint64_t)limit) : 0;
}

int64_t ets_retry_after(struct ets_pace *pace, const struct ets_attempt *attempt,
                        const ets_error *error, int64_t retry_after) {
  const ets_retry *policy = &pace->policy;
  if (attempt->number >= policy->tries || !may_repeat(error, attempt->harmless))
    return -1;
  int doublings = attempt->number < 20 ? attempt->number - 1 : 20;
  int64_t ceiling = (int64_t)policy->first_delay << doublings;
  if (ceiling > policy->max_delay)
    ceiling = policy->max_delay;
  int64_t wait = jitter(pace, ceiling + 1);
  if (wait < retry_after) /* the service knows better, but the budget holds */
    wait = retry_after;
  return ets_monotonic() - attempt->start + wait > policy->total_time ? -1 : wait;
}
