/* The links of a send with their clicks: links JOBID */
#include <etsoap/etsoap.h>

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  ets_session *session = NULL;
  ets_cursor *cursor = NULL;
  ets_error error;
  ets_object link;
  if (argc != 2 || ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "links: %s\n", argc == 2 ? error.message : "give a JOBID");
    return argc == 2 ? 1 : 2;
  }
  ets_status status = ets_links_open(&cursor, session, (int32_t)strtol(argv[1], NULL, 10), NULL);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &link)) == ETS_OK)
    printf("%6lld  %s\n", (long long)ets_get_integer(link, "Link.UniqueClicks", 0),
           ets_get_text_or(link, "Link.URL", ""));
  if (status != ETS_END)
    fprintf(stderr, "links: %s\n", ets_session_error(session)->message);
  ets_cursor_close(cursor);
  ets_session_free(session);
  return status == ETS_END ? 0 : 1;
}
