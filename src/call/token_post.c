#include "call/token_post.h"

#include "call/session_private.h"
#include "call/soap_failure.h"

#include <stdio.h>
#include <string.h>

/* gSOAP reads no body behind a status that SOAP does not use, but refusals come with 400, 401, 403
 * and say why in theirs. */
static int parse_any_status(struct soap *soap) {
  const ets_session *session = soap->user;
  int error = session->transport.parse(soap);
  if (error < 400 || error > 599)
    return error;
  soap->error = SOAP_OK;
  return SOAP_OK;
}

static bool read_body(struct soap *soap, char *body) {
  bool chunked = (soap->mode & SOAP_IO) == SOAP_IO_CHUNK;
  size_t limit = ETS_TOKEN_ANSWER_MAX;
  if (!chunked && soap->length > 0 && soap->length < ETS_TOKEN_ANSWER_MAX)
    limit = (size_t)soap->length;
  size_t size = 0;
  soap_wchar c = 0;
  while (size < limit && (c = soap_getchar(soap)) != (int)EOF)
    body[size++] = (char)c;
  body[size] = '\0';
  return size < ETS_TOKEN_ANSWER_MAX && (chunked || soap->length == 0 || size == limit);
}

static ets_status carry(ets_session *asking, const char *body, struct ets_token_answer *answer) {
  struct soap *soap = asking->soap;
  asking->transport.parse = soap->fparse;
  soap->fparse = parse_any_status;
  soap_set_omode(soap, SOAP_IO_STORE);
  ets_transport_begin(&asking->transport);
  if (soap_POST(soap, asking->endpoint, NULL, "application/json") ||
      soap_send_raw(soap, body, strlen(body)) || soap_end_send(soap) || soap_begin_recv(soap))
    return ets_soap_failure(asking);
  if (!read_body(soap, answer->text)) {
    soap->error = SOAP_EOF;
    return ets_soap_failure(asking);
  }
  (void)soap_end_recv(soap);
  answer->http_status = soap->status;
  snprintf(answer->content_type, sizeof answer->content_type, "%s", asking->transport.content_type);
  return ETS_OK;
}

ets_status ets_token_post(void *context, const char *url, const char *body,
                          struct ets_token_answer *answer, ets_error *error) {
  const ets_session *model = context;
  const struct soap *soap = model->soap;
  ets_session_options options = ETS_SESSION_OPTIONS_INIT;
  ets_session *asking;
  options.endpoint = url;
  options.ca_file = model->ca_file;
  options.connect_timeout = soap->connect_timeout;
  options.send_timeout = soap->send_timeout;
  options.receive_timeout = soap->recv_timeout;
  options.keep_alive = options.gzip = 0;
  ets_status status = ets_session_new(&asking, &options, error);
  if (status != ETS_OK)
    return status;
  asking->when_slow = "try again, or raise the timeout";
  asking->soap->proxy_host = soap->proxy_host;
  asking->soap->proxy_port = soap->proxy_port;
  asking->soap->proxy_userid = soap->proxy_userid;
  asking->soap->proxy_passwd = soap->proxy_passwd;
  if (asking->soap->ctx)
    SSL_CTX_set_options(asking->soap->ctx, SSL_OP_CLEANSE_PLAINTEXT);
  status = carry(asking, body, answer);
  if (status != ETS_OK)
    *error = asking->error;
  ets_session_free(asking);
  return status;
}
