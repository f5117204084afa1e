#include "operations/verdict.h"

#include "base/text.h"
#include "call/call.h"
#include "call/fault.h"
#include "call/retry.h"
#include "contract/types.h"

#include <string.h>
#include <strings.h>

ets_object ets_verdict_item(ets_object response, const struct ets_operation *operation,
                            size_t index) {
  ets_value item = ets_get_item(response, operation->items, index);
  const char *last = strrchr(operation->items, '.');
  char shorter[32];
  size_t n = last ? (size_t)(last - operation->items) : 0;
  if (item.presence == ETS_ABSENT && n > 0 && n < sizeof shorter &&
      !ets_type_declares(response.type, operation->items)) {
    memcpy(shorter, operation->items, n);
    shorter[n] = '\0';
    item = ets_get_item(response, shorter, index);
  }
  return item.presence == ETS_PRESENT ? item.object : (ets_object){0};
}

ets_status ets_verdict_of(ets_object item) {
  const char *code = ets_get_text(item, "StatusCode");
  if (!code || !code[strspn(code, " \t\r\n")])
    return ETS_E_PROTOCOL;
  if (ets_overall_of(code) != ETS_OVERALL_OK)
    return ETS_E_REFUSED;
  return ets_get(item, "SubscriberFailures[0]").presence == ETS_PRESENT ? ETS_E_PARTIAL : ETS_OK;
}

const char *ets_verdict_reason(ets_object item, int *code) {
  const char *message = ets_get_text(item, "StatusMessage");
  ets_status status = ets_verdict_of(item);
  *code = (int)ets_get_integer(item, "ErrorCode", 0);
  if (status == ETS_E_PARTIAL) {
    *code = (int)ets_get_integer(item, "SubscriberFailures[0].ErrorCode", *code);
    message = ets_get_text(item, "SubscriberFailures[0].ErrorDescription");
  }
  if ((message && *message) || status == ETS_OK)
    return message ? message : "";
  const char *said = ets_get_text(item, "StatusCode");
  return said && strcasecmp(said, "Error") != 0 ? said : ""; /* a word that nobody knows */
}

ets_status ets_verdict_unconfirmed(ets_error *error, const struct ets_operation *operation,
                                   const char *missing) {
  return ets_error_set(error, ETS_E_PROTOCOL, "the answer to %s has no %s%s", operation->name,
                       missing, operation->reads ? "" : ": " ETS_FATE_UNKNOWN);
}

static ets_status fail_unconfirmed(ets_session *session, const struct ets_operation *operation,
                                   const char *missing) {
  ets_error error;
  return ets_session_take(session, ets_verdict_unconfirmed(&error, operation, missing), &error);
}

ets_status ets_verdict_check(ets_session *session, ets_object response,
                             const struct ets_operation *operation) {
  ets_value overall = ets_get(response, "OverallStatus");
  if (operation->status == ETS_STATUS_NONE || overall.presence == ETS_PRESENT)
    return ETS_OK;
  return fail_unconfirmed(session, operation, "OverallStatus");
}

ets_status ets_verdict_surplus(ets_session *session, size_t confirmed, size_t surplus) {
  return ets_session_fail(
      session, ETS_E_PARTIAL,
      "each of %zu is confirmed, but the answer has results that are about none "
      "of them: %zu",
      confirmed, surplus);
}

struct count {
  size_t good;
  size_t refused;
  size_t unknown; /* no result, or one that does not say */
  size_t surplus; /* a write has one for each thing that it does, no more */
  const char *reason;
  int code;
};

static struct count count_items(ets_object response, const struct ets_operation *operation,
                                size_t expected) {
  struct count count = {0};
  size_t i = 0;
  for (;; i++) {
    ets_object item = ets_verdict_item(response, operation, i);
    if (!item.type)
      break;
    ets_status status = ets_verdict_of(item);
    count.good += status == ETS_OK;
    count.unknown += status == ETS_E_PROTOCOL;
    if (status == ETS_OK || status == ETS_E_PROTOCOL)
      continue;
    if (count.refused++ == 0)
      count.reason = ets_verdict_reason(item, &count.code);
  }
  count.unknown += i < expected ? expected - i : 0;
  count.surplus = i > expected && !operation->reads ? i - expected : 0;
  return count;
}

static ets_status fail_partly(ets_session *session, const struct count *count) {
  size_t all = count->good + count->refused + count->unknown;
  if (count->refused > 0)
    ets_session_fail(session, ETS_E_PARTIAL, "%zu of %zu refused, the first: %s", count->refused,
                     all, *count->reason ? count->reason : "no reason given");
  else
    ets_session_fail(session, ETS_E_PARTIAL,
                     "%zu of %zu without a result: whether they were carried out is not known",
                     count->unknown, all);
  session->error.code = count->code;
  return ETS_E_PARTIAL;
}

ets_status ets_verdict_judge(ets_session *session, ets_object response,
                             const struct ets_operation *operation, size_t expected) {
  ets_status status = ets_verdict_check(session, response, operation);
  if (status != ETS_OK || operation->status == ETS_STATUS_NONE)
    return status;
  const char *text = ets_get_text(response, "OverallStatus");
  const char *message = ets_get_text(response, "OverallStatusMessage");
  enum ets_overall overall = ets_overall_of(text);
  bool good = overall == ETS_OVERALL_OK || (operation->reads && overall == ETS_OVERALL_MORE);
  struct count count = {0};
  if (operation->status == ETS_STATUS_ALL)
    count = count_items(response, operation, expected);
  if (good && count.refused == 0 && count.unknown == 0)
    return count.surplus == 0 ? ETS_OK : ets_verdict_surplus(session, expected, count.surplus);
  if (count.good > 0 && (count.refused > 0 || count.unknown > 0))
    return fail_partly(session, &count);
  const char *reason = count.refused > 0 && *count.reason ? count.reason
                       : message && *message              ? message
                                                          : text;
  if (count.good > 0)
    return ets_session_fail(session, ETS_E_PARTIAL,
                            "the service confirms each and says %s of all: %s", text, reason);
  if (count.refused > 0 || !good)
    return ets_session_refused(session, reason, count.code);
  return fail_unconfirmed(session, operation, "result");
}
