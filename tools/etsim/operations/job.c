#include "operations/job.h"

#include "ground/date.h"

enum { FIRST_JOB = 13000001 };

long job_next(struct store *store) {
  return FIRST_JOB + store->next_id++;
}

/* What the Send takes over from its definition. */
static bool copy(struct node *send, const char *path, const struct node *definition,
                 const char *from) {
  const char *text = node_text(definition, from);
  return !text || node_put(send, path, text);
}

static bool fill(struct node *send, const struct node *definition, long job, const char *status) {
  static const char *const counts[] = {
      "Duplicates",           "InvalidAddresses", "ExistingUndeliverables",
      "ExistingUnsubscribes", "HardBounces",      "SoftBounces",
      "OtherBounces",         "ForwardedEmails",  "UniqueClicks",
      "UniqueOpens",          "NumberSent",       "NumberDelivered",
      "Unsubscribes",         "MissingAddresses", "NumberTargeted",
      "NumberErrored",        "NumberExcluded"};
  int64_t now = date_now();
  bool done = node_put_number(send, "ID", job) && node_put_date(send, "CreatedDate", now) &&
              node_put_date(send, "ModifiedDate", now) && node_put_date(send, "SendDate", now) &&
              node_put_date(send, "SentDate", now) &&
              copy(send, "Email.ID", definition, "Email.ID") && node_put(send, "EmailName", "") &&
              copy(send, "EmailName", definition, "Name") && node_put(send, "Subject", "") &&
              copy(send, "Subject", definition, "EmailSubject") && node_put(send, "Status", status);
  for (size_t i = 0; done && i < sizeof counts / sizeof counts[0]; i++)
    done = node_put(send, counts[i], "0");
  return done;
}

struct record *job_show(struct world *world, int account, const struct node *definition, long job,
                        const char *status) {
  struct node *send = node_new(NULL, "Object");
  if (send && fill(send, definition, job, status))
    return store_add(&world->store, store_make_table(&world->store, "Send"), send, account);
  node_free(send);
  return NULL;
}
