#include <etsoap/unsubscribe.h>

#include "call/session_private.h"
#include "contract/operations.h"

#include <etsoap/operations.h>

#include <inttypes.h>
#include <stdio.h>

enum { PARAMETERS = 7, DIGITS = 24 };

static ets_status refuse(ets_session *session, const char *why) {
  return ets_session_fail(session, ETS_E_USAGE, "unsubscribe: %s", why);
}

static ets_status check(ets_session *session, const ets_unsubscription *what) {
  ets_session_start(session, ets_operations[ETS_OP_EXECUTE].name);
  if (what->version != ETS_UNSUBSCRIPTION_VERSION)
    return refuse(session, "start from ETS_UNSUBSCRIPTION_INIT");
  const struct {
    const char *name;
    int64_t number;
  } numbers[] = {{"SubscriberID", what->subscriber_id},
                 {"JobID", what->job_id},
                 {"ListID", what->list_id},
                 {"BatchID", what->batch_id},
                 {"the MID", what->client_id}};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    if (numbers[i].number < 0)
      return ets_session_fail(session, ETS_E_USAGE,
                              "unsubscribe: %s is %" PRId64 ": expected 1 or more, or 0 for none",
                              numbers[i].name, numbers[i].number);
  if (what->subscriber_key && !*what->subscriber_key)
    return refuse(session, "SubscriberKey is empty: name one, or leave it NULL");
  if (what->email_address && !*what->email_address)
    return refuse(session, "EmailAddress is empty: name one, or leave it NULL");
  if (!what->subscriber_id && !what->subscriber_key && !what->email_address)
    return refuse(session, "nobody is named: give SubscriberID, SubscriberKey or EmailAddress");
  if (!what->job_id && !what->list_id && !what->from_everything)
    return refuse(session, "without JobID or ListID the subscriber is unsubscribed from everything "
                           "and no event is logged: set from_everything if that is meant");
  return ETS_OK;
}

/* What is told, in the service's names; the numbers are written into `texts`. */
static size_t make_parameters(ets_parameter parameters[PARAMETERS], char texts[PARAMETERS][DIGITS],
                              const ets_unsubscription *what) {
  const struct {
    const char *name, *text;
    int64_t number;
  } all[PARAMETERS] = {{"SubscriberID", NULL, what->subscriber_id},
                       {"SubscriberKey", what->subscriber_key, 0},
                       {"EmailAddress", what->email_address, 0},
                       {"JobID", NULL, what->job_id},
                       {"ListID", NULL, what->list_id},
                       {"BatchID", NULL, what->batch_id},
                       {"Reason", what->reason, 0}};
  size_t count = 0;
  for (size_t i = 0; i < PARAMETERS; i++) {
    if (!all[i].text && !all[i].number)
      continue;
    if (!all[i].text)
      snprintf(texts[i], DIGITS, "%" PRId64, all[i].number);
    parameters[count++] = (ets_parameter){all[i].name, all[i].text ? all[i].text : texts[i]};
  }
  return count;
}

ets_status ets_unsubscribe(ets_object *response, ets_session *session,
                           const ets_unsubscription *what) {
  ets_parameter parameters[PARAMETERS];
  char texts[PARAMETERS][DIGITS];
  *response = (ets_object){0};
  ets_status status = check(session, what);
  if (status != ETS_OK)
    return status;
  size_t count = make_parameters(parameters, texts, what);
  return ets_execute(response, session, "LogUnsubEvent", parameters, count, what->client_id);
}
