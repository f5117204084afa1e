#include "tracking/triggered.h"

#include "call/session_private.h"
#include "tracking/question.h"

static const char *const summary_properties[] = {"CustomerKey",
                                                 "TriggeredSendDefinition.ObjectID",
                                                 "Client.ID",
                                                 "Sent",
                                                 "NotSentDueToOptOut",
                                                 "NotSentDueToUndeliverable",
                                                 "NotSentDueToError",
                                                 "InProcess",
                                                 "Queued",
                                                 "Bounces",
                                                 "Opens",
                                                 "UniqueOpens",
                                                 "Clicks",
                                                 "UniqueClicks",
                                                 "OptOuts",
                                                 "SurveyResponses",
                                                 "FTAFRequests",
                                                 "FTAFEmailsSent",
                                                 "FTAFOptIns",
                                                 "Conversions",
                                                 "UniqueConversions",
                                                 NULL};

const char *const *ets_triggered_properties(void) {
  return summary_properties;
}

ets_status ets_triggered_open(ets_cursor **cursor, ets_session *session, const char *key,
                              const ets_scope *scope) {
  struct ets_question question;
  *cursor = NULL;
  ets_status status =
      ets_question_begin(&question, session, "TriggeredSendSummary", summary_properties, scope);
  if (status == ETS_OK && key && !*key)
    status = ets_session_fail(session, ETS_E_USAGE, "triggered send: the key is empty");
  if (status != ETS_OK)
    return status;
  ets_filter *filter = key ? ets_filter_equals("CustomerKey", key) : NULL;
  if (key && !filter)
    return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  return ets_question_open(cursor, session, &question, filter);
}

ets_status ets_triggered_object_id(char object_id[ETS_OBJECT_ID_SIZE], ets_session *session,
                                   const char *key, const ets_scope *scope) {
  static const char *const properties[] = {"ObjectID", "CustomerKey", NULL};
  ets_cursor *cursor;
  ets_object row;
  ets_status status = ets_question_find(&cursor, session, "TriggeredSendDefinition", properties,
                                        scope, ets_filter_equals("CustomerKey", key));
  if (status == ETS_OK)
    status = ets_cursor_next(cursor, &row);
  if (status == ETS_END)
    status = ets_session_fail(session, ETS_E_NOT_FOUND,
                              "no triggered send definition %.200s in this account", key);
  if (status == ETS_OK)
    status = ets_question_key(object_id, ETS_OBJECT_ID_SIZE, session, row, "ObjectID", key);
  ets_cursor_close(cursor);
  return status;
}
