/* The event types by name and by number, out of events.def. */
#include <etsoap/tracking.h>

#include <strings.h>

#define NAME(name, kind, rank) name,

#define ETS_EVENT(id, name, object_type) \
  static const char *const id##_properties[] = {ETS_EVENT_COMMON(NAME)
#define ETS_EVENT_PROPERTY NAME
#define ETS_EVENT_END(id) \
  NULL                    \
  }                       \
  ;
#include <etsoap/events.def>

static const struct event {
  const char *name;
  const char *object_type;
  const char *const *properties;
} events[ETS_EVENT_TYPE_COUNT] = {
#define ETS_EVENT(id, name, object_type) [ETS_EVENT_##id] = {#name, #object_type, id##_properties},
#define ETS_EVENT_PROPERTY(name, kind, rank)
#define ETS_EVENT_END(id)
#include <etsoap/events.def>
};

const char *ets_event_object_type(ets_event_type type) {
  return events[type].object_type;
}

const char *ets_event_name(ets_event_type type) {
  return events[type].name;
}

const char *const *ets_event_properties(ets_event_type type) {
  return events[type].properties;
}

bool ets_event_type_find(ets_event_type *type, const char *name) {
  for (int i = 0; i < ETS_EVENT_TYPE_COUNT; i++)
    if (strcasecmp(events[i].name, name) == 0 || strcasecmp(events[i].object_type, name) == 0) {
      *type = (ets_event_type)i;
      return true;
    }
  return false;
}
