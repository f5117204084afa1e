#include "call/fault.h"

#include "call/call.h"

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* --- transport ------------------------------------------------------------------------------- */

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
  const char *advice = session->peer->when_slow;
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

ets_status ets_fault_http(ets_session *session, int http_status) {
  const char *type = session->transport.content_type;
  char path[64];
  snprintf(path, sizeof path, "check the path, it ends in %s", session->peer->path);
  const char *advice = http_status == 404   ? path
                       : http_status == 407 ? "the proxy wants credentials"
                       : http_status >= 500 ? "try again later"
                                            : "check the endpoint";
  ets_session_fail(session, ETS_E_HTTP, "%s answered HTTP %d%s%s, not %s; %s", session->endpoint,
                   http_status, *type ? " with " : "", type, session->peer->speaks, advice);
  session->error.http_status = http_status;
  return ETS_E_HTTP;
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
    return ets_fault_http(session, session->soap->status ? session->soap->status : 200);
  const char **string = session->soap->fault ? soap_faultstring(session->soap) : NULL;
  return ets_session_fail(session, ETS_E_PROTOCOL,
                          "the answer of %s is no SOAP message that the contract knows (%.120s)",
                          session->endpoint, string && *string ? *string : "unreadable XML");
}

/* --- faults ---------------------------------------------------------------------------------- */

static const char *local_part(const char *qname) {
  const char *colon = qname ? strrchr(qname, ':') : NULL;
  return colon ? colon + 1 : qname ? qname : "";
}

/* Text without blanks at its ends; line breaks go when the message is set. */
static void trim(char *copy, size_t size, const char *text) {
  while (isspace((unsigned char)*text))
    text++;
  size_t n = strlen(text);
  while (n > 0 && isspace((unsigned char)text[n - 1]))
    n--;
  if (n >= size)
    n = size - 1;
  memcpy(copy, text, n);
  copy[n] = '\0';
}

static const struct fault__APIFault *api_fault(struct soap *soap) {
  const struct SOAP_ENV__Detail *detail =
      soap->fault->SOAP_ENV__Detail ? soap->fault->SOAP_ENV__Detail : soap->fault->detail;
  if (detail && detail->fault && detail->__type == SOAP_TYPE__fault__apifault)
    return detail->fault;
  return NULL;
}

/* What a code of the service means (facts: wire 13, service 10). */
static ets_status of_code(int code) {
  switch (code) {
  case 9:
  case 10:
  case 13:
    return ETS_E_UNAVAILABLE;
  case 11:
    return ETS_E_PERMISSION;
  case 12:
    return ETS_E_LOGIN;
  case 17:
    return ETS_E_LIMITED;
  default:
    return ETS_E_FAULT;
  }
}

static const char *advice_for(ets_status status) {
  switch (status) {
  case ETS_E_UNAVAILABLE:
    return "; try again later, the system status says when";
  case ETS_E_PERMISSION:
    return "; ask the account's administrator for the permission";
  case ETS_E_LOGIN:
    return "; check user name and password, or the token, and that they belong to this endpoint";
  case ETS_E_EXPIRED:
    return "; get a new token";
  case ETS_E_LIMITED:
    return "; send fewer requests in a minute";
  default:
    return "";
  }
}

