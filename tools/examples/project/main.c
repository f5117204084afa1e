/* The links of a send with their clicks: links JOBID */
#include <etsoap/etsoap.h>

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  ets_session *session = NULL;
  ets_cursor *cursor = NULL;
  ets_error error;
  ets_object link;
  char *end = NULL;
  long long job = argc == 2 ? strtoll(argv[1], &end, 10) : 0;
  bool usage = job < 1 || job > INT32_MAX || *end;
  if (usage || ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "links: %s\n", usage ? "give a JOBID, 1 to 2147483647" : error.message);
    return usage ? 2 : 1;
  }
  ets_status status = ets_links_open(&cursor, session, (int32_t)job, NULL);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &link)) == ETS_OK)
    printf("%6lld  %s\n", (long long)ets_get_integer(link, "Link.UniqueClicks", 0),
           ets_get_text_or(link, "Link.URL", ""));
  if (status != ETS_END || fflush(stdout) || ferror(stdout))
    fprintf(stderr, "links: %s\n",
            status != ETS_END ? ets_session_error(session)->message : "cannot write to stdout");
  ets_cursor_close(cursor);
  ets_session_free(session);
  return status == ETS_END && !ferror(stdout) ? 0 : 1;
}
