/* The event types: those of events.def, each with the properties that it is listed with there and
 * those that a Describe names. What nothing here computes is a property without a value. */
#include <pthread.h>
#include <string.h>

#include "contract/retrievable.h"
#include "kinds/computed.h"
#include "kinds/event_properties.h"
#include "kinds/event_scan.h"

struct listed {
  const char *path;
  enum value_kind kind;
};

#define LISTED(name, kind, rank) {name, VALUE_##kind},

#define ETS_EVENT(id, name, object_type) \
  static const struct listed id##_listed[] = {ETS_EVENT_COMMON(LISTED)
#define ETS_EVENT_PROPERTY LISTED
#define ETS_EVENT_END(id) \
  { NULL, VALUE_ABSENT }  \
  }                       \
  ;
#include <etsoap/events.def>

static const struct {
  const char *object_type;
  const struct listed *listed;
} types[EVENT_TYPES] = {
#define ETS_EVENT(id, name, object_type) {#object_type, id##_listed},
#define ETS_EVENT_PROPERTY(name, kind, rank)
#define ETS_EVENT_END(id)
#include <etsoap/events.def>
};

#define ONE(name, kind, rank) +1

enum {
  LISTED_AT_MOST = 0 ETS_EVENT_COMMON(ONE)
#define ETS_EVENT(id, name, object_type)
#define ETS_EVENT_PROPERTY ONE
#define ETS_EVENT_END(id)
#include <etsoap/events.def>
};

static struct kind kinds[EVENT_TYPES];
static struct property properties[EVENT_TYPES][EVENT_PROPERTIES + LISTED_AT_MOST];

static bool is_listed(const struct listed *listed, const char *path) {
  for (; listed->path; listed++)
    if (strcmp(listed->path, path) == 0)
      return true;
  return false;
}

static bool is_computed(const char *path) {
  for (size_t i = 0; i < EVENT_PROPERTIES; i++)
    if (strcmp(event_properties[i].property.path, path) == 0)
      return true;
  return false;
}

/* Whether the type has it, and as what. */
static bool take(enum event_type type, const struct event_property *known, unsigned *flags) {
  const struct listed *listed = types[type].listed;
  const char *path = known->property.path;
  *flags = known->property.flags;
  if (is_listed(listed, path) || ets_retrievable_find(types[type].object_type, path))
    return true;
  switch (known->elsewhere) {
  case ELSEWHERE_NOTHING:
    return false;
  case ELSEWHERE_FILTER:
    *flags |= PROPERTY_FILTER_ONLY;
    return true;
  case ELSEWHERE_CLOSED:
    *flags |= PROPERTY_CLOSED;
    return true;
  case ELSEWHERE_WITH_LIST:
    return is_listed(listed, "List.ID");
  }
  return false;
}

static void make(enum event_type type) {
  struct kind *kind = &kinds[type];
  struct property *own = properties[type];
  *kind = (struct kind){.name = types[type].object_type,
                        .table = types[type].object_type,
                        .properties = own,
                        .event = type,
                        .next = event_next};
  for (size_t i = 0; i < EVENT_PROPERTIES; i++) {
    unsigned flags;
    if (!take(type, &event_properties[i], &flags))
      continue;
    own[kind->property_count] = event_properties[i].property;
    own[kind->property_count++].flags = flags;
  }
  for (const struct listed *listed = types[type].listed; listed->path; listed++)
    if (!is_computed(listed->path))
      own[kind->property_count++] = (struct property)PROPERTY(listed->path, listed->kind, 0, NULL);
}

static void make_all(void) {
  for (enum event_type type = 0; type < EVENT_TYPES; type++)
    make(type);
}

const struct kind *event_kind(const char *object_type) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  (void)pthread_once(&once, make_all);
  for (size_t i = 0; i < EVENT_TYPES; i++)
    if (strcmp(kinds[i].name, object_type) == 0)
      return &kinds[i];
  return NULL;
}
