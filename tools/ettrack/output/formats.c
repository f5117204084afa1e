#include "ettrack/output/formats.h"

#include <stdio.h>
#include <string.h>

#define ETTRACK_FORMAT(name) extern const struct writer writer_##name;
#include "ettrack/output/formats.def"
#undef ETTRACK_FORMAT

static const struct {
  const char *name;
  const struct writer *writer;
} formats[] = {
#define ETTRACK_FORMAT(name) {#name, &writer_##name},
#include "ettrack/output/formats.def"
#undef ETTRACK_FORMAT
};

enum { FORMATS = sizeof formats / sizeof *formats };

const struct writer *format_find(const char *name) {
  for (size_t i = 0; i < FORMATS; i++)
    if (strcmp(formats[i].name, name) == 0)
      return formats[i].writer;
  return NULL;
}

const struct writer *format_default(void) {
  return formats[0].writer;
}

const char *format_name(size_t index) {
  return index < FORMATS ? formats[index].name : NULL;
}

const char *format_names(char *buffer, size_t size) {
  size_t used = 0;
  buffer[0] = '\0';
  for (size_t i = 0; i < FORMATS && used < size; i++) {
    const char *between = i == 0 ? "" : i + 1 < FORMATS ? ", " : " or ";
    used += (size_t)snprintf(buffer + used, size - used, "%s%s", between, formats[i].name);
  }
  return buffer;
}
