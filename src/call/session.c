#include "call/session_private.h"

#include "base/address.h"
#include "base/clock.h"
#include "base/secret.h"
#include "call/fault.h"
#include "call/options.h"
#include "http/trace_private.h"

#include <etsoap/pool.h>

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void ets_session_start(ets_session *session, const char *operation) {
  session->operation = operation;
  if (session->error.status != ETS_OK)
    session->error = (ets_error){0};
}

static void name_operation(ets_session *session) {
  if (session->operation)
    snprintf(session->error.operation, sizeof session->error.operation, "%s", session->operation);
}

ets_status ets_session_fail(ets_session *session, ets_status status, const char *format, ...) {
  char message[sizeof session->error.message];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  ets_error_set(&session->error, status, "%s", message);
  name_operation(session);
  return status;
}

ets_status ets_session_take(ets_session *session, ets_status status, const ets_error *error) {
  session->error = *error;
  name_operation(session);
  return status;
}

ets_status ets_session_refused(ets_session *session, const char *text, int code) {
  ets_error error;
  return ets_session_take(session, ets_fault_refused(&error, text, code), &error);
}

/* Splits http://[user:password@]host:port. */
static ets_status set_proxy(ets_session *session, const char *proxy, ets_error *error) {
  const char *rest = strncmp(proxy, "http://", 7) == 0 ? proxy + 7 : proxy;
  const char *at = strrchr(rest, '@');
  const char *host = at ? at + 1 : rest;
  const char *colon = strrchr(host, ':');
  char *end = NULL;
  long port = colon ? strtol(colon + 1, &end, 10) : 0;
  if (!colon || colon == host || port < 1 || port > 65535 || (*end && strcmp(end, "/") != 0))
    return ets_error_set(error, ETS_E_USAGE,
                         "the proxy is no address: expected http://[user:password@]host:port");
  session->proxy_host = strndup(host, (size_t)(colon - host));
  if (at) {
    const char *separator = memchr(rest, ':', (size_t)(at - rest));
    const char *user_end = separator ? separator : at;
    session->proxy_user = strndup(rest, (size_t)(user_end - rest));
    session->proxy_secret =
        strndup(separator ? separator + 1 : at, separator ? (size_t)(at - separator - 1) : 0);
  }
  if (!session->proxy_host || (at && (!session->proxy_user || !session->proxy_secret)))
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  session->soap->proxy_host = session->proxy_host;
  session->soap->proxy_port = (int)port;
  session->soap->proxy_userid = session->proxy_user;
  session->soap->proxy_passwd = session->proxy_secret;
  return ETS_OK;
}

static ets_status set_tls(ets_session *session, ets_error *error) {
  if (session->ca_file) {
    FILE *readable = fopen(session->ca_file, "r");
    if (!readable)
      return ets_error_set(error, ETS_E_IO, "cannot read the authorities' file %s",
                           session->ca_file);
    fclose(readable);
  }
  unsigned short flags = SOAP_SSL_REQUIRE_SERVER_AUTHENTICATION | SOAP_TLSv1_2 | SOAP_TLSv1_3;
  if (session->ca_file)
    flags |= SOAP_SSL_NO_DEFAULT_CA_PATH;
  if (soap_ssl_client_context(session->soap, flags, NULL, NULL, session->ca_file, NULL, NULL))
    return ets_error_set(error, ETS_E_TLS,
                         session->ca_file ? "no certificate can be read from %s: expected PEM"
                                          : "the system's certificates cannot be read%s",
                         session->ca_file ? session->ca_file : "");
  return ETS_OK;
}

ets_status ets_session_set_endpoint(ets_session *session, const char *endpoint, ets_error *error) {
  ets_status status = endpoint ? ets_address_check("endpoint", endpoint, error) : ETS_OK;
  if (status == ETS_OK && endpoint && strncmp(endpoint, "https", 5) == 0 && !session->tls) {
    status = set_tls(session, error);
    session->tls = status == ETS_OK;
  }
  if (status != ETS_OK)
    return status;
  char *copy = endpoint ? strdup(endpoint) : NULL;
  if (endpoint && !copy)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  free(session->endpoint);
  session->endpoint = copy;
  return ETS_OK;
}

