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
  bool forget;  /* verify: records that are wrong */
};

struct export_job {
  struct service *service;
  const struct export_own *own;
};

/* The three of them return an exit code. */
int export_run(const struct export_job *job);
int export_status(const struct export_job *job);
int export_verify(const struct export_job *job);

#endif
