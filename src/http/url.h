/* Addresses, by libcurl's parser. */
#ifndef ETS_HTTP_URL_H
#define ETS_HTTP_URL_H

#include <etsoap/error.h>

#include <stdbool.h>

struct ets_url {
  bool tls;
  bool loopback;
};

/* Takes an address apart that credentials may go to; see ets_http_check_url(). */
ets_status ets_url_parse(struct ets_url *url, const char *what, const char *text, ets_error *error);

#endif
