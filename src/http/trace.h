/* Exchanges as pairs of files, redacted. */
#ifndef ETS_HTTP_TRACE_H
#define ETS_HTTP_TRACE_H

#include "http/client.h"

/* Where traces go. */
struct ets_trace_folder;

/* The files of one exchange; several may be open in a folder. */
struct ets_trace;

/* Opens the folder, and makes it when it is not there. It has to be one's own, writable by nobody
 * else, and no link: what is written there must not end up in another place.
 * @param subscribers  remove keys, ids and addresses of subscribers too
 * @param[out] folder  free with ets_trace_folder_free()
 * @return ETS_OK, ETS_E_IO, ETS_E_NOMEM */
ets_status ets_trace_folder_new(struct ets_trace_folder **folder, const char *path,
                                bool subscribers, ets_error *error);
void ets_trace_folder_free(struct ets_trace_folder *folder);

/* Begins the next pair, `NNNN-OPERATION-request.txt` and `-answer.txt`, readable by the owner only;
 * files of these names that are there are replaced.
 * @param secrets  removed wherever they stand, see ets_masker_begin()
 * @param[out] trace  close with ets_trace_close() */
ets_status ets_trace_open(struct ets_trace **trace, struct ets_trace_folder *folder,
                          const char *operation, const char *const *secrets, ets_error *error);

/* What is given to the request. Lives as long as the trace. */
struct ets_http_tap *ets_trace_tap(struct ets_trace *trace);

/* NULL is allowed.
 * @return ETS_OK, ETS_E_IO when not all of it could be written */
ets_status ets_trace_close(struct ets_trace *trace, ets_error *error);

#endif
