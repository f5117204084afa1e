/* Documents by HTTP and HTTPS: verified, few redirects, bounded size and time. */
#ifndef ETWSDL_SOURCE_FETCH_H
#define ETWSDL_SOURCE_FETCH_H

#include "etwsdl/source/bundle.h"

struct http_options {
  const char *ca_file; /* PEM with the authorities to trust instead of the system's */
  const char *proxy;   /* http://host:port; NULL: what the environment says */
  const char *cache;   /* folder of what fetch_keep() kept, asked for only when it has changed */
  bool afresh;         /* but not this time: all of it is asked for */
};

/* The context of the reader is a struct http_options. */
extern const struct bundle_reader bundle_from_http;

/* The contract at an address and its imports. False after errors went to the bundle's holder. */
bool fetch_bundle(struct bundle *bundle, const char *address, const char *name,
                  const struct http_options *options);

/* Keeps what was fetched for the next time; once it was read, or else what is cut off or a page to
 * log in would be taken for the contract until it changes. False after a message. */
bool fetch_keep(const struct bundle *bundle, const struct http_options *options);

/* False after a message when this is no address that can be fetched: the scheme, or a password in
 * it, which would be in the list of processes. */
bool http_is_fetchable(const char *address, const char *what);

#endif
