/* What one object of a request came to. */
#ifndef ETSIM_OPERATIONS_OUTCOME_H
#define ETSIM_OPERATIONS_OUTCOME_H

#include "common/buffer.h"
#include "ground/random.h"

/* ErrorCodes of the service that more than one type has. */
enum error_code {
  ERROR_EXISTS = 1,
  ERROR_FAILED = 2,
  ERROR_NOT_APPLICABLE = 3,
  ERROR_NO_ACCESS = 4,
  ERROR_NOT_ALLOWED = 5,
  ERROR_NOT_SUPPORTED = 8,
  ERROR_INVALID_ADDRESS = 12000
};

struct outcome {
  int code; /* ErrorCode; 0: done */
  char message[320];
  char new_id[16]; /* "" when there is none */
  char new_object_id[GUID_SIZE];
  const char *result_type; /* "DataExtension" of DataExtensionCreateResult; NULL: the plain one */
  struct buffer extra;     /* elements of that type, behind those of its base */
};

void outcome_fail(struct outcome *outcome, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void outcome_say(struct outcome *outcome, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
