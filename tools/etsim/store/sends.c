#include "store/sends.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/agenda.h"
#include "store/job.h"

enum { DELAY_MS = 5000 }; /* from the start to the first message */

static const char table_name[] = HIDDEN_TYPE "Send";

static void copy(char *text, size_t size, const struct node *from, const char *path) {
  const char *value = node_text(from, path);
  snprintf(text, size, "%s", value ? value : "");
}

static const char *email_name(const struct world *world, long email) {
  char id[24];
  const struct table *emails = store_table(&world->store, "Email");
  snprintf(id, sizeof id, "%ld", email);
  size_t index = store_find(emails, "ID", id, 0);
  return index == SIZE_MAX ? NULL : node_text(emails->records[index]->tree, "Name");
}

/* The send, as the record has it. */
static struct send *start(struct world *world, int account, const struct node *kept) {
  struct demo_started *started = calloc(1, sizeof *started);
  const char *date = node_text(kept, "Begin"), *stopped = node_text(kept, "Stopped");
  if (!started)
    return NULL;
  copy(started->subject, sizeof started->subject, kept, "Subject");
  copy(started->email_name, sizeof started->email_name, kept, "EmailName");
  copy(started->definition_key, sizeof started->definition_key, kept, "Key");
  copy(started->definition_id, sizeof started->definition_id, kept, "ObjectID");
  started->email = node_number(kept, "Email", 0);
  started->stopped = stopped ? strtoll(stopped, NULL, 10) : INT64_MAX;
  started->canceled = node_number(kept, "Canceled", 0) != 0;
  return demo_start(&world->demo, (int)node_number(kept, "Job", 0), account,
                    (int)node_number(kept, "List", 0), date ? strtoll(date, NULL, 10) : 0, started);
}

static struct node *describe(const struct world *world, const struct node *definition, long job) {
  struct node *kept = node_new(NULL, "Object");
  long email = node_number(definition, "Email.ID", 0);
  const char *name = email_name(world, email), *subject = node_text(definition, "EmailSubject");
  const char *key = node_text(definition, "CustomerKey"), *id = node_text(definition, "ObjectID");
  bool done =
      kept && node_put_number(kept, "Job", job) && node_put_number(kept, "Email", email) &&
      node_put(kept, "EmailName", name ? name : "") &&
      node_put(kept, "Subject", subject ? subject : "") && node_put(kept, "Key", key ? key : "") &&
      node_put(kept, "ObjectID", id ? id : "") &&
      node_put_number(kept, "Begin", world_now(world) + DELAY_MS) &&
      node_put_number(kept, "List",
                      node_number(definition, "SendDefinitionList.List.ID", demo_list_id(0)));
  if (done)
    return kept;
  node_free(kept);
  return NULL;
}

/* There is nobody to send to: it is over at once. */
static bool show_empty(struct world *world, int account, const struct node *definition, long job,
                       const struct node *kept) {
  struct record *send = job_show(world, account, definition, job, "Complete", world_now(world));
  return send &&
         node_put(send->tree, "EmailSendDefinition.ObjectID", node_text(kept, "ObjectID")) &&
         node_put(send->tree, "EmailSendDefinition.CustomerKey", node_text(kept, "Key"));
}

long sends_start(struct world *world, int account, const struct node *definition) {
  struct store *store = &world->store;
  long job = job_next(store);
  struct node *kept = describe(world, definition, job);
  if (!kept)
    return 0;
  bool nobody = !world->demo.subscribers;
  if (nobody ? !show_empty(world, account, definition, job, kept) : !start(world, account, kept)) {
    node_free(kept);
    return 0;
  }
  if (nobody)
    node_free(kept);
  else
    (void)store_add(store, store_make_table(store, table_name), kept, account);
  return job;
}

void sends_keep(struct world *world, const struct send *send) {
  char id[24];
  const struct table *table = store_table(&world->store, table_name);
  snprintf(id, sizeof id, "%d", send->id);
  size_t index = store_find(table, "Job", id, 0);
  if (index == SIZE_MAX)
    return;
  struct node *kept = table->records[index]->tree;
  (void)node_put_number(kept, "Canceled", send->started->canceled);
  if (send->started->stopped == INT64_MAX)
    node_remove(kept, "Stopped");
  else
    (void)node_put_number(kept, "Stopped", send->started->stopped);
}

bool sends_restore(struct world *world) {
  const struct table *table = store_table(&world->store, table_name);
  for (size_t i = 0; table && i < table->count; i++)
    if (table->records[i] && !start(world, table->records[i]->account, table->records[i]->tree))
      return false;
  return true;
}
