#include "ettrack/sends/summary.h"

#include "ettrack/columns/source.h"

#include <stdlib.h>

/* Properties of the user's choice are a Retrieve of their own, with the same filter. */
static ets_status fetch_chosen(ets_object *send, const struct service *service,
                               ets_session *session, int32_t job_id, const struct columns *asked) {
  ets_retrieve request = service_retrieve(service, "Send", asked);
  ets_cursor *cursor = NULL;
  ets_filter *filter = ets_filter_equals_integer("ID", job_id);
  request.filter = filter;
  ets_status status = filter ? ets_cursor_open(&cursor, session, &request) : ETS_E_NOMEM;
  ets_filter_free(filter);
  if (status == ETS_OK)
    status = ets_cursor_next(cursor, send);
  if (status == ETS_OK)
    ets_cursor_keep(cursor);
  ets_cursor_close(cursor);
  return status;
}

ets_status summary_fetch(struct copies *row, const struct service *service, ets_session *session,
                         int32_t job_id, const struct columns *columns,
                         const struct columns *asked) {
  const ets_scope scope = service_scope(service);
  ets_object send;
  ets_status status = asked ? fetch_chosen(&send, service, session, job_id, asked) : ETS_END;
  if (status == ETS_END)
    status = ets_send_summary(&send, session, job_id, &scope);
  if (status != ETS_OK)
    return status;
  struct source *sources = sources_of(columns);
  ets_value *values = calloc(row->columns, sizeof *values);
  bool good = sources && values;
  for (size_t i = 0; good && i < columns->count; i++)
    values[i] = source_value(&sources[i], send);
  good = good && copies_add(row, "Send", values);
  free(values);
  free(sources);
  return good ? ETS_OK : ETS_E_NOMEM;
}
