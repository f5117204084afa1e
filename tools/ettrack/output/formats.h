/* The formats of the output, and how each writes rows. */
#ifndef ETTRACK_OUTPUT_FORMATS_H
#define ETTRACK_OUTPUT_FORMATS_H

#include <etsoap/object.h>

struct output;

/* What a format does. */
struct writer {
  bool for_people; /* columns are chosen for reading, not for programs */
  bool (*begin)(struct output *output);
  void (*row)(struct output *output, const char *type, const ets_value *values);
  void (*end)(struct output *output, bool complete);
};

/* The writer of a format, "csv"; NULL: there is none of that name. */
const struct writer *format_find(const char *name);

/* What is used unless another is asked for. */
const struct writer *format_default(void);

/* "table, csv, ... or xml" */
const char *format_names(char *buffer, size_t size);

#endif
