#include "http/private.h"

#include <openssl/crypto.h>

enum { RATIO_FROM = 1024 * 1024 };

/* --- bounds ---------------------------------------------------------------------------------- */

static bool is_in_bounds(struct ets_http_call *call, size_t size) {
  const struct ets_http_limits *limits = &call->http->options.limits;
  call->body_bytes += size;
  if (limits->body > 0 && call->body_bytes > limits->body) {
    ets_http_fail(
        call, ETS_E_PROTOCOL,
        "the answer of %s is above %llu bytes; raise max_answer_bytes, or ask for less at "
        "once",
        call->url, (unsigned long long)limits->body);
    return false;
  }
  if (limits->ratio > 0 && call->inflater && call->body_bytes > RATIO_FROM &&
      call->body_bytes / limits->ratio >= call->inflated) {
    ets_http_fail(call, ETS_E_PROTOCOL,
                  "the answer of %s grows more than %llu times by decompression; raise "
                  "max_decompression_ratio if that is right",
                  call->url, (unsigned long long)limits->ratio);
    return false;
  }
  return true;
}

/* --- decompression --------------------------------------------------------------------------- */

/* What comes out of the bytes in hand, if anything does. */
static bool take_inflated(struct ets_http_call *call, char **bytes, size_t *size) {
  size_t taken = call->raw_size - call->raw_at;
  enum ets_inflated result =
      ets_inflater_take(call->inflater, call->raw + call->raw_at, &taken, bytes, size);
  call->raw_at += taken;
  call->inflated += taken;
  if (result == ETS_INFLATED)
    return true;
  if (result == ETS_INFLATE_NO_MEMORY)
    ets_http_fail(call, ETS_E_NOMEM, "out of memory");
  else
    ets_http_fail(call, ETS_E_PROTOCOL,
                  "the compressed answer of %s is damaged after %llu bytes; %s", call->url,
                  (unsigned long long)call->reply->received, call->again);
  return false;
}

static bool take(struct ets_http_call *call, char **bytes, size_t *size) {
  if (call->inflater)
    return take_inflated(call, bytes, size);
  *bytes = call->raw + call->raw_at;
  *size = call->raw_size - call->raw_at;
  call->raw_at = call->raw_size;
  return true;
}

/* --- read ------------------------------------------------------------------------------------ */

/* To libcurl before 8.5 the last chunk is over before its line end is. */
static bool lacks_line_end(const struct ets_http_call *call) {
  return call->chunked && call->last == '\r';
}

static ets_status finish(struct ets_http_call *call) {
  if (lacks_line_end(call))
    return ets_http_fail(call, ETS_E_CUT, "the answer of %s broke off after %llu bytes; %s",
                         call->url, (unsigned long long)call->reply->received, call->again);
  if (call->inflater && !ets_inflater_is_whole(call->inflater))
    return ets_http_fail(call, ETS_E_CUT,
                         "the compressed answer of %s broke off after %llu bytes; %s", call->url,
                         (unsigned long long)call->reply->received, call->again);
  call->reply->complete = true;
  return ETS_OK;
}

static void wipe(struct ets_http_call *call) {
  if (call->wipes && call->handed_out)
    OPENSSL_cleanse(call->shown, call->handed_out);
  call->handed_out = 0;
}

/* The next bytes; none when the body is complete. */
static ets_status next(struct ets_http_call *call, char **bytes, size_t *size) {
  for (;;) {
    if (call->error.status != ETS_OK || !take(call, bytes, size))
      return call->error.status;
    if (*size > 0)
      return is_in_bounds(call, *size) ? ETS_OK : call->error.status;
    if (call->raw_at == call->raw_size)
      call->raw_at = call->raw_size = 0;
    if (call->finished && call->code == CURLE_OK && !call->paused)
      return finish(call);
    ets_status status = call->finished ? ets_http_explain(call) : ets_http_drive(call, false);
    if (status != ETS_OK)
      return status;
  }
}

ets_status ets_http_read(struct ets_http_call *call, const char **bytes, size_t *size,
                         ets_error *error) {
  char *found = NULL;
  *bytes = NULL;
  *size = 0;
  wipe(call);
  ets_status status = call->reply->complete ? ETS_OK : next(call, &found, size);
  if (status != ETS_OK) {
    *size = 0;
    if (error)
      *error = call->error;
    return status;
  }
  if (*size > 0 && call->tap)
    call->tap->take(call->tap->context, ETS_HTTP_RECEIVED_BODY, found, *size);
  *bytes = call->shown = found;
  call->handed_out = *size;
  return ETS_OK;
}
