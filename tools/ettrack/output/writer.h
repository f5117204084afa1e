/* How a format writes rows. */
#ifndef ETTRACK_OUTPUT_WRITER_H
#define ETTRACK_OUTPUT_WRITER_H

#include <etsoap/object.h>

struct output;

/* What a format does. */
struct writer {
  bool for_people; /* columns are chosen for reading, not for programs */
  bool (*begin)(struct output *output);
  void (*row)(struct output *output, const char *type, const ets_value *values);
  /* Puts what it holds back where output_flush() finds it; NULL: it holds nothing back. */
  void (*flush)(struct output *output);
  void (*end)(struct output *output, bool complete);
};

#endif
