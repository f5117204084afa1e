/* A send's tracking summary by its JobID.
 *
 *   send_summary JOBID
 */
#include <etsoap/etsoap.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  static const char *const counts[] = {"NumberSent", "NumberDelivered", "UniqueOpens",
                                       "HardBounces", "SoftBounces"};
  ets_session *session = NULL;
  ets_error error;
  ets_object send;
  char *end = NULL;
  long long job = argc == 2 ? strtoll(argv[1], &end, 10) : 0;
  if (job < 1 || job > INT32_MAX || *end) {
    fputs("send_summary: give a JOBID, a number from 1 to 2147483647\n", stderr);
    return 2;
  }
  if (ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "send_summary: %s\n", error.message);
    return 1;
  }
  ets_status status = ets_send_summary(&send, session, (int32_t)job, NULL);
  if (status == ETS_OK) {
    printf("SentDate %s\n", ets_get_text(send, "SentDate"));
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
      printf("%s %" PRId64 "\n", counts[i], ets_get_integer(send, counts[i], 0));
  }
  if (status != ETS_OK || fflush(stdout) || ferror(stdout))
    fprintf(stderr, "send_summary: %s\n",
            status != ETS_OK ? ets_session_error(session)->message : "cannot write to stdout");
  ets_session_free(session);
  return status == ETS_OK && !ferror(stdout) ? 0 : 1;
}
