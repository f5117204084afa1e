/* Asks for a period's tracking data as a file on the account's FTP site (Extract). Times are
 * written month first, in server time.
 *
 *   tracking_extract '11/1/2026 12:00:00 AM' '11/2/2026 12:00:00 AM' FILE.zip
 */
#include <etsoap/etsoap.h>

#include <stdio.h>

int main(int argc, char **argv) {
  ets_session *session = NULL;
  ets_error error;
  ets_object response;
  if (argc != 4 || ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "tracking_extract: %s\n",
            argc == 4 ? error.message : "give the begin, the end and FILE.zip");
    return argc == 4 ? 1 : 2;
  }
  const ets_parameter parameters[] = {{"StartDate", argv[1]},      {"EndDate", argv[2]},
                                      {"OutputFileName", argv[3]}, {"ExtractSent", "true"},
                                      {"ExtractOpens", "true"},    {"ExtractClicks", "true"}};
  ets_status status = ets_extract(&response, session, ETS_TRACKING_EXTRACT, parameters,
                                  sizeof parameters / sizeof *parameters);
  if (status != ETS_OK)
    fprintf(stderr, "tracking_extract: %s\n", ets_session_error(session)->message);
  else if (puts("accepted") == EOF || fflush(stdout))
    fputs("tracking_extract: accepted, but cannot write to stdout\n", stderr);
  ets_session_free(session);
  return status != ETS_OK ? 1 : ferror(stdout) ? 3 : 0;
}
