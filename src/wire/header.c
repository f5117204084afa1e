#include "wire/header.h"

#include "auth/credential.h"

#include "etH.h"
#include "wsseapi.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>
#include <time.h>

enum { NONCE_SIZE = 20, BASE64_SIZE = 29, DATE_SIZE = 21 };

/* The header of one message in one piece of memory: the plugin's functions that put these
 * structures together use what they allocate without a look whether it is there. Name, password
 * and token are the credential's own, so that no copy of them has to be wiped. */
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

/* gSOAP's members are char *, but what is sent is only read. */
static char *member(const char *text) {
  return (char *)(uintptr_t)text;
}

static bool put_username(struct soap *soap, struct header_parts *parts,
                         const struct ets_credential *credential) {
  soap_default__wsse__UsernameToken(soap, &parts->username);
  soap_default__wsse__Password(soap, &parts->password);
  parts->security.UsernameToken = &parts->username;
  parts->username.Username = credential->name;
  parts->username.Password = &parts->password;
  parts->password.Type = member(wsse_PasswordTextURI);
  parts->password.__item = credential->secret;
  if (credential->kind != ETS_CREDENTIAL_DIGEST)
    return true;
  soap_default_wsse__EncodedString(soap, &parts->nonce);
  parts->username.Nonce = &parts->nonce;
  parts->username.wsu__Created = parts->created;
  parts->nonce.EncodingType = member(wsse_Base64BinaryURI);
  parts->nonce.__item = parts->nonce_text;
  parts->password.Type = member(wsse_PasswordDigestURI);
  parts->password.__item = parts->digest_text;
  return make_digest(parts, credential->secret);
}

static void put_timestamp(struct soap *soap, struct header_parts *parts) {
  soap_default__wsu__Timestamp(soap, &parts->timestamp);
  parts->security.wsu__Timestamp = &parts->timestamp;
  parts->timestamp.Created = parts->created;
  parts->timestamp.Expires = parts->expires;
}

static bool put_header(struct soap *soap, struct header_parts *parts,
                       const struct ets_credential *credential, int lifetime) {
  bool token = credential->kind == ETS_CREDENTIAL_TOKEN;
  time_t now = time(NULL);
  print_date(parts->created, now);
  print_date(parts->expires, now + lifetime);
  soap_default_SOAP_ENV__Header(soap, &parts->header);
  soap_default__wsse__Security(soap, &parts->security);
  soap->header = &parts->header;
  if (lifetime > 0)
    put_timestamp(soap, parts);
  if (lifetime > 0 || !token)
    parts->header.wsse__Security = &parts->security;
  if (!token)
    return put_username(soap, parts, credential);
  parts->header.fuel__fueloauth = credential->secret;
  return true;
}

bool ets_header_put(struct soap *soap, const struct ets_credential *credential, int lifetime) {
  soap->header = NULL;
  struct header_parts *parts = soap_malloc(soap, sizeof *parts);
  return parts && put_header(soap, parts, credential, lifetime);
}
