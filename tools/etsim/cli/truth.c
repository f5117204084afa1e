#include "cli/truth.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/buffer.h"
#include "common/escape.h"
#include "common/program.h"
#include "ground/date.h"
#include "ground/whole_file.h"
#include "kinds/computed.h"
#include "kinds/scan.h"
#include "store/agenda.h"
#include "store/tracked.h"

static const char *const types[] = {
#define ETS_EVENT(id, name, object_type) #object_type,
#define ETS_EVENT_PROPERTY(name, kind, rank)
#define ETS_EVENT_END(id)
#include <etsoap/events.def>
};

struct line {
  const char *type;
  int64_t account, send, date, arrives;
  const char *key;
  size_t key_size;
};

static void write_line(FILE *out, struct buffer *text, const struct line *line) {
  char date[DATE_TEXT_SIZE], arrives[DATE_TEXT_SIZE];
  buffer_reset(text);
  buffer_printf(text,
                "{\"type\":\"%s\",\"account\":%" PRId64 ",\"send\":%" PRId64 ",\"subscriber\":",
                line->type, line->account, line->send);
  escape_json(text, line->key, line->key_size);
  buffer_printf(text, ",\"date\":\"%.*s\",\"arrives\":\"%.*s\"}\n",
                (int)date_write(date, line->date), date, (int)date_write(arrives, line->arrives),
                arrives);
  if (!text->failed)
    (void)fwrite(text->data, 1, text->size, out);
}

static void write_computed(FILE *out, struct buffer *text, const struct demo *demo,
                           enum event_type type) {
  char key[DEMO_KEY_SIZE];
  for (size_t i = 0; i < demo->send_count; i++) {
    const struct demo_started *started = demo->sends[i].started;
    for (uint32_t row = 0; row < demo_event_count(&demo->sends[i], type); row++) {
      struct event event;
      demo_event(demo, &demo->sends[i], type, row, &event);
      int64_t arrives = demo_arrival(demo, &event);
      if (started && arrives > started->stopped)
        continue;
      const struct line line = {.type = types[type],
                                .account = event.send->account,
                                .send = event.send->id,
                                .date = event.date,
                                .arrives = arrives,
                                .key_size = demo_subscriber_key(demo, event.subscriber, key),
                                .key = key};
      write_line(out, text, &line);
    }
  }
}

static void write_kept(FILE *out, struct buffer *text, const struct world *world,
                       const char *type) {
  const struct table *table = store_table(&world->store, type);
  for (size_t i = 0; table && i < table->count; i++) {
    const struct record *record = table->records[i];
    const char *key = record ? node_text(record->tree, "SubscriberKey") : NULL;
    const char *date = record ? node_text(record->tree, "EventDate") : NULL;
    struct line line = {.type = type, .key = key ? key : "", .key_size = key ? strlen(key) : 0};
    if (!record || !date || !date_read(&line.date, date))
      continue;
    line.account = record->account;
    line.send = node_number(record->tree, "SendID", 0);
    line.arrives = line.date;
    write_line(out, text, &line);
  }
}

/* What recipients of triggered sends are still going to do. */
static void write_coming(FILE *out, struct buffer *text, const struct world *world,
                         const char *type) {
  const struct table *agenda = store_table(&world->store, AGENDA_TABLE);
  const struct table *definitions = store_table(&world->store, "TriggeredSendDefinition");
  for (size_t i = 0; agenda && i < agenda->count; i++) {
    const struct node *what = agenda->records[i] ? agenda->records[i]->tree : NULL;
    const char *name = what ? node_text(what, "Happening") : NULL;
    const char *of = name && strcmp(name, "Event") == 0 ? node_text(what, "Definition") : NULL;
    const char *key = of ? node_text(what, "Key") : NULL, *due = of ? node_text(what, "Due") : NULL;
    if (!key || !due || store_find(definitions, "ObjectID", of, 0) == SIZE_MAX ||
        strcmp(tracked_type((enum tracked_kind)node_number(what, "Kind", 0)), type) != 0)
      continue;
    int64_t date = strtoll(due, NULL, 10);
    const struct line line = {.type = type,
                              .account = agenda->records[i]->account,
                              .send = node_number(what, "Job", 0),
                              .date = date,
                              .arrives = date,
                              .key = key,
                              .key_size = strlen(key)};
    write_line(out, text, &line);
  }
}

bool truth_write(struct world *world, const char *file) {
  struct whole_file whole;
  struct buffer text = {0};
  whole_file_open(&whole, file);
  store_read(&world->store);
  for (enum event_type type = 0; whole.stream && type < EVENT_TYPES; type++) {
    write_computed(whole.stream, &text, &world->demo, type);
    write_kept(whole.stream, &text, world, types[type]);
    write_coming(whole.stream, &text, world, types[type]);
  }
  store_release(&world->store);
  bool done = whole_file_close(&whole, !text.failed);
  if (!done)
    complain("--truth %s: %s", file, strerror(errno));
  buffer_free(&text);
  return done;
}
