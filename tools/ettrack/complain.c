#include "ettrack.h"
#include "progress.h"

#include <stdarg.h>
#include <stdio.h>

void complain(const char *format, ...) {
  char message[1024];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  for (char *at = message; *at; at++)
    if ((unsigned char)*at < 0x20 || *at == 0x7F)
      *at = ' ';
  progress_clear();
  fprintf(stderr, "ettrack: %s\n", message);
}
