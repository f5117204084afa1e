/*
 * What the tracking layer asks for, from its own tables: one line per object type and property,
 * "LinkSend Link.URL". test_needs.py holds src/contract/needs.def against it.
 */
#include <etsoap/tracking.h>

#include <stdio.h>

static void print(const char *object_type, const char *const *properties) {
  for (; *properties; properties++)
    printf("%s %s\n", object_type, *properties);
}

int main(void) {
  print("Send", ets_send_properties());
  print("LinkSend", ets_link_properties());
  print("ListSend", ets_list_properties());
  print("TriggeredSendSummary", ets_triggered_properties());
  for (int i = 0; i < ETS_EVENT_TYPE_COUNT; i++)
    print(ets_event_object_type((ets_event_type)i), ets_event_properties((ets_event_type)i));
  return 0;
}
