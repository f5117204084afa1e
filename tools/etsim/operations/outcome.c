#include "operations/outcome.h"

#include <stdarg.h>
#include <stdio.h>

static void vsay(struct outcome *outcome, const char *format, va_list list) {
  (void)vsnprintf(outcome->message, sizeof outcome->message, format, list);
}

void outcome_say(struct outcome *outcome, const char *format, ...) {
  va_list list;
  va_start(list, format);
  vsay(outcome, format, list);
  va_end(list);
}

void outcome_fail(struct outcome *outcome, int code, const char *format, ...) {
  outcome->code = code;
  va_list list;
  va_start(list, format);
  vsay(outcome, format, list);
  va_end(list);
}
