/* libcurl, loaded when the first address is looked at rather than with the program: its forty
 * libraries take longer to load than all else of a start, and much of what programs do asks nobody.
 * Its functions are called by their own names, and checked as such; those that are listed here are
 * the assembler's ets_curl_..., in libcurl.c, so that nothing needs libcurl at link time. Without
 * ETS_CURL_FILE (a static libcurl) it is linked like any other library. */
#ifndef ETS_HTTP_LIBCURL_H
#define ETS_HTTP_LIBCURL_H

#include <etsoap/error.h>

#include <curl/curl.h>

#ifdef ETS_CURL_FILE
#define ETS_CURL_MAP(X)       \
  X(curl_easy_cleanup)        \
  X(curl_easy_duphandle)      \
  X(curl_easy_getinfo)        \
  X(curl_easy_init)           \
  X(curl_easy_pause)          \
  X(curl_easy_setopt)         \
  X(curl_free)                \
  X(curl_getdate)             \
  X(curl_global_cleanup)      \
  X(curl_global_init)         \
  X(curl_multi_add_handle)    \
  X(curl_multi_cleanup)       \
  X(curl_multi_info_read)     \
  X(curl_multi_init)          \
  X(curl_multi_perform)       \
  X(curl_multi_poll)          \
  X(curl_multi_remove_handle) \
  X(curl_multi_strerror)      \
  X(curl_share_cleanup)       \
  X(curl_share_init)          \
  X(curl_share_setopt)        \
  X(curl_slist_append)        \
  X(curl_slist_free_all)      \
  X(curl_url)                 \
  X(curl_url_cleanup)         \
  X(curl_url_get)             \
  X(curl_url_set)

#define ETS_CURL_RENAMED(name) extern __typeof__(name) name __asm__("ets_" #name);
ETS_CURL_MAP(ETS_CURL_RENAMED)
#undef ETS_CURL_RENAMED
#endif

/* Comes before any other use of libcurl; does nothing the second time.
 * @return ETS_OK, ETS_E_IO when it is not there or lacks a function */
ets_status ets_curl_load(ets_error *error);

#endif
