#include "http/private.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <stdio.h>
#include <stdlib.h>

static bool holds_authorities(const char *ca_file) {
  X509_STORE *store = X509_STORE_new();
  ERR_set_mark();
  bool loaded = store && X509_STORE_load_file(store, ca_file) == 1;
  ERR_pop_to_mark();
  X509_STORE_free(store);
  return loaded;
}

static ets_status check(const char *ca_file, ets_error *error) {
  FILE *readable = fopen(ca_file, "r");
  if (!readable)
    return ets_error_set(error, ETS_E_IO, "cannot read the authorities' file %s", ca_file);
  fclose(readable);
  if (!holds_authorities(ca_file))
    return ets_error_set(error, ETS_E_TLS, "no certificate can be read from %s: expected PEM",
                         ca_file);
  return ETS_OK;
}

/* Answers hold secrets too: OpenSSL wipes what it has handed on. */
static CURLcode set_context(CURL *easy, void *context, void *own) {
  (void)easy, (void)own;
  SSL_CTX_set_options(context, SSL_OP_CLEANSE_PLAINTEXT);
  return CURLE_OK;
}

static CURLcode set_file(CURL *easy, const char *file) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_CAINFO, file);
  return code == CURLE_OK ? curl_easy_setopt(easy, CURLOPT_PROXY_CAINFO, file) : code;
}

static CURLcode set_folder(CURL *easy, const char *folder) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_CAPATH, folder);
  return code == CURLE_OK ? curl_easy_setopt(easy, CURLOPT_PROXY_CAPATH, folder) : code;
}

/* A file of one's own replaces the system's authorities; those are where libcurl knows, or where
 * the variables say that OpenSSL and curl look at. */
static CURLcode set_authorities(CURL *easy, const char *ca_file) {
  bool own = ca_file && *ca_file;
  const char *file = own ? ca_file : getenv("SSL_CERT_FILE");
  const char *folder = own ? NULL : getenv("SSL_CERT_DIR");
  CURLcode code = file && *file ? set_file(easy, file) : CURLE_OK;
  return code == CURLE_OK && (own || (folder && *folder)) ? set_folder(easy, folder) : code;
}

ets_status ets_http_set_trust(CURL *easy, const char *ca_file, ets_error *error) {
  ets_status status = ca_file && *ca_file ? check(ca_file, error) : ETS_OK;
  if (status != ETS_OK)
    return status;
  if (set_authorities(easy, ca_file) != CURLE_OK)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(easy, CURLOPT_PROXY_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(easy, CURLOPT_PROXY_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_PROXY_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, set_context);
  return ETS_OK;
}
