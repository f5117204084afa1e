/* `_etsoap.json` at the top of a folder: which version of the layout it has, and how data is
 * written. */
#ifndef ETTRACK_SINKS_FOLDER_FORMAT_H
#define ETTRACK_SINKS_FOLDER_FORMAT_H

#include "ettrack/sinks/folder_io.h"
#include "ettrack/sinks/sink.h"

struct folder_format {
  bool ndjson, gzip;
  const char *ending; /* of data files, "csv.gz"; static */
};

/* Reads it; with `create` it is made in a folder that is empty. Refuses a folder that is something
 * else, that a newer version made, or that is not as `options` (may be NULL) wish. */
ets_status folder_format_open(struct folder_format *format, const struct folder_dir *top,
                              const struct store_options *options, bool create, ets_error *error);

#endif
