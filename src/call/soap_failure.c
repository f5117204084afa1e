#include "call/soap_failure.h"

#include "call/fault.h"
#include "http/refusal.h"

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const struct ets_http_peer peer = {
    "SOAP", "/Service.asmx",
    "ask for less at once (a smaller batch size, a narrower date window) or raise the timeout"};

static ets_status report_connect(ets_session *session) {
  struct soap *soap = session->soap;
  const char *why = soap->errnum ? strerror(soap->errnum) : "the host name is not known";
  if (soap->errnum == 0 && soap->connect_timeout && session->transport.waited == 0 &&
      soap->socket == SOAP_INVALID_SOCKET && soap->error == SOAP_EOF)
    why = "no answer";
  return ets_session_fail(session, ETS_E_CONNECT,
                          "cannot reach %s: %s; check the endpoint and the network",
                          session->endpoint, why);
}

static ets_status report_tls(ets_session *session) {
  const struct soap *soap = session->soap;
  long verified = soap->ssl ? SSL_get_verify_result(soap->ssl) : X509_V_OK;
  if (verified != X509_V_OK)
    return ets_session_fail(session, ETS_E_TLS,
                            "no trusted connection to %s: %s; if its certificate is signed by an "
                            "authority of your own, name that with ca_file",
                            session->endpoint, X509_verify_cert_error_string(verified));
  /* gSOAP compares the host name last. */
  if (soap->ssl && SSL_is_init_finished(soap->ssl))
    return ets_session_fail(session, ETS_E_TLS,
                            "no trusted connection to %s: its certificate is for another host "
                            "name; check the endpoint",
                            session->endpoint);
  /* What OpenSSL says comes behind codes and the names of its parts. */
  const char **string = session->soap->fault ? soap_faultstring(session->soap) : NULL;
  const char *why = string && *string ? *string : "handshake failed";
  const char *colon = strrchr(why, ':');
  if (colon)
    why = colon + 1 + strspn(colon + 1, " ");
  return ets_session_fail(session, ETS_E_TLS,
                          "no trusted connection to %s: %.*s; check that this port takes https",
                          session->endpoint, (int)strcspn(why, "\n"), why);
}

static ets_status report_ended(ets_session *session) {
  const struct ets_transport *transport = &session->transport;
  const char *advice = session->when_slow ? session->when_slow : peer.when_slow;
  int64_t limit = session->soap->recv_timeout * (int64_t)1000;
  if (limit > 0 && transport->ended && transport->waited >= limit - 100)
    return ets_session_fail(session, ETS_E_TIMEOUT, "%s sent nothing for %d s; %s",
                            session->endpoint, session->soap->recv_timeout, advice);
  if (session->soap->errnum == EAGAIN || session->soap->errnum == ETIMEDOUT)
    return ets_session_fail(session, ETS_E_TIMEOUT, "%s takes no data: %s", session->endpoint,
                            strerror(session->soap->errnum));
  return ets_session_fail(session, ETS_E_CUT,
                          transport->received
                              ? "the answer of %s broke off after %llu bytes; try again"
                              : "%s closed the connection without an answer; try again",
                          session->endpoint, (unsigned long long)transport->received);
}

static ets_status report_http(ets_session *session, int http_status) {
  ets_error error;
  struct ets_http_refusal refusal = {session->endpoint, http_status,
                                     session->transport.content_type, ""};
  return ets_session_take(session, ets_http_refused(&error, &peer, &refusal), &error);
}

static bool is_xml(const char *content_type) {
  return !*content_type || strstr(content_type, "xml");
}

/* A gateway that lost the answer: the type is right, and there is nothing behind the headers. */
static ets_status report_empty(ets_session *session, int http_status) {
  ets_session_fail(session, ETS_E_CUT, "%s answered HTTP %d with nothing in it; try again",
                   session->endpoint, http_status);
  session->error.http_status = http_status;
  return ETS_E_CUT;
}

static ets_status report_not_soap(ets_session *session) {
  const char *type = session->transport.content_type;
  if (!is_xml(type))
    return report_http(session, session->soap->status ? session->soap->status : 200);
  const char **string = session->soap->fault ? soap_faultstring(session->soap) : NULL;
  return ets_session_fail(session, ETS_E_PROTOCOL,
                          "the answer of %s is no SOAP message that the contract knows (%.120s)",
                          session->endpoint, string && *string ? *string : "unreadable XML");
}

static const char *local_part(const char *qname) {
  const char *colon = qname ? strrchr(qname, ':') : NULL;
  return colon ? colon + 1 : qname ? qname : "";
}

static const struct fault__APIFault *api_fault(struct soap *soap) {
  const struct SOAP_ENV__Detail *detail =
      soap->fault->SOAP_ENV__Detail ? soap->fault->SOAP_ENV__Detail : soap->fault->detail;
  if (detail && detail->fault && detail->__type == SOAP_TYPE__fault__apifault)
    return detail->fault;
  return NULL;
}

static ets_status report_fault(ets_session *session) {
  struct soap *soap = session->soap;
  const char **code = soap_faultcode(soap);
  const char *subcode = soap_faultsubcode(soap) ? soap_fault_subcode(soap) : NULL;
  const char **string = soap_faultstring(soap);
  const struct fault__APIFault *api = api_fault(soap);
  char number[24] = "";
  if (api)
    snprintf(number, sizeof number, "%d", api->Code);
  struct ets_soap_fault fault = {.code.name = local_part(code ? *code : ""),
                                 .subcode.name = subcode && *subcode ? local_part(subcode) : NULL,
                                 .string = string ? *string : NULL,
                                 .api = {.there = api,
                                         .code = number,
                                         .code_number = api ? api->Code : 0,
                                         .message = api ? api->Message : NULL}};
  ets_error error;
  ets_status status = ets_fault_report(&error, &fault, session->auth.kind);
  error.http_status = soap->status;
  return ets_session_take(session, status, &error);
}

ets_status ets_soap_fault_receive(ets_session *session) {
  struct soap *soap = session->soap;
  if (soap_match_tag(soap, soap->tag, "SOAP-ENV:Fault") != 0)
    return is_xml(session->transport.content_type)
               ? ets_session_fail(session, ETS_E_PROTOCOL,
                                  "%s answered with <%.80s>, which is no answer to this request",
                                  session->endpoint, soap->tag)
               : report_not_soap(session);
  /* soap_recv_fault() does not stand running out of memory. */
  soap->error = SOAP_OK;
  if (!soap_getfault(soap)) {
    if (!soap_body_end_in(soap) && !soap_envelope_end_in(soap))
      soap_end_recv(soap);
    soap->error = SOAP_FAULT;
  }
  return ets_soap_failure(session);
}

ets_status ets_soap_failure(ets_session *session) {
  struct soap *soap = session->soap;
  int error = soap->error;
  if (error == SOAP_FAULT || error == SOAP_CLI_FAULT || error == SOAP_SVR_FAULT)
    return soap->fault ? report_fault(session) : report_not_soap(session);
  if (error == SOAP_EOM)
    return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  if (error == SOAP_TCP_ERROR)
    return report_connect(session);
  if (error == SOAP_SSL_ERROR)
    return report_tls(session);
  if (error == SOAP_EOF || error == SOAP_ZLIB_ERROR)
    return report_ended(session);
  if (error >= 200 && error < 300 && is_xml(session->transport.content_type))
    return report_empty(session, error);
  if (error >= 100 && error < 600)
    return report_http(session, error);
  if (error == SOAP_HTTP_ERROR)
    return report_http(session, soap->status);
  return session->transport.ended ? report_ended(session) : report_not_soap(session);
}
