#include "ettrack/cli/types.h"

#include "common/options.h"
#include "common/program.h"

#include <stdio.h>
#include <string.h>

static const char *next_type(size_t index, const void *context) {
  (void)context;
  return index < ETS_EVENT_TYPE_COUNT ? ets_event_name((ets_event_type)index) : NULL;
}

static void complain_about_type(const char *name) {
  char all[256];
  size_t used = 0;
  const char *near = option_suggestion(name, next_type, NULL);
  if (near) {
    complain("there is no event type '%s': did you mean %s?", name, near);
    return;
  }
  for (int i = 0; i < ETS_EVENT_TYPE_COUNT && used < sizeof all; i++) {
    const char *before = i == 0 ? "" : i + 1 == ETS_EVENT_TYPE_COUNT ? " or " : ", ";
    used += (size_t)snprintf(all + used, sizeof all - used, "%s%s", before,
                             ets_event_name((ets_event_type)i));
  }
  complain("there is no event type '%s': expected %s", name, all);
}

static bool add_type(struct event_types *types, const char *name) {
  ets_event_type type;
  if (!ets_event_type_find(&type, name)) {
    complain_about_type(name);
    return false;
  }
  for (size_t i = 0; i < types->count; i++)
    if (types->items[i] == type)
      return true;
  types->items[types->count++] = type;
  return true;
}

bool event_types_read(struct event_types *types, const char *text) {
  char name[64];
  for (const char *at = text; at; at = *at ? at + 1 : NULL) {
    size_t n = strcspn(at, ",");
    if (n >= sizeof name)
      n = sizeof name - 1;
    memcpy(name, at, n);
    name[n] = '\0';
    if (!add_type(types, name))
      return false;
    at += strcspn(at, ",");
    if (!*at)
      break;
  }
  return true;
}
