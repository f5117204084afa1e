#include "http/private.h"

#include "base/secret.h"

#include <openssl/crypto.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- body ------------------------------------------------------------------------------------ */

/* All but the last byte, then the last one alone: by then libcurl has sent what was in its buffer,
 * so that the buffer can be wiped behind that byte. */
static size_t give_body(char *buffer, size_t one, size_t room, void *context) {
  struct ets_http_call *call = context;
  size_t left = call->body_size - call->body_at;
  room *= one;
  if (!call->body)
    return left ? CURL_READFUNC_ABORT : 0;
  size_t size = left > 1 ? left - 1 : left;
  if (size > room)
    size = room;
  memcpy(buffer, call->body + call->body_at, size);
  ets_wipe_registers();
  if (left <= 1)
    OPENSSL_cleanse(buffer + size, room - size);
  call->body_at += size;
  call->reply->sent = call->body_at == call->body_size;
  return size;
}

/* On a kept connection that turns out to be closed libcurl begins again on a new one. That must not
 * happen to a request that may have been carried out, unless twice does no harm. */
static bool may_begin_again(const struct ets_http_call *call) {
  return call->body && (call->repeatable || !call->reply->sent);
}

static int rewind_body(void *context, curl_off_t offset, int origin) {
  const struct ets_http_call *call = context;
  return offset == 0 && origin == SEEK_SET && may_begin_again(call) ? CURL_SEEKFUNC_OK
                                                                    : CURL_SEEKFUNC_FAIL;
}

/* Called when a connection is there, before each time that the request is sent. */
static int begin(void *context, char *peer, char *own, int peer_port, int own_port) {
  struct ets_http_call *call = context;
  (void)peer, (void)own, (void)peer_port, (void)own_port;
  const struct ets_http_options *options = &call->http->options;
  call->connected = true;
  if (options->connected)
    options->connected(options->connected_context);
  if (call->reply->sent && !may_begin_again(call))
    return CURL_PREREQFUNC_ABORT;
  call->body_at = 0;
  call->reply->sent = call->body_size == 0;
  return CURL_PREREQFUNC_OK;
}

/* --- header ---------------------------------------------------------------------------------- */

static bool add_line(struct ets_http_call *call, const char *line) {
  struct curl_slist *list = curl_slist_append(call->headers, line);
  if (list)
    call->headers = list;
  return list;
}

/* What libcurl leaves out when it is empty has another form. */
static bool add_field(struct ets_http_call *call, const struct ets_http_header *header) {
  size_t room = strlen(header->name) + strlen(header->value) + 3;
  char *line = malloc(room);
  if (!line)
    return false;
  if (*header->value)
    snprintf(line, room, "%s: %s", header->name, header->value);
  else
    snprintf(line, room, "%s;", header->name);
  bool added = add_line(call, line);
  OPENSSL_cleanse(line, room);
  free(line);
  return added;
}

static bool is_field(const struct ets_http_header *header) {
  static const char token[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
  return *header->name && !header->name[strspn(header->name, token)] &&
         !strpbrk(header->value, "\r\n");
}

static ets_status set_header(struct ets_http_call *call, const struct ets_http_request *request,
                             ets_error *error) {
  const struct ets_http_options *options = &call->http->options;
  bool added = add_line(call, "Expect:") && /* libcurl waits for an answer to it */
               (!options->compression || add_line(call, "Accept-Encoding: gzip")) &&
               (options->keep_alive || add_line(call, "Connection: close"));
  for (size_t i = 0; added && i < request->header_count; i++) {
    if (!is_field(&request->headers[i]))
      return ets_error_set(error, ETS_E_USAGE,
                           "the header %.60s cannot be sent: expected a name of letters and digits "
                           "and a value of one line",
                           request->headers[i].name);
    added = add_field(call, &request->headers[i]);
  }
  return added ? ETS_OK : ets_error_set(error, ETS_E_NOMEM, "out of memory");
}

/* --- what goes by ---------------------------------------------------------------------------- */

/* The body that was received is shown by ets_http_read(), as the caller gets it. */
static int show(CURL *easy, curl_infotype type, char *bytes, size_t size, void *context) {
  struct ets_http_call *call = context;
  struct ets_http_tap *tap = call->tap;
  (void)easy;
  if (type == CURLINFO_DATA_IN)
    ets_http_take_raw(call, bytes, size);
  if (!tap)
    return 0;
  if (type == CURLINFO_HEADER_OUT)
    tap->take(tap->context, ETS_HTTP_SENT_HEADER, bytes, size);
  else if (type == CURLINFO_DATA_OUT)
    tap->take(tap->context, ETS_HTTP_SENT_BODY, bytes, size);
  else if (type == CURLINFO_HEADER_IN)
    tap->take(tap->context, ETS_HTTP_RECEIVED_HEADER, bytes, size);
  return 0;
}

/* --- all of it ------------------------------------------------------------------------------- */

ets_status ets_http_set_request(struct ets_http_call *call, const struct ets_http_request *request,
                                ets_error *error) {
  CURL *easy = call->easy;
  call->body = request->body ? request->body : "";
  call->body_size = request->body ? request->body_size : 0;
  call->repeatable = request->repeatable;
  ets_status status = set_header(call, request, error);
  if (status != ETS_OK)
    return status;
  CURLcode code = curl_easy_setopt(easy, CURLOPT_URL, request->url);
  if (code == CURLE_OK)
    code = curl_easy_setopt(easy, CURLOPT_HTTPHEADER, call->headers);
  if (code != CURLE_OK)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  if (request->body) {
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_size);
  }
  curl_easy_setopt(easy, CURLOPT_READFUNCTION, give_body);
  curl_easy_setopt(easy, CURLOPT_READDATA, call);
  curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, rewind_body);
  curl_easy_setopt(easy, CURLOPT_SEEKDATA, call);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, begin);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, call);
  call->tap = request->tap;
  curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, show);
  curl_easy_setopt(easy, CURLOPT_DEBUGDATA, call);
  return ETS_OK;
}
