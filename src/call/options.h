/* The options of a session, checked. */
#ifndef ETS_SESSION_OPTIONS_H
#define ETS_SESSION_OPTIONS_H

#include <etsoap/session.h>

#include <stddef.h>

/* One number among them, by its row in options.def. */
struct ets_session_number {
  const char *name;
  size_t offset;
  size_t size; /* of the member: an int or an int64_t */
  int64_t least;
  int64_t most;
  const char *unit;
};

enum ets_session_number_id {
#define ETS_SESSION_NUMBER(name, environment, least, most, unit) ETS_SESSION_##name,
#include "call/options.def"
#undef ETS_SESSION_NUMBER
  ETS_SESSION_NUMBER_COUNT
};

extern const struct ets_session_number ets_session_numbers[ETS_SESSION_NUMBER_COUNT];

/* What a program asked for, of any version: what it does not know of is as usual.
 * @param[out] full  strings are borrowed from `given`
 * @param given      NULL: as usual
 * @return ETS_OK, ETS_E_USAGE for a version that is none, or a number that is out of range */
ets_status ets_session_options_read(ets_session_options *full, const ets_session_options *given,
                                    ets_error *error);

/* Sets one number, in range or not. */
void ets_session_options_set(ets_session_options *options, enum ets_session_number_id id,
                             int64_t value);

#endif
