/** @file
 * Where OAuth 2 access tokens come from: what ets_auth_oauth() takes. */
#ifndef ETSOAP_OAUTH_H
#define ETSOAP_OAUTH_H

#include <stdbool.h>

/** Where access tokens come from (OAuth 2). Start from ETS_OAUTH_OPTIONS_INIT;
 * strings are copied. */
typedef struct ets_oauth_options {
  unsigned version;          /**< ETS_OAUTH_OPTIONS_VERSION */
  const char *auth_url;      /**< `https://SUBDOMAIN.auth.marketingcloudapis.com/`, or that with
                                  `v2/token`; https, or http on loopback */
  const char *client_id;     /**< of the installed package's API integration */
  const char *client_secret; /**< its secret */
  const char *account_id;    /**< MID of the business unit to act in; NULL: the package's own */
  const char *scope;         /**< names with a blank between two; NULL: all that the package has */
  bool cache;                /**< keep the token in a file that the user's processes share */
  const char *cache_folder;  /**< NULL: `$XDG_CACHE_HOME/etsoap`, or `~/.cache/etsoap` */
  int margin;                /**< seconds before it expires that a token is renewed; no more than
                                  half of its life counts */
  const char
      *redirect_uri; /**< a user signs in, see etsoap/login.h: the registered address that the
                                  browser comes back to; client_secret may be NULL then (public
                                  apps), and the cache is needed. NULL: client credentials */
} ets_oauth_options;

/** The version member of ets_oauth_options. */
#define ETS_OAUTH_OPTIONS_VERSION 1
/** An ets_oauth_options to start from. */
#define ETS_OAUTH_OPTIONS_INIT \
  { ETS_OAUTH_OPTIONS_VERSION, 0, 0, 0, 0, 0, true, 0, 60, 0 }

#endif
