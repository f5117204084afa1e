#include "call/transfer.h"

#include "base/text.h"
#include "call/session_private.h"
#include "http/refusal.h"
#include "http/trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUOTED_MAX = 2000 };

static const char path[] = "/Service.asmx";

static const char when_slow[] =
    "ask for less at once (a smaller batch size, a narrower date window) or raise the timeout";

static bool is_success(const struct ets_http_reply *reply) {
  return reply->status / 100 == 2 && reply->status != 206; /* a part, which nobody asked for */
}

/* Whether a SOAP message may be in it: faults come with 500, and 400 where SOAP 1.2 is spoken. */
static bool may_be_soap(const struct ets_http_reply *reply) {
  bool xml = !*reply->content_type || strstr(reply->content_type, "xml");
  return xml && (is_success(reply) || reply->status == 400 || reply->status == 500);
}

/* The begin of a body that is no SOAP, for the error; that it cannot be read does not matter. */
static void read_some(struct ets_transfer *transfer, char text[QUOTED_MAX + 1]) {
  const char *bytes;
  size_t size;
  size_t length = 0;
  while (length < QUOTED_MAX && ets_transfer_read(transfer, &bytes, &size, NULL) == ETS_OK &&
         size > 0) {
    if (size > QUOTED_MAX - length)
      size = QUOTED_MAX - length;
    memcpy(text + length, bytes, size);
    length += size;
  }
  text[length] = '\0';
}

static ets_status refuse(struct ets_transfer *transfer, const char *url, ets_error *error) {
  char text[QUOTED_MAX + 1];
  read_some(transfer, text);
  ets_auth_mask(&transfer->session->auth, text);
  struct ets_http_refusal refusal = {url, transfer->reply.status, transfer->reply.content_type,
                                     text};
  return ets_http_refused(error, &(struct ets_http_peer){"SOAP", path, transfer->again}, &refusal);
}

ets_status ets_transfer_unfaulted(const struct ets_transfer *transfer, const char *url,
                                  ets_error *error) {
  const struct ets_http_reply *reply = &transfer->reply;
  struct ets_http_refusal refusal = {url, reply->status, reply->content_type, ""};
  if (is_success(reply))
    return ETS_OK;
  return ets_http_refused(error, &(struct ets_http_peer){"a SOAP fault", path, transfer->again},
                          &refusal);
}

/* Reads the first piece of the body. A gateway that lost the answer sends none. */
static ets_status begin(struct ets_transfer *transfer, const char *url, ets_error *error) {
  const struct ets_http_reply *reply = &transfer->reply;
  ets_status status = ets_http_read(transfer->call, &transfer->first, &transfer->first_size, error);
  if (status != ETS_OK)
    return status;
  if (!may_be_soap(reply) || (transfer->first_size == 0 && reply->status >= 300))
    return refuse(transfer, url, error);
  if (transfer->first_size > 0)
    return ETS_OK;
  ets_error_set(error, ETS_E_CUT, "%s answered HTTP %d with nothing in it; %s", url, reply->status,
                transfer->again ? transfer->again : "try again");
  error->http_status = reply->status;
  return ETS_E_CUT;
}

/* gSOAP writes what it is given, control characters as references. */
static size_t valid_part(const char *text) {
  size_t valid = ets_text_valid(text);
  for (const char *at = text; (at = strstr(at, "&#x")) != NULL; at++) {
    unsigned long code = strtoul(at + 3, NULL, 16);
    if (code < ' ' && code != '\t' && code != '\n' && code != '\r')
      return (size_t)(at - text) < valid ? (size_t)(at - text) : valid;
  }
  return valid;
}

static ets_status check_text(const struct ets_transfer_request *request, ets_error *error) {
  const char *text = request->body, *tag = text;
  size_t valid = valid_part(text);
  if (valid == request->size)
    return ETS_OK;
  for (const char *at = text; at < text + valid; at++)
    if (*at == '<')
      tag = at + 1;
  size_t prefix = strcspn(tag, ": \t\r\n/>");
  tag += tag[prefix] == ':' ? prefix + 1 : 0;
  return ets_error_set(error, ETS_E_USAGE,
                       "%s: the text of <%.*s> holds a control character or is not UTF-8: XML "
                       "cannot carry it",
                       request->action, (int)strcspn(tag, " \t\r\n/>"), tag);
}

ets_status ets_transfer_open(struct ets_transfer *transfer, ets_session *session,
                             const struct ets_transfer_request *request, ets_error *error) {
  char action[80];
  snprintf(action, sizeof action, "\"%.70s\"", request->action);
  const struct ets_http_header headers[] = {{"Content-Type", "text/xml; charset=utf-8"},
                                            {"SOAPAction", action}};
  struct ets_http_request post = {.url = request->url,
                                  .headers = headers,
                                  .header_count = sizeof headers / sizeof *headers,
                                  .body = request->body,
                                  .body_size = request->size,
                                  .repeatable = !request->again,
                                  .again = request->again,
                                  .when_slow = request->again ? request->again : when_slow};
  *transfer = (struct ets_transfer){.session = session, .again = request->again};
  transfer->reply.retry_after_ms = -1;
  ets_status status = check_text(request, error);
  if (status == ETS_OK && session->trace_folder && session->untraced.status != ETS_OK) {
    *error = session->untraced;
    status = error->status;
  } else if (status == ETS_OK && session->trace_folder) {
    const char *secrets[ETS_AUTH_SECRETS + 1];
    ets_auth_secrets(&session->auth, secrets);
    status =
        ets_trace_open(&transfer->trace, session->trace_folder, request->action, secrets, error);
    post.tap = status == ETS_OK ? ets_trace_tap(transfer->trace) : NULL;
  }
  if (status != ETS_OK)
    return status;
  session->counters.requests++;
  status = ets_http_open(&transfer->call, session->http, &post, &transfer->reply, error);
  if (status == ETS_OK)
    status = begin(transfer, request->url, error);
  if (status != ETS_OK)
    ets_transfer_close(transfer);
  return status;
}

ets_status ets_transfer_read(void *transfer, const char **bytes, size_t *size, ets_error *error) {
  struct ets_transfer *reading = transfer;
  if (reading->first_size == 0)
    return ets_http_read(reading->call, bytes, size, error);
  *bytes = reading->first;
  *size = reading->first_size;
  reading->first_size = 0;
  return ETS_OK;
}

void ets_transfer_close(struct ets_transfer *transfer) {
  ets_session *session = transfer->session;
  ets_error error;
  ets_http_close(transfer->call);
  if (ets_trace_close(transfer->trace, &error) != ETS_OK && session->untraced.status == ETS_OK)
    session->untraced = error;
  session->counters.bytes_received += transfer->reply.received;
  transfer->reply.received = 0;
  transfer->call = NULL;
  transfer->trace = NULL;
}
