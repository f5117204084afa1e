#include "ettrack/recipients/fate.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

const char *const fate_names[FATES] = {"OK", "Refused", "Unknown", "NotSent"};

static bool is_known(const char *status_code) {
  const char *word = status_code + strspn(status_code, " \t\r\n");
  return !*word || strncasecmp(word, "Error", 5) == 0;
}

enum fate fate_of(const ets_item *item) {
  switch (item->status) {
  case ETS_OK:
    return FATE_ACCEPTED;
  case ETS_E_REFUSED:
  case ETS_E_PERMISSION:
    return is_known(item->status_code) ? FATE_REFUSED : FATE_UNKNOWN;
  case ETS_E_PARTIAL: /* of the library's own making when it was not sent */
    return item->sent ? FATE_REFUSED : FATE_NOT_SENT;
  default:
    return item->sent ? FATE_UNKNOWN : FATE_NOT_SENT;
  }
}

const char *fate_reason(const ets_item *item, char *text, size_t size) {
  if (item->status == ETS_OK)
    return NULL;
  const char *failure = ets_get_text(item->result, "SubscriberFailures[0].ErrorDescription");
  const char *why = failure ? failure : item->message;
  if (item->status != ETS_E_REFUSED || is_known(item->status_code))
    return why;
  snprintf(text, size, "StatusCode %.60s%s%s", item->status_code, *why ? ": " : "", why);
  return text;
}
