#include "store/job.h"

#include <stdio.h>
#include <stdlib.h>

enum { FIRST_JOB = 13000001, FIRST_LINK = 39000000, FIRST_LINK_SEND = 790000000 };

/* Of a Send that job_show() made; no client sees it. */
static const char made_here[] = "EtsimJob";

long job_next(struct store *store) {
  return FIRST_JOB + store->next_id++;
}

/* What the Send takes over from its definition. */
static bool copy(struct node *send, const char *path, const struct node *definition,
                 const char *from) {
  const char *text = node_text(definition, from);
  return !text || node_put(send, path, text);
}

/* The counts of a Send and a ListSend. */
static bool put_counts(struct node *tree) {
  static const char *const counts[] = {
      "Duplicates",           "InvalidAddresses", "ExistingUndeliverables",
      "ExistingUnsubscribes", "HardBounces",      "SoftBounces",
      "OtherBounces",         "ForwardedEmails",  "UniqueClicks",
      "UniqueOpens",          "NumberSent",       "NumberDelivered",
      "Unsubscribes",         "MissingAddresses"};
  bool done = true;
  for (size_t i = 0; done && i < sizeof counts / sizeof *counts; i++)
    done = node_put(tree, counts[i], "0");
  return done;
}

static const char *email_name(const struct world *world, const struct node *definition) {
  const char *id = node_text(definition, "Email.ID");
  const struct table *emails = store_table(&world->store, "Email");
  size_t index = id ? store_find(emails, "ID", id, 0) : SIZE_MAX;
  return index == SIZE_MAX ? NULL : node_text(emails->records[index]->tree, "Name");
}

static bool fill(const struct world *world, struct node *send, const struct node *definition,
                 long job, const char *status, int64_t date) {
  const char *email = email_name(world, definition);
  return node_put_number(send, "ID", job) && node_put_date(send, "CreatedDate", date) &&
         node_put_date(send, "ModifiedDate", date) && node_put_date(send, "SendDate", date) &&
         node_put_date(send, "SentDate", date) && copy(send, "Email.ID", definition, "Email.ID") &&
         copy(send, "FromName", definition, "FromName") &&
         copy(send, "FromAddress", definition, "FromAddress") &&
         node_put(send, "EmailName", email ? email : "") && node_put(send, "Subject", "") &&
         copy(send, "Subject", definition, "EmailSubject") && node_put(send, "Status", status) &&
         put_counts(send) && node_put(send, "IsMultipart", "true") &&
         node_put(send, "SendLimit", "0") && node_put(send, "IsAlwaysOn", "false") &&
         node_put(send, made_here, "true") && node_put(send, "NumberTargeted", "0") &&
         node_put(send, "NumberErrored", "0") && node_put(send, "NumberExcluded", "0");
}

struct record *job_show(struct world *world, int account, const struct node *definition, long job,
                        const char *status, int64_t date) {
  struct node *send = node_new(NULL, "Object");
  if (send && fill(world, send, definition, job, status, date))
    return store_add(&world->store, store_make_table(&world->store, "Send"), send, account);
  node_free(send);
  return NULL;
}

bool job_is_shown(const struct world *world, const char *id) {
  const struct table *sends = store_table(&world->store, "Send");
  size_t index = store_find(sends, "ID", id, 0);
  return index != SIZE_MAX && node_text(sends->records[index]->tree, made_here);
}

static bool keep(struct world *world, const char *type, struct node *tree, bool good, int account) {
  if (tree && good)
    return store_add(&world->store, store_make_table(&world->store, type), tree, account) != NULL;
  node_free(tree);
  return false;
}

static bool show_list(struct world *world, int account, const char *list, long job) {
  const struct table *lists = store_table(&world->store, "List");
  size_t index = store_find(lists, "ID", list, 0);
  const char *name = index == SIZE_MAX ? NULL : node_text(lists->records[index]->tree, "ListName");
  struct node *tree = node_new(NULL, "Object");
  return keep(world, "ListSend", tree,
              tree && node_put_number(tree, "ID", FIRST_LINK_SEND + job % 10000000) &&
                  node_put_number(tree, "SendID", job) && node_put(tree, "List.ID", list) &&
                  (!name || node_put(tree, "List.ListName", name)) && put_counts(tree),
              account);
}

int job_link_id(long job) {
  return FIRST_LINK + (int)(job % 10000000);
}

/* The demo's emails lead to the page of their theme. */
const char *job_link_url(const struct world *world, const struct node *definition, char *buffer,
                         size_t size) {
  const char *email = node_text(definition, "Email.ID");
  const char *campaign = node_text(definition, "CustomerKey");
  (void)world;
  for (unsigned theme = 0; email && theme < DEMO_THEMES; theme++)
    if (strtol(email, NULL, 10) == demo_email_id(theme))
      campaign = demo_theme_campaign(theme);
  snprintf(buffer, size, "https://www.example.com/%s/", campaign ? campaign : "");
  return buffer;
}

static bool show_link(struct world *world, int account, const struct node *definition, long job) {
  char url[256];
  struct node *tree = node_new(NULL, "Object");
  return keep(world, "LinkSend", tree,
              tree && node_put_number(tree, "ID", FIRST_LINK_SEND + job % 10000000) &&
                  node_put_number(tree, "SendID", job) &&
                  node_put_number(tree, "Link.ID", job_link_id(job)) &&
                  node_put(tree, "Link.Alias", "Read on") &&
                  node_put(tree, "Link.TotalClicks", "0") &&
                  node_put(tree, "Link.UniqueClicks", "0") &&
                  node_put(tree, "Link.URL", job_link_url(world, definition, url, sizeof url)),
              account);
}

bool job_show_parts(struct world *world, int account, const struct node *definition, long job) {
  const char *list = node_text(definition, "List.ID");
  return (!list || show_list(world, account, list, job)) &&
         (!node_text(definition, "Email.ID") || show_link(world, account, definition, job));
}

static struct node *part_of(const struct world *world, const char *type, const char *id, long job) {
  char number[24];
  const struct table *table = store_table(&world->store, type);
  snprintf(number, sizeof number, "%ld", job);
  size_t index = store_find(table, id, number, 0);
  return index == SIZE_MAX ? NULL : table->records[index]->tree;
}

static void count(struct world *world, const char *type, const char *id, long job, const char *what,
                  int by) {
  struct node *tree = part_of(world, type, id, job);
  if (tree && node_text(tree, what))
    (void)node_put_number(tree, what, node_number(tree, what, 0) + by);
}

void job_touch(struct world *world, long job, int64_t date) {
  struct node *send = part_of(world, "Send", "ID", job);
  if (send)
    (void)node_put_date(send, "ModifiedDate", date);
}

void job_count(struct world *world, long job, const char *what, int by) {
  count(world, "Send", "ID", job, what, by);
  count(world, "ListSend", "SendID", job, what, by);
}

void job_count_unsub(struct world *world, long job, long list) {
  static const char what[] = "Unsubscribes";
  const struct node *on = part_of(world, "ListSend", "SendID", job);
  count(world, "Send", "ID", job, what, 1);
  if (on && node_number(on, "List.ID", 0) == list)
    count(world, "ListSend", "SendID", job, what, 1);
}

void job_count_link(struct world *world, long job, const char *what) {
  count(world, "LinkSend", "SendID", job, what, 1);
}
