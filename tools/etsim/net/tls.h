/* The server's side of TLS. */
#ifndef ETSIM_NET_TLS_H
#define ETSIM_NET_TLS_H

#include <openssl/ssl.h>

/* NULL after saying why on stderr. */
SSL_CTX *tls_open(const char *certificate, const char *key);

#endif
