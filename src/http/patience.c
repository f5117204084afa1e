#include "http/patience.h"

#include "base/clock.h"

void ets_patience_wait(struct ets_patience *patience) {
  patience->last = ets_monotonic();
  patience->quiet = 0;
}

static bool is_slow(struct ets_patience *patience, const struct ets_http_options *options,
                    int64_t step, uint64_t fresh) {
  if (options->least_speed == 0 || options->least_speed_time <= 0)
    return false;
  patience->window += step;
  patience->bytes += fresh;
  if (patience->window < options->least_speed_time)
    return false;
  bool slow = patience->bytes * 1000 / (uint64_t)patience->window < options->least_speed;
  patience->window = 0;
  patience->bytes = 0;
  return slow;
}

enum ets_impatience ets_patience_look(struct ets_patience *patience,
                                      const struct ets_http_options *options, bool connected,
                                      uint64_t gone, bool sent, uint64_t came) {
  int64_t at = ets_monotonic(), step = at - patience->last;
  uint64_t fresh = came - patience->came;
  patience->last = at;
  patience->total += step;
  patience->quiet += step;
  if (gone + came != patience->moved || !connected)
    patience->quiet = 0;
  patience->moved = gone + came;
  patience->came = came;
  if (options->total_timeout > 0 && patience->total >= options->total_timeout)
    return ETS_TOO_LONG;
  int64_t silence = sent ? options->receive_timeout : options->send_timeout;
  if (silence > 0 && patience->quiet >= silence)
    return sent ? ETS_HEARS_NOTHING : ETS_SENDS_NOTHING;
  return came > 0 && is_slow(patience, options, step, fresh) ? ETS_TOO_SLOW : ETS_PATIENT;
}

static int64_t least(int64_t left, int64_t limit, int64_t spent) {
  return limit > 0 && limit - spent < left ? limit - spent : left;
}

int ets_patience_left(const struct ets_patience *patience, const struct ets_http_options *options,
                      int most) {
  int64_t left = least(most, options->total_timeout, patience->total);
  left = least(left, options->receive_timeout, patience->quiet);
  left = least(left, options->send_timeout, patience->quiet);
  return left > 1 ? (int)left : 1;
}
