/* What a sink holds against its own records. */
#ifndef ETTRACK_EXPORT_AUDIT_H
#define ETTRACK_EXPORT_AUDIT_H

#include "ettrack/export/job.h"

struct audit_result {
  uint64_t windows; /* looked at */
  uint64_t wrong;   /* of those, and what has no record */
  uint64_t dropped; /* records, so that their windows are read again */
};

/* Looks at the windows of the job's period and says on stderr what is wrong. With --forget their
 * records are dropped. */
ets_status audit_sink(struct audit_result *result, const struct export_job *job,
                      const struct store *store, ets_error *error);

#endif
