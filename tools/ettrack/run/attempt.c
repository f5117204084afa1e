#include "ettrack/run/attempt.h"

#include "ettrack/columns/rates.h"
#include "ettrack/run/names.h"

void attempt_explain(const struct work *work, size_t index, ets_session *session, ets_status status,
                     ets_error *error) {
  bool chosen = work->service->options->properties.count > 0;
  if (status != ETS_E_REFUSED || !chosen || !work->object_type)
    return;
  struct columns asked = {NULL, NULL, 0};
  const char *type = work->object_type(work, index);
  bool rates_too = work->rates && rates_are_of(type);
  if (rates_asked(&asked, work->columns, rates_too ? type : ""))
    names_explain(error, work->service, session, type, &asked, rates_too);
  columns_free(&asked);
}

ets_status attempt(const struct work *work, size_t index, ets_session *session,
                   const struct taker *taker, ets_error *error) {
  ets_status status = work->run(work, index, session, taker);
  *error = *ets_session_error(session);
  if (status == ETS_E_NOT_FOUND && error->status != status && work->nothing)
    ets_error_set(error, status, "%s", work->nothing);
  attempt_explain(work, index, session, status, error);
  return status;
}
