#include <etsoap/error.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cuts a trailing incomplete UTF-8 sequence that truncation may have left. */
static void cut_at_character(char *text) {
  size_t length = strlen(text);
  size_t start = length;
  while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
    start--;
  if (start == 0)
    return;
  unsigned char lead = (unsigned char)text[start - 1];
  size_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (length - (start - 1) < wanted)
    text[start - 1] = '\0';
}

ets_status ets_error_set(ets_error *error, ets_status status, const char *format, ...) {
  if (!error)
    return status;
  /* The arguments may quote the old message, so it is replaced only when the new one is made. */
  char message[sizeof error->message];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  if (length < 0)
    message[0] = '\0';
  if (length >= (int)sizeof message)
    cut_at_character(message);
  for (char *c = message; *c; c++)
    if ((unsigned char)*c < 0x20 || *c == 0x7F)
      *c = ' ';
  *error = (ets_error){.status = status};
  memcpy(error->message, message, strlen(message) + 1);
  return status;
}

/* Faults of which the code says that nothing was done have a status of their own. */
bool ets_error_leaves_open(const ets_error *error) {
  switch (error->status) {
  case ETS_E_CUT:
  case ETS_E_TIMEOUT:
  case ETS_E_ABORTED:
  case ETS_E_HTTP:
  case ETS_E_PROTOCOL:
  case ETS_E_NOMEM:
    return true;
  case ETS_E_FAULT:
    return !error->not_begun;
  default:
    return false;
  }
}