static ets_status set_up(ets_session *session, const ets_session_options *options,
                         ets_error *error) {
  session->ca_file = options->ca_file && *options->ca_file ? strdup(options->ca_file) : NULL;
  /* gSOAP goes on when OpenSSL has no memory to start with, and crashes in it. */
  if (!OPENSSL_init_ssl(0, NULL) || !OSSL_LIB_CTX_get0_global_default() || !RAND_get0_primary(NULL))
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  session->soap = soap_new1(SOAP_XML_TREE | SOAP_C_UTFSTRING);
  if (!session->soap || (options->ca_file && *options->ca_file && !session->ca_file))
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  struct soap *soap = session->soap;
  if (options->keep_alive) {
    soap_set_omode(soap, SOAP_IO_KEEPALIVE);
    soap_set_imode(soap, SOAP_IO_KEEPALIVE);
  }
  session->gzip = options->gzip;
  if (options->gzip)
    soap_set_imode(soap, SOAP_ENC_ZLIB);
  soap->user = session;
  soap->connect_timeout = options->connect_timeout;
  soap->send_timeout = options->send_timeout;
  soap->recv_timeout = options->receive_timeout;
  soap->socket_flags = MSG_NOSIGNAL;
  soap->maxlevel = 500;       /* decoding is recursive, and threads may have small stacks */
  soap->maxoccurs = 1u << 30; /* pages are streamed; a limit on rows would only truncate */
  session->utc_offset = options->server_utc_offset;
  session->pace.policy = options->retry;
  session->pace.jitter = (uint64_t)ets_monotonic() ^ (uint64_t)(uintptr_t)session;
  ets_transport_install(soap, &session->transport);
  ets_status status = ETS_OK;
  if (options->proxy && *options->proxy)
    status = set_proxy(session, options->proxy, error);
  if (status == ETS_OK && options->endpoint && *options->endpoint)
    status = ets_session_set_endpoint(session, options->endpoint, error);
  return status;
}

ets_status ets_session_new(ets_session **session, const ets_session_options *options,
                           ets_error *error) {
  ets_session_options full;
  *session = NULL;
  ets_status status = options ? ets_session_options_read(&full, options, error)
                              : ets_error_set(error, ETS_E_USAGE, "no session options given");
  if (status != ETS_OK)
    return status;
  ets_session *made = calloc(1, sizeof *made);
  if (!made)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  status = set_up(made, &full, error);
  if (status != ETS_OK) {
    ets_session_free(made);
    return status;
  }
  *session = made;
  return ETS_OK;
}

/* Credentials went through these. */
static void wipe_buffers(struct soap *soap) {
  OPENSSL_cleanse(soap->buf, sizeof soap->buf);
  OPENSSL_cleanse(soap->tmpbuf, sizeof soap->tmpbuf);
  OPENSSL_cleanse(soap->msgbuf, sizeof soap->msgbuf);
}

void ets_session_free(ets_session *session) {
  if (!session)
    return;
  if (session->soap) {
    soap_force_closesock(session->soap);
    soap_destroy(session->soap);
    soap_end(session->soap);
    wipe_buffers(session->soap);
    soap_free(session->soap);
  }
  ets_trace_end(session);
  ets_trace_free(session->trace);
  ets_auth_clear(&session->auth);
  ets_wipe(session->proxy_secret);
  free(session->proxy_user);
  free(session->proxy_host);
  free(session->ca_file);
  free(session->endpoint);
  ets_pool_free(session->results);
  ets_arena_free(&session->arena);
  free(session);
}

void ets_session_on_wait(ets_session *session, ets_wait_callback *callback, void *context) {
  session->on_wait = callback;
  session->wait_context = context;
}

const ets_error *ets_session_error(const ets_session *session) {
  return &session->error;
}

const char *ets_session_endpoint(const ets_session *session) {
  return session->endpoint;
}

int ets_session_utc_offset(const ets_session *session) {
  return session->utc_offset;
}

const ets_counters *ets_session_counters(const ets_session *session) {
  return &session->counters;
}
