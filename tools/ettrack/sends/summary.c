#include "ettrack/sends/summary.h"

#include "ettrack/columns/source.h"

#include <stdlib.h>

ets_status summary_fetch(struct copies *row, const struct service *service, ets_session *session,
                         int32_t job_id, const struct columns *columns,
                         const struct columns *asked) {
  const ets_scope scope = asked ? service_scope_of(service, asked) : service_scope(service);
  ets_object send;
  ets_status status = ets_send_summary(&send, session, job_id, &scope);
  if (status != ETS_OK)
    return status;
  struct source *sources = sources_of(columns);
  ets_value *values = calloc(row->columns, sizeof *values);
  bool good = sources && values;
  for (size_t i = 0; good && i < columns->count; i++)
    values[i] = source_value(&sources[i], send);
  good = good && copies_add(row, "Send", values);
  free(values);
  sources_free(sources, columns->count);
  return good ? ETS_OK : ETS_E_NOMEM;
}
