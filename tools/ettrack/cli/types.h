/* Event types, as the command line names them. */
#ifndef ETTRACK_CLI_TYPES_H
#define ETTRACK_CLI_TYPES_H

#include <etsoap/tracking.h>

struct event_types {
  ets_event_type items[ETS_EVENT_TYPE_COUNT]; /* each once */
  size_t count;
};

/* "open,ClickEvent". False after saying what is wrong. */
bool event_types_read(struct event_types *types, const char *text);

#endif
