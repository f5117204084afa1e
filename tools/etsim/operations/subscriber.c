#include "operations/subscriber.h"

#include <string.h>

#include "ground/value.h"
#include "operations/membership.h"

enum { STATUS_NOT_ALLOWED = 12016 };

bool subscriber_check(const struct world *world, const struct node *tree, struct outcome *outcome) {
  const char *email = node_text(tree, "EmailAddress");
  const char *status = node_text(tree, "Status");
  if (!is_address(email))
    outcome_fail(outcome, ERROR_INVALID_ADDRESS, "The email address %.100s is not valid.",
                 email ? email : "is missing: it");
  else if (status && (strcmp(status, "Bounced") == 0 || strcmp(status, "Deleted") == 0))
    outcome_fail(outcome, STATUS_NOT_ALLOWED, "A subscriber cannot be created with status %s.",
                 status);
  return !outcome->code && membership_check(world, tree, outcome);
}

void subscriber_complete(struct world *world, struct node *tree, int account) {
  const char *key = node_text(tree, "SubscriberKey");
  if (!key || !*key)
    (void)node_put(tree, "SubscriberKey", node_text(tree, "EmailAddress"));
  const char *status = node_text(tree, "Status");
  membership_set_status(world, tree, status ? status : "Active");
  membership_take(world, tree, node_text(tree, "SubscriberKey"), account);
}

bool subscriber_change(struct world *world, struct record *record, struct node *changes,
                       struct outcome *outcome) {
  const struct node *email = node_child(changes, "EmailAddress");
  if (email && !is_address(node_text(changes, "EmailAddress"))) {
    outcome_fail(outcome, ERROR_INVALID_ADDRESS, "The email address %.100s is not valid.",
                 email->text ? email->text : "is missing: it");
    return false;
  }
  if (!membership_check(world, changes, outcome))
    return false;
  const char *status = node_text(changes, "Status");
  if (status) {
    node_remove(changes, "UnsubscribedDate"); /* which goes with the status */
    membership_set_status(world, record->tree, status);
  }
  membership_take(world, changes, node_text(record->tree, "SubscriberKey"), record->account);
  return true;
}
