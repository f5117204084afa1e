#include "cli/describe_data.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ground/date.h"
#include "kinds/registry.h"
#include "kinds/scan.h"

/* Those that are computed; the others are tables of the store. */
static const char *const computed[] = {
#define ETS_EVENT(id, name, object_type) #object_type,
#define ETS_EVENT_PROPERTY(name, kind, rank)
#define ETS_EVENT_END(id)
#include <etsoap/events.def>
    "Send", "LinkSend", "ListSend", "Subscriber", "ListSubscriber", "DataExtensionField"};

enum { COMPUTED = sizeof computed / sizeof *computed };

static size_t count_records(const struct world *world, const char *name) {
  const struct table *table = store_table(&world->store, name);
  return table ? table->count - table->gaps : 0;
}

/* Whether lists and subscribers are those of the demo data: no record has taken the place of one,
 * and none is gone. */
static bool people_are_whole(const struct world *world) {
  return !world->store.shadowed.used && !count_records(world, "ListSubscriber") &&
         count_records(world, "List") == DEMO_LISTS;
}

/* What is whole is not walked but counted, for there may be any number. @param[out] position  of
 * the first row that is to be walked */
static uint64_t count_whole(const struct world *world, const struct kind *kind,
                            struct position *position) {
  const struct demo *demo = &world->demo;
  uint64_t count = 0, people = demo_subscriber_count(demo);
  bool subscribers = strcmp(kind->name, "Subscriber") == 0;
  bool members = strcmp(kind->name, "ListSubscriber") == 0;
  if (kind->event != EVENT_TYPES) {
    size_t i = 0;
    for (; i < demo->send_count && demo_horizon(demo, &demo->sends[i]) == INT64_MAX; i++)
      count += demo_event_count(&demo->sends[i], kind->event);
    *position = (struct position){i, 0};
  } else if ((subscribers || members) && demo->send_count && people_are_whole(world)) {
    count = subscribers ? people : people * DEMO_LISTS;
    *position = subscribers ? (struct position){0, people} : (struct position){DEMO_LISTS, 0};
  }
  return count;
}

static uint64_t count_rows(struct world *world, const struct kind *kind) {
  struct scan scan = {.world = world, .kind = kind, .to = UINT64_MAX};
  struct row row = {.kind = kind};
  uint64_t count = count_whole(world, kind, &scan.position);
  while (scan_next(&scan, &row))
    count++;
  return count;
}

static void print_value(const struct value *value) {
  char date[DATE_TEXT_SIZE];
  switch (value->kind) {
  case VALUE_TEXT:
    printf("%.*s", (int)value->size, value->text);
    break;
  case VALUE_DATE:
    printf("%.*s", (int)date_write(date, value->number), date);
    break;
  default:
    printf("%" PRId64, value->number);
  }
}

/* What the first ones are called by. */
static void print_examples(struct world *world, const struct kind *kind) {
  static const char *const names[] = {
      "CustomerKey", "SubscriberKey", "Name",     "SendID",
      "ID",          "JobID",         "ObjectID", "AccountUser.AccountUserID"};
  struct scan scan = {.world = world, .kind = kind, .to = UINT64_MAX};
  struct row row = {.kind = kind};
  int index = -1;
  for (size_t i = 0; index < 0 && i < sizeof names / sizeof *names; i++) {
    index = kind_retrievable(kind, names[i]);
    struct value value = {VALUE_ABSENT, 0, NULL, 0};
    scan.position = (struct position){0, 0};
    if (index >= 0 && scan_next(&scan, &row))
      row_get(world, &row, &kind->properties[index], &value);
    if (value.kind == VALUE_ABSENT || value.kind == VALUE_NIL || (value.text && !value.size)) {
      index = -1;
      continue;
    }
    printf("%s `", names[i]);
    print_value(&value);
    putchar('`');
  }
}

static void print_type(struct world *world, const char *name) {
  const struct kind *kind = kind_find(world, name);
  if (!kind)
    return;
  store_read(&world->store);
  uint64_t count = count_rows(world, kind);
  if (count) {
    printf("| `%s` | %" PRIu64 " | ", name, count);
    print_examples(world, kind);
    puts(" |");
  }
  store_release(&world->store);
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void describe_data(struct world *world) {
  size_t count = 0, tables = world->store.table_count;
  const char **names = calloc(tables + COMPUTED, sizeof *names);
  if (!names)
    return;
  for (size_t i = 0; i < COMPUTED; i++)
    names[count++] = computed[i];
  for (size_t i = 0; i < tables; i++)
    names[count++] = world->store.tables[i]->name;
  qsort(names, count, sizeof *names, by_name);
  puts("| object type | objects | the first one |\n| --- | --- | --- |");
  for (size_t i = 0; i < count; i++)
    if (i == 0 || strcmp(names[i - 1], names[i]) != 0)
      print_type(world, names[i]);
  free(names);
}
