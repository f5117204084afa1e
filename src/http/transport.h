/* Watches the bytes go by: counts them, keeps what tells one transport failure from another. */
#ifndef ETS_TRANSPORT_H
#define ETS_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct soap;

struct ets_transport {
  size_t (*receive)(struct soap *, char *, size_t);
  int (*send)(struct soap *, const char *, size_t);
  int (*parse_header)(struct soap *, const char *, const char *);
  int (*parse)(struct soap *); /* of a token exchange: gSOAP's own */
  uint64_t received;           /* bytes of the answer in hand, HTTP header included */
  int64_t waited;              /* milliseconds that the last receive took */
  bool ended;                  /* the last receive returned nothing */
  char content_type[64];       /* of the answer in hand */
};

/* Puts the hooks on `soap`; soap->user has to be the session. */
void ets_transport_install(struct soap *soap, struct ets_transport *transport);

/* Before each exchange. */
void ets_transport_begin(struct ets_transport *transport);

#endif
