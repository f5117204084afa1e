/** @file
 * The library's version: of the headers that a program is compiled with, and of the library that
 * it runs with. Both are the same unless libetsoap.so.0 was replaced since. */
#ifndef ETSOAP_VERSION_H
#define ETSOAP_VERSION_H

#include <etsoap/visibility.h>

ETS_BEGIN_DECLS

#define ETSOAP_VERSION_MAJOR 0 /**< Before 1, a minor version may change the API. */
#define ETSOAP_VERSION_MINOR 1 /**< Something was added. */
#define ETSOAP_VERSION_PATCH 0 /**< Something was mended. */

/** The version as one number that grows: 10203 is 1.2.3. For `#if`. */
#define ETSOAP_VERSION_NUMBER \
  (ETSOAP_VERSION_MAJOR * 10000 + ETSOAP_VERSION_MINOR * 100 + ETSOAP_VERSION_PATCH)

/** @cond */
#define ETSOAP_VERSION_JOIN(major, minor, patch) #major "." #minor "." #patch
#define ETSOAP_VERSION_EXPAND(major, minor, patch) ETSOAP_VERSION_JOIN(major, minor, patch)
/** @endcond */

/** The version as text, "1.2.3". */
#define ETSOAP_VERSION_TEXT \
  ETSOAP_VERSION_EXPAND(ETSOAP_VERSION_MAJOR, ETSOAP_VERSION_MINOR, ETSOAP_VERSION_PATCH)

/** The day that the version was made, as manual pages show it; before a release the day of the last
 * change to them. */
#define ETSOAP_VERSION_DATE "2026-11-22"

/** The version of the library that the program runs with. Does not talk to the network.
 * @return ETSOAP_VERSION_TEXT as it was when the library was compiled; static */
ETS_API const char *ets_version(void);

ETS_END_DECLS
#endif
