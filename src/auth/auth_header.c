#include "auth/auth_private.h"
#include "auth/oauth_private.h"

#include "wsseapi.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>
#include <time.h>

enum { NONCE_SIZE = 20, BASE64_SIZE = 29, DATE_SIZE = 21 };

/* The header of one message in one piece of memory: the plugin's functions that put these
 * structures together use what they allocate without a look whether it is there. Name, password
 * and token are the session's own, so that no copy of them has to be wiped. */
struct header_parts {
  struct SOAP_ENV__Header header;
  struct _wsse__Security security;
  struct _wsse__UsernameToken username;
  struct _wsse__Password password;
  struct wsse__EncodedString nonce;
  struct _wsu__Timestamp timestamp;
  char nonce_text[BASE64_SIZE];
  char digest_text[BASE64_SIZE];
  char created[DATE_SIZE];
  char expires[DATE_SIZE];
};

bool ets_auth_is_token(const ets_session *session) {
  return session->auth.kind == ETS_AUTH_TOKEN || session->auth.kind == ETS_AUTH_OAUTH;
}

bool ets_auth_is_stamped(const ets_session *session) {
  return session->auth.kind == ETS_AUTH_DIGEST || session->auth.timestamp > 0;
}

static void print_date(char date[DATE_SIZE], time_t when) {
  struct tm utc;
  if (!gmtime_r(&when, &utc) || !strftime(date, DATE_SIZE, "%Y-%m-%dT%H:%M:%SZ", &utc))
    *date = '\0';
}

/* Base64(SHA-1(nonce + created + password)). */
static bool make_digest(struct header_parts *parts, const char *password) {
  unsigned char nonce[NONCE_SIZE];
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  bool made = context && RAND_bytes(nonce, sizeof nonce) == 1 &&
              EVP_DigestInit_ex(context, EVP_sha1(), NULL) &&
              EVP_DigestUpdate(context, nonce, sizeof nonce) &&
              EVP_DigestUpdate(context, parts->created, strlen(parts->created)) &&
              EVP_DigestUpdate(context, password, strlen(password)) &&
              EVP_DigestFinal_ex(context, digest, &size) && size == 20;
  EVP_MD_CTX_free(context);
  if (!made)
    return false;
  EVP_EncodeBlock((unsigned char *)parts->nonce_text, nonce, sizeof nonce);
  EVP_EncodeBlock((unsigned char *)parts->digest_text, digest, (int)size);
  return true;
}

static bool put_username(struct soap *soap, struct header_parts *parts,
                         const struct ets_auth *auth) {
  soap_default__wsse__UsernameToken(soap, &parts->username);
  soap_default__wsse__Password(soap, &parts->password);
  parts->security.UsernameToken = &parts->username;
  parts->username.Username = auth->username;
  parts->username.Password = &parts->password;
  parts->password.Type = (char *)(uintptr_t)wsse_PasswordTextURI;
  parts->password.__item = auth->secret;
  if (auth->kind != ETS_AUTH_DIGEST)
    return true;
  soap_default_wsse__EncodedString(soap, &parts->nonce);
  parts->username.Nonce = &parts->nonce;
  parts->username.wsu__Created = parts->created;
  parts->nonce.EncodingType = (char *)(uintptr_t)wsse_Base64BinaryURI;
  parts->nonce.__item = parts->nonce_text;
  parts->password.Type = (char *)(uintptr_t)wsse_PasswordDigestURI;
  parts->password.__item = parts->digest_text;
  return make_digest(parts, auth->secret);
}

static void put_timestamp(struct soap *soap, struct header_parts *parts) {
  soap_default__wsu__Timestamp(soap, &parts->timestamp);
  parts->security.wsu__Timestamp = &parts->timestamp;
  parts->timestamp.Created = parts->created;
  parts->timestamp.Expires = parts->expires;
}

static bool put_header(struct soap *soap, struct header_parts *parts, const ets_session *session) {
  const struct ets_auth *auth = &session->auth;
  time_t now = time(NULL);
  print_date(parts->created, now);
  print_date(parts->expires, now + auth->timestamp);
  soap_default_SOAP_ENV__Header(soap, &parts->header);
  soap_default__wsse__Security(soap, &parts->security);
  soap->header = &parts->header;
  if (auth->timestamp > 0)
    put_timestamp(soap, parts);
  if (auth->timestamp > 0 || !ets_auth_is_token(session))
    parts->header.wsse__Security = &parts->security;
  if (!ets_auth_is_token(session))
    return put_username(soap, parts, auth);
  parts->header.fuel__fueloauth = auth->secret;
  return true;
}

static ets_status check(ets_session *session) {
  if (session->auth.kind == ETS_AUTH_NONE)
    return ets_session_fail(session, ETS_E_USAGE,
                            "the session has no credentials: set a user name and password, an "
                            "access token, or client id and secret");
  ets_status status = session->auth.kind == ETS_AUTH_OAUTH ? ets_oauth_ensure(session) : ETS_OK;
  if (status == ETS_OK && !session->endpoint)
    return ets_session_fail(session, ETS_E_USAGE,
                            "no endpoint: give the account's own, "
                            "https://SUBDOMAIN.soap.marketingcloudapis.com/Service.asmx");
  return status;
}

ets_status ets_auth_apply(ets_session *session) {
  struct soap *soap = session->soap;
  soap->header = NULL;
  ets_status status = check(session);
  if (status != ETS_OK)
    return status;
  struct header_parts *parts = soap_malloc(soap, sizeof *parts);
  if (!parts || !put_header(soap, parts, session))
    return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  return ETS_OK;
}
