#include "http/libcurl.h"

#ifdef ETS_CURL_FILE

#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Filled once for the process, as the dynamic linker would, and never unloaded: OpenSSL's and
 * others' handlers at exit are in it. */
#define MEMBER(name) __typeof__(name) *name;
static struct { ETS_CURL_MAP(MEMBER) } library;
#undef MEMBER

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char problem[300]; /* empty: loaded */

static bool find(void *handle, const char *name, void *function) {
  void *found = dlsym(handle, name);
  memcpy(function, &found, sizeof found);
  if (!found)
    snprintf(problem, sizeof problem, ETS_CURL_FILE " has no %s; install libcurl 7.85 or newer",
             name);
  return found;
}

static void load(void) {
  void *handle = dlopen(ETS_CURL_FILE, RTLD_LAZY | RTLD_LOCAL);
  if (!handle)
    snprintf(problem, sizeof problem, "libcurl cannot be loaded: %.200s; install it (libcurl4)",
             dlerror());
  bool found = handle;
#define FIND(name) found = found && find(handle, #name, &library.name);
  ETS_CURL_MAP(FIND)
#undef FIND
  if (!found && handle)
    dlclose(handle);
}

ets_status ets_curl_load(ets_error *error) {
  pthread_once(&once, load);
  return *problem ? ets_error_set(error, ETS_E_IO, "%s", problem) : ETS_OK;
}

/* The names in parentheses are no macros. */
void(curl_easy_cleanup)(CURL *easy) {
  library.curl_easy_cleanup(easy);
}

CURL *(curl_easy_duphandle)(CURL *easy) {
  return library.curl_easy_duphandle(easy);
}

/* All that it fills is told by a pointer. */
CURLcode(curl_easy_getinfo)(CURL *easy, CURLINFO info, ...) {
  va_list list;
  va_start(list, info);
  CURLcode code = (library.curl_easy_getinfo)(easy, info, va_arg(list, void *));
  va_end(list);
  return code;
}

CURL *(curl_easy_init)(void) {
  return library.curl_easy_init();
}

CURLcode(curl_easy_pause)(CURL *easy, int what) {
  return library.curl_easy_pause(easy, what);
}

/* An option's number says of which type its value is. */
CURLcode(curl_easy_setopt)(CURL *easy, CURLoption option, ...) {
  CURLcode code;
  va_list list;
  va_start(list, option);
  if ((int)option < CURLOPTTYPE_OBJECTPOINT)
    code = (library.curl_easy_setopt)(easy, option, va_arg(list, long));
  else if ((int)option >= CURLOPTTYPE_OFF_T && (int)option < CURLOPTTYPE_BLOB)
    code = (library.curl_easy_setopt)(easy, option, va_arg(list, curl_off_t));
  else
    code = (library.curl_easy_setopt)(easy, option, va_arg(list, void *));
  va_end(list);
  return code;
}

void(curl_free)(void *memory) {
  library.curl_free(memory);
}

time_t(curl_getdate)(const char *text, const time_t *unused) {
  return library.curl_getdate(text, unused);
}

void(curl_global_cleanup)(void) {
  library.curl_global_cleanup();
}

CURLcode(curl_global_init)(long what) {
  return library.curl_global_init(what);
}

CURLMcode(curl_multi_add_handle)(CURLM *multi, CURL *easy) {
  return library.curl_multi_add_handle(multi, easy);
}

CURLMcode(curl_multi_cleanup)(CURLM *multi) {
  return library.curl_multi_cleanup(multi);
}

CURLMsg *(curl_multi_info_read)(CURLM *multi, int *left) {
  return library.curl_multi_info_read(multi, left);
}

CURLM *(curl_multi_init)(void) {
  return library.curl_multi_init();
}

CURLMcode(curl_multi_perform)(CURLM *multi, int *running) {
  return library.curl_multi_perform(multi, running);
}

CURLMcode(curl_multi_poll)(CURLM *multi, struct curl_waitfd extra[], unsigned extra_count,
                           int timeout, int *events) {
  return library.curl_multi_poll(multi, extra, extra_count, timeout, events);
}

CURLMcode(curl_multi_remove_handle)(CURLM *multi, CURL *easy) {
  return library.curl_multi_remove_handle(multi, easy);
}

const char *(curl_multi_strerror)(CURLMcode code) {
  return library.curl_multi_strerror(code);
}

CURLSHcode(curl_share_cleanup)(CURLSH *share) {
  return library.curl_share_cleanup(share);
}

/* No handlers of locks: a client is used from one thread. */
CURLSHcode(curl_share_setopt)(CURLSH *share, CURLSHoption option, ...) {
  va_list list;
  va_start(list, option);
  CURLSHcode code = (library.curl_share_setopt)(share, option, va_arg(list, int));
  va_end(list);
  return code;
}

CURLSH *(curl_share_init)(void) {
  return library.curl_share_init();
}

struct curl_slist *(curl_slist_append)(struct curl_slist *list, const char *line) {
  return library.curl_slist_append(list, line);
}

void(curl_slist_free_all)(struct curl_slist *list) {
  library.curl_slist_free_all(list);
}

CURLU *(curl_url)(void) {
  return library.curl_url();
}

void(curl_url_cleanup)(CURLU *url) {
  library.curl_url_cleanup(url);
}

#if LIBCURL_VERSION_NUM >= 0x080000
typedef const CURLU readable_url;
#else
typedef CURLU readable_url;
#endif

CURLUcode(curl_url_get)(readable_url *url, CURLUPart part, char **text, unsigned flags) {
  return library.curl_url_get(url, part, text, flags);
}

CURLUcode(curl_url_set)(CURLU *url, CURLUPart part, const char *text, unsigned flags) {
  return library.curl_url_set(url, part, text, flags);
}

#else

ets_status ets_curl_load(ets_error *error) {
  (void)error;
  return ETS_OK;
}

#endif
