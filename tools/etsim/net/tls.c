#include "net/tls.h"

#include <stdio.h>

#include <openssl/err.h>

static void complain(const char *file, const char *right) {
  char reason[256];
  ERR_error_string_n(ERR_peek_last_error(), reason, sizeof reason);
  fprintf(stderr, "etsim: --tls %s: %s (%s)\n", file, right, reason);
}

SSL_CTX *tls_open(const char *certificate, const char *key) {
  SSL_CTX *context = SSL_CTX_new(TLS_server_method());
  if (!context || SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1)
    complain(certificate, "TLS cannot be set up");
  else if (SSL_CTX_use_certificate_chain_file(context, certificate) != 1)
    complain(certificate, "no certificate in PEM format");
  else if (SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1)
    complain(key, "no private key in PEM format that fits the certificate");
  else
    return context;
  SSL_CTX_free(context);
  return NULL;
}
