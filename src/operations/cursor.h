/* What the library knows of a cursor besides its public functions. */
#ifndef ETS_CURSOR_H
#define ETS_CURSOR_H

#include "call/session_private.h"

#include <etsoap/retrieve.h>

/* The session that it belongs to. */
ets_session *ets_cursor_session(const ets_cursor *cursor);

/* Takes back the row that was returned last: it is the next one again. */
void ets_cursor_put_back(ets_cursor *cursor, ets_object row);

#endif
