/* What a user's program may take from the system is the program's own choice: strict C11 with GNU
 * names, or C++17. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <etsoap/etsoap.h>

#ifdef ETSOAP_STUBS
#error "the flags of the open form"
#endif
#ifdef WITH_OPENSSL
#error "gSOAP's definitions"
#endif
#if defined(__has_include)
#if __has_include(<libxml/tree.h>) || __has_include("etH.h")
#error "include paths that no public header needs"
#endif
#endif

int main(void) {
  struct tm day = {0};
  char *text = NULL;
  day.tm_year = 126;
  day.tm_mday = 1;
  if (asprintf(&text, "%s %lld", ets_version(), (long long)timegm(&day)) < 0)
    return 1;
  puts(text);
  free(text);
  ets_session *session = NULL;
  ets_error error;
  ets_object send;
  ets_status status = ets_session_from_environment(&session, &error);
  if (status == ETS_OK)
    status = ets_send_summary(&send, session, 12043295, NULL);
  if (status == ETS_OK)
    printf("sent %lld\n", (long long)ets_get_integer(send, "NumberSent", -1));
  else
    fprintf(stderr, "%s\n", session ? ets_session_error(session)->message : error.message);
  ets_session_free(session);
  return status == ETS_OK ? 0 : 1;
}
