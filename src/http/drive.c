#include "http/private.h"

#include "base/clock.h"
#include "base/signals.h"

#include <openssl/crypto.h>

#include <string.h>

enum { SLICE = 200 }; /* milliseconds between two looks at the clock and at the callback */

/* Chunks may carry extensions that nobody reads, without an end. What came before has been taken by
 * now, or waits. */
void ets_http_take_raw(struct ets_http_call *call, const char *bytes, size_t size) {
  enum { BYTES_MOST = 32 }; /* in front of and behind a chunk of one byte, generously */
  uint64_t limit = call->http->options.limits.header;
  if (call->chunked && !call->paused && limit > 0 &&
      call->raw_bytes > limit + (BYTES_MOST + 1) * call->body_taken)
    ets_http_fail(
        call, ETS_E_PROTOCOL,
        "the chunks of %s carry more than %llu bytes that are no part of the answer; raise "
        "max_header_bytes if that is right",
        call->url, (unsigned long long)limit);
  call->raw_bytes += size;
  if (size > 0)
    call->last = bytes[size - 1];
}

size_t ets_http_take_body(char *bytes, size_t one, size_t size, void *context) {
  struct ets_http_call *call = context;
  (void)one;
  if (size > HTTP_BUFFER - call->raw_size) {
    call->paused = true;
    return CURL_WRITEFUNC_PAUSE;
  }
  memcpy(call->raw + call->raw_size, bytes, size);
  call->raw_size += size;
  call->body_taken += size;
  call->reply->received += size;
  if (call->wipes)
    OPENSSL_cleanse(bytes, size);
  return size;
}

static void collect(struct ets_http *http) {
  int left;
  for (CURLMsg *message; (message = curl_multi_info_read(http->multi, &left)) != NULL;) {
    struct ets_http_call *call = NULL;
    if (message->msg != CURLMSG_DONE)
      continue;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&call);
    call->finished = true;
    call->code = message->data.result;
  }
}

static void perform(struct ets_http_call *call) {
  struct ets_signals signals;
  int running;
  ets_signals_hold(&signals);
  if (call->paused) {
    call->paused = false;
    curl_easy_pause(call->easy, CURLPAUSE_CONT);
  }
  CURLMcode code = curl_multi_perform(call->http->multi, &running);
  ets_signals_release(&signals);
  collect(call->http);
  if (code != CURLM_OK)
    ets_http_fail(call, code == CURLM_OUT_OF_MEMORY ? ETS_E_NOMEM : ETS_E_IO, "%s",
                  curl_multi_strerror(code));
}

static ets_status report_abort(struct ets_http_call *call) {
  return ets_http_fail(call, ETS_E_ABORTED, "ended before the answer of %s was complete",
                       call->url);
}

static ets_status lose_patience(struct ets_http_call *call, enum ets_impatience reason) {
  const struct ets_http_options *options = &call->http->options;
  switch (reason) {
  case ETS_PATIENT:
    return ETS_OK;
  case ETS_SENDS_NOTHING:
    return ets_http_fail(call, ETS_E_TIMEOUT, "%s took nothing of the request for %g s; %s",
                         call->url, (double)options->send_timeout / 1000, call->when_slow);
  case ETS_HEARS_NOTHING:
    return ets_http_fail(call, ETS_E_TIMEOUT, "%s sent nothing for %g s; %s", call->url,
                         (double)options->receive_timeout / 1000, call->when_slow);
  case ETS_TOO_SLOW:
    return ets_http_fail(call, ETS_E_TIMEOUT,
                         "%s sent less than %llu bytes a second (least_speed) for %g s; %s",
                         call->url, (unsigned long long)options->least_speed,
                         (double)options->least_speed_time / 1000, call->again);
  case ETS_TOO_LONG:
    break;
  }
  return ets_http_fail(call, ETS_E_TIMEOUT,
                       "the answer of %s took longer than %g s (total_timeout); %s", call->url,
                       (double)options->total_timeout / 1000, call->when_slow);
}

bool ets_http_is_aborted(void *http) {
  const struct ets_http_options *options = &((const struct ets_http *)http)->options;
  return options->aborted && options->aborted(options->abort_context);
}

/* A proxy that refuses may send text with it without an end, which libcurl reads to the end without
 * a look at the clock. */
int ets_http_watch_connecting(void *context, curl_off_t all, curl_off_t came, curl_off_t all_sent,
                              curl_off_t gone) {
  struct ets_http_call *call = context;
  int64_t limit = call->http->options.connect_timeout;
  (void)all, (void)came, (void)all_sent, (void)gone;
  if (call->connected)
    return 0;
  if (limit > 0 && ets_monotonic() - call->begun > limit + SLICE)
    ets_http_explain_timeout(call);
  else if (ets_http_is_aborted(call->http))
    report_abort(call);
  return call->error.status != ETS_OK;
}

static ets_status look(struct ets_http_call *call) {
  const struct ets_http_options *options = &call->http->options;
  if (ets_http_is_aborted(call->http))
    return report_abort(call);
  curl_off_t gone = 0;
  curl_easy_getinfo(call->easy, CURLINFO_SIZE_UPLOAD_T, &gone);
  return lose_patience(call,
                       ets_patience_look(&call->patience, options, call->connected, (uint64_t)gone,
                                         (uint64_t)gone >= call->body_size, call->reply->received));
}

/* An answer may come before the whole request went out. A refusal ends the sending; what passes for
 * success counts when there was a whole request to answer. */
static bool is_open(const struct ets_http_call *call) {
  return call->has_header && (call->reply->sent || call->reply->status >= 300);
}

ets_status ets_http_drive(struct ets_http_call *call, bool for_header) {
  ets_patience_wait(&call->patience);
  for (;;) {
    ets_status status = look(call);
    if (status != ETS_OK)
      return status;
    perform(call);
    if (call->error.status != ETS_OK)
      return call->error.status;
    if (for_header ? is_open(call) : call->raw_size > call->raw_at)
      return ETS_OK;
    if (call->finished)
      return call->code == CURLE_OK && call->has_header ? ETS_OK : ets_http_explain(call);
    curl_multi_poll(call->http->multi, NULL, 0,
                    ets_patience_left(&call->patience, &call->http->options, SLICE), NULL);
  }
}
