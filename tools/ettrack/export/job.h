/* An export as it was asked for. */
#ifndef ETTRACK_EXPORT_JOB_H
#define ETTRACK_EXPORT_JOB_H

#include "ettrack/export/shard.h"
#include "ettrack/sinks/store.h"
#include "ettrack/run/service.h"

struct export_own {
  const char *to;
  const char *table_names; /* "sent,open"; NULL: the usual ones */
  struct names tables;     /* the same, read */
  struct duration window, again;
  struct shard shard;
  bool ndjson, plain;
  bool log;
  bool windows; /* status: each */
};

struct export_job {
  struct service *service;
  const struct export_own *own;
};

/* The three of them return an exit code. */
int export_run(const struct export_job *job);
int export_status(const struct export_job *job);
int export_verify(const struct export_job *job);

/* "sent, account 10001, 2026-11-20"; with its hours when it is no whole day. Returns `buffer`. */
const char *export_name(char *buffer, size_t size, const char *table, int32_t account, int64_t from,
                        int64_t until, int utc_offset);

#endif