static ets_status report_fault(ets_session *session) {
  struct soap *soap = session->soap;
  const char **code = soap_faultcode(soap);
  const char *subcode = soap_faultsubcode(soap) ? soap_fault_subcode(soap) : NULL;
  const char **string = soap_faultstring(soap);
  const struct fault__APIFault *api = api_fault(soap);
  char text[256];
  trim(text, sizeof text, string && *string ? *string : "no text");
  ets_status status = api ? of_code(api->Code) : ETS_E_FAULT;
  if (strcmp(local_part(subcode && *subcode ? subcode : code ? *code : ""), "Security") == 0)
    status = strcasecmp(text, "Token Expired") == 0 ? ETS_E_EXPIRED : ETS_E_LOGIN;
  else if (!api && strcasecmp(text, "Rate Limited") == 0)
    status = ETS_E_LIMITED;
  char more[200] = "";
  if (api && api->Message && *api->Message)
    trim(more, sizeof more, api->Message);
  bool same = strcasecmp(more, text) == 0;
  int api_code = api ? api->Code : 0;
  int http_status = soap->status;
  if (api_code)
    ets_session_fail(session, status, "the service answered %s%s%s (code %d)%s", text,
                     *more && !same ? ": " : "", same ? "" : more, api_code, advice_for(status));
  else
    ets_session_fail(session, status, "the service answered %s%s", text, advice_for(status));
  session->error.code = api_code;
  session->error.http_status = http_status;
  return status;
}

ets_status ets_fault_receive(ets_session *session) {
  struct soap *soap = session->soap;
  if (soap_match_tag(soap, soap->tag, "SOAP-ENV:Fault") != 0) {
    ets_status status =
        is_xml(session->transport.content_type)
            ? ets_session_fail(session, ETS_E_PROTOCOL,
                               "%s answered with <%.80s>, which is no answer to this request",
                               session->endpoint, soap->tag)
            : report_not_soap(session);
    ets_call_drop(session);
    return status;
  }
  /* soap_recv_fault() does not stand running out of memory. */
  soap->error = SOAP_OK;
  if (!soap_getfault(soap)) {
    if (!soap_body_end_in(soap) && !soap_envelope_end_in(soap))
      soap_end_recv(soap);
    soap->error = SOAP_FAULT;
  }
  return ets_fault_report(session);
}

ets_status ets_fault_report(ets_session *session) {
  struct soap *soap = session->soap;
  int error = soap->error;
  ets_status status;
  if (error == SOAP_FAULT || (error == SOAP_CLI_FAULT) || error == SOAP_SVR_FAULT)
    status = soap->fault ? report_fault(session) : report_not_soap(session);
  else if (error == SOAP_EOM)
    status = ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  else if (error == SOAP_TCP_ERROR)
    status = report_connect(session);
  else if (error == SOAP_SSL_ERROR)
    status = report_tls(session);
  else if (error == SOAP_EOF || error == SOAP_ZLIB_ERROR)
    status = report_ended(session);
  else if (error >= 200 && error < 300 && is_xml(session->transport.content_type))
    status = report_empty(session, error);
  else if (error >= 100 && error < 600)
    status = ets_fault_http(session, error);
  else if (error == SOAP_HTTP_ERROR)
    status = ets_fault_http(session, soap->status);
  else
    status = session->transport.ended ? report_ended(session) : report_not_soap(session);
  ets_call_drop(session);
  return status;
}

/* --- OverallStatus --------------------------------------------------------------------------- */

enum ets_overall ets_overall_of(const char *overall_status) {
  if (!overall_status || strcasecmp(overall_status, "OK") == 0)
    return ETS_OVERALL_OK;
  if (strcasecmp(overall_status, "MoreDataAvailable") == 0)
    return ETS_OVERALL_MORE;
  if (strncasecmp(overall_status, "Has", 3) == 0)
    return ETS_OVERALL_HAS_ERRORS;
  return ETS_OVERALL_ERROR;
}

ets_status ets_fault_refused(ets_session *session, const char *overall_status) {
  const char *text = overall_status;
  if (strncasecmp(text, "Error", 5) == 0)
    text += text[5] == ':' ? 6 : 5;
  char reason[400];
  trim(reason, sizeof reason, text);
  bool permission = strncasecmp(reason, "API Permission Failed", 21) == 0;
  ets_status status = permission ? ETS_E_PERMISSION : ETS_E_REFUSED;
  return ets_session_fail(session, status, "the service refuses: %s%s",
                          *reason ? reason : "no reason given", advice_for(status));
}
